using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>What an assessment makes of a pillar's leg: it can fail it and hold it open, never lift it.</summary>
internal static class AssessmentLeg
{
    private const int LowestToPass = 3;

    public static Verdict Combine(Verdict judged, IReadOnlyList<Assessment> assessments)
    {
        if (assessments.Any(IsFailed))
        {
            return Verdict.NotSatisfied;
        }

        var isOpen = assessments.Any(a => a.Conclusion is AssessmentConclusion.Undecided or AssessmentConclusion.NotSatisfied);
        return isOpen && judged is Verdict.Satisfied or Verdict.NotApplicable ? Verdict.NeedsReview : judged;
    }

    /// <summary>Levels 1 and 2 have to be assessed, not to pass: there 不符合 is for people to weigh.</summary>
    public static bool IsFailed(Assessment assessment) => assessment is { Conclusion: AssessmentConclusion.NotSatisfied, Level: >= LowestToPass };

    public static string? Say(IReadOnlyList<Assessment> assessments) =>
        assessments.Count == 0 ? null : string.Join("；", assessments.Select(a => $"{a.Standard} 自评{a.Conclusion.Name()}——{a.Sentence.TrimEnd('。')}"));
}
