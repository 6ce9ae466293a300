namespace SmartCity.SecurityCheck.Model;

/// <summary>The verdict on one requirement for one target.</summary>
public sealed record Judgement
{
    public required string RequirementId { get; init; }

    public required string TargetId { get; init; }

    public required Verdict Verdict { get; init; }

    public required VerdictReason Reason { get; init; }

    /// <summary>One sentence for people.</summary>
    public required string Explanation { get; init; }

    /// <summary>What was compared with what.</summary>
    public IReadOnlyList<Reading> Readings { get; init; } = [];

    /// <summary>Ids of evidence in the pack.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>Set where a valid waiver covers the verdict; the verdict itself stays.</summary>
    public string? WaiverId { get; init; }

    /// <summary>Set where a person said something about it; whether that decided, <see cref="Reason"/> says.</summary>
    public string? AttestationId { get; init; }
}

/// <param name="Field">Path in the observation.</param>
/// <param name="Expected">Operator and operand, in words.</param>
/// <param name="Actual">The value as JSON, or 未观测.</param>
public sealed record Reading(string Field, string Expected, string Actual)
{
    /// <summary>The field as people call it; null where it has no name for them.</summary>
    public string? Label { get; init; }

    [System.Text.Json.Serialization.JsonIgnore]
    public string Called => Label ?? Field;
}

/// <summary>A requirement over all its targets.</summary>
public sealed record RequirementVerdict(string RequirementId, Verdict Verdict, int Satisfied, int Partial, int NotSatisfied, int NotApplicable, int NeedsReview);

/// <summary>Something somebody must act on.</summary>
public sealed record Finding
{
    /// <summary>Stable across runs: 32 hexadecimal digits of requirement, target and place.</summary>
    public required string Fingerprint { get; init; }

    public required string RequirementId { get; init; }

    public required string TargetId { get; init; }

    public required Severity Severity { get; init; }

    public required Verdict Verdict { get; init; }

    public required string Title { get; init; }

    public required string Message { get; init; }

    public required string Remedy { get; init; }

    /// <summary>file:line, host:port or part.</summary>
    public required string Where { get; init; }

    public IReadOnlyList<string> Evidence { get; init; } = [];

    public string? WaiverId { get; init; }
}

/// <summary>豁免. All of it is required; an expired one has no effect and is itself a finding.</summary>
public sealed record Waiver
{
    public required string Id { get; init; }

    public required string RequirementId { get; init; }

    /// <summary>Null for every target.</summary>
    public string? TargetId { get; init; }

    public required string Justification { get; init; }

    public required string ApprovedBy { get; init; }

    /// <summary>Last day on which it holds, in Beijing time.</summary>
    public required DateOnly ExpiresOn { get; init; }
}

/// <summary>
/// 人工确认 · a person's answer to what only people can see. It never lifts a measured 不符合, and where a probe should have seen and
/// did not it is recorded beside the 待人工 without deciding; 不符合 alone is taken at its word.
/// </summary>
public sealed record Attestation
{
    public required string Id { get; init; }

    /// <summary>A requirement, or a material of a clause as <c>clause/material</c>.</summary>
    public required string RequirementId { get; init; }

    public string? TargetId { get; init; }

    public required Verdict Verdict { get; init; }

    public required string By { get; init; }

    public required string Organisation { get; init; }

    public required DateOnly On { get; init; }

    public string? Statement { get; init; }

    public IReadOnlyList<string> EvidenceIds { get; init; } = [];
}
