using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>A server's certificate, what it may be used for, and where its path leads.</summary>
public sealed record FollowedCertificate
{
    /// <summary>64 lower-case hexadecimal digits over the DER.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Why it could not be read, for people; null where it was.</summary>
    [Description("问题")]
    public string? Problem { get; init; }

    /// <summary>RFC 4514 string.</summary>
    [Description("主体")]
    public Fact<string> Subject { get; init; }

    /// <summary>RFC 4514 string.</summary>
    [Description("签发者")]
    public Fact<string> Issuer { get; init; }

    /// <summary>SM2, RSA …</summary>
    [Description("密钥")]
    public Fact<string> KeyAlgorithm { get; init; }

    [Description("位数")]
    public Fact<int?> KeyBits { get; init; }

    /// <summary>Such as SM2-with-SM3.</summary>
    [Description("签名算法")]
    public Fact<string> SignatureAlgorithm { get; init; }

    public Fact<DateTimeOffset> NotBefore { get; init; }

    [Description("到期")]
    public Fact<DateTimeOffset> NotAfter { get; init; }

    /// <summary>At the moment of the observation.</summary>
    [Description("有效期")]
    public Fact<ValidityState> Validity { get; init; }

    /// <summary>Whole days until notAfter, negative behind it.</summary>
    [Description("剩余天数")]
    public Fact<int> DaysLeft { get; init; }

    /// <summary>Names of RFC 5280 §4.2.1.3; null without the extension.</summary>
    [Description("密钥用途")]
    public Fact<IReadOnlyList<string>?> KeyUsage { get; init; }

    /// <summary>Key usage has digitalSignature or nonRepudiation; null without the extension.</summary>
    [Description("可签名")]
    public Fact<bool?> AllowsSigning { get; init; }

    /// <summary>Key usage has keyEncipherment, dataEncipherment or keyAgreement; null without the extension.</summary>
    [Description("可加密")]
    public Fact<bool?> AllowsEncryption { get; init; }

    /// <summary>A subject alternative name matches the name compared (RFC 9525 §6).</summary>
    [Description("名称一致")]
    public Fact<bool> NameMatches { get; init; }

    /// <summary>Missing where this tool cannot verify the algorithm.</summary>
    [Description("自签名")]
    public Fact<bool> SelfSigned { get; init; }

    /// <summary>The path ends in an anchor, whatever its faults.</summary>
    [Description("到达信任锚")]
    public Fact<bool?> Anchored { get; init; }

    /// <summary>The path ends in an anchor and has no fault.</summary>
    [Description("证书链可信")]
    public Fact<bool?> Trusted { get; init; }

    /// <summary>Every certificate of the path but a self-signed last one is signed SM2-with-SM3; missing where the path does not end.</summary>
    [Description("全链 SM2 签名")]
    public Fact<bool> Sm2Throughout { get; init; }

    /// <summary>Name of the issuer nobody sent or supplied; null where the path ends.</summary>
    [Description("未找到的签发者")]
    public Fact<string?> OpenIssuer { get; init; }

    /// <summary>Faults of the best path.</summary>
    [Description("证书链问题")]
    public Fact<IReadOnlyList<TrustFault>> Faults { get; init; }

    /// <summary>The best path, this certificate first.</summary>
    [Description("路径")]
    public Fact<IReadOnlyList<TrustStep>> Path { get; init; }
}
