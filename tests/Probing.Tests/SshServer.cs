using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probing.Tests;

/// <summary>sshd with keys of its own for the user who runs the tests.</summary>
internal sealed class SshServer : IDisposable
{
    private readonly ChildServer _process;

    private SshServer(TemporaryFolder folder, ChildServer process, Host host)
    {
        Folder = folder;
        _process = process;
        Host = host;
        Shell = ProbeContexts.For(new KeptEvidence(), host).Shells;
    }

    public TemporaryFolder Folder { get; }

    public Host Host { get; }

    public IShellAccess Shell { get; }

    public static async Task<SshServer> StartAsync()
    {
        Skip.If(RequiredTool.IsMissing("sshd") || RequiredTool.IsMissing("ssh") || RequiredTool.IsMissing("ssh-keygen") || RequiredTool.IsRootMissing());
        Directory.CreateDirectory("/run/sshd");
        var folder = new TemporaryFolder();
        var hostKey = await GenerateKeyAsync(folder, "host");
        var userKey = await GenerateKeyAsync(folder, "user");
        var port = ChildServer.FreePort();
        folder.Write("authorized_keys", await File.ReadAllTextAsync(userKey + ".pub"));
        var known = folder.Write("known_hosts", $"[127.0.0.1]:{port} {await File.ReadAllTextAsync(hostKey + ".pub")}");
        var configuration = folder.Write("sshd_config", $"""
            Port {port}
            ListenAddress 127.0.0.1
            HostKey {hostKey}
            AuthorizedKeysFile {folder.File("authorized_keys")}
            PidFile {folder.File("sshd.pid")}
            StrictModes no
            UsePAM no
            PasswordAuthentication no
            PermitRootLogin prohibit-password

            """);
        var process = ChildServer.Start("sshd", "-D", "-e", "-f", configuration);
        await process.UntilAsync(p => p.Said.Contains("Server listening", StringComparison.Ordinal));
        var host = new Host { Id = "h", Address = "127.0.0.1", Port = port, User = Environment.UserName, IdentityFile = userKey, KnownHostsFile = known };
        return new SshServer(folder, process, host);
    }

    public static async Task<string> GenerateKeyAsync(TemporaryFolder folder, string name)
    {
        var path = folder.File(name);
        var result = await new ProcessToolRunner().RunAsync(new ToolCall("ssh-keygen", ["-q", "-t", "ed25519", "-N", string.Empty, "-f", path]), CancellationToken.None);
        Assert.Equal(0, result.ExitCode);
        return path;
    }

    public void Dispose()
    {
        _process.Dispose();
        Folder.Dispose();
    }
}
