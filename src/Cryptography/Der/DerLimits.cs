namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>How large and how deep an untrusted encoding may be before it is refused unread.</summary>
/// <param name="MaxBytes">Whole encoding, in bytes.</param>
/// <param name="MaxElements">Tag-length-value elements at all depths.</param>
public sealed record DerLimits(int MaxBytes, int MaxElements)
{
    /// <summary>One X.509 certificate or request: 64 KiB.</summary>
    public static DerLimits Certificate { get; } = new(64 * 1024, 16 * 1024);

    /// <summary>A CMS message with its content, or a revocation list: 32 MiB.</summary>
    public static DerLimits Cms { get; } = new(32 * 1024 * 1024, 4 * 1024 * 1024);

    /// <summary>A public or private key: 16 KiB.</summary>
    public static DerLimits Key { get; } = new(16 * 1024, 256);

    /// <summary>SM2Cipher with the longest plaintext this library encrypts.</summary>
    public static DerLimits Sm2Cipher { get; } = new(Sm2.MaxPlaintextBytes + 1024, 16);

    /// <summary>SEQUENCE { r, s }: 1 KiB.</summary>
    public static DerLimits Signature { get; } = new(1024, 16);

    /// <summary>Nesting of constructed elements, the outermost counting as 1.</summary>
    public int MaxDepth { get; init; } = 32;

    /// <summary>Content of one OBJECT IDENTIFIER, in bytes.</summary>
    public int MaxObjectIdentifierBytes { get; init; } = 64;

    /// <summary>Content of one INTEGER or ENUMERATED, in bytes: room for a 4096-bit modulus and its sign.</summary>
    public int MaxIntegerBytes { get; init; } = 520;
}
