namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The suites of one version, as far as the port showed them.</summary>
internal sealed record SuiteEnumeration
{
    public required ProtocolVersion Version { get; init; }

    /// <summary>Each selected by a ServerHello; in the server's own order where <see cref="ServerPrefers"/>.</summary>
    public required IReadOnlyList<ushort> Suites { get; init; }

    /// <summary>Everything else was refused cleanly.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>The last refusal, where it was a closed door.</summary>
    public Closed? RestsOn { get; init; }

    /// <summary>True: the server picks by its own order. False: by the client's. Null: with fewer than two suites there is nothing to see, or it could not be seen.</summary>
    public bool? ServerPrefers { get; init; }

    /// <summary>Why the list is not whole, for people.</summary>
    public string? Trouble { get; init; }
}
