using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>What the process answers to its caller.</summary>
internal static class ExitCode
{
    public const int Passed = 0;
    public const int Failed = 1;
    public const int NeedsReview = 2;
    public const int BadInput = 3;
    public const int Internal = 4;

    /// <summary>128 + SIGINT, as shells have it.</summary>
    public const int Cancelled = 130;

    /// <summary>Of a run: an interrupted one has said so before any gate.</summary>
    public static int Of(EvidencePack pack) => pack.Run.Completion == Completion.Cancelled ? Cancelled : Of(pack.Judgement.Gate);

    public static int Of(GateResult gate) => gate.Outcome switch
    {
        GateOutcome.Passed => Passed,
        GateOutcome.Failed => Failed,
        _ => NeedsReview,
    };
}
