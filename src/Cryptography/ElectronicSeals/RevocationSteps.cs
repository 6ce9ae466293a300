namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Whether a certificate was revoked when it signed, from lists and responses somebody gave. Nothing is fetched; of issuers nothing is asked.</summary>
internal static class RevocationSteps
{
    private const string Wanted = "签名时没有被撤销";

    /// <param name="step">Of the signer or of the seal maker.</param>
    /// <param name="leaf">Null where it cannot be read.</param>
    /// <param name="presented">Certificates that came along; untrusted.</param>
    /// <param name="trust">Where its issuer and the lists are found.</param>
    /// <param name="at">When it signed.</param>
    /// <param name="isStamped">True where somebody else vouches for that time; a signer may write any.</param>
    public static SealCheck Of(SealStep step, CertificateDetails? leaf, IReadOnlyList<CertificateDetails> presented, SealTrust trust, DateTimeOffset? at, bool isStamped)
    {
        SealCheck Open(string note) => new(step, SealOutcome.Undecided, Wanted, "", note);
        if (trust.RevocationLists.Count + trust.StatusResponses.Count == 0)
        {
            return new(step, SealOutcome.NotChecked, Wanted, "", "没有给出撤销列表（CRL）或 OCSP 应答，证书是否已被撤销没有查");
        }

        if (leaf is null || at is not { } moment)
        {
            return Open(leaf is null ? "证书读不出" : "不知道签名时间，不能按当时核对撤销");
        }

        var ledger = new SignatureLedger();
        var issuer = presented.Concat(trust.Intermediates).Concat(trust.Anchors).FirstOrDefault(c => c.Subject.Matches(leaf.Issuer) && ledger.Check(leaf, c) == SignatureCheck.Valid);
        if (issuer is null)
        {
            return Open("没有签发者的证书，无法核验撤销列表或 OCSP 应答");
        }

        List<RevocationFinding> findings =
        [
            .. trust.RevocationLists.Where(l => l.Issuer.Matches(leaf.Issuer)).Select(l => Ask(l.Judge, leaf, issuer, moment)),
            .. trust.StatusResponses.Select(r => Ask(r.Judge, leaf, issuer, moment)),
        ];
        return Concluded(step, findings, moment, isStamped) ?? Open(findings.Select(f => f.WhyNot).FirstOrDefault() ?? "给出的撤销列表和 OCSP 应答都没有说到这张证书");
    }

    /// <summary>A source made after the signature speaks of the time before it too, until the certificate lapses: then it may be dropped from lists.</summary>
    private static RevocationFinding Ask(Func<CertificateDetails, CertificateDetails, DateTimeOffset, RevocationFinding> judge, CertificateDetails leaf, CertificateDetails issuer, DateTimeOffset at)
    {
        var finding = judge(leaf, issuer, at);
        return finding.ThisUpdate is { } made && made > at && made <= leaf.NotAfter ? judge(leaf, issuer, made) : finding;
    }

    /// <summary>Null where no source may be relied on.</summary>
    private static SealCheck? Concluded(SealStep step, List<RevocationFinding> findings, DateTimeOffset at, bool isStamped)
    {
        if (findings.Where(f => f.Reliable == RevocationState.Revoked).MinBy(f => f.RevokedAt ?? DateTimeOffset.MinValue) is { } revoked)
        {
            var found = $"{CertificateSteps.Show(revoked.RevokedAt)} 撤销{(revoked.Reason is { } reason ? $"（{reason}）" : "")}，签名时间 {CertificateSteps.Show(at)}";
            return revoked.RevokedAt is not { } when || when <= at ? new(step, SealOutcome.Fails, Wanted, found, "签名时证书已被撤销")
                : isStamped ? new(step, SealOutcome.Holds, Wanted, found, "时间戳证明签名在撤销之前")
                : new(step, SealOutcome.Undecided, Wanted, found, "证书在所写的签名时间之后被撤销，而签名时间只是签名者自己写的，不能排除倒填");
        }

        return findings.Find(f => f.Reliable == RevocationState.Good) is { } good
            ? new(step, SealOutcome.Holds, Wanted, $"截至 {CertificateSteps.Show(good.ThisUpdate)} 未撤销", "")
            : null;
    }
}
