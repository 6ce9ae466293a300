namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Whether a certificate, or one it hangs from, was revoked when it signed, from lists and responses somebody gave. Nothing is fetched.</summary>
internal static class RevocationSteps
{
    private const int MostIssuers = 8;
    private const string Wanted = "签名时没有被撤销";
    private const string SelfWritten = "签名时间只是签名者自己写的，没有可信的时间戳，不能排除撤销之后倒填";

    /// <param name="step">Of the signer or of the seal maker.</param>
    /// <param name="leaf">Null where it cannot be read.</param>
    /// <param name="presented">Certificates that came along; untrusted.</param>
    /// <param name="trust">Where its issuer and the lists are found; its anchors are not asked about, whoever vouches for them does that.</param>
    /// <param name="at">When it signed, as it is said: a signer may write any time.</param>
    /// <param name="stampedAt">When somebody trusted saw the signature itself; null where nobody did.</param>
    public static SealCheck Of(SealStep step, CertificateDetails? leaf, IReadOnlyList<CertificateDetails> presented, SealTrust trust, DateTimeOffset? at, DateTimeOffset? stampedAt)
    {
        if (trust.RevocationLists.Count + trust.StatusResponses.Count == 0)
        {
            return new(step, SealOutcome.NotChecked, Wanted, "", "没有给出撤销列表（CRL）或 OCSP 应答，证书是否已被撤销没有查");
        }

        if (leaf is null || at is not { } moment)
        {
            return new(step, SealOutcome.Undecided, Wanted, "", leaf is null ? "证书读不出" : "不知道签名时间，不能按当时核对撤销");
        }

        var ledger = new SignatureLedger();
        List<CertificateDetails> known = [.. presented, .. trust.Intermediates, .. trust.Anchors];
        CertificateDetails? IssuerOf(CertificateDetails one) => known.Find(c => c.Subject.Matches(one.Issuer) && ledger.Check(one, c) == SignatureCheck.Valid);
        var issuer = IssuerOf(leaf);
        var own = One(step, leaf, issuer, trust, moment, stampedAt);
        SealCheck? open = null;
        for (var depth = 0; depth < MostIssuers && issuer is { } upper && !IsEnd(upper, trust); depth++)
        {
            issuer = IssuerOf(upper);
            var above = One(step, upper, issuer, trust, moment, stampedAt);
            if (above.Outcome == SealOutcome.Fails)
            {
                return above with { Note = $"上级证书 {upper.Subject.Text}：{above.Note}" };
            }

            open ??= above.Outcome == SealOutcome.Holds ? null : above with { Note = $"上级证书 {upper.Subject.Text}：{above.Note}" };
        }

        return own.Outcome == SealOutcome.Holds && open is not null ? open : own;
    }

    private static bool IsEnd(CertificateDetails issuer, SealTrust trust) => issuer.IsSelfIssued || trust.Anchors.Any(a => a.Sha256 == issuer.Sha256);

    private static SealCheck One(SealStep step, CertificateDetails leaf, CertificateDetails? issuer, SealTrust trust, DateTimeOffset moment, DateTimeOffset? stampedAt)
    {
        SealCheck Open(string note) => new(step, SealOutcome.Undecided, Wanted, "", note);
        if (issuer is null)
        {
            return Open("没有签发者的证书，无法核验撤销列表或 OCSP 应答");
        }

        DateTimeOffset Asked(DateTimeOffset? made) => made is { } late && late > moment && late <= leaf.NotAfter ? late : moment;
        List<RevocationFinding> findings =
        [
            .. trust.RevocationLists.Where(l => l.Issuer.Matches(leaf.Issuer)).Select(l => l.Judge(leaf, issuer, Asked(l.ThisUpdate))),
            .. trust.StatusResponses.Select(r => r.Judge(leaf, issuer, Asked(r.ThisUpdateOf(leaf, issuer)))),
        ];
        return Concluded(step, findings, moment, stampedAt) ?? Open(findings.Where(f => f.Reliable is null).Select(f => f.WhyNot).FirstOrDefault() ?? "给出的撤销列表和 OCSP 应答都没有说到这张证书");
    }

    /// <summary>
    /// A source made after the signature speaks of the time before it too, until the certificate lapses: then it may be dropped from lists. One made
    /// before it knows nothing of what came between. Null where no source may be relied on.
    /// </summary>
    private static SealCheck? Concluded(SealStep step, List<RevocationFinding> findings, DateTimeOffset at, DateTimeOffset? stampedAt)
    {
        if (findings.Where(f => f.Reliable == RevocationState.Revoked).MinBy(f => f.RevokedAt ?? DateTimeOffset.MinValue) is { } revoked)
        {
            var found = $"{CertificateSteps.Show(revoked.RevokedAt)} 撤销{(revoked.Reason is { } reason ? $"（{reason}）" : "")}，签名时间 {CertificateSteps.Show(at)}";
            return revoked.RevokedAt is not { } when || when <= at ? new(step, SealOutcome.Fails, Wanted, found, "签名时证书已被撤销")
                : stampedAt is { } seen && when > seen ? new(step, SealOutcome.Holds, Wanted, $"{found}，时间戳 {CertificateSteps.Show(seen)}", "时间戳证明签名在撤销之前")
                : new(step, SealOutcome.Undecided, Wanted, found, stampedAt is null
                    ? "证书在所写的签名时间之后被撤销，而签名时间只是签名者自己写的，不能排除倒填"
                    : "证书在所写的签名时间之后、时间戳之前被撤销，不能断定签名在撤销之前");
        }

        if (findings.Exists(f => f.Reliable == RevocationState.Unknown))
        {
            return new(step, SealOutcome.Undecided, Wanted, "", "OCSP 应答说签发机构不认识这张证书（unknown）");
        }

        if (findings.Where(f => f.Reliable == RevocationState.Good).MaxBy(f => f.ThisUpdate) is not { ThisUpdate: { } made })
        {
            return null;
        }

        var until = $"截至 {CertificateSteps.Show(made)} 未撤销";
        return stampedAt is { } stamped && made >= stamped ? new(step, SealOutcome.Holds, Wanted, until, "")
            : made >= at ? new(step, SealOutcome.Holds, Wanted, until, SelfWritten)
            : new(step, SealOutcome.Undecided, Wanted, $"{until}，签名时间 {CertificateSteps.Show(at)}", "给出的撤销列表或 OCSP 应答在签名之前就签发了，其后到签名时是否撤销没有说到；请给出签名之后签发的");
    }
}
