using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Which class a change of verdict belongs to.</summary>
internal static class ChangeDecision
{
    public static Change Of(Judgement? earlier, Judgement? now) => (earlier, now) switch
    {
        (null, null) => Change.Unchanged,
        (null, { } added) => IsWrong(added.Verdict) ? Change.New : Change.Added,
        (_, null) => Change.Gone,
        _ => Decided(earlier, now),
    };

    private static Change Decided(Judgement earlier, Judgement now)
    {
        var (was, isNow) = (earlier.Verdict, now.Verdict);
        return (was, isNow) switch
        {
            (Verdict.NeedsReview, Verdict.NeedsReview) => Change.Unchanged,
            (_, Verdict.NeedsReview) => Change.Undecided,
            (Verdict.NotApplicable, Verdict.NotApplicable) => Change.Unchanged,
            (_, Verdict.NotApplicable) => Change.Gone,
            (Verdict.Partial, Verdict.NotSatisfied) => Change.Worse,
            (Verdict.NotSatisfied, Verdict.Partial) => Change.Better,
            _ when was == isNow => Change.Unchanged,
            _ when IsWrong(isNow) => Change.New,
            _ when IsWrong(was) => ShowsMore(earlier, now) ? Change.Fixed : Change.Undecided,
            (Verdict.NeedsReview, _) => Change.Better,
            _ => Change.Added,
        };
    }

    /// <summary>What was measured to be wrong has to be measured to be right: a word of people or a register mends nothing.</summary>
    private static bool ShowsMore(Judgement earlier, Judgement now) =>
        now.Reason == VerdictReason.Measured || (now.Reason == earlier.Reason && now.Reason is VerdictReason.Attested or VerdictReason.SelfReported);

    public static bool IsWrong(Verdict verdict) => verdict is Verdict.NotSatisfied or Verdict.Partial;
}
