using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>How a run of the tool ended.</summary>
internal sealed record Ended(int ExitCode, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public IReadOnlyList<JsonElement> Lines => [.. Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];

    public Ended With(int exitCode)
    {
        Assert.True(ExitCode == exitCode, $"退出码 {ExitCode}，应为 {exitCode}\n{Output}\n{Error}");
        return this;
    }
}

/// <summary>The built tool as a process of its own.</summary>
internal sealed class SecurityCheck : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(8);

    private readonly Process _process;
    private readonly StringBuilder _output = new();
    private readonly StringBuilder _error = new();

    private SecurityCheck(Process process)
    {
        _process = process;
        process.OutputDataReceived += (_, line) => Hear(_output, line.Data);
        process.ErrorDataReceived += (_, line) => Hear(_error, line.Data);
    }

    public static Task<Ended> RunAsync(string folder, params IReadOnlyList<string> arguments) => RunAsync(folder, null, arguments);

    public static async Task<Ended> RunAsync(string folder, string? input, IReadOnlyList<string> arguments)
    {
        using var running = Start(folder, arguments);
        await running._process.StandardInput.WriteAsync(input);
        running._process.StandardInput.Close();
        return await running.EndAsync();
    }

    public static async Task<Ended> RunInColumnsAsync(string folder, string? columns, params IReadOnlyList<string> arguments)
    {
        using var running = Start(folder, columns, arguments);
        running._process.StandardInput.Close();
        return await running.EndAsync();
    }

    public static SecurityCheck Start(string folder, params IReadOnlyList<string> arguments) => Start(folder, null, arguments);

    private static SecurityCheck Start(string folder, string? columns, IReadOnlyList<string> arguments)
    {
        var info = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "securitycheck.dll"), .. arguments])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
            UseShellExecute = false,
        };
        info.Environment["COLUMNS"] = columns;
        var running = new SecurityCheck(new Process { StartInfo = info });
        running._process.Start();
        running._process.BeginOutputReadLine();
        running._process.BeginErrorReadLine();
        return running;
    }

    public async Task<Ended> EndAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        await _process.WaitForExitAsync(limit.Token);
        return new Ended(_process.ExitCode, Text(_output), Text(_error));
    }

    /// <summary>What it wrote to stdout so far.</summary>
    public string Said => Text(_output);

    /// <summary>Waits until stderr says so.</summary>
    public Task UntilSaysAsync(string words) => UntilAsync(() => Text(_error).Contains(words, StringComparison.Ordinal));

    public static async Task UntilAsync(Func<bool> ready)
    {
        for (var i = 0; i < 3000 && !ready(); i++)
        {
            await Task.Delay(20);
        }

        Assert.True(ready());
    }

    public void Signal(string name)
    {
        using var kill = Process.Start("kill", ["-s", name, $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static void Hear(StringBuilder text, string? line)
    {
        lock (text)
        {
            _ = line is null ? text : text.Append(line).Append('\n');
        }
    }

    private static string Text(StringBuilder text)
    {
        lock (text)
        {
            return text.ToString();
        }
    }
}
