namespace SmartCity.SecurityCheck.Model;

/// <summary>What a standard concludes from its controls, as far as they are known.</summary>
public sealed record Assessment
{
    /// <summary>Id of the catalogue.</summary>
    public required string Catalogue { get; init; }

    public required Pillar Pillar { get; init; }

    public required string Standard { get; init; }

    /// <summary>The scoring rule that concludes, such as 2023.</summary>
    public required string Edition { get; init; }

    /// <summary>1–4; null where the candidate gives none, and nothing is scored.</summary>
    public int? Level { get; init; }

    /// <summary>S_min and S_max of 100; null where the formula is undefined or the level unknown.</summary>
    public ScoreRange? Total { get; init; }

    /// <summary>The same by other editions.</summary>
    public IReadOnlyList<EditionTotal> OtherTotals { get; init; } = [];

    /// <summary>
    /// Applicable scored controls that are not wholly known, 0–1 of all applicable ones. What people answered is known and not tested;
    /// <see cref="Grounds"/> tells them apart.
    /// </summary>
    public required decimal UntestedShare { get; init; }

    /// <summary>What the score rests on; null where nothing is scored.</summary>
    public ScoreGrounds? Grounds { get; init; }

    /// <summary>What whoever relies on the conclusion should look at first; empty for nothing.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    public required IReadOnlyList<GroupScore> Groups { get; init; }

    /// <summary>Every control of the level, those without a share included.</summary>
    public required IReadOnlyList<ControlJudgement> Controls { get; init; }

    /// <summary>What registers of products say of which product is where; empty without a register.</summary>
    public IReadOnlyList<ProductLink> Products { get; init; } = [];

    public required IReadOnlyList<HighRiskState> HighRisks { get; init; }

    /// <summary>安全问题 · one for every control that is 部分符合 or 不符合.</summary>
    public required IReadOnlyList<ControlRisk> Risks { get; init; }

    public required AssessmentConclusion Conclusion { get; init; }

    /// <summary>One sentence with what it rests on.</summary>
    public required string Sentence { get; init; }

    public required decimal Threshold { get; init; }

    public required string ThresholdSource { get; init; }

    public required BasisConfidence ThresholdConfidence { get; init; }

    /// <summary>Invariants of a 密评 report, recomputed.</summary>
    public required IReadOnlyList<SelfCheck> Checks { get; init; }

    /// <summary>What has no place in the tables: answers without effect and why, formulas that are undefined.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>Where the numbers come from.</summary>
    public required IReadOnlyList<string> Sources { get; init; }
}

public enum AssessmentConclusion
{
    /// <summary>待认定: what is unknown could still change it.</summary>
    Undecided,
    NotSatisfied,

    /// <summary>基本符合.</summary>
    BasicallySatisfied,
    Satisfied,
}

/// <summary>A layer or class.</summary>
/// <param name="Id">Of the group.</param>
/// <param name="Title">For people.</param>
/// <param name="Part">Technical or management.</param>
/// <param name="Weight">In the total.</param>
/// <param name="Score">0–1; null where none of its controls applies.</param>
/// <param name="Applicable">Its scored controls that apply.</param>
/// <param name="Known">Those of them that are wholly known.</param>
public sealed record GroupScore(string Id, string Title, ControlPart Part, decimal Weight, ScoreRange? Score, int Applicable, int Known);

/// <summary>What a score rests on. Shares are of the weight of what applies, 0–1; of D, A and K each is a third of its object.</summary>
public sealed record ScoreGrounds
{
    /// <summary>实测: decided by observations.</summary>
    public required decimal Measured { get; init; }

    /// <summary>Decided by people's answers or by what candidate.yaml declares, and by nothing measured.</summary>
    public required decimal Answered { get; init; }

    /// <summary>Not decided; the three are 1.</summary>
    public required decimal Untested { get; init; }

    /// <summary>Keys of the controls of which something is answered and nothing measured.</summary>
    public required IReadOnlyList<string> AnswersAlone { get; init; }

    /// <summary>Controls that apply and have a share in the score.</summary>
    public required int Units { get; init; }

    /// <summary>Of the technical controls that the tool can measure, the share of objects with something measured; null where none applies.</summary>
    public decimal? MeasurableMeasured { get; init; }

    /// <summary>Below it no 符合 and no 基本符合 is said.</summary>
    public required decimal Floor { get; init; }

    public required string FloorSource { get; init; }

    public required BasisConfidence FloorConfidence { get; init; }
}

public sealed record EditionTotal(string Edition, string Title, ScoreRange? Total);

/// <summary>One item of the high-risk guide.</summary>
public sealed record HighRiskState
{
    public required string Code { get; init; }

    public string? Control { get; init; }

    public required string Title { get; init; }

    public required HighRiskStanding Standing { get; init; }

    /// <summary>Which trigger, seen where and by whom; or why it is open.</summary>
    public required IReadOnlyList<AspectSource> Reasons { get; init; }

    public required IReadOnlyList<string> Triggers { get; init; }

    /// <summary>Questions to people.</summary>
    public required IReadOnlyList<string> Mitigations { get; init; }

    public string? Precondition { get; init; }

    public string? ToolSees { get; init; }

    /// <summary>重大风险隐患 it may amount to; null for none.</summary>
    public string? MajorHazard { get; init; }

    /// <summary>What the FAQ leaves to people here.</summary>
    public IReadOnlyList<PointQuestion> Questions { get; init; } = [];
}

/// <summary>Worst last but one; nothing is ever a plain yes or no.</summary>
public enum HighRiskStanding
{
    /// <summary>The item or its unit does not apply.</summary>
    NotApplicable,

    /// <summary>A named person excluded it, and nothing measured speaks against that.</summary>
    Excluded,

    /// <summary>A named person gave a mitigation the guide knows.</summary>
    Mitigated,

    /// <summary>Nothing seen, nobody asked.</summary>
    Open,

    /// <summary>Seen, not proven.</summary>
    Suspected,

    /// <summary>Proven by a judgement or said by a person.</summary>
    Confirmed,
}

/// <param name="Control">Key.</param>
/// <param name="Level">High where the guide says so; the others are this tool's estimate.</param>
/// <param name="IsEstimate">The level is not the guide's.</param>
public sealed record ControlRisk(string Control, RiskLevel Level, bool IsEstimate);

public enum RiskLevel
{
    Low,
    Medium,
    High,
}

/// <param name="Says">The invariant with its numbers.</param>
/// <param name="Holds">Whether it does.</param>
public sealed record SelfCheck(string Says, bool Holds);
