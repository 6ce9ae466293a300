using System.Formats.Asn1;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// Signing software may write messages in BER (X.690 clause 8): lengths left open, octet strings in pieces. Such an encoding is written anew in DER, so that
/// everything behind reads one form only; what is signed in a message is signed as DER (RFC 5652 §5.4) or is octets, which stay what they are.
/// </summary>
public static class BerForm
{
    /// <summary>Bytes of the first element, its end included; null where there is none.</summary>
    public static int? LengthOf(ReadOnlySpan<byte> ber)
    {
        try
        {
            AsnDecoder.ReadEncodedValue(ber, AsnEncodingRules.BER, out _, out _, out var consumed);
            return consumed;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>The same element in DER as far as lengths and octet strings go; null where it is none, or beyond the limits. The order in sets is left as it is.</summary>
    public static byte[]? ToDer(ReadOnlyMemory<byte> ber, DerLimits limits)
    {
        if (ber.Length > limits.MaxBytes)
        {
            return null;
        }

        try
        {
            var written = new MemoryStream();
            var elements = 0;
            return Write(ber, written, limits, 1, ref elements) == ber.Length ? written.ToArray() : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static int Write(ReadOnlyMemory<byte> ber, MemoryStream into, DerLimits limits, int depth, ref int elements)
    {
        if (++elements > limits.MaxElements || depth > limits.MaxDepth)
        {
            throw new AsnContentException();
        }

        var tag = Asn1Tag.Decode(ber.Span, out var tagLength);
        AsnDecoder.ReadEncodedValue(ber.Span, AsnEncodingRules.BER, out var offset, out var length, out var consumed);
        var content = ber.Slice(offset, length);
        if (!tag.IsConstructed)
        {
            Close(ber.Span[..tagLength], content.Span, into);
            return consumed;
        }

        var isPieces = tag == Asn1Tag.ConstructedOctetString;
        using var inside = new MemoryStream();
        while (!content.IsEmpty)
        {
            content = content[(isPieces ? Piece(content, inside, limits, depth + 1, ref elements) : Write(content, inside, limits, depth + 1, ref elements))..];
        }

        Close(isPieces ? [0x04] : ber.Span[..tagLength], inside.GetBuffer().AsSpan(0, (int)inside.Length), into);
        return consumed;
    }

    private static int Piece(ReadOnlyMemory<byte> ber, MemoryStream into, DerLimits limits, int depth, ref int elements)
    {
        if (++elements > limits.MaxElements || depth > limits.MaxDepth || !Asn1Tag.Decode(ber.Span, out _).HasSameClassAndValue(Asn1Tag.PrimitiveOctetString))
        {
            throw new AsnContentException();
        }

        var octets = AsnDecoder.ReadOctetString(ber.Span, AsnEncodingRules.BER, out var consumed);
        into.Write(octets);
        return consumed;
    }

    private static void Close(ReadOnlySpan<byte> tag, ReadOnlySpan<byte> content, MemoryStream into)
    {
        into.Write(tag);
        if (content.Length < 0x80)
        {
            into.WriteByte((byte)content.Length);
        }
        else
        {
            var bytes = (32 - System.Numerics.BitOperations.LeadingZeroCount((uint)content.Length) + 7) / 8;
            into.WriteByte((byte)(0x80 | bytes));
            for (var shift = 8 * (bytes - 1); shift >= 0; shift -= 8)
            {
                into.WriteByte((byte)(content.Length >> shift));
            }
        }

        into.Write(content);
    }
}
