namespace SmartCity.SecurityCheck.Model;

/// <summary>A control at the level of the candidate, over all its objects.</summary>
public sealed record ControlJudgement
{
    public required string Key { get; init; }

    public required string GroupId { get; init; }

    public required string Title { get; init; }

    public string? Unit { get; init; }

    public string? Clause { get; init; }

    public required Modal Modal { get; init; }

    /// <summary>Null where it has no share in the score.</summary>
    public decimal? Weight { get; init; }

    public required ToolReach Reach { get; init; }

    public required ControlApplicability Applicability { get; init; }

    /// <summary>Why it does not apply or is undecided, and who said so; null where it simply applies.</summary>
    public string? ApplicabilityNote { get; init; }

    public required Verdict Verdict { get; init; }

    /// <summary>Lowest and highest score that the unknown leaves possible, 0–1.</summary>
    public required ScoreRange Score { get; init; }

    /// <summary>Sentence of a compensation that counts or could; null where none.</summary>
    public string? Compensation { get; init; }

    /// <summary>At least one where it applies.</summary>
    public required IReadOnlyList<ObjectJudgement> Objects { get; init; }

    public required string Evidence { get; init; }

    public required string Holder { get; init; }

    public required BasisConfidence Confidence { get; init; }

    /// <summary>What the FAQ leaves to people here.</summary>
    public IReadOnlyList<PointQuestion> Questions { get; init; } = [];
}

/// <param name="Point">Id of the point of the FAQ.</param>
/// <param name="Asks">For people.</param>
/// <param name="Words">Answers with an effect of their own; empty for free ones.</param>
public sealed record PointQuestion(string Point, string Asks, IReadOnlyList<string> Words);

public enum ControlApplicability
{
    Applies,

    /// <summary>不适用, by a signed statement that the rules let count.</summary>
    NotApplicable,

    /// <summary>Nobody decided, or whoever did could not decide alone: it counts from 0 to 1.</summary>
    Undecided,
}

/// <summary>One object under one control.</summary>
public sealed record ObjectJudgement
{
    /// <summary>Id of an object or a target; empty for the control as a whole.</summary>
    public required string ObjectId { get; init; }

    public required string Title { get; init; }

    /// <summary>D, A, K; empty for controls without aspects.</summary>
    public required IReadOnlyList<AspectJudgement> Aspects { get; init; }

    /// <summary>What decided a control without aspects; empty for others.</summary>
    public IReadOnlyList<AspectSource> Sources { get; init; } = [];

    /// <summary>Bits of security Ra was taken from; null where unknown.</summary>
    public int? StrengthBits { get; init; }

    /// <summary>Ra, 1 where A holds.</summary>
    public required ScoreRange Ra { get; init; }

    public required ScoreRange Rk { get; init; }

    public required ScoreRange Score { get; init; }
}

/// <summary>One of D, A, K.</summary>
/// <param name="Aspect">Which.</param>
/// <param name="Holds">Null: unknown.</param>
/// <param name="Sources">What decided it, or why nothing could.</param>
public sealed record AspectJudgement(Aspect Aspect, bool? Holds, IReadOnlyList<AspectSource> Sources);

/// <summary>What speaks for, against or not at all.</summary>
/// <param name="Kind">Who says it.</param>
/// <param name="Says">Yes, no or nothing.</param>
/// <param name="Id">Requirement or answer; empty for the candidate itself.</param>
/// <param name="Sentence">For people.</param>
/// <param name="Evidence">Ids of evidence.</param>
public sealed record AspectSource(SourceKind Kind, bool? Says, string Id, string Sentence, IReadOnlyList<string> Evidence);

public enum SourceKind
{
    /// <summary>实测: a judgement on observations.</summary>
    Measured,

    /// <summary>A signed answer.</summary>
    Answered,

    /// <summary>A signed answer kept beside a probe that saw nothing; it decides nothing.</summary>
    OnRecord,

    /// <summary>A signed answer without a document that was handed in: it may make things worse, never better, and proves nothing.</summary>
    Unbacked,

    /// <summary>What candidate.yaml says of the target itself.</summary>
    Declared,

    /// <summary>A judgement on a table that somebody filled in: consistent with itself, and checked against nothing.</summary>
    SelfReported,
}

/// <param name="Lower">With everything unknown at its worst.</param>
/// <param name="Upper">With everything unknown at its best; never below <paramref name="Lower"/>.</param>
public sealed record ScoreRange(decimal Lower, decimal Upper)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsExact => Lower == Upper;

    public static ScoreRange Exactly(decimal value) => new(value, value);

    public static ScoreRange Anything { get; } = new(0, 1);
}
