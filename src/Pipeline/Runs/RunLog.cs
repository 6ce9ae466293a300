using System.Globalization;
using Microsoft.Extensions.Logging;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>run.log · one line an entry, secrets blackened, size capped.</summary>
internal sealed class RunLog : ILogger, IDisposable
{
    private const long Cap = 32 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly TextWriter _writer;
    private readonly Redactor _redactor;
    private readonly TimeProvider _clock;
    private long _written;

    public RunLog(string path, Redactor redactor, TimeProvider clock)
    {
        _writer = new StreamWriter(path) { NewLine = "\n", AutoFlush = true };
        _redactor = redactor;
        _clock = clock;
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Write(logLevel.ToString(), exception is null ? formatter(state, exception) : $"{formatter(state, exception)} {exception}");
        }
    }

    public void Write(string level, string message)
    {
        var line = _redactor.Redact(message).ReplaceLineEndings("\\n");
        line = string.Concat(line.Select(c => char.IsControl(c) ? '\uFFFD' : c));
        lock (_gate)
        {
            _written += line.Length;
            if (_written < Cap)
            {
                _writer.WriteLine($"{_clock.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)} {level} {line}");
            }
        }
    }

    public void Dispose() => _writer.Dispose();
}

/// <summary>Passes events on and writes them down.</summary>
internal sealed class LoggedProgress(IProgress<RunEvent> inner, RunLog log) : IProgress<RunEvent>
{
    public void Report(RunEvent value)
    {
        var line = value switch
        {
            StageStarted stage => $"阶段 {stage.Stage}",
            ProbingStarted probing => $"共 {probing.Total} 项探测",
            ProbeStarted started => $"开始 {started.ProbeId} {started.TargetId}",
            ProbeEnded ended => $"结束 {ended.Record.ProbeId} {ended.Record.TargetId} {ended.Record.Outcome.GetType().Name} {ended.Record.Elapsed.TotalSeconds:0.000}s",
            Noticed noticed => noticed.Message,
            _ => value.ToString(),
        };
        log.Write("Event", line);
        inner.Report(value);
    }
}
