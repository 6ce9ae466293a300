namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>ContentType (RFC 8446 §5.1; heartbeat: RFC 6520).</summary>
internal enum RecordType : byte
{
    ChangeCipherSpec = 20,
    Alert = 21,
    Handshake = 22,
    ApplicationData = 23,
    Heartbeat = 24,
}

/// <summary>HandshakeType (RFC 8446 §4 and the versions before).</summary>
internal enum HandshakeType : byte
{
    HelloRequest = 0,
    ClientHello = 1,
    ServerHello = 2,
    NewSessionTicket = 4,
    EncryptedExtensions = 8,
    Certificate = 11,
    ServerKeyExchange = 12,
    CertificateRequest = 13,
    ServerHelloDone = 14,
    CertificateVerify = 15,
    ClientKeyExchange = 16,
    Finished = 20,
    CertificateStatus = 22,
    KeyUpdate = 24,
    MessageHash = 254,
}

/// <summary>ExtensionType (IANA TLS ExtensionType Values).</summary>
internal enum ExtensionType : ushort
{
    ServerName = 0,
    StatusRequest = 5,
    SupportedGroups = 10,
    EcPointFormats = 11,
    SignatureAlgorithms = 13,
    Heartbeat = 15,
    ApplicationLayerProtocolNegotiation = 16,
    Padding = 21,
    EncryptThenMac = 22,
    ExtendedMainSecret = 23,
    SessionTicket = 35,
    EarlyData = 42,
    SupportedVersions = 43,
    Cookie = 44,
    PskKeyExchangeModes = 45,
    KeyShare = 51,
    RenegotiationInfo = 0xFF01,
}

/// <summary>Lists a hello offers where it wants to exclude nobody.</summary>
internal static class HelloNumbers
{
    /// <summary>NamedGroup: SM2 (RFC 8998), X25519, P-256, P-384, P-521, X448, hybrid ML-KEM, FFDHE, Brainpool, secp256k1, P-224, P-192.</summary>
    public static IReadOnlyList<ushort> Groups { get; } =
        [29, 23, 24, 25, 30, 41, 0x11EC, 0x11EB, 0x11ED, 0x11EE, 0x0100, 0x0101, 0x0102, 26, 27, 28, 31, 32, 33, 22, 21, 19];

    /// <summary>Groups a server up to TLS 1.2 may pick for ECDHE.</summary>
    public static IReadOnlyList<ushort> ClassicGroups { get; } = [29, 23, 24, 25, 30, 41, 26, 27, 28, 22, 21, 20, 19, 18];

    /// <summary>SignatureScheme: ECDSA, EdDSA, RSA-PSS, RSA-PKCS#1, SM2 (0x0708, RFC 8998 §3.2.1), DSA, SHA-1 and ML-DSA.</summary>
    public static IReadOnlyList<ushort> SignatureAlgorithms { get; } =
    [
        0x0403, 0x0503, 0x0603, 0x0807, 0x0808, 0x0804, 0x0805, 0x0806, 0x0809, 0x080A, 0x080B, 0x0401, 0x0501, 0x0601, 0x0708,
        0x081A, 0x081B, 0x081C, 0x0303, 0x0301, 0x0302, 0x0402, 0x0502, 0x0602, 0x0203, 0x0201, 0x0202, 0x0904, 0x0905, 0x0906,
    ];
}
