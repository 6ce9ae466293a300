using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>One verdict out of many, computed from counts, so that order cannot matter.</summary>
public static class VerdictCombination
{
    /// <summary>Of what was seen on one target the worst counts: a second look that went well mends nothing. Lower is worse.</summary>
    public static int Rank(Verdict verdict) => verdict switch
    {
        Verdict.NotSatisfied => 0,
        Verdict.NeedsReview => 1,
        Verdict.Partial => 2,
        Verdict.Satisfied => 3,
        _ => 4,
    };

    /// <summary>
    /// Over several targets. All the same: that one. 不适用 does not count. 不符合 beside 符合 or 部分符合 is 部分符合, beside 待人工 alone 不符合;
    /// 待人工 without 不符合 is 待人工; nothing at all is 待人工.
    /// </summary>
    public static Verdict Combine(IEnumerable<Verdict> verdicts)
    {
        var counts = new int[Enum.GetValues<Verdict>().Length];
        foreach (var verdict in verdicts)
        {
            counts[(int)verdict]++;
        }

        var satisfied = counts[(int)Verdict.Satisfied];
        var partial = counts[(int)Verdict.Partial];
        var failed = counts[(int)Verdict.NotSatisfied];
        var open = counts[(int)Verdict.NeedsReview];
        if (failed > 0)
        {
            return satisfied + partial > 0 ? Verdict.Partial : Verdict.NotSatisfied;
        }

        if (open > 0)
        {
            return Verdict.NeedsReview;
        }

        if (partial > 0)
        {
            return Verdict.Partial;
        }

        if (satisfied > 0)
        {
            return Verdict.Satisfied;
        }

        return counts[(int)Verdict.NotApplicable] > 0 ? Verdict.NotApplicable : Verdict.NeedsReview;
    }

    public static RequirementVerdict Summarise(string requirementId, IReadOnlyCollection<Judgement> judgements) => new(
        requirementId,
        Combine(judgements.Select(j => j.Verdict)),
        judgements.Count(j => j.Verdict == Verdict.Satisfied),
        judgements.Count(j => j.Verdict == Verdict.Partial),
        judgements.Count(j => j.Verdict == Verdict.NotSatisfied),
        judgements.Count(j => j.Verdict == Verdict.NotApplicable),
        judgements.Count(j => j.Verdict == Verdict.NeedsReview));
}
