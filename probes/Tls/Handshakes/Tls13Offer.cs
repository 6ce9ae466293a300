using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What a TLS 1.3 hello offers; everything in it can be completed by this client.</summary>
internal sealed record Tls13Offer
{
    private const ushort CurveSm2 = 41;

    /// <summary>International suites and groups first, SM ones behind them, every signature a server may have.</summary>
    public static Tls13Offer Anything { get; } = new()
    {
        Label = "TLSv1.3 handshake",
        Suites = [0x1302, 0x1301, 0x1303, 0x1304, 0x1305, 0x00C6, 0x00C7],
        Groups = EphemeralKey.Groups,
        SharedGroups = [29, 23],
        SignatureAlgorithms = HelloNumbers.SignatureAlgorithms,
    };

    /// <summary><see cref="Anything"/> without what RFC 8998 adds.</summary>
    public static Tls13Offer International { get; } = Anything with
    {
        Label = "TLSv1.3 international handshake",
        Suites = [.. Anything.Suites.Where(s => !IsSm(s))],
        Groups = [.. Anything.Groups.Where(g => g != CurveSm2)],
        SignatureAlgorithms = [.. Anything.SignatureAlgorithms.Where(a => a != SignatureSchemes.Sm2)],
    };

    /// <summary>An SM suite, curveSM2 and an SM2 signature, and nothing else to choose (RFC 8998 §2–§3).</summary>
    public static Tls13Offer SmOnly { get; } = new()
    {
        Label = "TLSv1.3 SM handshake",
        Suites = [0x00C6, 0x00C7],
        Groups = [CurveSm2],
        SharedGroups = [CurveSm2],
        SignatureAlgorithms = [SignatureSchemes.Sm2],
    };

    /// <summary>TLS_SM4_GCM_SM3 or TLS_SM4_CCM_SM3 (RFC 8998 §2).</summary>
    public static bool IsSm(ushort suite) => suite is 0x00C6 or 0x00C7;

    /// <summary>For the transcript.</summary>
    public required string Label { get; init; }

    public required IReadOnlyList<ushort> Suites { get; init; }

    /// <summary>Out of <see cref="EphemeralKey.Groups"/>.</summary>
    public required IReadOnlyList<ushort> Groups { get; init; }

    /// <summary>Those of <see cref="Groups"/> a share is sent for; another costs the server a HelloRetryRequest.</summary>
    public required IReadOnlyList<ushort> SharedGroups { get; init; }

    public required IReadOnlyList<ushort> SignatureAlgorithms { get; init; }

    /// <summary>Protocol names (RFC 7301 §3.1); no extension where empty.</summary>
    public IReadOnlyList<string> ApplicationProtocols { get; init; } = [];

    /// <summary>psk_key_exchange_modes (RFC 8446 §4.2.9), without which servers send no tickets.</summary>
    public bool AsksForTickets { get; init; }

    /// <summary>status_request (RFC 6066 §8): asks for a stapled OCSP response.</summary>
    public bool AsksForStaple { get; init; }

    /// <summary>As in <see cref="ClientHello.FurtherExtensions"/>.</summary>
    public IReadOnlyList<KeyValuePair<ushort, ReadOnlyMemory<byte>>> FurtherExtensions { get; init; } = [];

    /// <summary>The hello with these shares.</summary>
    /// <param name="cookie">Of a HelloRetryRequest; null before one.</param>
    public ClientHello ToHello(
        string? name, ReadOnlyMemory<byte> random, ReadOnlyMemory<byte> sessionId, IEnumerable<EphemeralKey> keys, ReadOnlyMemory<byte>? cookie) => new()
    {
        RecordVersion = cookie is null ? ProtocolVersion.Tls10.Wire : ProtocolVersion.Tls12.Wire,
        HelloVersion = ProtocolVersion.Tls12.Wire,
        Suites = Suites,
        Random = random,
        SessionId = sessionId,
        ServerName = name,
        Groups = Groups,
        SignatureAlgorithms = SignatureAlgorithms,
        SupportedVersions = [ProtocolVersion.Tls13.Wire],
        EmptyKeyShare = true,

        // Padding would differ between the two hellos of a retry, which is allowed (RFC 8446 §4.1.2) and still refused by GmSSL.
        IsPadded = false,
        KeyShares = [.. keys.Select(k => new KeyValuePair<ushort, ReadOnlyMemory<byte>>(k.Group, k.Share))],
        FurtherExtensions = [.. Further(cookie)],
    };

    private IEnumerable<KeyValuePair<ushort, ReadOnlyMemory<byte>>> Further(ReadOnlyMemory<byte>? cookie)
    {
        if (ApplicationProtocols.Count > 0)
        {
            var writer = new WireWriter();
            writer.Vector(2, list => ApplicationProtocols.ToList().ForEach(p => list.Vector(1, w => w.Bytes(System.Text.Encoding.ASCII.GetBytes(p)))));
            yield return new((ushort)ExtensionType.ApplicationLayerProtocolNegotiation, writer.ToArray());
        }

        if (AsksForStaple)
        {
            yield return new((ushort)ExtensionType.StatusRequest, new byte[] { 1, 0, 0, 0, 0 });
        }

        if (AsksForTickets)
        {
            yield return new((ushort)ExtensionType.PskKeyExchangeModes, new byte[] { 1, 1 });
        }

        if (cookie is { Length: > 0 } given)
        {
            yield return new((ushort)ExtensionType.Cookie, given);
        }

        foreach (var extension in FurtherExtensions)
        {
            yield return extension;
        }
    }
}
