namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>What <c>nmap -oX</c> wrote.</summary>
internal sealed record NmapRun
{
    public string? Version { get; init; }

    /// <summary>When it began; null where it does not say.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>TCP ports it was asked to look at, as nmap writes them; null where it does not say.</summary>
    public string? TcpPorts { get; init; }

    public required IReadOnlyList<NmapHost> Hosts { get; init; }

    /// <summary>It ended by itself and says that all went well.</summary>
    public bool IsFinished { get; init; }
}

/// <param name="Addresses">IP addresses.</param>
/// <param name="Names">DNS names.</param>
/// <param name="IsUp">By what it answered.</param>
/// <param name="TimedOut">nmap gave it up: what it had found by then is not shown.</param>
/// <param name="Ports">Named one by one, whatever their state.</param>
/// <param name="Others">Counts by state of ports that are not named.</param>
internal sealed record NmapHost(
    IReadOnlyList<string> Addresses, IReadOnlyList<string> Names, bool IsUp, bool TimedOut, IReadOnlyList<NmapPort> Ports, IReadOnlyDictionary<string, int> Others)
{
    public int Count(string state) => Ports.Count(p => p.Protocol == "tcp" && p.State == state) + Others.GetValueOrDefault(state);
}

/// <param name="Protocol">tcp, udp …</param>
/// <param name="Number">0–65535.</param>
/// <param name="State">open, closed, filtered, open|filtered …</param>
/// <param name="Service">Null where there is no name for it.</param>
/// <param name="IsProbed">The name comes from what the port said and not from its number.</param>
/// <param name="IsTls">The service was reached through TLS.</param>
/// <param name="Product">Null where it was not recognised.</param>
/// <param name="Version">Null where it was not recognised.</param>
internal sealed record NmapPort(string Protocol, int Number, string State, string? Service, bool IsProbed, bool IsTls, string? Product, string? Version);
