using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>An unpacked tree: links stay inside, pipes are not waited on, secrets reach nothing.</summary>
public sealed class RootTreeTests
{
    private const string Secret = "Zw7geheimQp";

    [Fact]
    public void Links_are_followed_inside_the_tree_and_nowhere_else()
    {
        using var folder = new TemporaryFolder();
        folder.Write("outside", "no\n");
        var root = folder.File("root");
        folder.Write("root/usr/lib/os-release", "ID=debian\n");
        folder.Write("root/etc/passwd", "root:x:0:0::/root:/bin/bash\n");
        folder.Write("root/var/lib/dpkg/status", "\n");
        folder.Write("root/usr/lib/security/pam_unix.so", "x");
        File.CreateSymbolicLink(folder.File("root/etc/os-release"), "../usr/lib/os-release");
        Directory.CreateSymbolicLink(folder.File("root/lib"), "/usr/lib");
        File.CreateSymbolicLink(folder.File("root/etc/login.defs"), "../../outside");
        File.CreateSymbolicLink(folder.File("root/etc/a"), "b");
        File.CreateSymbolicLink(folder.File("root/etc/b"), "a");
        var snapshot = new RootSnapshot(root);
        Assert.Equal("ID=debian\n", snapshot.Text("/etc/os-release"));
        Assert.Equal(["/lib/security/pam_unix.so"], snapshot.Glob("/lib/security/pam_*.so"));
        Assert.Equal((FileState.Missing, FileState.Missing), (snapshot.Find("/etc/login.defs").State, snapshot.Find("/etc/a").State));
        Assert.Null(snapshot.Command("listening"));
        Assert.Null(snapshot.Find("/etc/os-release").Owner);
    }

    [Fact]
    public void What_only_a_running_host_knows_stays_unknown()
    {
        using var folder = new TemporaryFolder();
        folder.Write("proc/net/tcp", "");
        folder.Write("etc/passwd", "root:x:0:0::/root:/bin/bash\n");
        folder.Write("var/lib/dpkg/status", "\n");
        var network = new NetworkProbe().Read(new RootSnapshot(folder.Path)).Record!;
        Assert.False(network.OpenPorts.IsKnown || network.FirewallDefault.IsKnown || network.EnabledUnits.IsKnown);
        Assert.Equal(["待人工", "待人工", "待人工"], new[] { "INT-01", "INT-02", "INT-05" }.Select(r => Verdicts.Of(r, network)));
        Assert.Equal("待人工", Verdicts.Of("FIL-01", new FileModesProbe().Read(new RootSnapshot(folder.Path)).Record!));
    }

    [Fact]
    public void What_a_handful_of_copied_files_lacks_nobody_looked_for_and_what_a_whole_system_lacks_is_not_there()
    {
        using var folder = new TemporaryFolder();
        folder.Write("etc/redis/redis.conf", "bind 127.0.0.1\ndir /var/lib/redis\n");
        folder.Write("etc/passwd", "root:x:0:0::/root:/bin/bash\n");
        Assert.Equal(["待人工", "待人工", "待人工"], new[] { "FIL-02", "FIL-03", "FIL-04" }.Select(r => Verdicts.Of(r, new FileModesProbe().Read(new RootSnapshot(folder.Path)).Record!)));
        foreach (var reader in new Action<HostSnapshot>[] { s => new RedisProbe().Read(s), s => new NginxProbe().Read(s), s => new PostgreSqlProbe().Read(s), s => new MySqlProbe().Read(s), s => new TomcatProbe().Read(s) })
        {
            Assert.Contains("没有收集", Assert.Throws<UnableException>(() => reader(new RootSnapshot(folder.Path))).Message, StringComparison.Ordinal);
        }

        folder.Write("var/lib/dpkg/status", "\n");
        Assert.Equal("不符合", Verdicts.Of("FIL-02", new FileModesProbe().Read(new RootSnapshot(folder.Path)).Record!));
        Assert.NotNull(new NginxProbe().Read(new RootSnapshot(folder.Path)).WhyNot);
    }

    [SkippableFact]
    public async Task A_pipe_in_the_tree_is_not_waited_on()
    {
        Skip.If(RequiredTool.IsMissing("mkfifo"));
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("etc/ssh"));
        await new ProcessToolRunner().RunAsync(new ToolCall("mkfifo", [folder.File("etc/ssh/sshd_config"), folder.File("etc/passwd")]), CancellationToken.None);
        var look = Task.Run(() => HostileBundleTests.Readers.Select(r => Record.Exception(() => r(new RootSnapshot(folder.Path)))).ToList());
        Assert.Same(look, await Task.WhenAny(look, Task.Delay(TimeSpan.FromSeconds(60))));
        Assert.All(await look, t => Assert.True(t is null or UnableException, $"{t}"));
    }

    [Fact]
    public async Task No_secret_of_the_tree_is_in_any_observation_evidence_or_refusal()
    {
        using var folder = new TemporaryFolder();
        foreach (var row in RedactionTests.Files)
        {
            folder.Write(((string)row[0])[1..], ((string)row[1]).Replace("Zw7-geheim-Qp", Secret, StringComparison.Ordinal));
        }

        folder.Write("var/lib/dpkg/status", "\n");
        folder.Write("etc/ssh/sshd_config", $"PermitRootLogin no\nInclude /etc/ssh/key\nBanner password={Secret}\n");
        folder.Write("etc/ssh/key", $"-----BEGIN OPENSSH PRIVATE KEY-----\n{Secret}\n-----END OPENSSH PRIVATE KEY-----\n");
        folder.Write("etc/sudoers", $"ops ALL=(ALL) NOPASSWD: /bin/x password={Secret}\n");
        folder.Write("etc/tomcat9/server.xml", $"<Server port=\"-1\"><Connector port=\"8443\" keystorePass=\"{Secret}\"/></Server>");
        var host = new Host { Id = "h", Root = folder.Path };
        var said = await EverythingSaid.OfAsync(host);

        Assert.True(said.Length > 3000, $"{said.Length}");
        Assert.DoesNotContain("geheim", said, StringComparison.Ordinal);
    }
}
