using System.ComponentModel;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>
/// Whether the certificates of a port are revoked, by sources that may be relied on: signed by the issuer or on its behalf, and current.
/// Null: no such certificate. Missing: no source of that kind was there, or it did not count.
/// </summary>
public sealed record CertificateStatuses
{
    /// <summary>Which of the chains of a port that shows several for different suites or signature schemes: there is an observation for each. Null where there are no TLS certificates.</summary>
    [Description("哪一条证书链")]
    public string? Which { get; init; }

    /// <summary>Of the TLS server certificate.</summary>
    [Description("服务器证书状态")]
    public Fact<RevocationState?> Leaf { get; init; }

    /// <summary>Of the TLCP signing certificate.</summary>
    [Description("TLCP 签名证书状态")]
    public Fact<RevocationState?> Signing { get; init; }

    /// <summary>Of the TLCP encryption certificate.</summary>
    [Description("TLCP 加密证书状态")]
    public Fact<RevocationState?> Encryption { get; init; }

    /// <summary>An issuer on one of the paths is revoked; false where every issuer below the anchors is good.</summary>
    [Description("上级证书已撤销")]
    public Fact<bool?> IssuerRevoked { get; init; }

    /// <summary>The TLS certificate demands a stapled answer (RFC 7633).</summary>
    [Description("证书要求装订 OCSP")]
    public Fact<bool?> MustStaple { get; init; }

    /// <summary>A CertificateStatus came with the handshake that asked for one (RFC 6066 §8).</summary>
    [Description("装订了 OCSP 应答")]
    public Fact<bool?> Stapled { get; init; }

    /// <summary>The stapled answer; null where none was stapled.</summary>
    [Description("装订的应答")]
    public Fact<StatusAnswer?> Staple { get; init; }

    /// <summary>The TLS certificate names a responder or a revocation list.</summary>
    [Description("证书写明了撤销查询地址")]
    public Fact<bool?> NamesSource { get; init; }

    /// <summary>Every source asked, in order.</summary>
    [Description("查询记录")]
    public required IReadOnlyList<StatusCheck> Checks { get; init; }
}

/// <summary>What one source answered about one certificate.</summary>
public sealed record StatusCheck
{
    /// <summary>RFC 4514 string of the certificate asked about.</summary>
    [Description("")]
    public required string Subject { get; init; }

    /// <summary>64 lower-case hexadecimal digits over its DER.</summary>
    public required string Sha256 { get; init; }

    [Description("来源")]
    public required StatusSource Source { get; init; }

    /// <summary>Where it was asked; null for what came with the handshake.</summary>
    [Description("地址")]
    public string? Place { get; init; }

    public StatusAnswer? Answer { get; init; }

    /// <summary>Why it does not count, or was not asked, for people; null where it counts.</summary>
    [Description("")]
    public string? Note { get; init; }
}

/// <summary>The answer itself.</summary>
public sealed record StatusAnswer
{
    /// <summary>good, revoked, unknown; null where nothing is said of the certificate.</summary>
    [Description("状态")]
    public RevocationState? State { get; init; }

    /// <summary>Signed by the issuer or on its behalf, current, and under a hash that still holds: it may be relied on.</summary>
    [Description("可采信")]
    public required bool Counts { get; init; }

    /// <summary>The certificate is the one spoken of (CertID).</summary>
    [Description("对应本证书")]
    public required bool MatchesCertificate { get; init; }

    /// <summary>Missing where the signer or its algorithm is unknown to this tool.</summary>
    [Description("签名有效")]
    public Fact<bool> SignatureVerified { get; init; }

    [Description("签名者有权")]
    public required bool SignerAuthorised { get; init; }

    /// <summary>Between thisUpdate and nextUpdate; missing where one is not given.</summary>
    [Description("在有效期内")]
    public Fact<bool> IsCurrent { get; init; }

    [Description("本次更新")]
    public DateTimeOffset? ThisUpdate { get; init; }

    [Description("下次更新")]
    public DateTimeOffset? NextUpdate { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Such as keyCompromise; null where not given.</summary>
    [Description("撤销原因")]
    public string? Reason { get; init; }

    internal static StatusAnswer Of(RevocationFinding finding) => new()
    {
        State = finding.State,
        Counts = finding.Reliable is not null,
        MatchesCertificate = finding.State is not null,
        SignatureVerified = finding.SignatureVerified is { } verified ? verified : default(Fact<bool>),
        SignerAuthorised = finding.SignerAuthorised,
        IsCurrent = finding.IsCurrent is { } current ? current : default(Fact<bool>),
        ThisUpdate = finding.ThisUpdate,
        NextUpdate = finding.NextUpdate,
        RevokedAt = finding.RevokedAt,
        Reason = finding.Reason,
    };
}

public enum StatusSource
{
    [Description("握手中装订")]
    Staple,
    [Description("给出的撤销列表")]
    SuppliedList,
    [Description("下载的撤销列表")]
    FetchedList,
    [Description("OCSP 服务")]
    Responder,
}
