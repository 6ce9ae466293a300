using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>A CertificationRequest (RFC 2986 §4; SM2: GM/T 0092-2020), read without trusting it.</summary>
public sealed class CertificationRequest
{
    private const string ExtensionRequest = "1.2.840.113549.1.9.14";
    private const string ChallengePassword = "1.2.840.113549.1.9.7";
    private static readonly Asn1Tag AttributesTag = new(TagClass.ContextSpecific, 0, isConstructed: true);

    private readonly ReadOnlyMemory<byte> _signed;
    private readonly ReadOnlyMemory<byte> _signature;

    private CertificationRequest(ReadOnlyMemory<byte> signed, ReadOnlyMemory<byte> signature)
    {
        _signed = signed;
        _signature = signature;
    }

    public required DistinguishedName Subject { get; init; }

    public required SubjectKey Key { get; init; }

    public required SignatureAlgorithm SignatureAlgorithm { get; init; }

    /// <summary>Extensions asked for; empty where none are.</summary>
    public required IReadOnlyList<CertificateExtension> Extensions { get; init; }

    public required ExtensionValues Values { get; init; }

    /// <summary>A challengePassword stands in it, in clear for everybody who sees the request. Its value is not kept.</summary>
    public required bool HasChallengePassword { get; init; }

    /// <summary>Never throws on content.</summary>
    /// <param name="der">One request.</param>
    /// <param name="problem">Why there is none, for people; null where there is.</param>
    public static CertificationRequest? TryRead(ReadOnlyMemory<byte> der, out string? problem)
    {
        try
        {
            problem = null;
            return DerGuard.Read(der, DerLimits.Certificate with { MaxIntegerBytes = 2056 }, "证书申请", static reader => Read(reader.ReadSequence()));
        }
        catch (DerRejectedException rejected)
        {
            problem = rejected.Message;
            return null;
        }
    }

    /// <summary>Whether admitted DER looks like a request: a number, a name, a key and no time before them.</summary>
    public static bool IsLikely(ReadOnlyMemory<byte> der)
    {
        try
        {
            var info = new AsnReader(der, AsnEncodingRules.DER).ReadSequence().ReadSequence();
            info.ReadInteger();
            info.ReadSequence();
            var key = info.ReadSequence();
            key.ReadSequence().ReadObjectIdentifier();
            key.ReadBitString(out _);
            return !info.HasData || info.PeekTag() == AttributesTag;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>Whether the key asked about made the signature: proof that the applicant holds the private key.</summary>
    public SignatureCheck IsSelfSigned() => SignatureAlgorithm.Verify(Key, _signed.Span, _signature.Span);

    private static CertificationRequest Read(AsnReader request)
    {
        var signed = request.PeekEncodedValue();
        var info = request.ReadSequence();
        var algorithm = SignatureAlgorithm.Read(request);
        var signature = request.ReadBitString(out _);
        request.ThrowIfNotEmpty();
        info.ReadInteger();
        var subject = DistinguishedName.Read(info.ReadEncodedValue());
        var key = SubjectKey.Read(info.ReadEncodedValue());
        var (extensions, hasPassword) = ReadAttributes(info);
        return new CertificationRequest(signed, signature)
        {
            Subject = subject,
            Key = key,
            SignatureAlgorithm = algorithm,
            Extensions = extensions,
            Values = ExtensionValues.Read(extensions),
            HasChallengePassword = hasPassword,
        };
    }

    private static (List<CertificateExtension> Extensions, bool HasPassword) ReadAttributes(AsnReader info)
    {
        var (extensions, hasPassword) = (new List<CertificateExtension>(), false);
        if (!info.HasData)
        {
            return (extensions, false);
        }

        for (var attributes = info.ReadSetOf(skipSortOrderValidation: true, AttributesTag); attributes.HasData;)
        {
            var attribute = attributes.ReadSequence();
            var oid = attribute.ReadObjectIdentifier();
            hasPassword |= oid == ChallengePassword;
            if (oid == ExtensionRequest)
            {
                extensions.AddRange(CertificateExtension.ReadAll(attribute.ReadSetOf().ReadSequence()));
            }
        }

        return (extensions, hasPassword);
    }
}
