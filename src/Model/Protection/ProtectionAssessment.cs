namespace SmartCity.SecurityCheck.Model;

/// <summary>等级保护自评 · what the items of the level come to, as far as they are known.</summary>
public sealed record ProtectionAssessment
{
    public required string Catalogue { get; init; }

    public required string Standard { get; init; }

    /// <summary>Edition of the rule that concludes, such as 2025.</summary>
    public required string Edition { get; init; }

    /// <summary>G, 1–4; null where the system is not graded and nothing can be listed.</summary>
    public int? Level { get; init; }

    public int? InformationLevel { get; init; }

    public int? ServiceLevel { get; init; }

    public IReadOnlyList<SystemExtension> Extensions { get; init; } = [];

    /// <summary>What was asked, in the order of the catalogues; those that do not apply included.</summary>
    public IReadOnlyList<ItemJudgement> Items { get; init; } = [];

    /// <summary>By class, in the order of the standard.</summary>
    public IReadOnlyList<ItemCounts> Classes { get; init; } = [];

    /// <summary>All classes together.</summary>
    public required ItemCounts Total { get; init; }

    /// <summary>符合率 of 100, as far as what is unknown leaves it open; null where nothing applies.</summary>
    public ScoreRange? Rate { get; init; }

    /// <summary>The total by the 2021 formula, of 100; a view for reading older reports.</summary>
    public ScoreRange? LegacyTotal { get; init; }

    public IReadOnlyList<HighRiskState> HighRisks { get; init; } = [];

    /// <summary>Confirmed cases that may be 重大风险隐患.</summary>
    public int MajorConfirmed { get; init; }

    /// <summary>Suspected and open ones.</summary>
    public int MajorOpen { get; init; }

    public required AssessmentConclusion Conclusion { get; init; }

    /// <summary>One sentence with the inputs.</summary>
    public required string Sentence { get; init; }

    /// <summary>Hosts, and how much of them was read.</summary>
    public IReadOnlyList<TargetCoverage> Coverage { get; init; } = [];

    public required GapPlan Plan { get; init; }

    /// <summary>Answers without effect and why, and what keeps the list of items from being whole.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public IReadOnlyList<string> Sources { get; init; } = [];
}

/// <summary>One item over all its objects.</summary>
public sealed record ItemJudgement
{
    public required string Key { get; init; }

    public required string GroupId { get; init; }

    public required string Point { get; init; }

    public required string Title { get; init; }

    public required string Unit { get; init; }

    /// <summary>Other public material confirms the unit number.</summary>
    public required bool IsUnitChecked { get; init; }

    public string? Clause { get; init; }

    /// <summary>The level it was asked at.</summary>
    public required int Level { get; init; }

    public SystemExtension? Extension { get; init; }

    /// <summary>待人工 where the worst and the best differ.</summary>
    public required Verdict Verdict { get; init; }

    public required VerdictRange Range { get; init; }

    /// <summary>Why it does not apply; null where it does.</summary>
    public string? NotApplicableBecause { get; init; }

    /// <summary>Worst first.</summary>
    public required IReadOnlyList<ItemObject> Objects { get; init; }

    public required ToolReach Reach { get; init; }

    public required string Evidence { get; init; }

    public required string Holder { get; init; }

    public required IReadOnlyList<string> Documents { get; init; }

    public required ControlEffort Effort { get; init; }
}

/// <summary>What the unknown leaves possible.</summary>
/// <param name="Worst">If all of it turned out badly.</param>
/// <param name="Best">If all of it turned out well.</param>
public sealed record VerdictRange(Verdict Worst, Verdict Best)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public Verdict Shown => Worst == Best ? Worst : Verdict.NeedsReview;
}

/// <summary>An item on one object.</summary>
public sealed record ItemObject
{
    /// <summary>Empty for the system as a whole.</summary>
    public required string ObjectId { get; init; }

    public required string Title { get; init; }

    public required Verdict Verdict { get; init; }

    public required VerdictRange Range { get; init; }

    public string? NotApplicableBecause { get; init; }

    public required IReadOnlyList<AspectSource> Sources { get; init; }
}

/// <param name="GroupId">Class; empty for all.</param>
/// <param name="Title">For people.</param>
/// <param name="Satisfied">Certainly 符合.</param>
/// <param name="Partial">Certainly 部分符合.</param>
/// <param name="NotSatisfied">Certainly 不符合.</param>
/// <param name="Open">Still 待人工.</param>
/// <param name="NotApplicable">Each with its reason.</param>
/// <param name="CanBeSatisfied">Could still turn out 符合, those that are included.</param>
public sealed record ItemCounts(string GroupId, string Title, int Satisfied, int Partial, int NotSatisfied, int Open, int NotApplicable, int CanBeSatisfied)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public int Applicable => Satisfied + Partial + NotSatisfied + Open;
}

/// <param name="TargetId">A host.</param>
/// <param name="Asked">Checks that were asked of it and are not 不适用.</param>
/// <param name="Unread">Those of them that could not be read.</param>
public sealed record TargetCoverage(string TargetId, int Asked, int Unread)
{
    /// <summary>取证不足: more than half unread, or nothing asked at all.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsThin => Unread * 2 > Asked || Asked == 0;
}

/// <summary>差距到通过.</summary>
/// <param name="Missing">Items still lacking to be above the line; 0 where it is.</param>
/// <param name="ByConfiguration">Items not 符合 that wait for settings.</param>
/// <param name="ByDocument">That wait for papers or answers.</param>
/// <param name="ByWorks">That wait for purchases, works or tests.</param>
/// <param name="Steps">High risks first, then by effort, then by how much one step helps.</param>
public sealed record GapPlan(int Missing, int ByConfiguration, int ByDocument, int ByWorks, IReadOnlyList<GapStep> Steps);

/// <summary>One thing to do.</summary>
/// <param name="Id">Requirement, document kind or item.</param>
/// <param name="Title">For people.</param>
/// <param name="Does">What to do, in one line.</param>
/// <param name="Effort">Estimate.</param>
/// <param name="Holder">Who has to.</param>
/// <param name="HighRisk">It bears on a high-risk case that is confirmed or suspected.</param>
/// <param name="Items">Keys of items it helps.</param>
/// <param name="Objects">What it is done on.</param>
public sealed record GapStep(string Id, string Title, string Does, ControlEffort Effort, string Holder, bool HighRisk, IReadOnlyList<string> Items, IReadOnlyList<string> Objects);
