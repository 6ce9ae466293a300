namespace SmartCity.SecurityCheck.Demo;

/// <summary>The two credentials of a TLCP server (GB/T 38636-2020 §6.4.5.3).</summary>
/// <param name="Signing">签名证书.</param>
/// <param name="Encryption">加密证书.</param>
public sealed record TlcpServerIdentity(Sm2Credential Signing, Sm2Credential Encryption)
{
    /// <summary>Sent behind the two, DER.</summary>
    public IReadOnlyList<byte[]> Chain { get; init; } = [];
}

/// <summary>Whether a server asks for a certificate of the client.</summary>
public enum ClientCertificates
{
    NotAsked,
    Asked,
    Required,
}

/// <summary>How handshake messages lie in records.</summary>
public enum RecordLayout
{
    OnePerMessage,
    OneForAll,

    /// <summary>Records of seven bytes, which cut every message.</summary>
    SevenBytes,
}

/// <summary>What a server does wrong.</summary>
public enum TlcpDefect
{
    None,

    /// <summary>ServerKeyExchange is signed over other randoms.</summary>
    BadSignature,

    /// <summary>ServerKeyExchange is signed under the identification RFC 8998 has for TLS 1.3.</summary>
    OtherIdentification,

    /// <summary>The encryption certificate stands first.</summary>
    SwappedCertificates,

    /// <summary>One certificate for both purposes.</summary>
    SingleCertificate,

    /// <summary>The signing certificate twice.</summary>
    SameCertificateTwice,

    /// <summary>The server does not have the key of the encryption certificate it presents.</summary>
    ForeignEncryptionKey,

    /// <summary>Its Finished does not fit the handshake.</summary>
    BadFinished,
}

/// <summary>How a <see cref="TlcpServer"/> behaves.</summary>
public sealed record TlcpServerOptions
{
    public required TlcpServerIdentity Identity { get; init; }

    /// <summary>In the server's order of preference, out of <see cref="Cryptography.TlcpSuite.All"/>.</summary>
    public IReadOnlyList<ushort> Suites { get; init; } = [0xE053, 0xE013];

    public ClientCertificates ClientCertificates { get; init; }

    public RecordLayout Layout { get; init; }

    public TlcpDefect Defect { get; init; }
}
