namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>One signer of a SignedData (RFC 5652 §5.4–5.6) held against the content it is said to sign.</summary>
/// <param name="DigestHolds">Whether messageDigest is the digest of the content; null where the hash is unknown; true where nothing but the content itself is signed.</param>
/// <param name="SignatureHolds">Whether the signature is of the certificate's key; null where there is no certificate or the algorithm is unknown.</param>
/// <param name="Certificate">The signer's; null where the message does not enclose it.</param>
/// <param name="Stated">messageDigest in hexadecimal; empty where there is none.</param>
/// <param name="Found">Digest of the content in hexadecimal; empty where the hash is unknown.</param>
internal sealed record MessageVerification(bool? DigestHolds, bool? SignatureHolds, CertificateDetails? Certificate, string Stated, string Found)
{
    /// <summary>Whether the signed attributes name the type of the content (RFC 5652 §11.1); null where nothing but the content itself is signed.</summary>
    public bool? TypeHolds { get; private init; }

    /// <summary>MD2, MD5 or SHA-1 where the content is digested or the signature made under it; null otherwise.</summary>
    public string? WeakHash { get; private init; }

    private const string RsaEncryption = "1.2.840.113549.1.1.1";

    /// <summary>Never throws on content.</summary>
    public static MessageVerification Of(SignedMessage message, MessageSigner signer, ReadOnlySpan<byte> content)
    {
        var certificate = message.Certificates.FirstOrDefault(signer.IsNamed);
        var found = SealHashes.NameOf(signer.DigestOid) is null ? null : SealHashes.Of(signer.DigestOid, content);
        var hex = found is null ? "" : Convert.ToHexStringLower(found);
        var signature = certificate is null ? null
            : SealVerification.Verifies(certificate, AlgorithmOf(signer), signer.SignedAttributes is { } attributes ? attributes.Span : content, signer.Signature.Span);
        var weak = SealHashes.FirstWeak(SealHashes.NameOf(signer.DigestOid), AlgorithmOf(signer).Hash);
        if (signer.SignedAttributes is null)
        {
            return new(true, signature, certificate, "", hex) { WeakHash = weak };
        }

        bool? holds = found is null ? null : signer.MessageDigest is { } stated && stated.Span.SequenceEqual(found);
        return new(holds, signature, certificate, signer.MessageDigest is { } said ? SealVerification.Hex(said.Span) : "", hex) { TypeHolds = signer.SignedContentType == message.ContentType, WeakHash = weak };
    }

    /// <summary>Of RSA most signers name the key's algorithm alone, and the hash beside it.</summary>
    internal static SignatureAlgorithm AlgorithmOf(MessageSigner signer) => signer.Algorithm.Oid != RsaEncryption ? signer.Algorithm : SealHashes.NameOf(signer.DigestOid) switch
    {
        "SHA-256" => SignatureAlgorithm.Of("1.2.840.113549.1.1.11"),
        "SHA-384" => SignatureAlgorithm.Of("1.2.840.113549.1.1.12"),
        "SHA-512" => SignatureAlgorithm.Of("1.2.840.113549.1.1.13"),
        "SHA-1" => SignatureAlgorithm.Of("1.2.840.113549.1.1.5"),
        _ => signer.Algorithm,
    };
}
