using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>One use of cryptography in the source.</summary>
public sealed record CryptoUse
{
    /// <summary>As the field writes it: SM4, AES, RSA, SM3, MD5 …; null where the call leaves it open.</summary>
    [Description("")]
    public string? Algorithm { get; init; }

    /// <summary>ECB, CBC, GCM …; null where none applies or it is open.</summary>
    [Description("模式")]
    public string? Mode { get; init; }

    /// <summary>Key bits where the call says them.</summary>
    [Description("位数")]
    public int? KeyBits { get; init; }

    /// <summary>block-cipher, stream-cipher, hash, mac, signature, pke, key-agree, kdf, drbg, protocol.</summary>
    [Description("用途")]
    public required string Primitive { get; init; }

    /// <summary>Library or interface: JCA, BouncyCastle, Hutool, sm-crypto, OpenSSL …</summary>
    [Description("接口")]
    public required string Api { get; init; }

    [Description("")]
    public required string File { get; init; }

    [Description("行")]
    public required int Line { get; init; }
}
