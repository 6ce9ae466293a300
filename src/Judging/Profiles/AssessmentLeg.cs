using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>What a standard concludes, as the leg of a clause needs it.</summary>
/// <param name="Pillar">Whose leg.</param>
/// <param name="Standard">For people.</param>
/// <param name="Conclusion">As far as it is known.</param>
/// <param name="Sentence">What it rests on.</param>
/// <param name="MustPass">不符合 fails the leg; elsewhere it is for people to weigh.</param>
internal sealed record LegConclusion(Pillar Pillar, string Standard, AssessmentConclusion Conclusion, string Sentence, bool MustPass)
{
    /// <summary>Levels 1 and 2 have to undergo 密评, not to pass it.</summary>
    private const int LowestCryptoLevelToPass = 3;

    /// <summary>Level 1 is nobody's to examine but the owner's.</summary>
    private const int LowestProtectionLevelToPass = 2;

    public static IReadOnlyList<LegConclusion> Of(IReadOnlyList<Assessment> assessments, ProtectionAssessment? protection) =>
    [
        .. assessments.Select(a => new LegConclusion(a.Pillar, a.Standard, a.Conclusion, a.Sentence, a.Level >= LowestCryptoLevelToPass)),
        .. protection is null
            ? Array.Empty<LegConclusion>()
            : [new LegConclusion(Pillar.ClassifiedProtection, protection.Standard, protection.Conclusion, protection.Sentence, protection.Level >= LowestProtectionLevelToPass)],
    ];
}

/// <summary>What an assessment makes of a pillar's leg: it can fail it and hold it open, never lift it.</summary>
internal static class AssessmentLeg
{
    public static Verdict Combine(Verdict judged, IReadOnlyList<LegConclusion> assessments)
    {
        if (assessments.Any(IsFailed))
        {
            return Verdict.NotSatisfied;
        }

        var isOpen = assessments.Any(a => a.Conclusion is AssessmentConclusion.Undecided or AssessmentConclusion.NotSatisfied);
        return isOpen && judged is Verdict.Satisfied or Verdict.NotApplicable ? Verdict.NeedsReview : judged;
    }

    public static bool IsFailed(LegConclusion assessment) => assessment is { Conclusion: AssessmentConclusion.NotSatisfied, MustPass: true };

    public static string? Say(IReadOnlyList<LegConclusion> assessments) =>
        assessments.Count == 0 ? null : string.Join("；", assessments.Select(a => $"{a.Standard} 自评{a.Conclusion.Name()}——{a.Sentence.TrimEnd('。')}"));
}
