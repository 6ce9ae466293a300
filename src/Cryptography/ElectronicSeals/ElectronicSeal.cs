using System.Formats.Asn1;
using System.Globalization;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// An electronic seal (SESeal; GM/T 0031-2014 clause 6, GB/T 38540-2020 clause 6) read without trusting it. Signed parts are kept as the
/// bytes that stood there, so that nothing is ever encoded anew before it is verified.
/// </summary>
public sealed record ElectronicSeal
{
    private const int MostCertificates = 2000;

    /// <summary>16 MiB: room for a picture and a list of certificates.</summary>
    internal static DerLimits Limits { get; } = new(16 * 1024 * 1024, 64 * 1024);

    /// <summary>The whole seal as it stood.</summary>
    public required ReadOnlyMemory<byte> Der { get; init; }

    public required SealStandard Standard { get; init; }

    /// <summary>header.version as written.</summary>
    public required int Version { get; init; }

    /// <summary>header.ID; "ES" by the standards.</summary>
    public required string HeaderId { get; init; }

    /// <summary>header.Vid.</summary>
    public required string Vendor { get; init; }

    public required string SealId { get; init; }

    public required int Type { get; init; }

    public required string Name { get; init; }

    /// <summary>True where <see cref="ListedCertificates"/> are digests of certificates (certListType 2).</summary>
    public required bool ListsDigests { get; init; }

    /// <summary>Certificates in DER, or digests of them; entries that are neither are kept as they are.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> ListedCertificates { get; init; }

    /// <summary>Null where it is no time, as with the next two.</summary>
    public required DateTimeOffset? CreatedAt { get; init; }

    public required DateTimeOffset? ValidFrom { get; init; }

    public required DateTimeOffset? ValidTo { get; init; }

    /// <summary>Such as PNG, GIF, OFD.</summary>
    public required string PictureType { get; init; }

    public required ReadOnlyMemory<byte> Picture { get; init; }

    /// <summary>In millimetres, as is <see cref="PictureHeight"/>.</summary>
    public required int PictureWidth { get; init; }

    public required int PictureHeight { get; init; }

    /// <summary>eSealInfo with tag and length.</summary>
    public required ReadOnlyMemory<byte> SealInfo { get; init; }

    /// <summary>The seal maker's certificate as enclosed.</summary>
    public required ReadOnlyMemory<byte> MakerCertificate { get; init; }

    /// <summary>Object identifier.</summary>
    public required string MakerAlgorithm { get; init; }

    public required ReadOnlyMemory<byte> MakerSignature { get; init; }

    /// <summary>V5 alone; null where there is none.</summary>
    public required ReadOnlyMemory<byte>? Timestamp { get; init; }

    /// <summary>Never throws on content.</summary>
    /// <param name="der">One SESeal.</param>
    /// <param name="problem">Why there is none, for people.</param>
    public static ElectronicSeal? TryRead(ReadOnlyMemory<byte> der, out string? problem)
    {
        try
        {
            problem = null;
            return DerGuard.Read(der, Limits, "电子印章", static reader => Read(reader.ReadEncodedValue()));
        }
        catch (DerRejectedException rejected)
        {
            problem = rejected.Message;
            return null;
        }
    }

    /// <exception cref="AsnContentException">Not laid out so.</exception>
    internal static ElectronicSeal Read(ReadOnlyMemory<byte> encoded)
    {
        var seal = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        var info = seal.ReadEncodedValue();
        var isFirst = seal.PeekTag() == Asn1Tag.Sequence;
        var maker = isFirst ? seal.ReadSequence() : seal;
        var certificate = maker.ReadOctetString();
        var algorithm = ReadAlgorithm(maker);
        var signature = maker.ReadBitString(out _);
        ReadOnlyMemory<byte>? timestamp = isFirst ? null : ReadTagged(seal);
        if (seal.HasData)
        {
            throw new AsnContentException("印章末尾有多余内容");
        }

        return ReadInfo(info, isFirst) with { Der = encoded, MakerCertificate = certificate, MakerAlgorithm = algorithm, MakerSignature = signature, Timestamp = timestamp };
    }

    /// <summary>An identifier alone, or an AlgorithmIdentifier as some makers write it.</summary>
    internal static string ReadAlgorithm(AsnReader reader) =>
        reader.PeekTag() == Asn1Tag.Sequence ? reader.ReadSequence().ReadObjectIdentifier() : reader.ReadObjectIdentifier();

    /// <summary>[0] with a BIT STRING or OCTET STRING inside; null where nothing follows.</summary>
    internal static ReadOnlyMemory<byte>? ReadTagged(AsnReader reader)
    {
        if (!reader.HasData)
        {
            return null;
        }

        var tag = new Asn1Tag(TagClass.ContextSpecific, 0, isConstructed: true);
        if (reader.PeekTag() != tag)
        {
            return null;
        }

        var inside = reader.ReadSequence(tag);
        return inside.PeekTag() == Asn1Tag.PrimitiveBitString ? inside.ReadBitString(out _)
            : inside.PeekTag() == Asn1Tag.PrimitiveOctetString ? inside.ReadOctetString()
            : inside.ReadEncodedValue();
    }

    internal static string ReadText(AsnReader reader)
    {
        var tag = reader.PeekTag();
        var encoded = reader.ReadEncodedValue();
        AsnDecoder.ReadEncodedValue(encoded.Span, AsnEncodingRules.DER, out var offset, out var length, out _);
        return NameText.Decode(tag.TagValue, encoded.Span.Slice(offset, length), out _);
    }

    private static ElectronicSeal ReadInfo(ReadOnlyMemory<byte> encoded, bool isFirst)
    {
        var info = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        var header = info.ReadSequence();
        var (id, version, vendor) = (ReadText(header), Number(header), ReadText(header));
        var sealId = ReadText(info);
        var property = info.ReadSequence();
        var (type, name) = (Number(property), ReadText(property));
        var listType = property.PeekTag() == Asn1Tag.Integer ? Number(property) : 1;
        var listed = ReadList(property.ReadSequence());
        var (created, from, to) = (CertificateDecoder.ReadTime(property), CertificateDecoder.ReadTime(property), CertificateDecoder.ReadTime(property));
        var picture = info.ReadSequence();
        return new ElectronicSeal
        {
            Der = encoded,
            Standard = isFirst ? SealStandard.V1 : version >= 5 ? SealStandard.V5 : SealStandard.V4,
            Version = version,
            HeaderId = id,
            Vendor = vendor,
            SealId = sealId,
            Type = type,
            Name = name,
            ListsDigests = listType == 2,
            ListedCertificates = listed,
            CreatedAt = created,
            ValidFrom = from,
            ValidTo = to,
            PictureType = ReadText(picture),
            Picture = picture.ReadOctetString(),
            PictureWidth = Number(picture),
            PictureHeight = Number(picture),
            SealInfo = encoded,
            MakerCertificate = default,
            MakerAlgorithm = "",
            MakerSignature = default,
            Timestamp = null,
        };
    }

    private static List<ReadOnlyMemory<byte>> ReadList(AsnReader list)
    {
        var found = new List<ReadOnlyMemory<byte>>();
        while (list.HasData)
        {
            if (found.Count == MostCertificates)
            {
                throw new AsnContentException(string.Create(CultureInfo.InvariantCulture, $"证书列表超过 {MostCertificates} 项"));
            }

            var tag = list.PeekTag();
            found.Add(tag == Asn1Tag.PrimitiveOctetString ? list.ReadOctetString() : tag == Asn1Tag.Sequence ? DigestOrSelf(list.ReadEncodedValue()) : list.ReadEncodedValue());
        }

        return found;
    }

    /// <summary>CertDigestObj { type, value }; a bare certificate stands for itself.</summary>
    private static ReadOnlyMemory<byte> DigestOrSelf(ReadOnlyMemory<byte> encoded)
    {
        var pair = new AsnReader(encoded, AsnEncodingRules.DER).ReadSequence();
        pair.ReadEncodedValue();
        return pair.HasData && pair.PeekTag() == Asn1Tag.PrimitiveOctetString ? pair.ReadOctetString() : encoded;
    }

    private static int Number(AsnReader reader)
    {
        var value = reader.ReadInteger();
        return value >= int.MinValue && value <= int.MaxValue ? (int)value : value.Sign < 0 ? int.MinValue : int.MaxValue;
    }

    /// <summary>SealInfo, certificate and algorithm as one SEQUENCE: what V1 makers sign.</summary>
    internal byte[] InfoWithMaker()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteEncodedValue(SealInfo.Span);
            writer.WriteOctetString(MakerCertificate.Span);
            writer.WriteObjectIdentifier(MakerAlgorithm);
        }

        return writer.Encode();
    }
}
