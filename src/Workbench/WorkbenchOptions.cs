using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>What the workbench is opened on.</summary>
public sealed record WorkbenchOptions
{
    /// <summary>A pack, or a folder of packs.</summary>
    public required string Folder { get; init; }

    /// <summary>0 for a free one.</summary>
    public int Port { get; init; }

    /// <summary>For reviewing and judging packs; its writers are those whose bytes repeat.</summary>
    public required PackReviewTools Tools { get; init; }

    /// <summary>Writers of a pack that is sealed with answers.</summary>
    public required IReadOnlyList<IReportWriter> Writers { get; init; }

    /// <summary>Signs those packs; null makes a key for each of them.</summary>
    public Sm2PrivateKey? SignKey { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
