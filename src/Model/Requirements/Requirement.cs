using System.Text.Json;

namespace SmartCity.SecurityCheck.Model;

/// <summary>要求 · one atomic check on one kind of observation.</summary>
public sealed record Requirement
{
    public required string Id { get; init; }

    public required string RulesetId { get; init; }

    public required Pillar Pillar { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<Basis> Basis { get; init; }

    public required Severity Severity { get; init; }

    /// <summary>Kind of observation, null only where <see cref="IsManual"/>.</summary>
    public string? Observes { get; init; }

    /// <summary>Kind of target a manual requirement is asked of; null for the candidate as a whole.</summary>
    public string? AsksOf { get; init; }

    public Predicate? AppliesWhen { get; init; }

    public Predicate? SatisfiedWhen { get; init; }

    public Predicate? PartialWhen { get; init; }

    /// <summary>What 符合 needs beside its condition: so much of the matter that it says something. Null where one look is enough.</summary>
    public EnoughSeen? Enough { get; init; }

    /// <summary>What of it people are to accept where it can be neither confirmed nor refuted; null where there is nothing they could.</summary>
    public AcceptanceByPeople? Acceptance { get; init; }

    /// <summary>Sentence of a 符合 with what was counted, filled in as <see cref="Explain"/> is; null for the general one.</summary>
    public string? Met { get; init; }

    /// <summary>Sentence shown with a judgement; <c>{field}</c> is filled in, <c>{target}</c> names the target.</summary>
    public required string Explain { get; init; }

    public required string Remedy { get; init; }

    /// <summary>What happens to whom where it is not met, in the words of those who run the system; null where nobody has written it.</summary>
    public string? Why { get; init; }

    /// <summary>A target that does not meet it gets at most this letter; null where it has no say in the grade.</summary>
    public LetterGrade? CapsGrade { get; init; }

    public bool IsManual { get; init; }

    /// <summary>What it observes was filled in by somebody, as <see cref="ProbeManifest.IsSelfReport"/>.</summary>
    public bool IsSelfReport { get; init; }

    /// <summary>Levels of classified protection it belongs to; empty for all.</summary>
    public IReadOnlyList<int> Levels { get; init; } = [];

    public IReadOnlyList<RequirementExample> Examples { get; init; } = [];

    /// <summary>Where it stands, as <c>file(line,col)</c>.</summary>
    public required string Origin { get; init; }
}

/// <param name="When">Where it does not hold, 符合 becomes 待人工.</param>
/// <param name="Source">Where the number comes from.</param>
public sealed record EnoughSeen(Predicate When, string Source);

/// <param name="When">Where it holds and the condition of 符合 can be neither confirmed nor refuted, people decide of what was seen; data is missing only where something was left unread.</param>
/// <param name="Say">What they are asked to accept, filled in as <see cref="Requirement.Explain"/> is.</param>
public sealed record AcceptanceByPeople(Predicate When, string Say)
{
    /// <summary>They are asked to look at it, as at the pages of a scanned paper: the sentence names it, and it alone.</summary>
    /// <param name="field">A list of what was not read.</param>
    public bool Covers(string field) => Say.Contains($"{{{field}}}", StringComparison.Ordinal);
}

/// <summary>依据 · a clause of a standard.</summary>
/// <param name="Standard">Number with year.</param>
/// <param name="Clause">Clause or item number.</param>
/// <param name="Confidence">已核 checked against print, or 待核.</param>
public sealed record Basis(string Standard, string Clause, BasisConfidence Confidence)
{
    /// <summary>What a judgement says of a control of that standard; null where it only names the clause.</summary>
    public ControlClaim? Claim { get; init; }
}

public enum BasisConfidence
{
    /// <summary>待核: nobody has checked the number against the printed standard.</summary>
    Unchecked,
    Checked,
}

/// <summary>An observation and the verdict the requirement must give on it.</summary>
public sealed record RequirementExample(Verdict Expected, JsonElement Data, string Origin);

/// <summary>规则集 · one YAML file.</summary>
public sealed record Ruleset
{
    public required string Id { get; init; }

    public required string Version { get; init; }

    public required string Title { get; init; }

    public required Pillar Pillar { get; init; }

    public required IReadOnlyList<Requirement> Requirements { get; init; }

    /// <summary>Path below the rulesets folder.</summary>
    public required string File { get; init; }

    /// <summary>Of the file's bytes; 64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }
}
