using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>What no single key can show: ids used twice, answers about targets that do not exist, flows that leave the scope.</summary>
internal static class CandidateConsistency
{
    public static void Check(Candidate candidate, YamlMapping map, FaultList faults)
    {
        Doubles(candidate.Targets().Select(t => t.TargetId), map, faults);
        Doubles(candidate.Waivers.Select(w => $"waivers:{w.Id}"), map, faults);
        Doubles(candidate.Attestations.Select(a => $"attestations:{a.Id}"), map, faults);

        var known = candidate.Targets().Select(t => t.TargetId).Append(candidate.Id).ToHashSet(StringComparer.Ordinal);
        var named = candidate.Waivers.Select(w => (List: "waivers", w.TargetId)).Concat(candidate.Attestations.Select(a => (List: "attestations", a.TargetId)));
        foreach (var (list, target) in named.Where(n => n.TargetId is not null && !known.Contains(n.TargetId)))
        {
            faults.Add(map[list]?.At ?? map.At, $"target {target} 不存在", $"其中之一：{string.Join("、", known)}", "target: endpoint:portal");
        }

        var scope = Probing.Scope.Of(candidate);
        foreach (var flow in candidate.WebFlows.Where(f => !scope.Allows(f.Start.Host.Trim('[', ']'), f.Start.Port)))
        {
            faults.Add(map["webFlows"]?.At ?? map.At, $"流程 {flow.Id} 的主机 {flow.Start.Authority} 不在 endpoints 里", "先在 endpoints 里列出该主机");
        }
    }

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
        var keys = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["endpoint"] = "endpoints", ["host"] = "hosts", ["source-tree"] = "sourceTrees", ["archive-package"] = "archivePackages",
            ["crypto-sample"] = "cryptoSamples", ["document"] = "materials", ["web-flow"] = "webFlows",
        };
        var items = (map[keys.GetValueOrDefault(kind, kind)] as YamlSequence)?.Items.OfType<YamlMapping>()
            .Select(i => i["id"] as YamlScalar).Where(i => i?.Text == id).ToList();
        return items is { Count: > 1 } ? items[1]!.At : null;
    }
}
