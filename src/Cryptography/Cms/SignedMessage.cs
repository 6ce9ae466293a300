using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// SignedData (RFC 5652 §5, GM/T 0010-2012 clause 8) read without trusting it: what was signed, by whom and how. Verification is left to
/// who holds the content, because SM2 signers differ in the identification they hash.
/// </summary>
public sealed class SignedMessage
{
    private const string SignedData = "1.2.840.113549.1.7.2";
    private const string SmSignedData = "1.2.156.10197.6.1.4.2.2";
    private const string What = "签名消息（SignedData）";
    private const int MaxParts = 200;
    private static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0, isConstructed: true);

    private SignedMessage(string contentType, ReadOnlyMemory<byte>? content, IReadOnlyList<CertificateDetails> certificates, IReadOnlyList<MessageSigner> signers, bool isSm)
    {
        (ContentType, Content, Certificates, Signers, UsesSmIdentifiers) = (contentType, content, certificates, signers, isSm);
    }

    /// <summary>Object identifier.</summary>
    public string ContentType { get; }

    /// <summary>Null where the content is kept apart.</summary>
    public ReadOnlyMemory<byte>? Content { get; }

    /// <summary>Those enclosed and readable.</summary>
    public IReadOnlyList<CertificateDetails> Certificates { get; }

    public IReadOnlyList<MessageSigner> Signers { get; }

    /// <summary>The object identifiers of GM/T 0010 and not of RFC 5652.</summary>
    public bool UsesSmIdentifiers { get; }

    /// <summary>Never throws on content.</summary>
    /// <param name="der">One ContentInfo in DER, or in BER, which is then read as the same in DER.</param>
    /// <param name="problem">Why there is none, for people.</param>
    public static SignedMessage? TryRead(ReadOnlyMemory<byte> der, out string? problem)
    {
        try
        {
            problem = null;
            return DerGuard.Accepts(der.Span, DerLimits.Cms)
                ? DerGuard.ReadAccepted(der, What, static reader => Read(reader.ReadSequence()))
                : DerGuard.Read(BerForm.ToDer(der, DerLimits.Cms) ?? der, DerLimits.Cms, What, static reader => Read(reader.ReadSequence()));
        }
        catch (DerRejectedException rejected)
        {
            problem = rejected.Message;
            return null;
        }
    }

    private static SignedMessage Read(AsnReader info)
    {
        var type = info.ReadObjectIdentifier();
        if (type is not (SignedData or SmSignedData))
        {
            throw new DerRejectedException($"内容类型 {type} 不是 signedData", 0);
        }

        var data = info.ReadSequence(Zero).ReadSequence();
        data.ReadInteger();
        data.ReadSetOf(skipSortOrderValidation: true);
        var (contentType, content) = ReadContent(data.ReadSequence());
        var certificates = new List<CertificateDetails>();
        while (data.HasData && data.PeekTag() is { TagClass: TagClass.ContextSpecific } tag)
        {
            if (tag.TagValue != 0)
            {
                data.ReadEncodedValue();
                continue;
            }

            for (var list = data.ReadSetOf(skipSortOrderValidation: true, tag); list.HasData && certificates.Count < MaxParts;)
            {
                if (CertificateDetails.TryRead(list.ReadEncodedValue(), out _) is { } certificate)
                {
                    certificates.Add(certificate);
                }
            }
        }

        var signers = new List<MessageSigner>();
        for (var list = data.ReadSetOf(skipSortOrderValidation: true); list.HasData && signers.Count < MaxParts;)
        {
            signers.Add(MessageSigner.Read(list.ReadSequence()));
        }

        return new SignedMessage(contentType, content, certificates, signers, type == SmSignedData);
    }

    private static (string Type, ReadOnlyMemory<byte>? Content) ReadContent(AsnReader encapsulated)
    {
        var type = encapsulated.ReadObjectIdentifier();
        if (!encapsulated.HasData)
        {
            return (type, null);
        }

        var inside = encapsulated.ReadSequence(Zero);
        // PKCS#7 allowed any type here, of which the content bytes were signed.
        return (type, inside.PeekTag() == Asn1Tag.PrimitiveOctetString ? inside.ReadOctetString() : inside.ReadEncodedValue());
    }
}

/// <summary>SignerInfo (RFC 5652 §5.3).</summary>
public sealed record MessageSigner
{
    private const string ContentTypeAttribute = "1.2.840.113549.1.9.3";
    private const string DigestAttribute = "1.2.840.113549.1.9.4";
    private const string TimeAttribute = "1.2.840.113549.1.9.5";
    private const string TokenAttribute = "1.2.840.113549.1.9.16.2.14";
    private static readonly Asn1Tag Zero = new(TagClass.ContextSpecific, 0, isConstructed: true);
    private static readonly Asn1Tag One = new(TagClass.ContextSpecific, 1, isConstructed: true);

    /// <summary>Null where the signer is named by its key identifier.</summary>
    public DistinguishedName? Issuer { get; private init; }

    /// <summary>As <see cref="CertificateDetails.SerialNumber"/>.</summary>
    public string? SerialNumber { get; private init; }

    /// <summary>Lower-case hexadecimal digits; null where the signer is named by issuer and number.</summary>
    public string? SubjectKeyId { get; private init; }

    /// <summary>Object identifier.</summary>
    public required string DigestOid { get; init; }

    /// <summary>With its parameters; of RSA often the key's algorithm alone.</summary>
    public required SignatureAlgorithm Algorithm { get; init; }

    /// <summary>signedAttrs with the tag they are signed under, SET OF; null where the content itself is signed.</summary>
    public ReadOnlyMemory<byte>? SignedAttributes { get; private init; }

    /// <summary>messageDigest; null where absent.</summary>
    public ReadOnlyMemory<byte>? MessageDigest { get; private init; }

    /// <summary>contentType; null where absent.</summary>
    public string? SignedContentType { get; private init; }

    /// <summary>signingTime as the signer says; null where absent.</summary>
    public DateTimeOffset? SigningTime { get; private init; }

    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>Timestamp token over the signature (RFC 3161 appendix A) among the attributes that nobody signed; null where absent.</summary>
    public ReadOnlyMemory<byte>? Timestamp { get; private init; }

    /// <summary>Whether the certificate is the one named.</summary>
    public bool IsNamed(CertificateDetails certificate) => Issuer is { } issuer
        ? issuer.Matches(certificate.Issuer) && SerialNumber == certificate.SerialNumber
        : SubjectKeyId is { } id && id == certificate.Values.SubjectKeyId;

    internal static MessageSigner Read(AsnReader signer)
    {
        signer.ReadInteger();
        DistinguishedName? issuer = null;
        string? serial = null;
        string? keyId = null;
        if (signer.PeekTag() == Asn1Tag.Sequence)
        {
            var named = signer.ReadSequence();
            issuer = DistinguishedName.Read(named.ReadEncodedValue());
            serial = Serial.Show(named.ReadIntegerBytes().Span);
        }
        else
        {
            keyId = Convert.ToHexStringLower(signer.ReadOctetString(new Asn1Tag(TagClass.ContextSpecific, 0)));
        }

        var digest = signer.ReadSequence().ReadObjectIdentifier();
        ReadOnlyMemory<byte>? attributes = signer.PeekTag() == Zero ? signer.ReadEncodedValue() : default(ReadOnlyMemory<byte>?);
        var bare = new MessageSigner
        {
            Issuer = issuer,
            SerialNumber = serial,
            SubjectKeyId = keyId,
            DigestOid = digest,
            Algorithm = SignatureAlgorithm.Read(signer),
            Signature = signer.ReadOctetString(),
            Timestamp = signer.HasData && signer.PeekTag() == One ? ReadTimestamp(signer.ReadSetOf(skipSortOrderValidation: true, One)) : default(ReadOnlyMemory<byte>?),
        };
        return attributes is { } signed ? bare.WithAttributes(signed) : bare;
    }

    private static ReadOnlyMemory<byte>? ReadTimestamp(AsnReader attributes)
    {
        while (attributes.HasData)
        {
            var attribute = attributes.ReadSequence();
            if (attribute.ReadObjectIdentifier() == TokenAttribute)
            {
                return attribute.ReadSetOf(skipSortOrderValidation: true).ReadEncodedValue();
            }
        }

        return null;
    }

    private MessageSigner WithAttributes(ReadOnlyMemory<byte> encoded)
    {
        byte[] signed = encoded.ToArray();
        signed[0] = 0x31;
        var with = this with { SignedAttributes = signed };
        for (var attributes = new AsnReader(signed, AsnEncodingRules.DER).ReadSetOf(skipSortOrderValidation: true); attributes.HasData;)
        {
            var attribute = attributes.ReadSequence();
            var oid = attribute.ReadObjectIdentifier();
            var values = attribute.ReadSetOf(skipSortOrderValidation: true);
            with = oid switch
            {
                DigestAttribute => with with { MessageDigest = values.ReadOctetString() },
                ContentTypeAttribute => with with { SignedContentType = values.ReadObjectIdentifier() },
                TimeAttribute => with with { SigningTime = CertificateDecoder.ReadTime(values) },
                _ => with,
            };
        }

        return with;
    }
}
