using System.ComponentModel;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>One certificate (RFC 5280, GB/T 20518-2018, GM/T 0015-2012).</summary>
public sealed record SampledCertificate
{
    [Description("文件")]
    public required string File { get; init; }

    /// <summary>Of its part, in bytes of the file.</summary>
    public required long Offset { get; init; }

    /// <summary>File and subject; for people.</summary>
    public required string Note { get; init; }

    [Description("主体")]
    public Fact<string> Subject { get; init; }

    [Description("签发者")]
    public Fact<string> Issuer { get; init; }

    [Description("序列号")]
    public Fact<string> SerialNumber { get; init; }

    public Fact<string> Sha256 { get; init; }

    [Description("版本")]
    public Fact<int> Version { get; init; }

    [Description("序列号为正数")]
    public Fact<bool> SerialPositive { get; init; }

    /// <summary>Content bytes, without the zero byte that keeps the number positive.</summary>
    [Description("序列号字节数")]
    public Fact<int> SerialBytes { get; init; }

    /// <summary>By basicConstraints, then by key usage.</summary>
    [Description("类别")]
    public Fact<CertificateRole> Role { get; init; }

    /// <summary>RSA, SM2, ECDSA …</summary>
    [Description("公钥算法")]
    public Fact<string> KeyAlgorithm { get; init; }

    /// <summary>Null where the algorithm has no size or is unknown.</summary>
    [Description("密钥位数")]
    public Fact<int?> KeyBits { get; init; }

    /// <summary>The key is of the structure its algorithm asks, and an SM2 key is a point of the recommended curve.</summary>
    [Description("公钥合格")]
    public Fact<bool> KeyWellFormed { get; init; }

    /// <summary>What makes the key breakable whatever its length, or another subject's as well. Missing where not all could be looked at.</summary>
    [Description("公钥的缺陷")]
    public Fact<IReadOnlyList<PublicKeyFlaw>> KeyFlaws { get; init; }

    [Description("签名算法")]
    public Fact<string> SignatureAlgorithm { get; init; }

    /// <summary>Null where the algorithm chooses none; missing where it, or what its parameters say, is unknown.</summary>
    [Description("签名杂凑")]
    public Fact<string?> SignatureHash { get; init; }

    /// <summary>Hash of the mask of RSASSA-PSS; null where the algorithm has no mask.</summary>
    [Description("签名的 MGF1 杂凑")]
    public Fact<string?> MaskHash { get; init; }

    /// <summary>Inside the signed part and beside the signature.</summary>
    [Description("内外算法标识一致")]
    public Fact<bool> AlgorithmsAgree { get; init; }

    /// <summary>Null: no keyUsage.</summary>
    [Description("密钥用途")]
    public Fact<IReadOnlyList<string>?> KeyUsage { get; init; }

    [Description("密钥用途为关键扩展")]
    public Fact<bool?> KeyUsageCritical { get; init; }

    /// <summary>Null: no basicConstraints.</summary>
    [Description("基本约束为关键扩展")]
    public Fact<bool?> BasicConstraintsCritical { get; init; }

    /// <summary>basicConstraints and keyUsage speak alike of signing certificates: both or neither.</summary>
    [Description("CA 标志与证书签名用途一致")]
    public Fact<bool> AuthorityConsistent { get; init; }

    [DisplayName("生效时间")]
    public Fact<DateTimeOffset?> NotBefore { get; init; }

    [Description("有效期至")]
    public Fact<DateTimeOffset?> NotAfter { get; init; }

    /// <summary>Whole days from the first to the last moment; null where one of them is no time.</summary>
    [Description("有效天数")]
    public Fact<int?> LifetimeDays { get; init; }

    [Description("有颁发机构密钥标识")]
    public Fact<bool> HasAuthorityKeyId { get; init; }

    [Description("有主体密钥标识")]
    public Fact<bool> HasSubjectKeyId { get; init; }

    /// <summary>A CRL distribution point or an OCSP address.</summary>
    [Description("有撤销查询地址")]
    public Fact<bool> HasStatusPointer { get; init; }

    [Description("自签名")]
    public Fact<bool> SelfSigned { get; init; }

    /// <summary>Leads to a self-signed certificate of the sample without a fault but validity; null where the sample holds no issuer.</summary>
    [Description("样本内成链")]
    public Fact<bool?> ChainVerified { get; init; }

    /// <summary>By the lists of the sample that its issuer signed; null where there is none.</summary>
    [Description("被样本内撤销列表列出")]
    public Fact<bool?> RevokedInSample { get; init; }
}
