using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// The certificates of TLS as a chain: what was sent, in which order, and whether it leads to an anchor (RFC 5280 §6.1). Null: the port
/// offers no TLS, or without certificates. Missing: not seen, or — for trust — no anchor of the kind was given.
/// </summary>
public sealed record CertificateChain
{
    /// <summary>Which of the chains of a port that shows several for different suites or signature schemes: there is an observation for each. Null where there are no TLS certificates.</summary>
    [Description("哪一条证书链")]
    public string? Which { get; init; }

    /// <summary>Number of certificates sent.</summary>
    [Description("发送张数")]
    public Fact<int?> Sent { get; init; }

    /// <summary>Every certificate but the last was issued by the one behind it (RFC 5246 §7.4.2).</summary>
    [Description("顺序正确")]
    public Fact<bool?> InOrder { get; init; }

    /// <summary>A self-signed certificate was sent behind the server's.</summary>
    [Description("发送了根证书")]
    public Fact<bool?> RootSent { get; init; }

    /// <summary>The server's certificate is self-signed.</summary>
    [Description("服务器证书自签名")]
    public Fact<bool?> LeafSelfSigned { get; init; }

    /// <summary>A certificate was sent twice.</summary>
    [DisplayName("重复发送同一张证书")]
    public Fact<bool?> Repeated { get; init; }

    /// <summary>Positions of certificates sent that issued nothing else that was sent; empty where all belong.</summary>
    [Description("无关证书的位置")]
    public Fact<IReadOnlyList<int>?> Unrelated { get; init; }

    /// <summary>An issuer had to be taken from candidate.yaml because the server did not send it; missing where nobody has it.</summary>
    [Description("缺少中级证书")]
    public Fact<bool?> IntermediateMissing { get; init; }

    /// <summary>Name of the issuer nobody sent or supplied; null where the path ends in an anchor or a self-signed certificate.</summary>
    [Description("未找到的签发者")]
    public Fact<string?> OpenIssuer { get; init; }

    /// <summary>The path ends in an anchor, whatever its faults.</summary>
    [Description("到达信任锚")]
    public Fact<bool?> Anchored { get; init; }

    /// <summary>The path ends in an anchor and has no fault. The names and purposes of the server's own certificate are other questions.</summary>
    [Description("证书链可信")]
    public Fact<bool?> Trusted { get; init; }

    /// <summary>Faults of the best path.</summary>
    [Description("证书链问题")]
    public Fact<IReadOnlyList<TrustFault>?> Faults { get; init; }

    /// <summary>The best path, the server's certificate first.</summary>
    [Description("路径")]
    public Fact<IReadOnlyList<TrustStep>?> Path { get; init; }

    /// <summary>
    /// Who signed the server's certificate and those above, in order, up to the anchor or the self-signed end; empty for a self-signed
    /// certificate. Missing where an issuer is not found or the search was cut.
    /// </summary>
    [Description("上级证书")]
    public Fact<IReadOnlyList<ChainIssuer>?> Issuers { get; init; }

    /// <summary>Files and stores the anchors came from.</summary>
    [Description("信任锚来源")]
    public required IReadOnlyList<string> AnchorSources { get; init; }

    /// <summary>The first certificate of TLS 1.3 with SM algorithms alone (RFC 8998); null where the port does not offer that.</summary>
    [Description("国密 TLS 1.3 证书")]
    public Fact<FollowedCertificate?> SmLeaf { get; init; }

    /// <summary>The certificates sent, in order.</summary>
    [Description("各证书")]
    public Fact<IReadOnlyList<ChainMember>?> Members { get; init; }
}

/// <summary>One certificate above the server's.</summary>
public sealed record ChainIssuer
{
    /// <summary>RFC 4514 string.</summary>
    [Description("")]
    public required string Subject { get; init; }

    [Description("密钥")]
    public required string KeyAlgorithm { get; init; }

    /// <summary>Null where the algorithm has none or is unknown.</summary>
    [Description("位数")]
    public Fact<int?> KeyBits { get; init; }

    /// <summary>As that of <see cref="ChainMember"/>; null at the end of the path, whose own signature proves nothing.</summary>
    [DisplayName("签名的散列算法")]
    public Fact<string?> SignatureHash { get; init; }

    /// <summary>As that of <see cref="ChainMember"/>; null at the end of the path.</summary>
    [DisplayName("掩码生成的散列算法")]
    public Fact<string?> SignatureMaskHash { get; init; }
}

/// <summary>One certificate sent, as part of the chain.</summary>
public sealed record ChainMember
{
    [Description("#")]
    public required int Position { get; init; }

    /// <summary>RFC 4514 string; missing where the certificate cannot be read.</summary>
    [Description("")]
    public Fact<string> Subject { get; init; }

    /// <summary>At the moment of the observation; missing where the certificate's times cannot be read.</summary>
    [Description("有效期")]
    public Fact<ValidityState> Validity { get; init; }

    /// <summary>Whole days until notAfter, negative behind it.</summary>
    [Description("剩余天数")]
    public Fact<int> DaysLeft { get; init; }

    [Description("密钥")]
    public Fact<string> KeyAlgorithm { get; init; }

    /// <summary>Null where the algorithm has none or is unknown.</summary>
    [Description("位数")]
    public Fact<int?> KeyBits { get; init; }

    [Description("签名算法")]
    public Fact<string> SignatureAlgorithm { get; init; }

    /// <summary>MD5, SHA-1, SHA-256, SM3 …; null where the algorithm chooses none; missing where it, or what its parameters say, is unknown.</summary>
    [DisplayName("签名的散列算法")]
    public Fact<string?> SignatureHash { get; init; }

    /// <summary>Hash of the mask of RSASSA-PSS; null where the algorithm has no mask.</summary>
    [DisplayName("掩码生成的散列算法")]
    public Fact<string?> SignatureMaskHash { get; init; }

    /// <summary>Missing where this tool cannot verify the algorithm.</summary>
    public Fact<bool> SelfSigned { get; init; }
}

public enum ValidityState
{
    [Description("有效期内")]
    Current,
    [Description("已过期")]
    Expired,
    [Description("尚未生效")]
    NotYetValid,
}
