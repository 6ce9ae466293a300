namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Extensions one hello of a walk carries along, so that their answers cost no connection: others read them in the flight. Nothing here
/// moves the choice of the suite.
/// </summary>
internal static class HelloRiders
{
    /// <summary>A GREASE value (RFC 8701 §2): servers must ignore what they do not know.</summary>
    private const ushort Unknown = 0x6A6A;

    private const ushort SignedCertificateTimestamp = 18;
    private const byte Deflate = 1;
    private const byte Lzs = 64;

    private static readonly KeyValuePair<ushort, ReadOnlyMemory<byte>>[] Extensions =
    [
        Of((ushort)ExtensionType.StatusRequest, 1, 0, 0, 0, 0),
        Of((ushort)ExtensionType.Heartbeat, 1),
        Of((ushort)ExtensionType.ApplicationLayerProtocolNegotiation, [0, 12, 2, .. "h2"u8, 8, .. "http/1.1"u8]),
        Of(SignedCertificateTimestamp),
        Of((ushort)ExtensionType.EncryptThenMac),
        Of((ushort)ExtensionType.ExtendedMainSecret),
        Of((ushort)ExtensionType.SessionTicket),
        Of(Unknown),
    ];

    public static ClientHello Mount(ClientHello hello) => hello with
    {
        FurtherExtensions = [.. hello.FurtherExtensions, .. Extensions],
        Compressions = [Deflate, Lzs, 0],
    };

    /// <summary>The request for a stapled answer alone: behind <see cref="Mount"/>, for the certificates that other suites bring.</summary>
    public static ClientHello MountStatusRequest(ClientHello hello) => hello with { FurtherExtensions = [.. hello.FurtherExtensions, Extensions[0]] };

    public static bool Carries(ClientHello hello) => hello.FurtherExtensions.Any(e => e.Key == Unknown);

    private static KeyValuePair<ushort, ReadOnlyMemory<byte>> Of(ushort type, params byte[] content) => new(type, content);
}
