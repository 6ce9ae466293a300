using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>What run.json says of a run, held against what the run left behind.</summary>
internal static class RunDifference
{
    public static PackContradicts? Of(EvidencePack pack, RulesetFolder rules, PackManifest? manifest) =>
        Head(pack, manifest) is { } head ? new PackContradicts(PackLayout.Manifest, $"与 {PackLayout.Run}、{PackLayout.Candidate} 不符：{head}")
        : (Completion(pack) ?? Rules(pack.Run.Rulesets, rules.ReferencesWith(pack.Profile?.Id))) is { } difference ? new PackContradicts(PackLayout.Run, difference)
        : null;

    private static string? Head(EvidencePack pack, PackManifest? manifest) => manifest switch
    {
        null => null,
        _ when manifest.CandidateId != pack.Candidate.Id => $"被测系统 {manifest.CandidateId} 与 {pack.Candidate.Id}",
        _ when manifest.ToolVersion != pack.Run.ToolVersion => $"工具版本 {manifest.ToolVersion} 与 {pack.Run.ToolVersion}",
        _ when manifest.Completion != pack.Run.Completion => "一处说运行完整，一处说运行被中断",
        _ => null,
    };

    private static string? Completion(EvidencePack pack) =>
        pack.Run.Completion == Model.Completion.Complete && pack.Outcomes.FirstOrDefault(o => o.Outcome is Unable { Kind: FailureKind.Cancelled }) is { } cut
            ? $"与观测不符：写的是运行完整，而 {cut.ProbeId} 对 {cut.TargetId} 的探测被中断"
            : null;

    private static string? Rules(IReadOnlyList<RulesetReference> recorded, IReadOnlyList<RulesetReference> held)
    {
        var byFile = held.ToDictionary(r => r.File, StringComparer.Ordinal);
        foreach (var rules in recorded)
        {
            if (!byFile.Remove(rules.File, out var found))
            {
                return $"与包内规则不符：运行时用了 {rules.File}，包里没有";
            }

            if (found != rules)
            {
                return $"与包内规则不符：运行时用的 {rules.File}（{rules.Id} {rules.Version}）SHA-256 是 {rules.Sha256}，包里的（{found.Id} {found.Version}）是 {found.Sha256}";
            }
        }

        return byFile.Count == 0 ? null : $"与包内规则不符：包里有 {byFile.Keys.Order(StringComparer.Ordinal).First()}，运行时没有用它";
    }
}
