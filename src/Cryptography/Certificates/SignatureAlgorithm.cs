using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What checking a signature came to.</summary>
public enum SignatureCheck
{
    Valid,
    Invalid,

    /// <summary>This tool does not know the algorithm, its parameters or the curve: nothing is said of the signature.</summary>
    Unsupported,
}

/// <summary>AlgorithmIdentifier of a signature (RFC 5280 §4.1.1.2).</summary>
public sealed class SignatureAlgorithm
{
    private const string Sm2WithSm3 = "1.2.156.10197.1.501";
    private const string RsaPss = "1.2.840.113549.1.1.10";
    private readonly ReadOnlyMemory<byte> _parameters;
    private readonly ReadOnlyMemory<byte> _encoded;

    private SignatureAlgorithm(string oid, ReadOnlyMemory<byte> encoded, ReadOnlyMemory<byte> parameters)
    {
        Oid = oid;
        _encoded = encoded;
        _parameters = parameters;
        Pss = oid == RsaPss ? PssParameters.TryRead(parameters) : null;
    }

    public string Oid { get; }

    /// <summary>Such as sha256WithRSAEncryption, ecdsa-with-SHA256, SM2-with-SM3; the object identifier where no name is known.</summary>
    public string Name => CertificateAlgorithms.SignatureName(Oid);

    /// <summary>Hash the data is signed under: MD5, SHA-1, SHA-256, SM3 …; null where the algorithm chooses none (EdDSA, ML-DSA) or <see cref="HashIsKnown"/> is false.</summary>
    public string? Hash => Oid == RsaPss ? Pss?.Hash.Name : CertificateAlgorithms.HashOf(Oid);

    /// <summary>Hash of the mask MGF1 of RSASSA-PSS (RFC 4055 §3.1); null of every other algorithm.</summary>
    public string? MaskHash => Pss?.MaskHash.Name;

    /// <summary>False where the algorithm, or what its parameters say, is unknown to this tool: then nothing may be concluded from the absence of a weak hash.</summary>
    public bool HashIsKnown => Hash is not null || CertificateAlgorithms.ChoosesNoHash(Oid);

    internal PssParameters? Pss { get; }

    /// <exception cref="AsnContentException">Not an AlgorithmIdentifier.</exception>
    internal static SignatureAlgorithm Read(AsnReader reader)
    {
        var encoded = reader.PeekEncodedValue();
        var sequence = reader.ReadSequence();
        var oid = sequence.ReadObjectIdentifier();
        return new SignatureAlgorithm(oid, encoded, sequence.HasData ? sequence.ReadEncodedValue() : default);
    }

    /// <summary>The algorithm of the identifier, without parameters.</summary>
    internal static SignatureAlgorithm Of(string oid) => new(oid, default, default);

    /// <summary>The same algorithm and parameters.</summary>
    public bool Matches(SignatureAlgorithm other) => _encoded.Span.SequenceEqual(other._encoded.Span);

    /// <param name="key">Of the signer.</param>
    /// <param name="signed">The bytes signed.</param>
    /// <param name="signature">As it stands in the BIT STRING.</param>
    /// <returns>A key that does not belong to the algorithm makes the signature invalid.</returns>
    public SignatureCheck Verify(SubjectKey key, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        if (key.Problem is not null)
        {
            return SignatureCheck.Invalid;
        }

        switch (Oid)
        {
            case Sm2WithSm3:
                return key.Algorithm == "SM2" ? Of(VerifySm2(key, signed, signature)) : SignatureCheck.Invalid;
            case "1.3.101.112" or "1.3.101.113":
                return key.AlgorithmOid == Oid ? Of(EdwardsSignature.Verify(key, signed, signature)) : SignatureCheck.Invalid;
            case RsaPss:
                return Pss is null ? SignatureCheck.Unsupported : RsaSignature.VerifyPss(key, Pss, signed, signature);
        }

        if (SignedHash.OfSignature(Oid) is not { } hash)
        {
            return SignatureCheck.Unsupported;
        }

        return CertificateAlgorithms.IsEcdsa(Oid)
            ? EcdsaSignature.Verify(key, hash, signed, signature)
            : RsaSignature.VerifyPkcs1(key, hash, signed, signature);
    }

    private static bool VerifySm2(SubjectKey key, ReadOnlySpan<byte> signed, ReadOnlySpan<byte> signature)
    {
        try
        {
            return Sm2PublicKey.FromPoint(key.Value.Span).Verify(signed, signature);
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return false;
        }
    }

    private static SignatureCheck Of(bool verified) => verified ? SignatureCheck.Valid : SignatureCheck.Invalid;
}
