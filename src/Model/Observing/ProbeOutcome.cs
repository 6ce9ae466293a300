namespace SmartCity.SecurityCheck.Model;

/// <summary>How a probe ended on a target. Closed.</summary>
public abstract record ProbeOutcome
{
    private protected ProbeOutcome() { }
}

public sealed record Observed(IReadOnlyList<Observation> Observations) : ProbeOutcome;

/// <summary>The question does not arise on this target; <paramref name="Why"/> says so to people.</summary>
public sealed record NotNeeded(string Why) : ProbeOutcome;

/// <summary>Could not look. Never the same as having looked and found nothing.</summary>
/// <param name="Kind">Why, for machines.</param>
/// <param name="Message">Why, for people.</param>
/// <param name="Detail">For the log; may be null.</param>
public sealed record Unable(FailureKind Kind, string Message, string? Detail = null) : ProbeOutcome;

public enum FailureKind
{
    TimedOut,
    Unreachable,
    AccessDenied,
    ToolMissing,
    BadInput,

    /// <summary>This tool declined: out of scope, or intrusive without permission.</summary>
    Refused,
    Cancelled,
    ProbeBug,
}

/// <summary>One (probe, target) pair of a run and its end.</summary>
public sealed record ProbeRecord
{
    public required string ProbeId { get; init; }

    public required string ProbeVersion { get; init; }

    public required string TargetId { get; init; }

    public required ProbeOutcome Outcome { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required TimeSpan Elapsed { get; init; }
}
