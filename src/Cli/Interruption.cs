using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>First Ctrl+C (or SIGTERM): probing stops and the pack is finished as an interrupted one. Second: out at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;

    private string _said;
    private Action<string> _say = Console.Error.WriteLine;

    /// <param name="said">What the user reads at the first signal; about the pack where not given.</param>
    public Interruption(string said = "收到中断：停止探测，正在把已有结果收尾成“已中断”的证据包；再按一次 Ctrl+C 立即退出。")
    {
        _said = said;
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle);
    }

    public CancellationToken Stop => _stop.Token;

    /// <summary>From here on a signal is answered with this: what it would have stopped is over.</summary>
    public void SayInstead(string said) => Volatile.Write(ref _said, said);

    /// <summary>While a bar is drawn on the terminal, words written past it are painted over: whoever draws it has to write them.</summary>
    /// <param name="say">Null for stderr.</param>
    public void SayThrough(Action<string>? say) => Volatile.Write(ref _say, say ?? Console.Error.WriteLine);

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _stop.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        if (_stop.IsCancellationRequested)
        {
            Environment.Exit(ExitCode.Cancelled);
        }

        context.Cancel = true;
        Volatile.Read(ref _say)(Volatile.Read(ref _said));
        _stop.Cancel();
    }
}
