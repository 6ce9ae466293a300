using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>What no single key can show: ids used twice, answers about targets that do not exist, flows that leave the scope.</summary>
internal static class CandidateConsistency
{
    /// <summary>The list of candidate.yaml by the kind of its targets.</summary>
    private static readonly Dictionary<string, string> Lists = new(StringComparer.Ordinal)
    {
        ["endpoint"] = "endpoints", ["host"] = "hosts", ["source-tree"] = "sourceTrees", ["archive-package"] = "archivePackages",
        ["crypto-sample"] = "cryptoSamples", ["document"] = "materials", ["web-flow"] = "webFlows",
        ["exposure"] = "exposure", ["import"] = "imports",
    };

    public static void Check(Candidate candidate, YamlMapping map, FaultList faults)
    {
        Doubles(candidate.Targets().Select(t => t.TargetId), map, faults);
        Doubles(candidate.Waivers.Select(w => $"waivers:{w.Id}"), map, faults);
        Doubles(candidate.Attestations.Select(a => $"attestations:{a.Id}"), map, faults);

        Doubles(candidate.Crypto.Objects.Select(o => $"cryptoObjects:{o.Id}"), map, faults);
        Doubles(candidate.Crypto.Answers.Select(a => $"cryptoAnswers:{a.Id}"), map, faults);
        Doubles(candidate.Crypto.Applicability.Select(a => $"cryptoApplicability:{a.Id}"), map, faults);
        Doubles(candidate.Crypto.Coverage.Select(c => $"cryptoCoverage:{c.Id}"), map, faults);
        Doubles(candidate.Crypto.HighRisks.Select(h => $"cryptoHighRisks:{h.Id}"), map, faults);
        CryptoConsistency.Check(candidate.Crypto, map, faults);
        ProtectionConsistency.Check(candidate, map, faults);

        // A target that was named but could not be read is a fault already, and no reason for a second one.
        var known = candidate.Targets().Select(t => t.TargetId).Concat(Lists.SelectMany(l => Items(map, l.Value).Select(i => $"{l.Key}:{(i["id"] as YamlScalar)?.Text}")))
            .Append(candidate.Id).Distinct(StringComparer.Ordinal).ToList();
        foreach (var target in new[] { "waivers", "attestations" }.SelectMany(l => Items(map, l)).Select(i => i["target"])
            .Concat(Items(map, "cryptoObjects").SelectMany(i => (i["targets"] as YamlSequence)?.Items ?? [])).OfType<YamlScalar>().Where(t => !t.IsNull && !known.Contains(t.Text)))
        {
            faults.Add(target.At, $"target {target.Text} 不存在", $"其中之一：{string.Join("、", known)}", "target: endpoint:portal");
        }

        var scope = Probing.Scope.Of(candidate);
        var allRead = candidate.Endpoints.Count == Items(map, "endpoints").Count();
        foreach (var flow in candidate.WebFlows.Where(f => allRead && !scope.Allows(f.Start.Host.Trim('[', ']'), f.Start.Port)))
        {
            var at = Items(map, "webFlows").FirstOrDefault(i => (i["id"] as YamlScalar)?.Text == flow.Id)?["start"]?.At;
            faults.Add(at ?? map.At, $"流程 {flow.Id} 的主机 {flow.Start.Authority} 不在 endpoints 里", "先在 endpoints 里列出该主机");
        }

        foreach (var host in new[] { "exposure", "imports" }.SelectMany(l => Items(map, l)).Select(i => i["host"]).OfType<YamlScalar>()
            .Where(h => !h.IsNull && !known.Contains($"host:{h.Text}", StringComparer.Ordinal)))
        {
            faults.Add(host.At, $"host {host.Text} 不在 hosts 里", "hosts 里某一台的 id，或不写", "host: app-server");
        }

        foreach (var tree in Items(map, "imports").Select(i => i["sourceTree"]).OfType<YamlScalar>().Where(t => !t.IsNull && !known.Contains($"source-tree:{t.Text}", StringComparer.Ordinal)))
        {
            faults.Add(tree.At, $"sourceTree {tree.Text} 不在 sourceTrees 里", "sourceTrees 里某一个的 id", "sourceTree: portal-src");
        }

        SecretsInClear(candidate, map, faults);
    }

    /// <summary>A value fetched from elsewhere that also stands here would be blackened in the pack, and the pack not be read again.</summary>
    private static void SecretsInClear(Candidate candidate, YamlMapping map, FaultList faults)
    {
        var redactor = new Probing.Redactor(candidate.Secrets());
        foreach (var scalar in Scalars(map).Where(s => redactor.Finds(s.Text)))
        {
            faults.Add(scalar.At, "这里写着某个密钥、口令或 authorization 的明文内容", "只写出处（env: 或 file:），别处不写其内容", "password: env:PORTAL_PASSWORD");
        }
    }

    private static IEnumerable<YamlScalar> Scalars(YamlValue value) => value switch
    {
        YamlScalar scalar => [scalar],
        YamlSequence list => list.Items.SelectMany(Scalars),
        YamlMapping map => map.Entries.SelectMany(e => Scalars(e.Key).Concat(Scalars(e.Value))),
        _ => [],
    };

    private static void Doubles(IEnumerable<string> ids, YamlMapping map, FaultList faults)
    {
        foreach (var twice in ids.GroupBy(i => i, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            var (list, id) = (twice[..twice.IndexOf(':', StringComparison.Ordinal)], twice[(twice.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            var at = Second(map, list, id) ?? map.At;
            faults.Add(at, $"编号 {id} 重复", "同一列表里唯一的编号", $"id: {id}-2");
        }
    }

    /// <summary>Where the second item with the id stands.</summary>
    private static SourcePosition? Second(YamlMapping map, string kind, string id)
    {
        var items = Items(map, Lists.GetValueOrDefault(kind, kind)).Select(i => i["id"] as YamlScalar).Where(i => i?.Text == id).ToList();
        return items.Count > 1 ? items[1]!.At : null;
    }

    private static IEnumerable<YamlMapping> Items(YamlMapping map, string list) => (map[list] as YamlSequence)?.Items.OfType<YamlMapping>() ?? [];
}
