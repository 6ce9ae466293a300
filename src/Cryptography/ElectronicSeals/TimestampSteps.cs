namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>A timestamp token (RFC 3161 §2.3, GM/T 0033) to its end: what it stamps, its own signature, the certificate it was made with.</summary>
internal static class TimestampSteps
{
    private const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    /// <param name="der">The token.</param>
    /// <param name="stamped">What may have been stamped; the imprint has to be the digest of one of them.</param>
    /// <param name="trust">Whose certificates are believed.</param>
    /// <param name="digest">A digest that some put into the imprint as it is; empty where there is none.</param>
    public static SealCheck Of(ReadOnlyMemory<byte> der, IReadOnlyList<ReadOnlyMemory<byte>> stamped, SealTrust trust, ReadOnlyMemory<byte> digest = default)
    {
        if (TimestampToken.TryRead(der, out var problem) is not { } token)
        {
            return new(SealStep.Timestamp, SealOutcome.Undecided, "时间戳令牌", SealVerification.Hex(der.Span), $"带有时间戳但读不出：{problem}");
        }

        if (SealHashes.NameOf(token.ImprintOid) is null)
        {
            return new(SealStep.Timestamp, SealOutcome.Undecided, token.ImprintOid, CertificateSteps.Show(token.At), "时间戳所用的杂凑不在可验证之列");
        }

        List<byte[]> digests = [.. stamped.Select(s => SealHashes.Of(token.ImprintOid, s.Span)!)];
        var holds = digests.Exists(d => d.AsSpan().SequenceEqual(token.Imprint.Span)) || (digest.Length > 0 && digest.Span.SequenceEqual(token.Imprint.Span));
        var (outcome, note, weak) = holds ? Signature(token, trust) : (SealOutcome.Fails, "时间戳的印记不是这个签名的摘要", null);
        return new(
            SealStep.Timestamp, outcome, $"时间戳 {CertificateSteps.Show(token.At)}，印记 {SealVerification.Hex(token.Imprint.Span)}", $"签名值的摘要 {SealVerification.Hex(digests[0])}", note)
        {
            WeakHash = SealHashes.FirstWeak(SealHashes.NameOf(token.ImprintOid), weak),
        };
    }

    private static (SealOutcome Outcome, string Note, string? WeakHash) Signature(TimestampToken token, SealTrust trust)
    {
        if (token.Message.Signers is not [var signer] || signer.SignedAttributes is null)
        {
            return (SealOutcome.Undecided, "时间戳令牌应有且只有一个带签名属性的签名者", null);
        }

        var seen = MessageVerification.Of(token.Message, signer, token.Message.Content!.Value.Span);
        var (outcome, note) = Signed(token, seen, trust);
        return (outcome, note, seen.WeakHash);
    }

    private static (SealOutcome Outcome, string Note) Signed(TimestampToken token, MessageVerification seen, SealTrust trust)
    {
        if (seen.DigestHolds == false || seen.SignatureHolds == false)
        {
            return (SealOutcome.Fails, seen.DigestHolds == false ? "时间戳令牌的内容与其签名属性里的摘要不一致" : "时间戳令牌自身的签名验证不通过");
        }

        if (seen.TypeHolds == false)
        {
            return (SealOutcome.Fails, "时间戳令牌的签名属性里没有写明内容是时间戳");
        }

        if (seen is not { DigestHolds: true, SignatureHolds: true, Certificate: { } certificate })
        {
            return (SealOutcome.Undecided, seen.Certificate is null ? "印记一致；令牌里没有时间戳服务的证书，没有验证令牌自身的签名" : "印记一致；令牌自身的签名算法不在可验证之列");
        }

        if (certificate.Values.NamesPurpose(TimeStamping) != true)
        {
            return (SealOutcome.Undecided, $"印记与令牌的签名一致，但证书（{certificate.Subject.Text}）没有写明用于时间戳");
        }

        var validity = CertificateSteps.Validity(SealStep.CertificateValidity, "时间戳证书", certificate.NotBefore, certificate.NotAfter, token.At);
        var chain = CertificateSteps.Chain(SealStep.SignerChain, certificate, token.Message.Certificates, trust, token.At);
        return validity.Outcome != SealOutcome.Holds ? (validity.Outcome, $"{validity.Note}（{validity.Stated}）")
            : chain.Outcome == SealOutcome.NoRoots ? (SealOutcome.NoRoots, "印记与令牌的签名一致；未配置信任根，没有核对时间戳服务的证书链")
            : chain.Outcome == SealOutcome.Holds ? Kept(certificate, token, trust)
            : (SealOutcome.Undecided, $"印记与令牌的签名一致，但时间戳服务的证书没有链到所配置的信任根：{chain.Note}");
    }

    /// <summary>
    /// A service whose key was lost can write any time, so that one revoked later proves none either. Whoever made it an anchor vouches for it where
    /// nothing is known, and not against a source that names it.
    /// </summary>
    private static (SealOutcome Outcome, string Note) Kept(CertificateDetails certificate, TimestampToken token, SealTrust trust)
    {
        var revocation = RevocationSteps.Of(SealStep.SignerRevocation, certificate, token.Message.Certificates, trust, token.At, stampedAt: null);
        var isVouched = revocation.Outcome == SealOutcome.Undecided && trust.Anchors.Any(a => a.Sha256 == certificate.Sha256)
            && !(token.At is { } at && RevocationSteps.IsNamed(certificate, token.Message.Certificates, trust, at));
        return isVouched || revocation.Outcome is SealOutcome.Holds or SealOutcome.NotChecked ? (SealOutcome.Holds, "") : (SealOutcome.Undecided, $"印记与令牌的签名一致，但时间戳服务的证书（{certificate.Subject.Text}）是否已被撤销没有查清：{revocation.Note}");
    }
}
