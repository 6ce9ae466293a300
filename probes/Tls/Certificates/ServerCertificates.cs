using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// The certificates a port presents, once for TLS and once for TLCP, whose pair of leaves is read apart (GB/T 38636-2020 §6.4.5.3).
/// Null: the port does not offer that protocol, or offers it without certificates. Missing: they could not be seen.
/// </summary>
public sealed record ServerCertificates
{
    /// <summary>The name compared: the endpoint's server name or host, ASCII form.</summary>
    [Description("核对的名称")]
    public required string CheckedName { get; init; }

    /// <summary>Which of the chains of a port that shows several for different suites or signature schemes: there is an observation for each. Null where there are no TLS certificates.</summary>
    [Description("哪一条证书链")]
    public string? Which { get; init; }

    /// <summary>TLS certificates in the order sent.</summary>
    [Description("证书链")]
    public Fact<IReadOnlyList<PresentedCertificate>?> Certificates { get; init; }

    /// <summary>The first of <see cref="Certificates"/>.</summary>
    [Description("服务器证书")]
    public Fact<PresentedCertificate?> Leaf { get; init; }

    /// <summary>A subject alternative name of the leaf matches <see cref="CheckedName"/> (RFC 9525 §6); null without certificates.</summary>
    [Description("名称一致")]
    public Fact<bool?> NameMatches { get; init; }

    /// <summary>Whole days from notBefore to notAfter of the leaf; null without certificates.</summary>
    [Description("有效期天数")]
    public Fact<int?> ValidityDays { get; init; }

    /// <summary>Version of the handshake the TLS certificates were read from; null where there was none.</summary>
    [Description("读自")]
    public string? ReadFrom { get; init; }

    /// <summary>TLCP certificates in the order sent.</summary>
    public Fact<IReadOnlyList<PresentedCertificate>?> TlcpCertificates { get; init; }

    /// <summary>签名证书: position 0 of TLCP.</summary>
    [Description("TLCP 签名证书")]
    public Fact<PresentedCertificate?> Signing { get; init; }

    /// <summary>加密证书: position 1 of TLCP; null where only one certificate was sent, or the second one is an authority's.</summary>
    [Description("TLCP 加密证书")]
    public Fact<PresentedCertificate?> Encryption { get; init; }

    /// <summary>As <see cref="NameMatches"/>, of the signing certificate.</summary>
    [Description("TLCP 名称一致")]
    public Fact<bool?> TlcpNameMatches { get; init; }
}
