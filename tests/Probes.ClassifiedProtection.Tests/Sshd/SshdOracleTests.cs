using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>What sshd -T prints is what the reader says, over many trees with includes, Match blocks and mistakes.</summary>
public sealed class SshdOracleTests
{
    private const int Trees = 120;

    private static readonly string[] Lines =
    [
        "PermitRootLogin yes", "PermitRootLogin no", "permitrootlogin=without-password", "PERMITROOTLOGIN  =  forced-commands-only", "PermitRootLogin \"no\"",
        "PermitEmptyPasswords yes", "MaxAuthTries 4", "MaxAuthTries=3", "ClientAliveInterval 5m", "ClientAliveCountMax 0", "LoginGraceTime 1m30s", "LoginGraceTime 0", "X11Forwarding yes",
        "AllowTcpForwarding local", "AllowTcpForwarding all", "LogLevel verbose", "UsePAM yes # from the package", "IgnoreRhosts shosts-only", "HostbasedAuthentication yes", "PasswordAuthentication no",
        "ChallengeResponseAuthentication no", "KbdInteractiveAuthentication yes", "Ciphers aes256-ctr,aes128-ctr", "Ciphers +aes128-cbc", "Ciphers -aes128-*", "Ciphers ^aes256-gcm@openssh.com",
        "MACs -hmac-sha1", "KexAlgorithms +diffie-hellman-group14-sha1", "AllowUsers ops@10.0.0.* admin", "AllowUsers backup", "AuthenticationMethods publickey,password", "Protocol 1", "   # nothing", "",
        "Match all", "Match User root", "Match Address 10.0.0.0/8", "Match Group wheel,ops Host *.example.cn",
    ];

    private static readonly string[] Mistakes =
        ["PermitRootLogin maybe", "PermitRootLoginn no", "MaxAuthTries", "X11Forwarding yes no", "AuthenticationMethods \"publickey", "LoginGraceTime 5x", "Match Planet earth", "; semicolon", "MaxAuthTries many"];

    [SkippableFact]
    public async Task Every_tree_is_read_as_sshd_reads_it_and_what_sshd_refuses_is_refused()
    {
        Skip.If(RequiredTool.IsMissing("sshd") || RequiredTool.IsMissing("ssh-keygen") || RequiredTool.IsRootMissing());
        Directory.CreateDirectory("/run/sshd");
        using var folder = new TemporaryFolder();
        var tools = new ProcessToolRunner();
        await tools.RunAsync(new ToolCall("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", folder.File("key")]), CancellationToken.None);
        var version = SshdVersion.Of((await tools.RunAsync(new ToolCall("ssh", ["-V"]), CancellationToken.None)).ErrorText)!;
        var random = new SeededBytes(5);
        var (accepted, refused) = (0, 0);
        for (var i = 0; i < Trees; i++)
        {
            var files = Tree(folder, random, i);
            foreach (var (path, text) in files)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await File.WriteAllTextAsync(path, text);
            }

            var main = folder.File($"{i}/sshd_config");
            var said = await tools.RunAsync(new ToolCall("sshd", ["-T", "-f", main]), CancellationToken.None);
            var host = files.Aggregate(new MadeHost(), (h, f) => h.File(f.Path, f.Text));
            var shown = string.Join("\n---\n", files.Select(f => $"{f.Path}\n{f.Text}"));
            if (said.ExitCode == 0)
            {
                accepted++;
                AssertSame(said.OutputText, new SshdReading(SshdTree.Read(host, main, version), version).Settings(), shown);
            }
            else
            {
                refused++;
                var unable = Record.Exception(() => SshdTree.Read(host, main, version)) as UnableException;
                Assert.True(unable?.Message.StartsWith("配置无效", StringComparison.Ordinal) == true, $"{said.ErrorText}\n{shown}");
            }
        }

        Assert.True(accepted > Trees / 3 && refused > Trees / 10, $"{accepted} {refused}");
    }

    /// <summary>Distributions take the second name of one algorithm back into older versions.</summary>
    private static IEnumerable<string> WithoutAlias(IEnumerable<string> algorithms) => algorithms.Where(a => a != "sntrup761x25519-sha512");

    private static List<(string Path, string Text)> Tree(TemporaryFolder folder, SeededBytes random, int number)
    {
        var dropIns = folder.File($"{number}/sshd_config.d");
        string[] includes = [$"Include {dropIns}/*.conf", $"include={dropIns}/10-*.conf", $"Include {dropIns}/none.conf {dropIns}/20-b.conf"];
        var wrong = random.Below(4) == 0;
        var files = new List<(string, string)>();
        foreach (var name in new[] { "sshd_config", "sshd_config.d/10-a.conf", "sshd_config.d/20-b.conf" })
        {
            var text = new StringBuilder(name == "sshd_config" ? $"HostKey {folder.File("key")}\n" : "");
            for (var lines = random.Below(9); lines > 0; lines--)
            {
                text.Append(Lines[random.Below(Lines.Length)]).Append('\n');
                if (name == "sshd_config" && random.Below(6) == 0)
                {
                    text.Append(includes[random.Below(includes.Length)]).Append('\n');
                }

                if (wrong && random.Below(12) == 0)
                {
                    text.Append(Mistakes[random.Below(Mistakes.Length)]).Append('\n');
                }
            }

            files.Add((folder.File($"{number}/{name}"), text.ToString()));
        }

        return files;
    }

    private static void AssertSame(string output, SshdSettings read, string shown)
    {
        var said = output.Split('\n').Select(l => l.Split(' ', 2)).Where(w => w.Length == 2).GroupBy(w => w[0]).ToDictionary(g => g.Key, g => string.Join(' ', g.Select(w => w[1])));
        string N(string key) => said[key] == "without-password" ? "prohibit-password" : said[key];
        var pairs = new (string Key, string? Read)[]
        {
            ("permitrootlogin", read.PermitRootLogin.Value.Value), ("permitemptypasswords", read.PermitEmptyPasswords.Value.Value), ("x11forwarding", read.X11Forwarding.Value.Value),
            ("allowtcpforwarding", read.AllowTcpForwarding.Value.Value), ("loglevel", read.LogLevel.Value.Value), ("usepam", read.UsePam.Value.Value), ("ignorerhosts", read.IgnoreRhosts.Value.Value),
            ("hostbasedauthentication", read.HostbasedAuthentication.Value.Value), ("passwordauthentication", read.PasswordAuthentication.Value.Value),
            ("kbdinteractiveauthentication", read.KbdInteractiveAuthentication.Value.Value), ("maxauthtries", read.MaxAuthTries.Value.Value!.Value.ToString(CultureInfo.InvariantCulture)),
            ("logingracetime", read.LoginGraceTime.Value.Value!.Value.ToString(CultureInfo.InvariantCulture)),
        };
        Assert.All(pairs, p => Assert.True(N(p.Key) == p.Read, $"{p.Key}: sshd {N(p.Key)}, read {p.Read}\n{shown}"));
        Assert.Equal(said["ciphers"], string.Join(',', read.Ciphers.Value.Value));
        Assert.Equal(said["macs"], string.Join(',', read.Macs.Value.Value));
        Assert.Equal(WithoutAlias(said["kexalgorithms"].Split(',')), WithoutAlias(read.KexAlgorithms.Value.Value));
        Assert.Equal(said.GetValueOrDefault("allowusers", ""), string.Join(' ', read.AllowUsers.Value));
        var (interval, count) = (long.Parse(said["clientaliveinterval"], CultureInfo.InvariantCulture), long.Parse(said["clientalivecountmax"], CultureInfo.InvariantCulture));
        Assert.Equal(interval * count == 0 ? null : interval * count, read.AliveSeconds.Value.Value);
    }
}
