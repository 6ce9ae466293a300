using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What a handshake of TLS 1.0 to 1.2 asks for.</summary>
internal sealed record ClassicOffer
{
    /// <summary>For the transcript.</summary>
    public required string Label { get; init; }

    /// <summary>0x0301 to 0x0303; a server that answers with another version ends the handshake.</summary>
    public required ushort Version { get; init; }

    /// <summary>Suites this library completes that the version knows; all of them where not set.</summary>
    public IReadOnlyList<ushort>? Suites { get; init; }

    /// <summary>Says that renegotiation is understood (RFC 5746 §3.3); servers that insist on it refuse others.</summary>
    public bool SignalsRenegotiation { get; init; } = true;

    /// <summary>Empty: a ticket is asked for; null: the extension is not sent (RFC 5077 §3.2).</summary>
    public ReadOnlyMemory<byte>? Ticket { get; init; }

    /// <summary>0–32 bytes.</summary>
    public ReadOnlyMemory<byte> SessionId { get; init; }

    /// <summary>The session the two above belong to.</summary>
    public ClassicSession? Resumes { get; init; }

    /// <summary>Extensions behind the usual ones.</summary>
    public IReadOnlyList<KeyValuePair<ushort, ReadOnlyMemory<byte>>> FurtherExtensions { get; init; } = [];

    /// <summary>Goes no further than ServerHelloDone.</summary>
    public bool StopsAtFlight { get; init; }

    /// <summary>See <see cref="ClassicKeys.ClientWrites"/>.</summary>
    public bool SpoilsPadding { get; init; }

    public ClientHello Hello(string? serverName, ReadOnlyMemory<byte> random)
    {
        var suites = Suites ?? [.. ClassicSuite.All.Where(s => Version >= ProtocolVersion.Tls12.Wire || s.IsOld).Select(s => s.Id)];
        return new ClientHello
        {
            RecordVersion = ProtocolVersion.Tls10.Wire,
            HelloVersion = Version,
            Random = random,
            SessionId = SessionId,
            Suites = SignalsRenegotiation ? [.. suites, Tls.CipherSuites.RenegotiationInfoScsv] : suites,
            ServerName = serverName,
            PointFormats = true,
            Groups = ClassicPremaster.Groups,
            SignatureAlgorithms = Version >= ProtocolVersion.Tls12.Wire ? HelloNumbers.SignatureAlgorithms : [],
            FurtherExtensions = Ticket is { } ticket ? [new((ushort)ExtensionType.SessionTicket, ticket), .. FurtherExtensions] : FurtherExtensions,
        };
    }
}

/// <summary>A session that can be taken up again.</summary>
/// <param name="Suite">Of the session.</param>
/// <param name="Master">48 bytes.</param>
/// <param name="Id">Of the server's ServerHello; may be empty.</param>
/// <param name="Ticket">Of NewSessionTicket; null where none came.</param>
/// <param name="TicketLifetime">ticket_lifetime_hint in seconds; 0 means unspecified (RFC 5077 §3.3).</param>
internal sealed record ClassicSession(ClassicSuite Suite, byte[] Master, ReadOnlyMemory<byte> Id, ReadOnlyMemory<byte>? Ticket, uint TicketLifetime);
