using System.Text;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The steps of a GB/T 35275 SignedData over a Signature.xml: signed attributes over its digest, or the digest as the content.</summary>
internal sealed class MessageSteps(SealQuestion question, SignedMessage message)
{
    public SealReport Run()
    {
        if (message.Signers is not [var signer])
        {
            return new SealReport
            {
                Shape = SealShape.SignedData,
                Checks = [new(SealStep.SignerSignature, SealOutcome.Undecided, "一个签名者", $"{message.Signers.Count} 个", "签名消息应有且只有一个签名者")],
            };
        }

        var certificate = message.Certificates.FirstOrDefault(signer.IsNamed) ?? (message.Certificates is [var only] ? only : null);
        var at = signer.SigningTime ?? question.WrittenAt;
        return new SealReport
        {
            Shape = SealShape.SignedData,
            Signer = certificate,
            SignedAt = at,
            Checks =
            [
                new(SealStep.Shape, SealOutcome.Holds, "SignedData", "SignedData", message.UsesSmIdentifiers ? "GB/T 35275 标识" : "RFC 5652 标识"),
                DataHash(signer),
                Signature(signer, certificate),
                CertificateSteps.Validity(SealStep.CertificateValidity, "证书", certificate?.NotBefore, certificate?.NotAfter, at),
                CertificateSteps.Chain(SealStep.SignerChain, certificate, message.Certificates, question.Trust, at),
                RevocationSteps.Of(SealStep.SignerRevocation, certificate, message.Certificates, question.Trust, at, stampedAt: null),
            ],
        };
    }

    private SealCheck DataHash(MessageSigner signer)
    {
        var found = SealHashes.Of(signer.DigestOid, question.SignedFile.Span);
        if (found is null)
        {
            return new(SealStep.DataHash, SealOutcome.Undecided, signer.DigestOid, "", "杂凑算法不在可验证之列");
        }

        var stated = signer.SignedAttributes is null ? message.Content : signer.MessageDigest;
        if (stated is not { } known)
        {
            return signer.SignedAttributes is null
                ? new(SealStep.DataHash, SealOutcome.Absent, "内容另存", SealVerification.Hex(found), "签名直接作用于签名描述文件")
                : new(SealStep.DataHash, SealOutcome.Fails, "没有 messageDigest", SealVerification.Hex(found), "签名属性里没有原文摘要");
        }

        var holds = IsOf(known.Span, found);
        return new(SealStep.DataHash, holds ? SealOutcome.Holds : SealOutcome.Fails, SealVerification.Hex(known.Span), SealVerification.Hex(found), holds ? "" : "签名描述文件与签名消息里的摘要不一致")
        {
            WeakHash = SealHashes.FirstWeak(SealHashes.NameOf(signer.DigestOid)),
        };
    }

    /// <summary>The digest, its Base64 text, or the file itself.</summary>
    private bool IsOf(ReadOnlySpan<byte> stated, byte[] digest) =>
        stated.SequenceEqual(digest) || stated.SequenceEqual(Encoding.ASCII.GetBytes(Convert.ToBase64String(digest))) || stated.SequenceEqual(question.SignedFile.Span);

    private SealCheck Signature(MessageSigner signer, CertificateDetails? certificate)
    {
        if (certificate is null)
        {
            return new(SealStep.SignerSignature, SealOutcome.Undecided, "签名者的证书", "签名消息里没有", "需要另行提供签名证书才能验证");
        }

        List<ReadOnlyMemory<byte>> forms = signer.SignedAttributes is { } attributes ? [attributes]
            : message.Content is { } content ? [content]
            : [question.SignedFile, Sm3.HashData(question.SignedFile.Span)];
        var algorithm = MessageVerification.AlgorithmOf(signer);
        var results = forms.Select(f => SealVerification.Verifies(certificate, algorithm, f.Span, signer.Signature.Span)).ToList();
        return results.Contains(true) ? new(SealStep.SignerSignature, SealOutcome.Holds, SealVerification.Hex(signer.Signature.Span), certificate.Subject.Text, "") { WeakHash = SealHashes.FirstWeak(algorithm.Hash) }
            : results.Contains(null) ? new(SealStep.SignerSignature, SealOutcome.Undecided, algorithm.Name, certificate.Key.Algorithm, "签名算法不在可验证之列")
            : new(SealStep.SignerSignature, SealOutcome.Fails, SealVerification.Hex(signer.Signature.Span), certificate.Subject.Text, "用所附证书的公钥验证签名不通过");
    }
}
