using System.Net;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>What one look at the ports of a machine gave, by whichever tool.</summary>
internal sealed record PortScan
{
    /// <summary>With its version.</summary>
    public required string Tool { get; init; }

    /// <summary>The one that was looked at.</summary>
    public required IPAddress Address { get; init; }

    /// <summary>Ports that were to be looked at, ascending.</summary>
    public required IReadOnlyList<int> LookedAt { get; init; }

    /// <summary>Ascending.</summary>
    public required IReadOnlyList<FoundPort> Open { get; init; }

    /// <summary>Ports that refused the connection.</summary>
    public required int Refused { get; init; }

    /// <summary>Ports from which nothing came back.</summary>
    public required int Silent { get; init; }

    /// <summary>Every port was looked at to the end.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>Why not; null where it is whole.</summary>
    public string? Cut { get; init; }

    public required Evidence Evidence { get; init; }
}

/// <param name="Number">1–65535.</param>
/// <param name="Service">As recognised by what it said; null where by nothing but its number.</param>
/// <param name="IsTls">Recognised inside TLS.</param>
/// <param name="Product">Null where it was not recognised.</param>
/// <param name="Version">Null where it was not recognised.</param>
internal sealed record FoundPort(int Number, string? Service, bool IsTls, string? Product, string? Version);
