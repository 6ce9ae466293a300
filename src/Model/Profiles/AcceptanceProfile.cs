namespace SmartCity.SecurityCheck.Model;

/// <summary>验收办法 · one local measure, clause by clause.</summary>
public sealed record AcceptanceProfile
{
    public required string Id { get; init; }

    public required string Title { get; init; }

    /// <summary>What text the clauses were read from.</summary>
    public required string Source { get; init; }

    /// <summary>征求意见稿, 有效期 and the like; shown on page one.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidUntil { get; init; }

    public required IReadOnlyList<Clause> Clauses { get; init; }

    /// <summary>How many articles the text has; null where the profile does not say, and then nobody checked that none is missing.</summary>
    public int? Articles { get; init; }

    /// <summary>Articles that are no clauses, and why: they ask nothing of one project, or what neither its system nor its papers can show.</summary>
    public IReadOnlyList<LeftOutArticles> NotClauses { get; init; } = [];

    /// <summary>Id of the measure this one states differences to.</summary>
    public string? Extends { get; init; }

    /// <summary>Clause ids of <see cref="Extends"/> that do not hold here.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>The files of the measures it extends, eldest first.</summary>
    public IReadOnlyList<RulesetReference> ParentFiles { get; init; } = [];

    public required string File { get; init; }

    public required string Sha256 { get; init; }
}

/// <param name="Articles">第 N 条.</param>
/// <param name="Reason">In our own words.</param>
public sealed record LeftOutArticles(IReadOnlyList<string> Articles, string Reason);

/// <summary>One thing a measure asks of the project: its materials leg and its pillar leg.</summary>
public sealed record Clause
{
    public required string Id { get; init; }

    /// <summary>第 N 条.</summary>
    public required string Article { get; init; }

    /// <summary>In our own words.</summary>
    public required string Summary { get; init; }

    public required Gate Gate { get; init; }

    public IReadOnlyList<string> Materials { get; init; } = [];

    public IReadOnlyList<Pillar> Pillars { get; init; } = [];

    /// <summary>期限 that the clause sets.</summary>
    public IReadOnlyList<ClausePeriod> Periods { get; init; } = [];

    /// <summary>Over the candidate's own facts.</summary>
    public Predicate? AppliesWhen { get; init; }
}

/// <param name="Kind">What is measured.</param>
/// <param name="Months">At least or at most so many, as the kind says; 1–120.</param>
public sealed record ClausePeriod(PeriodKind Kind, int Months);

public enum PeriodKind
{
    /// <summary>试运行不少于 so many months.</summary>
    TrialAtLeast,

    /// <summary>建成后 so many months 内申请验收.</summary>
    ApplyWithin,
}

/// <param name="Title">For people.</param>
/// <param name="Verdict">符合 only where papers say the days.</param>
/// <param name="Sentence">The days and numbers that were compared.</param>
public sealed record PeriodStatus(string Title, Verdict Verdict, string Sentence);

/// <summary>At which step the clause blocks.</summary>
public enum Gate
{
    Filing,
    GoLive,
    Acceptance,
    Advisory,
}

public enum MaterialState
{
    Missing,

    /// <summary>A file was handed in; nobody has read it.</summary>
    Listed,

    /// <summary>A named person confirmed it, and the document is there.</summary>
    Attested,

    /// <summary>A named person confirmed it, and no document was handed in: their word is kept and decides nothing.</summary>
    AttestedUnseen,

    /// <summary>Something was handed in that is too small or too shapeless to be the document, or was not read.</summary>
    Scant,

    /// <summary>Files were handed in, and each was measured not to be what is asked for: expired, of another system, unreadable.</summary>
    Unfit,
}

public sealed record MaterialStatus(string Material, MaterialState State, IReadOnlyList<string> Files, string? AttestationId);

/// <param name="Pillar">Which.</param>
/// <param name="Verdict">Of its judgements and what a standard concludes from them.</param>
/// <param name="Satisfied">Judgements 符合.</param>
/// <param name="NotSatisfied">不符合 or 部分符合.</param>
/// <param name="NeedsReview">待人工.</param>
/// <param name="Assessment">What the standard concludes, for people; null where the pillar has none.</param>
public sealed record PillarStatus(Pillar Pillar, Verdict Verdict, int Satisfied, int NotSatisfied, int NeedsReview, string? Assessment = null);

public sealed record ClauseJudgement
{
    public required string ClauseId { get; init; }

    public required Gate Gate { get; init; }

    public required Verdict Verdict { get; init; }

    public required string Explanation { get; init; }

    public IReadOnlyList<MaterialStatus> Materials { get; init; } = [];

    public IReadOnlyList<PillarStatus> Pillars { get; init; } = [];

    /// <summary>期限; null where the clause sets none.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PeriodStatus>? Periods { get; init; }
}
