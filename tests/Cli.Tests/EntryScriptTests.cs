using System.Diagnostics;
using System.Reflection;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>The script a newcomer starts.</summary>
public sealed class EntryScriptTests
{
    private static string Root { get; } = typeof(EntryScriptTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    [SkippableFact]
    public async Task It_is_sound_shell_and_works_from_another_folder()
    {
        Skip.If(OperatingSystem.IsWindows(), "缺少 sh");
        using var elsewhere = new TemporaryFolder();
        Assert.Equal(0, (await CallAsync(elsewhere, "sh", "-n", Path.Combine(Root, "securitycheck"))).ExitCode);
        var (exitCode, output) = await CallAsync(elsewhere, Path.Combine(Root, "securitycheck"), "--help");
        Assert.Equal(0, exitCode);
        Assert.Contains("用法：", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(elsewhere.Path));
    }

    private static async Task<(int ExitCode, string Output)> CallAsync(TemporaryFolder folder, string program, params IReadOnlyList<string> arguments)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(15));
        var info = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };

        // What the test host sets for itself would lead the build of another project astray.
        foreach (var name in info.Environment.Keys.Where(k => k.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase) && k != "MSBUILDDISABLENODEREUSE").ToList())
        {
            info.Environment.Remove(name);
        }

        using var process = Process.Start(info)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.WaitForExitAsync(limit.Token);
        await error;
        return (process.ExitCode, await output);
    }
}
