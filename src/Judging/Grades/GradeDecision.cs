using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// From judgements to letter grades. A target has one where at least one graded requirement was decided on it; what is undecided
/// widens the grade to a range instead of being taken for granted.
/// </summary>
internal static class GradeDecision
{
    public static IReadOnlyList<TargetGrade> Of(IReadOnlyList<Requirement> requirements, IReadOnlyList<Judgement> judgements)
    {
        var graded = requirements.Where(r => r.CapsGrade is not null).ToDictionary(r => r.Id, StringComparer.Ordinal);
        return
        [
            .. judgements
                .Where(j => graded.ContainsKey(j.RequirementId) && j.Verdict != Verdict.NotApplicable)
                .GroupBy(j => (j.TargetId, graded[j.RequirementId].Pillar))
                .Where(g => g.Any(j => j.Verdict != Verdict.NeedsReview))
                .OrderBy(g => g.Key.TargetId, StringComparer.Ordinal).ThenBy(g => g.Key.Pillar)
                .Select(g => Of(g.Key.TargetId, g.Key.Pillar, [.. g.Select(j => (j.RequirementId, j.Verdict, Cap: graded[j.RequirementId].CapsGrade!.Value))])),
        ];
    }

    private static TargetGrade Of(string targetId, Pillar pillar, List<(string Id, Verdict Verdict, LetterGrade Cap)> judged)
    {
        var unmet = judged.Where(j => j.Verdict is Verdict.NotSatisfied or Verdict.Partial).ToList();
        var upper = unmet.Select(j => j.Cap).Append(LetterGrade.A).Max();
        var undecided = judged.Where(j => j.Verdict == Verdict.NeedsReview && j.Cap > upper).ToList();
        return new TargetGrade(
            targetId,
            pillar,
            upper,
            undecided.Select(j => j.Cap).Append(upper).Max(),
            [.. unmet.Where(j => j.Cap == upper && upper != LetterGrade.A).Select(j => j.Id).Order(StringComparer.Ordinal)],
            [.. undecided.Select(j => j.Id).Order(StringComparer.Ordinal)]);
    }
}
