namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The bare value of a signature, with certificates beside it, as encapsulated packages have them.</summary>
public static class LooseSignature
{
    /// <summary>Object identifier of SM2 with SM3 (GB/T 33560).</summary>
    public const string Sm2WithSm3 = "1.2.156.10197.1.501";

    /// <summary>Object identifier of a signature algorithm by the names in use; null where it is none of them. Identifiers stand for themselves.</summary>
    public static string? AlgorithmOf(string name) => name.Trim().ToUpperInvariant().Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal) switch
    {
        "SM2WITHSM3" or "SM3WITHSM2" or "SM2SM3" or "SM3SM2" or Sm2WithSm3 => Sm2WithSm3,
        "SHA256WITHRSA" or "RSASHA256" or "RSAWITHSHA256" or "1.2.840.113549.1.1.11" => "1.2.840.113549.1.1.11",
        "SHA384WITHRSA" or "RSASHA384" or "1.2.840.113549.1.1.12" => "1.2.840.113549.1.1.12",
        "SHA512WITHRSA" or "RSASHA512" or "1.2.840.113549.1.1.13" => "1.2.840.113549.1.1.13",
        "SHA1WITHRSA" or "RSASHA1" or "1.2.840.113549.1.1.5" => "1.2.840.113549.1.1.5",
        "SHA256WITHECDSA" or "1.2.840.10045.4.3.2" => "1.2.840.10045.4.3.2",
        _ => null,
    };

    /// <summary>Null where the algorithm is none that is verified. Never throws on content.</summary>
    /// <param name="certificate">Whose key.</param>
    /// <param name="algorithm">Object identifier.</param>
    /// <param name="content">What is said to be signed.</param>
    /// <param name="value">In DER, or of SM2 both numbers in a row.</param>
    public static bool? Verifies(CertificateDetails certificate, string algorithm, ReadOnlySpan<byte> content, ReadOnlySpan<byte> value) =>
        (algorithm == Sm2WithSm3) == (certificate.Key.Algorithm == "SM2") ? SealVerification.Verifies(certificate, algorithm, content, value) : false;

    /// <summary>Whether the certificate was revoked at the moment of signing, which the signer wrote.</summary>
    public static SealCheck Revocation(CertificateDetails certificate, IReadOnlyList<CertificateDetails> presented, SealTrust trust, DateTimeOffset? at) =>
        RevocationSteps.Of(SealStep.SignerRevocation, certificate, presented, trust, at, stampedAt: null);

    /// <summary>MD5 or SHA-1 where the algorithm rests on it; null otherwise.</summary>
    public static string? WeakHashOf(string algorithm) => SealHashes.FirstWeak(SignatureAlgorithm.Of(algorithm).Hash);

    /// <summary>Whether the certificate leads to somebody trusted, at the moment of signing.</summary>
    public static SealCheck Chain(CertificateDetails certificate, IReadOnlyList<CertificateDetails> presented, SealTrust trust, DateTimeOffset? at) =>
        CertificateSteps.Chain(SealStep.SignerChain, certificate, presented, trust, at);
}
