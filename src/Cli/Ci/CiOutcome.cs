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
        pack.Run.Completion == Completion.Cancelled ? ExitCode.Cancelled
        : comparison is null || !onlyNew ? ExitCode.Of(pack.Judgement.Gate)
        : OfChanges(pack.Run.FailOn, comparison);

    private static int OfChanges(FailOn failOn, PackComparison comparison)
    {
        var lost = comparison.Pairs.Any(p => p.Change is Change.Undecided or Change.Gone or Change.OtherRules) || comparison.Findings.Any(f => f.Change == Change.OtherRules);
        return comparison.Findings.Any(f => f.Change is Change.New or Change.Worse && f.Finding.WaiverId is null && f.Finding.Severity >= Least(failOn)) || (lost && failOn == FailOn.Unverified)
            ? ExitCode.Failed
            : lost ? ExitCode.NeedsReview
            : ExitCode.Passed;
    }

    private static Severity Least(FailOn failOn) => failOn switch
    {
        FailOn.Critical => Severity.Critical,
        FailOn.Major => Severity.Major,
        _ => Severity.Minor,
    };
}
