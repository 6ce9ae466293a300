using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>What differs between two runs beside the system itself.</summary>
internal static class ComparisonWarnings
{
    private const int Shown = 6;

    public static IReadOnlyList<string> Of(EvidencePack earlier, EvidencePack now) => [.. All(earlier, now)];

    private static IEnumerable<string> All(EvidencePack earlier, EvidencePack now)
    {
        if (earlier.Run.StartedAt == now.Run.StartedAt)
        {
            yield return "两个证据包出自同一次运行：差别只会在封存之后的回答、豁免或规则。";
        }

        if (earlier.Run.StartedAt > now.Run.StartedAt)
        {
            yield return "上次的证据包比这次的还晚：请确认先后没有给反。";
        }

        if (earlier.Run.ToolVersion != now.Run.ToolVersion)
        {
            yield return $"工具版本不同：上次 {earlier.Run.ToolVersion}，这次 {now.Run.ToolVersion}。";
        }

        if (Rules(earlier.Run, now.Run) is { Count: > 0 } rules)
        {
            yield return $"规则不同：{Some(rules)}。上次的观测已按这次的规则重新判定，由此变了结论的标为“{Change.OtherRules.Name()}”。";
        }

        if (Probes(earlier.Run, now.Run) is { Count: > 0 } probes)
        {
            yield return $"探测版本不同：{Some(probes)}。";
        }

        if (earlier.Run.Completion != now.Run.Completion || now.Run.Completion == Completion.Cancelled)
        {
            yield return $"有一次运行被中断（{(now.Run.Completion == Completion.Cancelled ? "这次" : "上次")}），没有执行的项目不作比较。";
        }

        if (earlier.Run.AllowIntrusive != now.Run.AllowIntrusive)
        {
            yield return $"探测范围不同：{(earlier.Run.AllowIntrusive ? "上次" : "这次")}做了可能影响业务的探测，另一次没有做。";
        }

        if (earlier.Run.Profile != now.Run.Profile || earlier.Run.Stage != now.Run.Stage || earlier.Run.FailOn != now.Run.FailOn)
        {
            yield return $"门禁不同：上次 {GateOf(earlier.Run)}，这次 {GateOf(now.Run)}。";
        }

        foreach (var scope in Scope(earlier.Candidate, now.Candidate))
        {
            yield return scope;
        }
    }

    private static IEnumerable<string> Scope(Candidate earlier, Candidate now)
    {
        var (then, later) = (Places(earlier), Places(now));
        var gone = then.Keys.Except(later.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var added = later.Keys.Except(then.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var moved = then.Where(t => later.TryGetValue(t.Key, out var place) && place != t.Value).Select(t => $"{t.Key}（{t.Value} → {later[t.Key]}）").Order(StringComparer.Ordinal).ToList();
        if (gone.Count > 0)
        {
            yield return $"这次少了对象：{Some(gone)}。它们的问题不算整改。";
        }

        if (added.Count > 0)
        {
            yield return $"这次多了对象：{Some(added)}。";
        }

        if (moved.Count > 0)
        {
            yield return $"同名而地址不同的对象：{Some(moved)}。当作不同的对象比较。";
        }

        if (earlier.ProtectionLevel != now.ProtectionLevel || earlier.CryptoLevel != now.CryptoLevel)
        {
            yield return "定级不同：适用的要求可能不同。";
        }
    }

    private static Dictionary<string, string> Places(Candidate candidate) => candidate.Targets().ToDictionary(t => t.TargetId, t => t.Place(), StringComparer.Ordinal);

    private static List<string> Rules(RunInformation earlier, RunInformation now)
    {
        var (then, later) = (earlier.Rulesets.ToDictionary(r => r.File, r => r.Sha256, StringComparer.Ordinal), now.Rulesets.ToDictionary(r => r.File, r => r.Sha256, StringComparer.Ordinal));
        return [.. then.Keys.Union(later.Keys, StringComparer.Ordinal).Where(f => then.GetValueOrDefault(f) != later.GetValueOrDefault(f)).Order(StringComparer.Ordinal)];
    }

    private static List<string> Probes(RunInformation earlier, RunInformation now)
    {
        var (then, later) = (earlier.Probes.ToDictionary(p => p.Id, p => p.Version, StringComparer.Ordinal), now.Probes.ToDictionary(p => p.Id, p => p.Version, StringComparer.Ordinal));
        return [.. then.Keys.Union(later.Keys, StringComparer.Ordinal).Where(f => then.GetValueOrDefault(f) != later.GetValueOrDefault(f)).Order(StringComparer.Ordinal)];
    }

    private static string GateOf(RunInformation run) => $"{run.Profile ?? "不对照验收办法"}、{run.Stage.Name()}、{run.FailOn.Meaning()}";

    private static string Some(List<string> names) => string.Join("、", names.Take(Shown)) + (names.Count > Shown ? $" 等 {names.Count} 个" : "");
}
