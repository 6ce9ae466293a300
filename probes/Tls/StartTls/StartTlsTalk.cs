namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What a server said before TLS, and whether it agreed to go on in TLS.</summary>
internal sealed record StartTlsTalk
{
    /// <summary>True after the positive answer of the protocol: the next byte sent may be one of TLS.</summary>
    public required bool Agreed { get; init; }

    /// <summary>The answer to the request, or what stands in for one.</summary>
    public required string Answer { get; init; }

    /// <summary>The first words of the server; null where it waits for the client to speak.</summary>
    public string? Greeting { get; init; }

    /// <summary>Whether the server announces the upgrade; null where it was not asked or the protocol has no announcement.</summary>
    public bool? Announced { get; init; }

    /// <summary>Ways to log in that the server names before TLS; null as <see cref="Announced"/>.</summary>
    public IReadOnlyList<string>? Mechanisms { get; init; }

    /// <summary>The server says that nobody may log in before TLS; null where it says nothing of it.</summary>
    public bool? DemandsUpgrade { get; init; }
}

/// <summary>One protocol's way to TLS.</summary>
internal interface IStartTlsDialogue
{
    /// <param name="wire">A fresh connection.</param>
    /// <param name="serverName">The name asked for, where the protocol has a place for it.</param>
    /// <param name="isCurious">True: also asks what the server announces; a doorway need not know.</param>
    /// <param name="cancellationToken">Bounds the whole dialogue.</param>
    /// <exception cref="SmartCity.SecurityCheck.Probing.UnableException">The server speaks another protocol, hangs up or breaks the caps.</exception>
    Task<StartTlsTalk> HoldAsync(StartTlsWire wire, string serverName, bool isCurious, CancellationToken cancellationToken);
}
