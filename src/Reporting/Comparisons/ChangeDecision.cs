using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Which class a change of verdict belongs to.</summary>
internal static class ChangeDecision
{
    public static Change Of(Judgement? earlier, Judgement? now) => Of(earlier?.Verdict, now?.Verdict, earlier is null || now is null || ShowsMore(earlier, now));

    /// <param name="was">Null where it was not asked.</param>
    /// <param name="isNow">Null where it is not asked any more.</param>
    /// <param name="showsMore">Whether what is right now counts against what was wrong then.</param>
    public static Change Of(Verdict? was, Verdict? isNow, bool showsMore) => (was, isNow) switch
    {
        (null, null) => Change.Unchanged,
        (null, Verdict.NeedsReview) => Change.Undecided,
        (null, { } added) => IsWrong(added) ? Change.New : Change.Added,
        (_, null) => Change.Gone,
        ({ } then, { } later) => Decided(then, later, showsMore),
    };

    private static Change Decided(Verdict was, Verdict isNow, bool showsMore) => (was, isNow) switch
    {
        (Verdict.NeedsReview, Verdict.NeedsReview) => Change.Unchanged,
        (_, Verdict.NeedsReview) => Change.Undecided,
        (Verdict.NotApplicable, Verdict.NotApplicable) => Change.Unchanged,
        (_, Verdict.NotApplicable) => Change.Gone,
        (Verdict.Partial, Verdict.NotSatisfied) => Change.Worse,
        (Verdict.NotSatisfied, Verdict.Partial) => Change.Better,
        _ when was == isNow => Change.Unchanged,
        _ when IsWrong(isNow) => Change.New,
        _ when IsWrong(was) => showsMore ? Change.Fixed : Change.Undecided,
        (Verdict.NeedsReview, _) => Change.Better,
        _ => Change.Added,
    };

    /// <summary>What was measured to be wrong has to be measured to be right: a word of people or a register mends nothing.</summary>
    private static bool ShowsMore(Judgement earlier, Judgement now) =>
        now.Reason == VerdictReason.Measured || (now.Reason == earlier.Reason && now.Reason is VerdictReason.Attested or VerdictReason.SelfReported);

    private static bool IsWrong(Verdict verdict) => verdict is Verdict.NotSatisfied or Verdict.Partial;
}
