using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>One finding, by its fingerprint.</summary>
/// <param name="Change">What became of it.</param>
/// <param name="Earlier">Null where it is new.</param>
/// <param name="Now">Null where it is not found any more, which alone is no 已整改.</param>
public sealed record ComparedFinding(Change Change, Finding? Earlier, Finding? Now)
{
    /// <summary>As it is now, or else as it was.</summary>
    public Finding Finding => Now ?? Earlier!;
}

internal static class ComparedFindings
{
    public static IReadOnlyList<ComparedFinding> Of(EvidencePack earlier, EvidencePack now, IReadOnlyList<ComparedPair> pairs)
    {
        var then = ByFingerprint(earlier);
        var later = ByFingerprint(now);
        var byPlace = pairs.ToDictionary(p => new PlaceKey(p.RequirementId, p.TargetId, p.Place), p => p.Change);
        return
        [
            .. then.Keys.Union(later.Keys, StringComparer.Ordinal)
                .Select(f => Compare(then.GetValueOrDefault(f), later.GetValueOrDefault(f), byPlace))
                .OrderBy(f => f.Change).ThenByDescending(f => f.Finding.Severity).ThenBy(f => f.Finding.RequirementId, StringComparer.Ordinal)
                .ThenBy(f => f.Finding.TargetId, StringComparer.Ordinal).ThenBy(f => f.Finding.Fingerprint, StringComparer.Ordinal),
        ];
    }

    private static ComparedFinding Compare(Finding? was, Finding? isNow, Dictionary<PlaceKey, Change> pairs) => new(
        (was, isNow) switch
        {
            (null, { } found) => ClassOf(found, pairs) == Change.OtherRules ? Change.OtherRules : Change.New,
            ({ } vanished, null) => ClassOf(vanished, pairs) is Change.Fixed or Change.Undecided or Change.OtherRules ? ClassOf(vanished, pairs)!.Value : Change.Gone,
            (null, null) => Change.Unchanged,
            // What was let pass then is nobody's accepted risk any more.
            ({ WaiverId: not null }, { WaiverId: null }) => Change.New,
            _ when isNow.Severity != was.Severity => isNow.Severity > was.Severity ? Change.Worse : Change.Better,
            (Finding { Verdict: Verdict.Partial }, Finding { Verdict: Verdict.NotSatisfied }) => Change.Worse,
            (Finding { Verdict: Verdict.NotSatisfied }, Finding { Verdict: Verdict.Partial }) => Change.Better,
            _ => Change.Unchanged,
        },
        was,
        isNow);

    /// <summary>A finding that is not there any more is what its judgement says; without one it was not looked at.</summary>
    private static Change? ClassOf(Finding finding, Dictionary<PlaceKey, Change> pairs) =>
        pairs.TryGetValue(new PlaceKey(finding.RequirementId, finding.TargetId, finding.Where), out var change) ? change : null;

    private static Dictionary<string, Finding> ByFingerprint(EvidencePack pack) =>
        pack.Judgement.Findings.GroupBy(f => f.Fingerprint, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
}
