using System.ComponentModel;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// What the files of a sample hold. A certificate or key that is there and could not be read stands in its list with its facts missing, so
/// that no rule over all of them can hold; the lists themselves are missing where files or parts were left out.
/// </summary>
public sealed record CertificateFileRecord
{
    /// <summary>Files read.</summary>
    [Description("文件数")]
    public required int Files { get; init; }

    /// <summary>Files that hold nothing this probe knows.</summary>
    [Description("不是证书与密钥的文件")]
    public required IReadOnlyList<string> OtherFiles { get; init; }

    [Description("证书")]
    public Fact<IReadOnlyList<SampledCertificate>> Certificates { get; init; }

    [Description("证书申请")]
    public Fact<IReadOnlyList<SampledRequest>> Requests { get; init; }

    [Description("撤销列表")]
    public Fact<IReadOnlyList<SampledRevocationList>> RevocationLists { get; init; }

    /// <summary>Signing and encryption certificates that belong together.</summary>
    [Description("双证书")]
    public Fact<IReadOnlyList<SampledPair>> Pairs { get; init; }

    [Description("私钥")]
    public Fact<IReadOnlyList<SampledKey>> PrivateKeys { get; init; }

    /// <summary>What could not be read; the batch went on behind it.</summary>
    [Description("读不出的内容")]
    public Fact<IReadOnlyList<FileProblem>> Problems { get; init; }

    /// <summary>Where what was read is not as the format asks, one sentence each.</summary>
    [Description("格式上的出入")]
    public required IReadOnlyList<string> Remarks { get; init; }
}

/// <summary>What could not be read.</summary>
/// <param name="File">Relative to the sample.</param>
/// <param name="Offset">In bytes from its start.</param>
/// <param name="Note">File, place, what is there and what should be; for people.</param>
public sealed record FileProblem(string File, long Offset, string Note);

public enum CertificateRole
{
    [Description("CA 证书")]
    Authority,
    [Description("签名证书")]
    Signing,
    [Description("加密证书")]
    Encryption,
    [Description("签名加密合一")]
    Both,
    [Description("用途不明")]
    Unstated,
}

/// <summary>One certificate (RFC 5280, GB/T 20518-2018, GM/T 0015-2012).</summary>
public sealed record SampledCertificate
{
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

    [Description("签名算法")]
    public Fact<string> SignatureAlgorithm { get; init; }

    /// <summary>Null where the algorithm has none of its own or is unknown.</summary>
    [Description("签名杂凑")]
    public Fact<string?> SignatureHash { get; init; }

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

/// <summary>One request (RFC 2986).</summary>
public sealed record SampledRequest
{
    public required string File { get; init; }

    public required string Note { get; init; }

    [Description("主体")]
    public Fact<string> Subject { get; init; }

    [Description("公钥算法")]
    public Fact<string> KeyAlgorithm { get; init; }

    [Description("密钥位数")]
    public Fact<int?> KeyBits { get; init; }

    [Description("签名算法")]
    public Fact<string> SignatureAlgorithm { get; init; }

    /// <summary>Missing where this tool cannot verify the algorithm.</summary>
    [Description("自签名验证通过")]
    public Fact<bool> SignatureVerified { get; init; }

    /// <summary>A challengePassword stands in it in clear.</summary>
    [Description("带有明文的质询口令")]
    public Fact<bool> HasChallengePassword { get; init; }
}

/// <summary>One revocation list (RFC 5280 §5).</summary>
public sealed record SampledRevocationList
{
    public required string File { get; init; }

    public required string Note { get; init; }

    [Description("签发者")]
    public Fact<string> Issuer { get; init; }

    [Description("条目数")]
    public Fact<int> Entries { get; init; }

    [Description("本次更新")]
    public Fact<DateTimeOffset?> ThisUpdate { get; init; }

    /// <summary>Null: none promised.</summary>
    [Description("下次更新")]
    public Fact<DateTimeOffset?> NextUpdate { get; init; }

    [Description("有列表编号")]
    public Fact<bool> HasNumber { get; init; }

    [Description("签名算法")]
    public Fact<string> SignatureAlgorithm { get; init; }

    /// <summary>Null where the sample does not hold its issuer; missing where the algorithm is not one this tool verifies.</summary>
    [Description("签名验证通过")]
    public Fact<bool?> SignatureVerified { get; init; }
}

/// <summary>A signing and an encryption certificate of one subject (GB/T 38636-2020).</summary>
public sealed record SampledPair
{
    public required string Signing { get; init; }

    public required string Encryption { get; init; }

    public required string Note { get; init; }

    [Description("密钥不同")]
    public required bool DistinctKeys { get; init; }

    [Description("主体一致")]
    public required bool SameSubject { get; init; }

    [Description("签发者一致")]
    public required bool SameIssuer { get; init; }

    /// <summary>There is a moment at which both are valid; null where a time could not be read.</summary>
    [Description("有效期有重叠")]
    public required bool? ValidTogether { get; init; }
}

/// <summary>One container of a private key. Nothing of the key and no passphrase is here.</summary>
public sealed record SampledKey
{
    public required string File { get; init; }

    public required long Offset { get; init; }

    public required string Note { get; init; }

    [Description("格式")]
    public Fact<KeyContainerFormat> Format { get; init; }

    /// <summary>Missing where the entries are hidden by encryption.</summary>
    [Description("含私钥")]
    public Fact<bool> HoldsPrivateKey { get; init; }

    /// <summary>False for a container without a private key. Missing where it cannot be told from outside.</summary>
    [Description("明文")]
    public Fact<bool> Clear { get; init; }

    /// <summary>Null where it is not visible.</summary>
    [Description("算法")]
    public Fact<string?> Algorithm { get; init; }

    /// <summary>Null where nothing is encrypted.</summary>
    [Description("口令派生")]
    public Fact<string?> Kdf { get; init; }

    /// <summary>Null where nothing is encrypted or it has none.</summary>
    [Description("派生迭代次数")]
    public Fact<long?> Iterations { get; init; }

    [Description("加密算法")]
    public Fact<string?> Cipher { get; init; }

    /// <summary>One of the common passphrases opens it; false where none of them does, nothing is encrypted or no private key is held. Missing where none were tried.</summary>
    [Description("口令在常见弱口令之列")]
    public Fact<bool> WeakPassphrase { get; init; }

    /// <summary>Why none were tried; null where they were.</summary>
    [Description("没有尝试口令的原因")]
    public Fact<string?> WhyNotTried { get; init; }

    /// <summary>Four octal digits; missing on platforms without such permissions.</summary>
    [Description("文件权限")]
    public Fact<string> FileMode { get; init; }

    /// <summary>Group or others may read the file; missing on platforms without such permissions.</summary>
    [Description("他人可读")]
    public Fact<bool> OthersMayRead { get; init; }
}
