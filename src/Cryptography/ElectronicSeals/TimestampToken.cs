using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What a timestamp token (RFC 3161 §2.4.2, GM/T 0033) says. Its own signature is not looked at here but in <see cref="TimestampSteps"/>.</summary>
/// <param name="At">genTime.</param>
/// <param name="ImprintOid">Hash of the imprint, an object identifier.</param>
/// <param name="Imprint">What was stamped.</param>
public sealed record TimestampToken(DateTimeOffset? At, string ImprintOid, ReadOnlyMemory<byte> Imprint)
{
    private const string TstInfo = "1.2.840.113549.1.9.16.1.4";
    private static readonly DerLimits Limits = new(1024 * 1024, 16 * 1024);

    /// <summary>What the token is signed as.</summary>
    public required SignedMessage Message { get; init; }

    /// <summary>Never throws on content.</summary>
    /// <param name="der">A ContentInfo, or a TimeStampResp that holds one.</param>
    /// <param name="problem">Why there is none, for people.</param>
    public static TimestampToken? TryRead(ReadOnlyMemory<byte> der, out string? problem)
    {
        if (!DerGuard.Accepts(der.Span, Limits))
        {
            problem = "不是时间戳令牌";
            return null;
        }

        if (SignedMessage.TryRead(Unwrapped(der), out problem) is not { } message)
        {
            return null;
        }

        if (message.ContentType != TstInfo || message.Content is not { } content)
        {
            problem = $"签名消息的内容类型是 {message.ContentType}，不是时间戳";
            return null;
        }

        try
        {
            return DerGuard.Read(content, Limits, "时间戳", reader => Read(reader.ReadSequence(), message));
        }
        catch (DerRejectedException rejected)
        {
            problem = rejected.Message;
            return null;
        }
    }

    private static TimestampToken Read(AsnReader info, SignedMessage message)
    {
        info.ReadInteger();
        info.ReadObjectIdentifier();
        var imprint = info.ReadSequence();
        var (oid, hash) = (imprint.ReadSequence().ReadObjectIdentifier(), imprint.ReadOctetString());
        info.ReadInteger();
        return new TimestampToken(CertificateDecoder.ReadTime(info), oid, hash) { Message = message };
    }

    /// <summary>TimeStampResp ::= SEQUENCE { status SEQUENCE, token }.</summary>
    private static ReadOnlyMemory<byte> Unwrapped(ReadOnlyMemory<byte> der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            if (outer.PeekTag() != Asn1Tag.Sequence)
            {
                return der;
            }

            outer.ReadSequence();
            return outer.HasData ? outer.ReadEncodedValue() : der;
        }
        catch (AsnContentException)
        {
            return der;
        }
    }
}
