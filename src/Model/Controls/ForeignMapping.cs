namespace SmartCity.SecurityCheck.Model;

/// <summary>外部工具对照表 · which result of another tool speaks of which requirement; only where that is certain.</summary>
public sealed record ForeignMapping
{
    public required RuleFile File { get; init; }

    public required ForeignTool Tool { get; init; }

    public required IReadOnlyList<ForeignRule> Rules { get; init; }
}

/// <param name="Id">Of the foreign result: a whole id, or its end after the last underscore run for XCCDF rules.</param>
/// <param name="Requirements">Ids of ours that ask the same.</param>
public sealed record ForeignRule(string Id, IReadOnlyList<string> Requirements);

/// <summary>What another tool says, in words of ours.</summary>
public enum ForeignOutcome
{
    /// <summary>It reports no trouble.</summary>
    Passed,

    /// <summary>It reports trouble.</summary>
    Failed,

    /// <summary>It did not decide: error, not checked, not applicable, informational.</summary>
    Undecided,
}

/// <summary>旁证 · one result of another tool beside our own verdict on the same question.</summary>
public sealed record ForeignOpinion
{
    /// <summary>The report: <c>import:lynis-app</c>.</summary>
    public required string ImportId { get; init; }

    public required ForeignTool Tool { get; init; }

    /// <summary>Null where the report does not say.</summary>
    public string? ToolVersion { get; init; }

    /// <summary>Day of the report as it says itself; null where it does not.</summary>
    public string? ReportedOn { get; init; }

    public required string ForeignId { get; init; }

    /// <summary>Words of the report; may be empty.</summary>
    public required string ForeignText { get; init; }

    public required ForeignOutcome Outcome { get; init; }

    public required string RequirementId { get; init; }

    /// <summary>Of our judgement.</summary>
    public required string TargetId { get; init; }

    public required Verdict OurVerdict { get; init; }

    /// <summary>One says trouble and the other none.</summary>
    public required bool Disagrees { get; init; }
}
