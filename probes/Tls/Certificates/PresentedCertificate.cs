using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>One certificate as a server sent it (RFC 5280; SM2: GB/T 20518-2018). What could not be read is missing, see <see cref="Problem"/>.</summary>
public sealed record PresentedCertificate
{
    /// <summary>0 is the first one sent.</summary>
    [Description("#")]
    public required int Position { get; init; }

    /// <summary>64 lower-case hexadecimal digits over the DER.</summary>
    public required string Sha256 { get; init; }

    /// <summary>64 lower-case hexadecimal digits over the DER (GB/T 32905-2016).</summary>
    public required string Sm3 { get; init; }

    /// <summary>Length of the DER in bytes.</summary>
    public required int Bytes { get; init; }

    /// <summary>Why the DER could not be read, for people; null where it was.</summary>
    [Description("问题")]
    public string? Problem { get; init; }

    /// <summary>What is not as RFC 5280 asks although it could be read, for people: negative serial numbers, GBK under a wrong string tag …</summary>
    [Description("编码问题")]
    public Fact<IReadOnlyList<string>> Oddities { get; init; }

    /// <summary>1, 2 or 3.</summary>
    public Fact<int> Version { get; init; }

    /// <summary>RFC 4514 string, most specific part first.</summary>
    [Description("主体")]
    public Fact<string> Subject { get; init; }

    /// <summary>RFC 4514 string, most specific part first.</summary>
    [Description("签发者")]
    public Fact<string> Issuer { get; init; }

    /// <summary>Lower-case hexadecimal digits, no leading zero byte.</summary>
    public Fact<string> SerialNumber { get; init; }

    [Description("生效")]
    public Fact<DateTimeOffset> NotBefore { get; init; }

    [Description("到期")]
    public Fact<DateTimeOffset> NotAfter { get; init; }

    /// <summary>Whole days from notBefore to notAfter.</summary>
    [DisplayName("有效期天数")]
    public Fact<int> ValidityDays { get; init; }

    /// <summary>RSA, RSA-PSS, ECDSA, SM2, Ed25519, Ed448, DSA, ML-DSA-44 …, or an object identifier.</summary>
    [Description("密钥")]
    public Fact<string> KeyAlgorithm { get; init; }

    /// <summary>P-256, P-384, SM2 …, or an object identifier; null for keys without a curve.</summary>
    public Fact<string?> KeyCurve { get; init; }

    /// <summary>Modulus or field size in bits; null where the algorithm has none or is unknown.</summary>
    [Description("位数")]
    public Fact<int?> KeyBits { get; init; }

    /// <summary>Public exponent; null for keys other than RSA, missing where beyond 63 bits.</summary>
    public Fact<long?> KeyExponent { get; init; }

    /// <summary>The public exponent is below 65537; null for keys other than RSA.</summary>
    public Fact<bool?> KeyExponentIsSmall { get; init; }

    /// <summary>Such as sha256WithRSAEncryption, ecdsa-with-SHA256, SM2-with-SM3; the object identifier where no name is known.</summary>
    [Description("签名算法")]
    public Fact<string> SignatureAlgorithm { get; init; }

    public Fact<string> SignatureAlgorithmOid { get; init; }

    /// <summary>MD5, SHA-1, SHA-256, SM3 …; null where the algorithm chooses none; missing where it, or what its parameters say, is unknown.</summary>
    [DisplayName("签名的散列算法")]
    public Fact<string?> SignatureHash { get; init; }

    /// <summary>Hash of the mask of RSASSA-PSS; null where the algorithm has no mask.</summary>
    [DisplayName("掩码生成的散列算法")]
    public Fact<string?> SignatureMaskHash { get; init; }

    /// <summary>
    /// <c>DNS:name</c>, <c>IP:address</c>, <c>URI:…</c>, <c>email:…</c>, <c>DirName:…</c>, others as <c>other</c>; null without the extension.
    /// </summary>
    [Description("备用名称")]
    public Fact<IReadOnlyList<string>?> SubjectAlternativeNames { get; init; }

    /// <summary>A DNS name among them has an asterisk.</summary>
    public Fact<bool> HasWildcard { get; init; }

    /// <summary>Names of RFC 5280 §4.2.1.3; null without the extension.</summary>
    public Fact<IReadOnlyList<string>?> KeyUsage { get; init; }

    /// <summary>serverAuth, clientAuth … (RFC 5280 §4.2.1.12) or object identifiers; null without the extension.</summary>
    public Fact<IReadOnlyList<string>?> ExtendedKeyUsage { get; init; }

    /// <summary>extKeyUsage names serverAuth or any purpose; null without the extension.</summary>
    public Fact<bool?> AllowsServerAuth { get; init; }

    /// <summary>basicConstraints cA; false without the extension.</summary>
    public Fact<bool> IsCa { get; init; }

    /// <summary>pathLenConstraint; null where absent.</summary>
    public Fact<int?> PathLength { get; init; }

    /// <summary>TLS feature status_request or its successor (RFC 7633).</summary>
    public Fact<bool> MustStaple { get; init; }

    /// <summary>Responders named in authorityInfoAccess.</summary>
    public Fact<IReadOnlyList<string>> OcspUris { get; init; }

    /// <summary>Places named in cRLDistributionPoints; null without the extension.</summary>
    public Fact<IReadOnlyList<string>?> CrlUris { get; init; }

    /// <summary>Object identifiers of certificatePolicies; null without the extension.</summary>
    public Fact<IReadOnlyList<string>?> Policies { get; init; }

    /// <summary>Signed certificate timestamps in the certificate (RFC 6962); null without the extension.</summary>
    public Fact<int?> EmbeddedTimestamps { get; init; }

    /// <summary>Names of the critical extensions, or object identifiers.</summary>
    public Fact<IReadOnlyList<string>> CriticalExtensions { get; init; }

    /// <summary>Subject and issuer are the same name.</summary>
    public Fact<bool> SelfIssued { get; init; }

    /// <summary>Self-issued, and its signature verifies under its own key; missing where this tool cannot verify the algorithm.</summary>
    [Description("自签名")]
    public Fact<bool> SelfSigned { get; init; }
}
