namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>How the premaster secret comes about.</summary>
public enum ClassicKeyExchange
{
    /// <summary>Encrypted under the server's RSA key.</summary>
    Rsa,

    /// <summary>Finite-field Diffie-Hellman.</summary>
    Dhe,

    /// <summary>Elliptic curves (RFC 8422).</summary>
    Ecdhe,
}

/// <summary>How records are protected.</summary>
public enum ClassicCipher
{
    AesCbc,
    TripleDesCbc,
    AesGcm,
}

/// <summary>A cipher suite of TLS 1.0 to 1.2 that this library completes (RFC 5246 §A.5, RFC 5288, RFC 5289, RFC 8422).</summary>
/// <param name="Id">As on the wire.</param>
/// <param name="KeyExchange">How the secret comes about.</param>
/// <param name="Cipher">How records are protected.</param>
/// <param name="KeySize">Bytes of the cipher's key.</param>
/// <param name="MacSize">20 HMAC-SHA-1, 32 HMAC-SHA-256, 48 HMAC-SHA-384; 0 with GCM.</param>
/// <param name="IsSha384">The PRF of TLS 1.2 uses SHA-384; else SHA-256.</param>
public sealed record ClassicSuite(ushort Id, ClassicKeyExchange KeyExchange, ClassicCipher Cipher, int KeySize, int MacSize, bool IsSha384 = false)
{
    private const int Sha1 = 20;
    private const int Sha256 = 32;
    private const int Sha384 = 48;

    /// <summary>In the order they are best offered: quick and widespread ones first.</summary>
    public static IReadOnlyList<ClassicSuite> All { get; } =
    [
        .. Gcm(ClassicKeyExchange.Ecdhe, 0xC02F, 0xC030, 0xC02B, 0xC02C),
        .. Cbc(ClassicKeyExchange.Ecdhe, 0xC013, 0xC014, 0xC009, 0xC00A),
        new(0xC027, ClassicKeyExchange.Ecdhe, ClassicCipher.AesCbc, 16, Sha256), new(0xC023, ClassicKeyExchange.Ecdhe, ClassicCipher.AesCbc, 16, Sha256),
        new(0xC028, ClassicKeyExchange.Ecdhe, ClassicCipher.AesCbc, 32, Sha384, true), new(0xC024, ClassicKeyExchange.Ecdhe, ClassicCipher.AesCbc, 32, Sha384, true),
        .. Gcm(ClassicKeyExchange.Rsa, 0x009C, 0x009D),
        .. Cbc(ClassicKeyExchange.Rsa, 0x002F, 0x0035),
        new(0x003C, ClassicKeyExchange.Rsa, ClassicCipher.AesCbc, 16, Sha256), new(0x003D, ClassicKeyExchange.Rsa, ClassicCipher.AesCbc, 32, Sha256),
        .. Gcm(ClassicKeyExchange.Dhe, 0x009E, 0x009F),
        .. Cbc(ClassicKeyExchange.Dhe, 0x0033, 0x0039, 0x0032, 0x0038),
        new(0x0067, ClassicKeyExchange.Dhe, ClassicCipher.AesCbc, 16, Sha256), new(0x006B, ClassicKeyExchange.Dhe, ClassicCipher.AesCbc, 32, Sha256),
        new(0xC012, ClassicKeyExchange.Ecdhe, ClassicCipher.TripleDesCbc, 24, Sha1), new(0xC008, ClassicKeyExchange.Ecdhe, ClassicCipher.TripleDesCbc, 24, Sha1),
        new(0x000A, ClassicKeyExchange.Rsa, ClassicCipher.TripleDesCbc, 24, Sha1), new(0x0016, ClassicKeyExchange.Dhe, ClassicCipher.TripleDesCbc, 24, Sha1),
    ];

    /// <summary>True where TLS 1.0 and 1.1 know it too: GCM and MACs other than SHA-1 came with TLS 1.2.</summary>
    public bool IsOld => Cipher != ClassicCipher.AesGcm && MacSize == Sha1;

    /// <returns>Null for suites this library does not complete.</returns>
    public static ClassicSuite? Find(ushort id) => All.FirstOrDefault(s => s.Id == id);

    /// <summary>AES-128 and AES-256 alternate.</summary>
    private static IEnumerable<ClassicSuite> Gcm(ClassicKeyExchange exchange, params ushort[] ids) =>
        ids.Select((id, i) => new ClassicSuite(id, exchange, ClassicCipher.AesGcm, i % 2 == 0 ? 16 : 32, 0, i % 2 == 1));

    private static IEnumerable<ClassicSuite> Cbc(ClassicKeyExchange exchange, params ushort[] ids) =>
        ids.Select((id, i) => new ClassicSuite(id, exchange, ClassicCipher.AesCbc, i % 2 == 0 ? 16 : 32, Sha1));
}
