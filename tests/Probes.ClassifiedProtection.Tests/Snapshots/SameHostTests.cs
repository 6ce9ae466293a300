using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>One host, looked at as a bundle, over ssh and as this machine: the judgements are the same bytes.</summary>
public sealed class SameHostTests
{
    /// <summary>Comes and goes by itself between two looks.</summary>
    private static readonly string[] Moving = ["classified-protection.network", "classified-protection.software"];

    private const string WalkProbe = "classified-protection.file-modes";

    [SkippableFact]
    public async Task Three_sources_give_the_same_judgements()
    {
        Skip.If(RequiredTool.IsMissing("sshd") || RequiredTool.IsMissing("ssh") || RequiredTool.IsMissing("ssh-keygen") || RequiredTool.IsRootMissing());
        using var folder = new TemporaryFolder();
        var tools = new ProcessToolRunner();
        foreach (var key in new[] { "host", "user" })
        {
            await tools.RunAsync(new ToolCall("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", folder.File(key)]), CancellationToken.None);
        }

        Directory.CreateDirectory("/run/sshd");
        var port = ChildServer.FreePort();
        var known = folder.Write("known_hosts", $"[127.0.0.1]:{port} {await File.ReadAllTextAsync(folder.File("host.pub"))}");
        var configuration = folder.Write("sshd_config", $"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder.File("host")}\nAuthorizedKeysFile {folder.File("user.pub")}\nPidFile none\nStrictModes no\nUsePAM no\nPermitRootLogin prohibit-password\n");
        using var server = ChildServer.Start("sshd", "-D", "-e", "-f", configuration);
        await server.UntilAsync(p => p.Said.Contains("Server listening", StringComparison.Ordinal));

        var script = folder.Write("collect.sh", Collector.Script);
        var collected = await tools.RunAsync(new ToolCall("sh", [script, folder.File("host.tgz")]) { Timeout = TimeSpan.FromMinutes(4) }, CancellationToken.None);
        Assert.True(collected.ExitCode == 0, collected.ErrorText);
        var bundle = new Host { Id = "h", Bundle = folder.File("host.tgz") };
        var ssh = new Host { Id = "h", Address = "127.0.0.1", Port = port, User = "root", IdentityFile = folder.File("user"), KnownHostsFile = known };

        var first = await JudgementsAsync(bundle);
        Same(first, await JudgementsAsync(ssh));
        Same(first, await JudgementsAsync(new Host { Id = "h", Local = true }));
    }

    /// <summary>The walk over the whole machine is cut by time; where it was, nothing is said, and nothing else may differ.</summary>
    private static void Same(IReadOnlyList<(string Probe, string Json)> one, IReadOnlyList<(string Probe, string Json)> other)
    {
        Assert.Equal(one.Count, other.Count);
        foreach (var (first, second) in one.Zip(other))
        {
            var isCut = first.Probe == WalkProbe && (first.Json + second.Json).Contains("\"needsReview\"", StringComparison.Ordinal);
            if (!isCut)
            {
                Assert.Equal(first, second);
            }
        }
    }

    private static async Task<IReadOnlyList<(string Probe, string Json)>> JudgementsAsync(Host host)
    {
        var probes = ProbeCatalogue.Of(typeof(Collector).Assembly);
        var context = ProbeContexts.For(new KeptEvidence(), host);
        var judgements = new List<(string Probe, string Json)>();
        foreach (var probe in probes.Probes.Where(p => !Moving.Contains(p.Manifest.Id, StringComparer.Ordinal)))
        {
            var outcome = await probe.ObserveAsync(host, context, CancellationToken.None);
            foreach (var rule in RuleTests.Rules.Where(r => r.Observes == probe.Manifest.Id))
            {
                var judgement = RequirementJudge.Judge(rule, ("host:h", "主机"), outcome, ObservationJson.ToElement(new CandidateFacts { Kind = "other", ProtectionLevel = 3 }), DateTimeOffset.UnixEpoch);
                judgements.Add((probe.Manifest.Id, JsonSerializer.Serialize(judgement, ObservationJson.Compact)));
            }
        }

        Assert.True(judgements.Count > 60);
        return judgements;
    }
}
