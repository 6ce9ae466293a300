using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>What a conclusion is about.</summary>
public enum ConclusionKind
{
    /// <summary>A clause as a whole; its legs are conclusions and pairs of their own.</summary>
    Clause,

    /// <summary>A material of a clause: what people said of it, or that it was measured unfit.</summary>
    Material,

    /// <summary>期限 of a clause.</summary>
    Period,

    /// <summary>What a standard concludes.</summary>
    Assessment,
}

/// <summary>One conclusion above single judgements, then and now.</summary>
/// <param name="Change">What became of it.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="Id">Clause, <c>clause/material</c>, <c>clause/period</c> or catalogue.</param>
/// <param name="Title">For people.</param>
/// <param name="Earlier">Null where it was not asked.</param>
/// <param name="Now">Null where it is not asked any more.</param>
/// <param name="IsDue">The gate of now asks for it.</param>
public sealed record ComparedConclusion(Change Change, ConclusionKind Kind, string Id, string Title, Verdict? Earlier, Verdict? Now, bool IsDue);

/// <summary>Clauses, their materials and periods, and assessments: what closes a gate without being a finding.</summary>
internal static class ComparedConclusions
{
    /// <param name="earlier">The pack of then.</param>
    /// <param name="now">The pack of now.</param>
    /// <param name="again">Then by the rules of now; null where the rules are the same.</param>
    /// <param name="isMended">False where a judgement lost its conclusion: what stands on judgements is then no 已整改 either.</param>
    public static IReadOnlyList<ComparedConclusion> Of(EvidencePack earlier, EvidencePack now, EvidencePack? again, bool isMended)
    {
        var (then, later) = (All(earlier, now.Run.Stage), All(now, now.Run.Stage));
        var redone = again is null ? then : All(again, now.Run.Stage);
        return
        [
            .. then.Keys.Union(later.Keys).Select(k =>
            {
                var (was, isNow, judgedAgain) = (then.GetValueOrDefault(k), later.GetValueOrDefault(k), redone.GetValueOrDefault(k));
                var change = was is not null && isNow is not null && judgedAgain is not null && judgedAgain.Verdict != was.Verdict && isNow.Verdict != was.Verdict
                    ? Change.OtherRules
                    : ChangeDecision.Of(was?.Verdict, isNow?.Verdict, isMended);
                var shown = isNow ?? was!;
                return new ComparedConclusion(change, k.Kind, k.Id, shown.Title, was?.Verdict, isNow?.Verdict, shown.IsDue);
            }).OrderBy(c => c.Change).ThenBy(c => c.Kind).ThenBy(c => c.Id, StringComparer.Ordinal),
        ];
    }

    private static Dictionary<(ConclusionKind Kind, string Id), Concluded> All(EvidencePack pack, Gate stage)
    {
        var found = new Dictionary<(ConclusionKind, string), Concluded>();
        var clauses = (pack.Profile?.Clauses ?? []).GroupBy(c => c.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        var due = new HashSet<Pillar>();
        foreach (var judged in pack.Judgement.Clauses)
        {
            var (isDue, name) = (judged.Gate <= stage && judged.Gate != Gate.Advisory, clauses.GetValueOrDefault(judged.ClauseId)?.Article ?? judged.ClauseId);
            due.UnionWith(isDue ? judged.Pillars.Select(p => p.Pillar) : []);
            found.TryAdd((ConclusionKind.Clause, judged.ClauseId), new Concluded(judged.Verdict, name, isDue));
            foreach (var material in judged.Materials)
            {
                found.TryAdd((ConclusionKind.Material, $"{judged.ClauseId}/{material.Material}"), new Concluded(Of(pack, material), $"{name} {material.Material}", isDue));
            }

            foreach (var period in judged.Periods ?? [])
            {
                found.TryAdd((ConclusionKind.Period, $"{judged.ClauseId}/{period.Title}"), new Concluded(period.Verdict, $"{name} {period.Title}", isDue));
            }
        }

        foreach (var (id, standard, conclusion, pillar) in Assessments(pack.Judgement))
        {
            found.TryAdd((ConclusionKind.Assessment, id), new Concluded(Of(conclusion), $"{standard} 自评", pack.Profile is null || due.Contains(pillar)));
        }

        return found;
    }

    private static IEnumerable<(string Id, string Standard, AssessmentConclusion Conclusion, Pillar Pillar)> Assessments(JudgementSet judged) =>
    [
        .. judged.Assessments.Select(a => (a.Catalogue, a.Standard, a.Conclusion, a.Pillar)),
        .. judged.Protection is { } p ? new[] { (p.Catalogue, p.Standard, p.Conclusion, Pillar.ClassifiedProtection) } : [],
    ];

    private static Verdict Of(EvidencePack pack, MaterialStatus material) => material.State switch
    {
        MaterialState.Unfit => Verdict.NotSatisfied,
        MaterialState.Attested => pack.Candidate.Attestations.FirstOrDefault(a => a.Id == material.AttestationId)?.Verdict ?? Verdict.NeedsReview,
        _ => Verdict.NeedsReview,
    };

    /// <summary>基本符合 passes, as the gate has it.</summary>
    private static Verdict Of(AssessmentConclusion conclusion) => conclusion switch
    {
        AssessmentConclusion.Undecided => Verdict.NeedsReview,
        AssessmentConclusion.NotSatisfied => Verdict.NotSatisfied,
        _ => Verdict.Satisfied,
    };

    private sealed record Concluded(Verdict Verdict, string Title, bool IsDue);
}
