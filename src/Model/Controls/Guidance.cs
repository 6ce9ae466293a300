namespace SmartCity.SecurityCheck.Model;

/// <summary>问答 · points of a published FAQ that bear on judging, in our own words.</summary>
public sealed record Guidance
{
    public required RuleFile File { get; init; }

    public required IReadOnlyList<GuidancePoint> Points { get; init; }
}

/// <param name="Id">Such as FAQ-12.6.</param>
/// <param name="Says">In our own words.</param>
/// <param name="Controls">Keys it bears on; empty for general ones.</param>
/// <param name="Use">How this tool uses it; null where only people can.</param>
public sealed record GuidancePoint(string Id, string Says, IReadOnlyList<string> Controls, string? Use);

/// <summary>算法状态 · approved or not, with the bits of security that Ra is taken from.</summary>
public sealed record AlgorithmTable
{
    public required RuleFile File { get; init; }

    public required IReadOnlyList<AlgorithmEntry> Algorithms { get; init; }

    public required IReadOnlyList<ProtocolEntry> Protocols { get; init; }
}

public sealed record AlgorithmEntry
{
    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required AlgorithmStatus Status { get; init; }

    /// <summary>Bits of security by size or variant; empty for approved ones. One entry named <c>*</c> holds for all.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Bits { get; init; } = [];

    /// <summary>Object identifiers by use.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Oids { get; init; } = [];

    /// <summary>Named by the high-risk guide.</summary>
    public bool IsHighRisk { get; init; }

    public string? Note { get; init; }
}

public sealed record ProtocolEntry(string Name, AlgorithmStatus Status, string? Standard, bool IsHighRisk, string? Note);

public enum AlgorithmStatus
{
    /// <summary>商用密码.</summary>
    Approved,
    NotApproved,
    Broken,

    /// <summary>An assessor decides.</summary>
    ForAssessor,
}

/// <summary>Everything of the rules folder that is not a ruleset or a profile.</summary>
public sealed record StandardLibrary
{
    public static StandardLibrary Empty { get; } = new();

    public IReadOnlyList<ControlCatalogue> Catalogues { get; init; } = [];

    public IReadOnlyList<ScoringRule> Scorings { get; init; } = [];

    public IReadOnlyList<HighRiskGuide> HighRisks { get; init; } = [];

    public IReadOnlyList<Guidance> Guidance { get; init; } = [];

    public IReadOnlyList<AlgorithmTable> Algorithms { get; init; } = [];

    /// <summary>How items conclude where no scoring rule does.</summary>
    public IReadOnlyList<ProtectionRule> Conclusions { get; init; } = [];

    /// <summary>Ports, pages and accounts the exposure probes look for.</summary>
    public IReadOnlyList<ServiceTable> Services { get; init; } = [];

    /// <summary>Which results of other tools speak of which requirements.</summary>
    public IReadOnlyList<ForeignMapping> Mappings { get; init; } = [];

    public IEnumerable<RuleFile> Files() =>
    [
        .. Catalogues.Select(c => c.File), .. Scorings.Select(s => s.File), .. HighRisks.Select(h => h.File),
        .. Guidance.Select(g => g.File), .. Algorithms.Select(a => a.File), .. Conclusions.Select(c => c.File),
        .. Services.Select(s => s.File), .. Mappings.Select(m => m.File),
    ];
}
