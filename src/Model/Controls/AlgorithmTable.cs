namespace SmartCity.SecurityCheck.Model;

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
