using System.Collections.Frozen;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Object identifiers of certificate and revocation list extensions (RFC 5280 §4.2, §5.2, RFC 7633, RFC 6960 §4.2.2.2.1, RFC 6962 §3.3).</summary>
internal static class ExtensionOids
{
    public const string SubjectKeyIdentifier = "2.5.29.14";
    public const string KeyUsage = "2.5.29.15";
    public const string SubjectAlternativeName = "2.5.29.17";
    public const string BasicConstraints = "2.5.29.19";
    public const string CrlNumber = "2.5.29.20";
    public const string CrlReason = "2.5.29.21";
    public const string DeltaCrlIndicator = "2.5.29.27";
    public const string IssuingDistributionPoint = "2.5.29.28";
    public const string CertificateIssuer = "2.5.29.29";
    public const string NameConstraints = "2.5.29.30";
    public const string CrlDistributionPoints = "2.5.29.31";
    public const string CertificatePolicies = "2.5.29.32";
    public const string PolicyMappings = "2.5.29.33";
    public const string AuthorityKeyIdentifier = "2.5.29.35";
    public const string PolicyConstraints = "2.5.29.36";
    public const string ExtendedKeyUsage = "2.5.29.37";
    public const string InhibitAnyPolicy = "2.5.29.54";
    public const string AuthorityInformationAccess = "1.3.6.1.5.5.7.1.1";
    public const string TlsFeature = "1.3.6.1.5.5.7.1.24";
    public const string OcspNoCheck = "1.3.6.1.5.5.7.48.1.5";
    public const string EmbeddedTimestamps = "1.3.6.1.4.1.11129.2.4.2";

    private static readonly FrozenDictionary<string, string> Names = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [SubjectKeyIdentifier] = "subjectKeyIdentifier",
        [KeyUsage] = "keyUsage",
        [SubjectAlternativeName] = "subjectAltName",
        ["2.5.29.18"] = "issuerAltName",
        ["2.5.29.16"] = "privateKeyUsagePeriod",
        ["2.5.29.9"] = "subjectDirectoryAttributes",
        [BasicConstraints] = "basicConstraints",
        [CrlNumber] = "cRLNumber",
        [CrlReason] = "cRLReason",
        [DeltaCrlIndicator] = "deltaCRLIndicator",
        [IssuingDistributionPoint] = "issuingDistributionPoint",
        [NameConstraints] = "nameConstraints",
        [CrlDistributionPoints] = "cRLDistributionPoints",
        [CertificatePolicies] = "certificatePolicies",
        [PolicyMappings] = "policyMappings",
        [AuthorityKeyIdentifier] = "authorityKeyIdentifier",
        [PolicyConstraints] = "policyConstraints",
        [ExtendedKeyUsage] = "extKeyUsage",
        ["2.5.29.46"] = "freshestCRL",
        [InhibitAnyPolicy] = "inhibitAnyPolicy",
        [AuthorityInformationAccess] = "authorityInfoAccess",
        ["1.3.6.1.5.5.7.1.11"] = "subjectInfoAccess",
        ["1.3.6.1.5.5.7.1.3"] = "qcStatements",
        [TlsFeature] = "tlsFeature",
        [OcspNoCheck] = "ocspNoCheck",
        [EmbeddedTimestamps] = "signedCertificateTimestampList",
        ["1.3.6.1.4.1.11129.2.4.3"] = "certificateTransparencyPoison",
        ["2.16.840.1.113730.1.1"] = "nsCertType",
        ["2.16.840.1.113730.1.13"] = "nsComment",
        ["1.2.156.10260.4.1.1"] = "identifyCode",
        ["1.2.156.10260.4.1.2"] = "insuranceNumber",
        ["1.2.156.10260.4.1.3"] = "icRegistrationNumber",
        ["1.2.156.10260.4.1.4"] = "organizationCode",
        ["1.2.156.10260.4.1.5"] = "taxationNumber",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Extensions whose meaning path validation takes into account; another critical one stops it (RFC 5280 §6.1.4 (o)).</summary>
    private static readonly FrozenSet<string> Processed = new[]
    {
        SubjectKeyIdentifier, KeyUsage, SubjectAlternativeName, BasicConstraints, NameConstraints, CrlDistributionPoints, CertificatePolicies,
        PolicyMappings, AuthorityKeyIdentifier, PolicyConstraints, ExtendedKeyUsage, InhibitAnyPolicy, AuthorityInformationAccess, TlsFeature, OcspNoCheck,
    }.ToFrozenSet(StringComparer.Ordinal);

    public static string? NameOf(string oid) => Names.GetValueOrDefault(oid);

    public static bool IsProcessed(string oid) => Processed.Contains(oid);
}
