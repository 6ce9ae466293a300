namespace SmartCity.SecurityCheck.Model;

/// <summary>高风险判定指引 · triggers that close the way to passing whatever the score.</summary>
public sealed record HighRiskGuide
{
    public required RuleFile File { get; init; }

    /// <summary>Id of the catalogue.</summary>
    public required string Catalogue { get; init; }

    public required string Edition { get; init; }

    public required IReadOnlyList<HighRiskItem> Items { get; init; }

    /// <summary>Key-management hazards that lead to the item about products and services, by stage of a key's life.</summary>
    public required IReadOnlyList<KeyHazard> KeyHazards { get; init; }

    public required IReadOnlyList<string> BannedAlgorithms { get; init; }

    public required IReadOnlyList<string> BannedProtocols { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];
}

public sealed record HighRiskItem
{
    /// <summary>Number in the guide.</summary>
    public required string Code { get; init; }

    /// <summary>The control it is about; null for a general item.</summary>
    public string? Control { get; init; }

    public required string Title { get; init; }

    public required IReadOnlyList<int> Levels { get; init; }

    /// <summary>In our own words.</summary>
    public required IReadOnlyList<string> Triggers { get; init; }

    /// <summary>Empty: nothing lowers it.</summary>
    public required IReadOnlyList<Mitigation> Mitigations { get; init; }

    public string? Precondition { get; init; }

    /// <summary>What this tool can see of it; null where nothing.</summary>
    public string? ToolSees { get; init; }

    /// <summary>Asked only of systems of that kind; null for all.</summary>
    public SystemExtension? Extension { get; init; }

    /// <summary>重大风险隐患 of annex G it may amount to, such as A-18; null for none.</summary>
    public string? MajorHazard { get; init; }

    /// <summary>Full: a judgement can prove it; partial: only make it likely; document: people alone. Null where the guide does not say.</summary>
    public ToolReach? Decides { get; init; }
}

/// <param name="Id">Within the item.</param>
/// <param name="Asks">The question to people.</param>
/// <param name="Levels">Empty for all levels of the item.</param>
/// <param name="NeedsClear">Items that must be excluded for it to count; <c>*</c> for all others.</param>
public sealed record Mitigation(string Id, string Asks, IReadOnlyList<int> Levels, IReadOnlyList<string> NeedsClear)
{
    public const string AllOthers = "*";
}

/// <param name="Stage">Of a key's life.</param>
/// <param name="Hazards">In our own words.</param>
public sealed record KeyHazard(string Stage, IReadOnlyList<string> Hazards);
