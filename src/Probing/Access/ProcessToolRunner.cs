using System.ComponentModel;
using System.Diagnostics;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>Child processes behind <see cref="IToolRunner"/>.</summary>
public sealed class ProcessToolRunner : IToolRunner
{
    public async Task<ToolResult> RunAsync(ToolCall call, CancellationToken cancellationToken)
    {
        var program = ProgramPath.Find(call.Program, Environment.GetEnvironmentVariable("PATH")) ?? throw new UnableException(FailureKind.ToolMissing, $"没有找到外部程序 {call.Program}");
        using var process = new Process { StartInfo = Describe(call, program) };
        try
        {
            process.Start();
        }
        catch (Win32Exception missing)
        {
            throw new UnableException(FailureKind.ToolMissing, $"没有找到外部程序 {call.Program}", missing);
        }

        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        bounded.CancelAfter(call.Timeout);
        try
        {
            var output = DrainAsync(process.StandardOutput.BaseStream, call.OutputCap, bounded.Token);
            var error = DrainAsync(process.StandardError.BaseStream, call.OutputCap, bounded.Token);
            await FeedAsync(process, call.StandardInput, bounded.Token);
            await process.WaitForExitAsync(bounded.Token);
            var (bytes, cut) = await output;
            return new ToolResult(process.ExitCode, bytes, (await error).Bytes, cut);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new UnableException(FailureKind.TimedOut, $"{call.Program} 在 {call.Timeout.TotalSeconds:0.#} 秒内没有结束");
        }
        finally
        {
            Kill(process);
        }
    }

    private static ProcessStartInfo Describe(ToolCall call, string program)
    {
        var info = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
        };
        foreach (var argument in call.Arguments)
        {
            info.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in call.Environment)
        {
            if (value is null)
            {
                info.Environment.Remove(name);
            }
            else
            {
                info.Environment[name] = value;
            }
        }

        return info;
    }

    private static async Task FeedAsync(Process process, byte[]? input, CancellationToken cancellationToken)
    {
        try
        {
            if (input is not null)
            {
                await process.StandardInput.BaseStream.WriteAsync(input, cancellationToken);
            }

            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // A program may end without reading its input; its exit code tells the rest.
        }
    }

    private static async Task<(byte[] Bytes, bool Cut)> DrainAsync(Stream stream, int cap, CancellationToken cancellationToken)
    {
        using var kept = new MemoryStream();
        var buffer = new byte[64 * 1024];
        var cut = false;
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            var room = (int)Math.Min(read, cap - kept.Length);
            kept.Write(buffer, 0, room);
            cut |= room < read;
        }

        return (kept.ToArray(), cut);
    }

    private static void Kill(Process process)
    {
        try
        {
            if (!process.HasExited)
            {
                process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended between the question and the kill.
        }
    }
}
