using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Everything a judgement follows from. The same input gives the same <see cref="JudgementSet"/>.</summary>
public sealed record JudgeInput
{
    public required Candidate Candidate { get; init; }

    public AcceptanceProfile? Profile { get; init; }

    public required IReadOnlyList<Requirement> Requirements { get; init; }

    /// <summary>Catalogues and scoring rules; empty judges requirements alone.</summary>
    public StandardLibrary Library { get; init; } = StandardLibrary.Empty;

    /// <summary>By id.</summary>
    public required IReadOnlyDictionary<string, ObservationKind> Kinds { get; init; }

    public required IReadOnlyList<ProbeRecord> Records { get; init; }

    /// <summary>The run clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The day of the run.</summary>
    public DateOnly Today => BeijingTime.DayOf(Now);

    /// <summary>The day waivers and attestations are held against: people answer after the run, and what was seen stays of its day.</summary>
    public DateOnly AnswerDay => Candidate.AnsweredOn is { } later && later > Today ? later : Today;

    public required FailOn FailOn { get; init; }

    public required Gate Stage { get; init; }
}
