using System.Diagnostics;
using System.Text;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Pipeline.Tests;

/// <summary>A full disk, for real.</summary>
public sealed class WriteFailureTests : IDisposable
{
    private readonly Runs _runs = new();

    public void Dispose() => _runs.Dispose();

    [SkippableTheory]
    [InlineData(16)]
    [InlineData(40)]
    [InlineData(64)]
    [InlineData(88)]
    public async Task A_full_disk_never_leaves_something_that_passes_for_a_pack(int kilobytes)
    {
        Skip.IfNot(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "缺少挂载 tmpfs 的权限（root）");
        var mount = Directory.CreateDirectory(_runs.Folder.File("disk")).FullName;
        Skip.IfNot(await CallAsync("mount", "-t", "tmpfs", "-o", $"size={kilobytes}k", "none", mount), "缺少挂载 tmpfs 的权限");
        try
        {
            await using var server = new ScriptedServer(async c =>
            {
                _ = await c.Stream.ReadAtLeastAsync(new byte[4096], 1, throwOnEndOfStream: false, c.Stop);
                await c.SendAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\n\r\n" + new string('x', 30_000)));
            });
            var request = _runs.Request(Runs.Yaml(Runs.Endpoint(server.Port)), output: Path.Combine(mount, "pack"));
            await Assert.ThrowsAnyAsync<IOException>(() => Runs.RunAsync(request));
            Assert.True(File.Exists(Path.Combine(mount, "pack", PackLayout.Unfinished)));
            Assert.IsType<PackUnfinished>(PackVerification.Verify(Path.Combine(mount, "pack")));
        }
        finally
        {
            await CallAsync("umount", mount);
        }
    }

    private static async Task<bool> CallAsync(string program, params IReadOnlyList<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, UseShellExecute = false })!;
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }
}
