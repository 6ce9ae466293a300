using System.Text.Json;

namespace SmartCity.SecurityCheck.Model;

/// <summary>What one probe saw on one target: facts, no adjectives.</summary>
public sealed record Observation
{
    /// <summary>The record's name in rulesets, such as <c>tls.protocol-versions</c>.</summary>
    public required string Kind { get; init; }

    public required string ProbeId { get; init; }

    public required string ProbeVersion { get; init; }

    public required string TargetId { get; init; }

    /// <summary>The probe's record. A missing field was not looked at; null was looked for and is absent.</summary>
    public required JsonElement Data { get; init; }

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    public required DateTimeOffset ObservedAt { get; init; }
}

/// <summary>证据 · bytes kept in the pack.</summary>
public sealed record Evidence
{
    /// <summary><c>ev-</c> and 16 hexadecimal digits derived from path and content.</summary>
    public required string Id { get; init; }

    public required string MediaType { get; init; }

    /// <summary>Below the pack folder, with forward slashes.</summary>
    public required string RelativePath { get; init; }

    /// <summary>Length in bytes, after redaction.</summary>
    public required long Bytes { get; init; }

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public required string Sha256 { get; init; }

    /// <summary>64 lower-case hexadecimal digits (GB/T 32905-2016).</summary>
    public required string Sm3 { get; init; }

    /// <summary>How many passages were blackened before hashing.</summary>
    public int Redactions { get; init; }

    public required string Description { get; init; }
}
