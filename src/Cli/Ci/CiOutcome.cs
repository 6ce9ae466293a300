using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>How a run ends in a pipeline.</summary>
internal static class CiOutcome
{
    /// <param name="pack">The run.</param>
    /// <param name="comparison">With an earlier pack; null where none was given.</param>
    /// <param name="onlyNew">What was wrong before is let pass; what is not known any more is not.</param>
    public static int ExitCodeOf(EvidencePack pack, PackComparison? comparison, bool onlyNew) =>
        pack.Run.Completion == Completion.Cancelled || comparison is null || !onlyNew ? ExitCode.Of(pack) : OfChanges(pack, comparison);

    /// <summary>Where nothing was measured nothing is let pass, however little is new.</summary>
    private static int OfChanges(EvidencePack pack, PackComparison comparison)
    {
        var isOpen = comparison.HasLost || !pack.Judgement.Judgements.Any(j => j is { Reason: VerdictReason.Measured, Verdict: Verdict.Satisfied or Verdict.Partial or Verdict.NotSatisfied });
        return comparison.Findings.Any(f => IsBad(f.Change) && f.Finding.WaiverId is null && f.Finding.Severity >= Least(pack.Run.FailOn)) || (isOpen && pack.Run.FailOn == FailOn.Unverified)
            ? ExitCode.Failed
            : OfConclusions(pack.Judgement.Gate, comparison) is { } concluded ? concluded
            : isOpen ? ExitCode.NeedsReview
            : ExitCode.Passed;
    }

    /// <summary>
    /// A rejected material, a period or an assessment closes only what the gate itself closes, and otherwise asks for people. A clause as a
    /// whole says no more than its legs, and knows no waivers.
    /// </summary>
    private static int? OfConclusions(GateResult gate, PackComparison comparison) =>
        !comparison.Conclusions.Any(c => c.IsDue && c.Kind != ConclusionKind.Clause && IsBad(c.Change)) ? null
        : gate.Outcome == GateOutcome.Failed ? ExitCode.Failed
        : ExitCode.NeedsReview;

    private static bool IsBad(Change change) => change is Change.New or Change.Worse;

    private static Severity Least(FailOn failOn) => failOn switch
    {
        FailOn.Critical => Severity.Critical,
        FailOn.Major => Severity.Major,
        _ => Severity.Minor,
    };
}
