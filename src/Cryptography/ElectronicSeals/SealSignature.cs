using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>A signature made with a seal (SES_Signature; GM/T 0031-2014 clause 7, GB/T 38540-2020 clause 7), read without trusting it.</summary>
public sealed record SealSignature
{
    public required SealStandard Standard { get; init; }

    /// <summary>TBS_Sign.version as written.</summary>
    public required int Version { get; init; }

    public required ElectronicSeal Seal { get; init; }

    /// <summary>TBS_Sign with tag and length: the bytes that are signed, as they stood.</summary>
    public required ReadOnlyMemory<byte> Signed { get; init; }

    /// <summary>timeInfo; null where it is no time this tool reads.</summary>
    public required DateTimeOffset? SignedAt { get; init; }

    /// <summary>timeInfo of V1 may be a timestamp token instead; null where it is none.</summary>
    public required ReadOnlyMemory<byte>? TimeToken { get; init; }

    public required ReadOnlyMemory<byte> DataHash { get; init; }

    /// <summary>propertyInfo: where the signed file lies.</summary>
    public required string Property { get; init; }

    /// <summary>The signer's certificate as enclosed.</summary>
    public required ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary>Object identifier.</summary>
    public required string Algorithm { get; init; }

    public required ReadOnlyMemory<byte> Signature { get; init; }

    /// <summary>The token over the signature (V4, V5); null where there is none.</summary>
    public required ReadOnlyMemory<byte>? Timestamp { get; init; }

    /// <summary>Never throws on content.</summary>
    /// <param name="der">One SES_Signature.</param>
    /// <param name="problem">Why there is none, for people.</param>
    public static SealSignature? TryRead(ReadOnlyMemory<byte> der, out string? problem)
    {
        try
        {
            problem = null;
            return DerGuard.Read(der, ElectronicSeal.Limits, "印章签名值", static reader => Read(reader.ReadSequence()));
        }
        catch (DerRejectedException rejected)
        {
            problem = rejected.Message;
            return null;
        }
    }

    private static SealSignature Read(AsnReader signature)
    {
        var signed = signature.ReadEncodedValue();
        var first = ReadSigned(new AsnReader(signed, AsnEncodingRules.DER).ReadSequence()) with { Signed = signed };
        if (signature.PeekTag() == Asn1Tag.PrimitiveBitString)
        {
            return End(signature, first with { Standard = SealStandard.V1, Signature = signature.ReadBitString(out _) });
        }

        var certificate = signature.ReadOctetString();
        var algorithm = ElectronicSeal.ReadAlgorithm(signature);
        return End(signature, first with
        {
            Standard = first.Seal.Standard == SealStandard.V5 ? SealStandard.V5 : SealStandard.V4,
            Certificate = certificate,
            Algorithm = algorithm,
            Signature = signature.ReadBitString(out _),
            Timestamp = ElectronicSeal.ReadTagged(signature),
        });
    }

    private static SealSignature End(AsnReader signature, SealSignature read)
    {
        signature.ThrowIfNotEmpty();
        return read;
    }

    private static SealSignature ReadSigned(AsnReader tbs)
    {
        var version = (int)System.Numerics.BigInteger.Min(int.MaxValue, System.Numerics.BigInteger.Max(0, tbs.ReadInteger()));
        var seal = ElectronicSeal.Read(tbs.ReadEncodedValue());
        var (at, token) = ReadTime(tbs);
        var hash = tbs.PeekTag() == Asn1Tag.PrimitiveBitString ? tbs.ReadBitString(out _) : tbs.ReadOctetString();
        var property = ElectronicSeal.ReadText(tbs);
        var hasSigner = tbs.HasData && tbs.PeekTag() == Asn1Tag.PrimitiveOctetString;
        return new SealSignature
        {
            Standard = SealStandard.V4,
            Version = version,
            Seal = seal,
            Signed = default,
            SignedAt = at,
            TimeToken = token,
            DataHash = hash,
            Property = property,
            Certificate = hasSigner ? tbs.ReadOctetString() : default(ReadOnlyMemory<byte>),
            Algorithm = hasSigner ? ElectronicSeal.ReadAlgorithm(tbs) : "",
            Signature = default,
            Timestamp = null,
        };
    }

    private static (DateTimeOffset? At, ReadOnlyMemory<byte>? Token) ReadTime(AsnReader tbs)
    {
        if (tbs.PeekTag() != Asn1Tag.PrimitiveBitString)
        {
            return (CertificateDecoder.ReadTime(tbs), null);
        }

        var bits = tbs.ReadBitString(out _);
        if (SealTime.TryRead(System.Text.Encoding.Latin1.GetString(bits)) is { } written)
        {
            return (written, null);
        }

        if (bits is [0x17 or 0x18, ..] && DerGuard.Accepts(bits, DerLimits.Signature))
        {
            return (CertificateDecoder.ReadTime(new AsnReader(bits, AsnEncodingRules.DER)), null);
        }

        return TimestampToken.TryRead(bits, out _) is { } token ? (token.At, bits) : (null, null);
    }
}
