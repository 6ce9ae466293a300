using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Exposure.Tests;

/// <summary>sshd in a mount namespace of its own, where the files of accounts are ours: the machine's stay as they are.</summary>
internal sealed partial class AccountsServer : IDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly ChildServer _process;

    private AccountsServer(TemporaryFolder folder, ChildServer process, int port) => (_folder, _process, Port) = (folder, process, port);

    public int Port { get; }

    /// <exception cref="SkipException">No root, no sshd, or a machine that gives no namespaces.</exception>
    public static async Task<AccountsServer> StartAsync(string user, string password, string settings)
    {
        Skip.If(RequiredTool.IsMissing("sshd") || RequiredTool.IsMissing("ssh") || RequiredTool.IsMissing("ssh-keygen") || RequiredTool.IsMissing("openssl") || RequiredTool.IsMissing("unshare") || RequiredTool.IsRootMissing());
        Skip.If((await RunAsync("unshare", "-m", "mount", "--bind", "/tmp", "/mnt")).ExitCode != 0, "本机不给挂载命名空间");
        Directory.CreateDirectory("/run/sshd");
        var folder = new TemporaryFolder();
        var hash = password.Length == 0 ? "" : (await RunAsync("openssl", "passwd", "-6", password)).OutputText.Trim();
        string Others(string path) => string.Concat(File.ReadLines(path).Where(l => !l.StartsWith(user + ":", StringComparison.Ordinal)).Select(l => l + "\n"));
        var passwd = folder.Write("passwd", Others("/etc/passwd") + $"{user}:x:{(user == "root" ? "0:0" : "4711:65534")}::/:{(user == "root" ? "/bin/sh" : "/usr/sbin/nologin")}\n");
        var shadow = folder.Write("shadow", Others("/etc/shadow") + $"{user}:{hash}:20000:0:99999:7:::\n");
        var key = folder.File("host");
        Assert.Equal(0, (await RunAsync("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key)).ExitCode);
        var port = ChildServer.FreePort();
        var configuration = folder.Write("sshd_config", $"Port {port}\nListenAddress 127.0.0.1\nHostKey {key}\nPidFile none\nUsePAM no\nLogLevel VERBOSE\n{settings}");
        var process = ChildServer.Start("unshare", "-m", "sh", "-c", $"mount --bind {passwd} /etc/passwd && mount --bind {shadow} /etc/shadow && exec {RequiredTool.FullPath("sshd")} -D -e -f {configuration}");
        await process.UntilAsync(p => p.Said.Contains("Server listening", StringComparison.Ordinal));
        return new AccountsServer(folder, process, port);
    }

    /// <summary>Names for which a password was refused, one an attempt.</summary>
    public IEnumerable<string> FailedPasswords() => Failed().Matches(_process.Said).Select(m => m.Groups["user"].Value);

    public void Dispose()
    {
        _process.Dispose();
        _folder.Dispose();
    }

    private static Task<ToolResult> RunAsync(string program, params string[] arguments) => new ProcessToolRunner().RunAsync(new ToolCall(program, arguments), CancellationToken.None);

    [GeneratedRegex(@"Failed (?:password|keyboard-interactive\S*) for (?:invalid user )?(?<user>\S+) from", RegexOptions.NonBacktracking)]
    private static partial Regex Failed();
}
