using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// The two certificates of TLCP: signing at position 0, encryption at position 1 (GB/T 38636-2020 §6.4.5.3). Null: the port offers no TLCP,
/// or sends fewer certificates than the question needs. Missing: not seen, or — for trust — no anchor of the kind was given.
/// </summary>
public sealed record TlcpCertificatePair
{
    /// <summary>The name compared: the endpoint's server name or host, ASCII form.</summary>
    [Description("核对的名称")]
    public required string CheckedName { get; init; }

    /// <summary>Number of certificates sent; most servers send exactly two and no issuer.</summary>
    [Description("发送张数")]
    public Fact<int?> Sent { get; init; }

    /// <summary>Position 0.</summary>
    [Description("签名证书")]
    public Fact<FollowedCertificate?> Signing { get; init; }

    /// <summary>Position 1; null where a single certificate came, or the second one is an authority's and belongs to the chain of the first.</summary>
    [Description("加密证书")]
    public Fact<FollowedCertificate?> Encryption { get; init; }

    /// <summary>The second certificate is that of an authority, so that there is none to encrypt for.</summary>
    [Description("第二张是证书机构的证书")]
    public Fact<bool?> SecondIsAuthority { get; init; }

    /// <summary>By key usage, the first may sign and the second may encrypt; missing where one has no key usage.</summary>
    [Description("顺序正确")]
    public Fact<bool?> InOrder { get; init; }

    /// <summary>By key usage, the first may only encrypt and the second may only sign.</summary>
    [Description("顺序颠倒")]
    public Fact<bool?> Swapped { get; init; }

    [Description("是两张不同的证书")]
    public Fact<bool?> DistinctCertificates { get; init; }

    [Description("密钥不同")]
    public Fact<bool?> DistinctKeys { get; init; }

    [Description("主体一致")]
    public Fact<bool?> SameSubject { get; init; }

    /// <summary>The same set of names, in whatever order.</summary>
    [Description("备用名称一致")]
    public Fact<bool?> SameAlternativeNames { get; init; }

    [Description("签发者一致")]
    public Fact<bool?> SameIssuer { get; init; }

    /// <summary>Files and stores the anchors came from.</summary>
    [Description("信任锚来源")]
    public required IReadOnlyList<string> AnchorSources { get; init; }
}
