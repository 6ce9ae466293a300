using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// A certificate (RFC 5280 §4.1; SM2: GB/T 20518-2018) read without trusting it. Platform parsers refuse SM2 keys and what authorities
/// really issue; here a part that cannot be read leaves its place empty and is named in <see cref="Problems"/>.
/// </summary>
public sealed class CertificateDetails
{
    internal CertificateDetails(ReadOnlyMemory<byte> der)
    {
        Der = der;
        Sha256 = Convert.ToHexStringLower(SHA256.HashData(der.Span));
    }

    public ReadOnlyMemory<byte> Der { get; }

    /// <summary>64 lower-case hexadecimal digits over the DER.</summary>
    public string Sha256 { get; }

    /// <summary>1, 2 or 3; other numbers as written plus one.</summary>
    public required int Version { get; init; }

    /// <summary>Lower-case hexadecimal digits of the content, without the zero byte that keeps a number positive.</summary>
    public required string SerialNumber { get; init; }

    /// <summary>Content bytes of the INTEGER.</summary>
    public required ReadOnlyMemory<byte> SerialBytes { get; init; }

    public required DistinguishedName Issuer { get; init; }

    public required DistinguishedName Subject { get; init; }

    /// <summary>Null where it is no time.</summary>
    public required DateTimeOffset? NotBefore { get; init; }

    /// <summary>Null where it is no time.</summary>
    public required DateTimeOffset? NotAfter { get; init; }

    public required SubjectKey Key { get; init; }

    /// <summary>How <see cref="Signature"/> was made.</summary>
    public required SignatureAlgorithm SignatureAlgorithm { get; init; }

    /// <summary>The algorithm inside the signed part is the one beside the signature (RFC 5280 §4.1.1.2).</summary>
    public required bool AlgorithmsAgree { get; init; }

    /// <summary>The bytes signed: TBSCertificate with tag and length.</summary>
    public required ReadOnlyMemory<byte> Signed { get; init; }

    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>In the order of the certificate.</summary>
    public required IReadOnlyList<CertificateExtension> Extensions { get; init; }

    public required ExtensionValues Values { get; init; }

    /// <summary>What could not be read, or is not as RFC 5280 asks; for people.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>Subject and issuer are the same name.</summary>
    public bool IsSelfIssued => Subject.Matches(Issuer);

    /// <summary>Never throws on content.</summary>
    /// <param name="der">One certificate, as received.</param>
    /// <param name="problem">Why there is none, for people; null where there is.</param>
    /// <returns>Null where the bytes are no certificate.</returns>
    public static CertificateDetails? TryRead(ReadOnlyMemory<byte> der, out string? problem) => CertificateDecoder.TryRead(der, out problem);

    /// <summary>Whether the key of <paramref name="issuer"/> made the signature.</summary>
    public SignatureCheck IsSignedBy(CertificateDetails issuer) => SignatureAlgorithm.Verify(issuer.Key, Signed.Span, Signature.Span);

    /// <summary>Self-issued, and the signature verifies under its own key.</summary>
    /// <returns>Null where the algorithm is not one this tool verifies.</returns>
    public bool? IsSelfSigned() => (IsSelfIssued ? IsSignedBy(this) : SignatureCheck.Invalid) switch
    {
        SignatureCheck.Valid => true,
        SignatureCheck.Invalid => false,
        _ => null,
    };

    public override string ToString() => Subject.Text;
}
