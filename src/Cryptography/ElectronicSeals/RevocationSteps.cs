namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Whether a certificate, or one it hangs from, was revoked when it signed, from lists and responses somebody gave. Nothing is fetched.</summary>
internal static class RevocationSteps
{
    /// <summary>As long as a path may be.</summary>
    private const int MostCertificates = 12;
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

        var (chain, isWhole) = Chain(leaf, presented, trust, moment);
        var own = One(step, leaf, chain.Count > 1 ? chain[1] : IssuerIn(presented, trust)(leaf), trust, moment, stampedAt);
        SealCheck? open = null;
        for (var i = 1; i < (isWhole ? chain.Count - 1 : chain.Count); i++)
        {
            var (upper, issuer) = (chain[i], i + 1 < chain.Count ? chain[i + 1] : null);
            var above = One(step, upper, issuer, trust, moment, stampedAt);
            if (above.Outcome == SealOutcome.Fails)
            {
                return above with { Note = $"上级证书 {upper.Subject.Text}：{above.Note}" };
            }

            open ??= above.Outcome == SealOutcome.Holds ? null : above with { Note = $"上级证书 {upper.Subject.Text}：{above.Note}" };
        }

        return own.Outcome == SealOutcome.Holds && open is not null ? open : own;
    }

    /// <summary>Whether any source that may be relied on names the certificate itself as revoked, at whatever time.</summary>
    public static bool IsNamed(CertificateDetails leaf, IReadOnlyList<CertificateDetails> presented, SealTrust trust, DateTimeOffset at) =>
        IssuerIn(presented, trust)(leaf) is { } issuer && Findings(leaf, issuer, trust, at).Exists(f => f.Reliable == RevocationState.Revoked);

    /// <summary>
    /// From the certificate to an anchor: the path that is believed, whatever else came along, as who holds a key that was revoked can write another
    /// certificate of its name. Where none is believed, the nearest issuers; without anchors they end where one has written itself.
    /// </summary>
    /// <returns>The certificate first; and whether the last one need not be asked about.</returns>
    private static (IReadOnlyList<CertificateDetails> Certificates, bool IsWhole) Chain(CertificateDetails leaf, IReadOnlyList<CertificateDetails> presented, SealTrust trust, DateTimeOffset at)
    {
        if (trust.Anchors.Count > 0)
        {
            var path = CertificatePath.Find(new PathQuestion { Leaf = leaf, Presented = presented, Supplied = trust.Intermediates, Anchors = trust.Anchors, At = at });
            if (path.ReachesAnchor && !path.Faults.Any(f => f.Kind == PathFaultKind.SignatureInvalid))
            {
                return (path.Certificates, true);
            }
        }

        var issuerOf = IssuerIn(presented, trust);
        List<CertificateDetails> chain = [leaf];
        while (chain.Count < MostCertificates && issuerOf(chain[^1]) is { } issuer && !chain.Contains(issuer))
        {
            chain.Add(issuer);
            if (trust.Anchors.Count == 0 && issuer.IsSelfIssued)
            {
                return (chain, true);
            }
        }

        return (chain, false);
    }

    private static Func<CertificateDetails, CertificateDetails?> IssuerIn(IReadOnlyList<CertificateDetails> presented, SealTrust trust)
    {
        var ledger = new SignatureLedger();
        List<CertificateDetails> known = [.. presented, .. trust.Intermediates, .. trust.Anchors];
        return one => known.Find(c => c.Subject.Matches(one.Issuer) && ledger.Check(one, c) == SignatureCheck.Valid);
    }

    private static SealCheck One(SealStep step, CertificateDetails leaf, CertificateDetails? issuer, SealTrust trust, DateTimeOffset moment, DateTimeOffset? stampedAt)
    {
        SealCheck Open(string note) => new(step, SealOutcome.Undecided, Wanted, "", note);
        if (issuer is null)
        {
            return Open("没有签发者的证书，无法核验撤销列表或 OCSP 应答");
        }

        var findings = Findings(leaf, issuer, trust, moment);
        return Concluded(step, findings, moment, stampedAt) ?? Open(findings.Where(f => f.Reliable is null).Select(f => f.WhyNot).FirstOrDefault() ?? "给出的撤销列表和 OCSP 应答都没有说到这张证书");
    }

    private static List<RevocationFinding> Findings(CertificateDetails leaf, CertificateDetails issuer, SealTrust trust, DateTimeOffset moment)
    {
        DateTimeOffset Asked(DateTimeOffset? made) => made is { } late && late > moment && late <= leaf.NotAfter ? late : moment;
        return
        [
            .. trust.RevocationLists.Where(l => l.Issuer.Matches(leaf.Issuer)).Select(l => l.Judge(leaf, issuer, Asked(l.ThisUpdate))),
            .. trust.StatusResponses.Select(r => r.Judge(leaf, issuer, Asked(r.ThisUpdateOf(leaf, issuer)))),
        ];
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
