using System.ComponentModel;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What a source says of a certificate (RFC 6960 §2.2).</summary>
public enum RevocationState
{
    [Description("未撤销")]
    Good,
    [Description("已撤销")]
    Revoked,

    /// <summary>The source was asked and does not know the certificate.</summary>
    [Description("签发方不知道这张证书")]
    Unknown,
}

/// <summary>CRLReason (RFC 5280 §5.3.1).</summary>
internal static class RevocationReason
{
    private static readonly string?[] Names =
    [
        "unspecified", "keyCompromise", "cACompromise", "affiliationChanged", "superseded", "cessationOfOperation", "certificateHold", null,
        "removeFromCRL", "privilegeWithdrawn", "aACompromise",
    ];

    public static string NameOf(int reason) => reason >= 0 && reason < Names.Length && Names[reason] is { } name ? name : $"{reason}";
}

/// <summary>One source's answer about one certificate, with everything that decides whether it counts.</summary>
public sealed record RevocationFinding
{
    /// <summary>Null where the source says nothing of this certificate.</summary>
    public RevocationState? State { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Such as keyCompromise; null where not given.</summary>
    public string? Reason { get; init; }

    public DateTimeOffset? ThisUpdate { get; init; }

    /// <summary>Null where the source promises none.</summary>
    public DateTimeOffset? NextUpdate { get; init; }

    /// <summary>Between the two, at the moment asked; null where one of them is not given.</summary>
    public bool? IsCurrent { get; init; }

    /// <summary>Null where the algorithm is not one this tool verifies, or no signer was found.</summary>
    public bool? SignatureVerified { get; init; }

    /// <summary>The signer is the issuer or was given leave by it (RFC 6960 §4.2.2.2, cRLSign).</summary>
    public bool SignerAuthorised { get; init; }

    /// <summary>MD2, MD5 or SHA-1 where the source, or the certificate that gives its signer leave, is signed under it; null otherwise.</summary>
    public string? WeakHash { get; init; }

    /// <summary>Why it says nothing, for people; null where it does.</summary>
    public string? Note { get; init; }

    /// <summary>
    /// The state that may be relied on: signed by somebody entitled, current, and not under a hash for which another text with the same
    /// signature can be made. A revocation stands even where the source has aged or its hash has: it is nothing anybody would forge to pass.
    /// </summary>
    public RevocationState? Reliable =>
        SignatureVerified == true && SignerAuthorised && ((IsCurrent == true && WeakHash is null) || State == RevocationState.Revoked) ? State : null;

    /// <summary>Why <see cref="Reliable"/> is null, for people; means nothing where it is not.</summary>
    public string WhyNot =>
        Note is { } note ? note
        : SignatureVerified == false ? "应答的签名无效"
        : !SignerAuthorised ? "应答的签名者不是签发者，也没有得到其授权"
        : SignatureVerified is null ? "应答的签名算法不在可验证之列"
        : WeakHash is { } weak ? $"应答或其签名者的证书用 {weak} 签名，这样的签名可以伪造，不能作为未撤销的依据；请签发机构改用 SHA-256 或 SM3 签名"
        : IsCurrent is null ? "应答没有写明下次更新时间"
        : "应答不在其有效期内";

    /// <summary>The first hash of these signatures that is broken.</summary>
    internal static string? WeakOf(params IEnumerable<SignatureAlgorithm?> signatures) => SealHashes.FirstWeak(signatures.Select(s => s?.Hash));

    internal static bool? CurrentAt(DateTimeOffset at, DateTimeOffset? thisUpdate, DateTimeOffset? nextUpdate) =>
        (thisUpdate, nextUpdate) switch
        {
            ({ } from, { } to) => at >= from && at <= to,
            ({ } from, null) when at < from => false,
            _ => null,
        };
}
