using System.Diagnostics;
using System.Globalization;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probing.Tests;

public sealed class ProcessToolRunnerTests
{
    private readonly ProcessToolRunner _runner = new();

    [Fact]
    public async Task A_missing_tool_is_said_to_be_missing()
    {
        var unable = await Assert.ThrowsAsync<UnableException>(() => _runner.RunAsync(new ToolCall("no-such-tool-anywhere", []), CancellationToken.None));

        Assert.Equal(FailureKind.ToolMissing, unable.Kind);
    }

    /// <summary>The folder that is looked at may be the current one, and may hold a file with the name of the tool.</summary>
    [SkippableFact]
    public async Task A_program_of_the_current_folder_or_beside_this_one_is_not_run()
    {
        Skip.If(OperatingSystem.IsWindows());
        foreach (var folder in new[] { Directory.GetCurrentDirectory(), AppContext.BaseDirectory, Path.GetDirectoryName(Environment.ProcessPath)! }.Distinct(StringComparer.Ordinal).Where(CanWrite))
        {
            var planted = Path.Combine(folder, "securitycheck-planted-tool");
            try
            {
                await File.WriteAllTextAsync(planted, "#!/bin/sh\necho planted\n");
                File.SetUnixFileMode(planted, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                var unable = await Assert.ThrowsAsync<UnableException>(() => _runner.RunAsync(new ToolCall("securitycheck-planted-tool", []), CancellationToken.None));
                Assert.Equal(FailureKind.ToolMissing, unable.Kind);
                Assert.Equal("planted\n", (await _runner.RunAsync(new ToolCall(planted, []), CancellationToken.None)).OutputText);
            }
            finally
            {
                File.Delete(planted);
            }
        }
    }

    [SkippableFact]
    public async Task Arguments_pass_no_shell_and_input_output_and_exit_code_come_through()
    {
        Skip.If(RequiredTool.IsMissing("sh"));
        var call = new ToolCall("sh", ["-c", "cat; printf '%s' \"$1\"; echo oops >&2; exit 3", "sh", "$(id); `id`"]) { StandardInput = "in "u8.ToArray() };
        var result = await _runner.RunAsync(call, CancellationToken.None);

        Assert.Equal("in $(id); `id`", result.OutputText);
        Assert.Equal("oops\n", result.ErrorText);
        Assert.Equal(3, result.ExitCode);
        Assert.False(result.OutputCut);
    }

    [SkippableFact]
    public async Task Output_is_capped_and_the_tool_still_ends()
    {
        Skip.If(RequiredTool.IsMissing("head"));
        var result = await _runner.RunAsync(new ToolCall("head", ["-c", "3000000", "/dev/zero"]) { OutputCap = 1000 }, CancellationToken.None);

        Assert.Equal(1000, result.Output.Length);
        Assert.True(result.OutputCut);
        Assert.Equal(0, result.ExitCode);
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Time_out_and_cancellation_kill_the_whole_tree(bool cancel)
    {
        Skip.If(RequiredTool.IsMissing("sh"));
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        var call = new ToolCall("sh", ["-c", $"sleep 300 & echo $! > {folder.File("pid")}; wait"])
        {
            Timeout = cancel ? TimeSpan.FromMinutes(1) : TimeSpan.FromSeconds(1),
        };
        var run = _runner.RunAsync(call, stop.Token);
        if (cancel)
        {
            stop.CancelAfter(1000);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
        }
        else
        {
            Assert.Equal(FailureKind.TimedOut, (await Assert.ThrowsAsync<UnableException>(() => run)).Kind);
        }

        var grandchild = int.Parse(await File.ReadAllTextAsync(folder.File("pid")), CultureInfo.InvariantCulture);
        Assert.True(await IsGoneAsync(grandchild));
    }

    [SkippableFact]
    public async Task A_grandchild_that_keeps_the_pipe_open_does_not_hold_the_runner_beyond_its_time()
    {
        Skip.If(RequiredTool.IsMissing("sh"));
        var clock = Stopwatch.StartNew();
        var call = new ToolCall("sh", ["-c", "sleep 20 & exit 0"]) { Timeout = TimeSpan.FromSeconds(1) };

        await Assert.ThrowsAsync<UnableException>(() => _runner.RunAsync(call, CancellationToken.None));
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    private static async Task<bool> IsGoneAsync(int processId)
    {
        for (var i = 0; i < 100; i++)
        {
            var status = $"/proc/{processId}/status";
            if (!File.Exists(status) || (await File.ReadAllTextAsync(status)).Contains("State:\tZ", StringComparison.Ordinal))
            {
                return true;
            }

            await Task.Delay(50);
        }

        return false;
    }

    /// <summary>That of the runtime itself belongs to the system.</summary>
    private static bool CanWrite(string folder) => folder.StartsWith(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory), StringComparison.Ordinal) || folder == Directory.GetCurrentDirectory();
}
