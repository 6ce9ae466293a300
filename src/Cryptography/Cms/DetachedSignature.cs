namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>A SignedData whose content is kept apart, as PDF files have them (RFC 5652, GM/T 0010, GB/T 35275): every step to the end.</summary>
public static class DetachedSignature
{
    /// <summary>Never throws on content.</summary>
    /// <param name="der">One ContentInfo in DER.</param>
    /// <param name="content">What is said to be signed.</param>
    /// <param name="writtenAt">Time that stands outside of the message; used where the message states none.</param>
    /// <param name="trust">Whose certificates are believed.</param>
    public static SealReport Check(ReadOnlyMemory<byte> der, ReadOnlyMemory<byte> content, DateTimeOffset? writtenAt, SealTrust trust)
    {
        return SignedMessage.TryRead(der, out var problem) is { } message
            ? Check(message, content, writtenAt, trust)
            : Only(new(SealStep.Shape, SealOutcome.Undecided, "签名消息（SignedData）", $"{der.Length} 字节", problem ?? ""));
    }

    /// <summary>The same of a message that was read already, where several contents are tried.</summary>
    /// <inheritdoc cref="Check(ReadOnlyMemory{byte}, ReadOnlyMemory{byte}, DateTimeOffset?, SealTrust)"/>
    public static SealReport Check(SignedMessage message, ReadOnlyMemory<byte> content, DateTimeOffset? writtenAt, SealTrust trust) =>
        message.Signers is not [var signer] ? Only(new(SealStep.SignerSignature, SealOutcome.Undecided, "一个签名者", $"{message.Signers.Count} 个", "签名消息应有且只有一个签名者"))
            : message.Content is not null ? Only(new(SealStep.DataHash, SealOutcome.Undecided, "内容另存的签名", "签名消息自带内容", "签名没有直接作用于文件"))
            : Run(message, signer, content, writtenAt, trust);

    /// <summary>A message whose content is the SHA-1 digest of what is said to be signed (ISO 32000-1 table 252, adbe.pkcs7.sha1).</summary>
    /// <inheritdoc cref="Check(ReadOnlyMemory{byte}, ReadOnlyMemory{byte}, DateTimeOffset?, SealTrust)"/>
    public static SealReport CheckOfDigest(ReadOnlyMemory<byte> der, ReadOnlyMemory<byte> content, DateTimeOffset? writtenAt, SealTrust trust)
    {
        if (SignedMessage.TryRead(der, out var problem) is not { } message || message.Signers is not [var signer] || message.Content is not { } stated)
        {
            return Only(new(SealStep.Shape, SealOutcome.Undecided, "自带 SHA-1 摘要、一个签名者的签名消息", $"{der.Length} 字节", problem ?? "签名消息不自带内容，或签名者不止一个"));
        }

        var digest = SealHashes.Of("SHA1", content.Span)!;
        var holds = stated.Span.SequenceEqual(digest);
        var report = Run(message, signer, stated, writtenAt, trust);
        return report with
        {
            Checks =
            [
                new(SealStep.DataHash, Outcome(holds), SealVerification.Hex(stated.Span), SealVerification.Hex(digest), holds ? "" : "被签名的内容与签名里的摘要不一致") { WeakHash = "SHA-1" },
                .. report.Checks,
            ],
        };
    }

    /// <summary>A timestamp token that stamps the content itself.</summary>
    public static SealReport CheckTimestamp(ReadOnlyMemory<byte> der, ReadOnlyMemory<byte> content, SealTrust trust) => Only(TimestampSteps.Of(der, [content], trust));

    private static SealReport Run(SignedMessage message, MessageSigner signer, ReadOnlyMemory<byte> content, DateTimeOffset? writtenAt, SealTrust trust)
    {
        var seen = MessageVerification.Of(message, signer, content.Span);
        var certificate = seen.Certificate;
        var stamp = signer.Timestamp is { } token
            ? TimestampSteps.Of(token, [signer.Signature], trust)
            : new SealCheck(SealStep.Timestamp, SealOutcome.Absent, "时间戳", "没有", "签名时间只是签名者自己写的");
        var stamped = stamp.Outcome is SealOutcome.Holds or SealOutcome.NoRoots && signer.Timestamp is { } held ? TimestampToken.TryRead(held, out _)?.At : null;
        var at = stamped ?? signer.SigningTime ?? writtenAt;
        var name = certificate?.Subject.Text ?? "签名消息里没有签名者的证书";
        return new SealReport
        {
            Shape = SealShape.SignedData,
            Signer = certificate,
            SignedAt = at,
            Checks =
            [
                new(SealStep.DataHash, Outcome(seen.DigestHolds), seen.Stated, seen.Found, seen.DigestHolds switch { true => "", false => "被签名的内容与签名里的摘要不一致", null => "杂凑算法不在可验证之列" }) { WeakHash = seen.WeakHash },
                .. ContentType(seen, message, signer),
                new(SealStep.SignerSignature, Outcome(seen.SignatureHolds), SealVerification.Hex(signer.Signature.Span), name, seen.SignatureHolds switch
                {
                    true => "",
                    false => "用所附证书的公钥验证签名不通过",
                    null => certificate is null ? "需要另行提供签名证书才能验证" : $"签名算法 {signer.Algorithm.Name} 不在可验证之列",
                }),
                CertificateSteps.Validity(SealStep.CertificateValidity, "证书", certificate?.NotBefore, certificate?.NotAfter, at),
                stamp,
                CertificateSteps.Chain(SealStep.SignerChain, certificate, message.Certificates, trust, at),
                RevocationSteps.Of(SealStep.SignerRevocation, certificate, message.Certificates, trust, at, stampedAt: stamp.Outcome == SealOutcome.Holds ? stamped : null),
            ],
        };
    }

    /// <summary>None where there are no attributes to name it.</summary>
    private static IEnumerable<SealCheck> ContentType(MessageVerification seen, SignedMessage message, MessageSigner signer) => seen.TypeHolds is not { } holds ? [] :
    [
        new(SealStep.ContentType, Outcome(holds), signer.SignedContentType ?? "没有", message.ContentType, holds ? "" : signer.SignedContentType is null ? "签名属性里没有内容类型" : "签名属性里的内容类型不是签名消息的内容类型"),
    ];

    private static SealReport Only(SealCheck check) => new() { Shape = SealShape.SignedData, Checks = [check] };

    private static SealOutcome Outcome(bool? holds) => holds switch { true => SealOutcome.Holds, false => SealOutcome.Fails, null => SealOutcome.Undecided };
}
