using System.Formats.Asn1;
using System.Numerics;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The two encodings of an SM2 signature: SEQUENCE { r INTEGER, s INTEGER } (GM/T 0009-2012 clause 7.3) and r || s of 64 bytes.</summary>
public static class Sm2Signature
{
    /// <summary>Length of r || s in bytes.</summary>
    public const int RawSize = 2 * Sm2.FieldSizeInBytes;

    /// <summary>Decodes strict DER with both numbers in [1, n-1].</summary>
    /// <param name="raw">Receives r || s, 64 bytes; zeros when the result is false.</param>
    public static bool TryDecode(ReadOnlySpan<byte> der, out byte[] raw)
    {
        raw = new byte[RawSize];
        try
        {
            var (r, s) = DerGuard.Read(der.ToArray(), DerLimits.Signature, "SM2 签名", static reader =>
            {
                var sequence = reader.ReadSequence();
                var pair = (sequence.ReadInteger(), sequence.ReadInteger());
                sequence.ThrowIfNotEmpty();
                return pair;
            });
            if (!InRange(r) || !InRange(s))
            {
                return false;
            }

            Write(r, raw.AsSpan(0, Sm2.FieldSizeInBytes));
            Write(s, raw.AsSpan(Sm2.FieldSizeInBytes));
            return true;
        }
        catch (DerRejectedException)
        {
            return false;
        }
    }

    /// <summary>True for 64 bytes r || s with both numbers in [1, n-1].</summary>
    public static bool IsWellFormed(ReadOnlySpan<byte> raw) => TryRead(raw, Sm2SignatureForm.Raw, out _, out _);

    /// <summary>Reads r and s, both in [1, n-1].</summary>
    /// <returns>False for another length or encoding, or a number out of range.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> signature, Sm2SignatureForm form, out Sm2Scalar r, out Sm2Scalar s)
    {
        (r, s) = (default, default);
        if (form == Sm2SignatureForm.Der)
        {
            if (!TryDecode(signature, out var raw))
            {
                return false;
            }

            signature = raw;
        }

        if (signature.Length != RawSize)
        {
            return false;
        }

        r = Sm2Scalar.Read(signature);
        s = Sm2Scalar.Read(signature[Sm2.FieldSizeInBytes..]);
        return r.IsInRange && s.IsInRange;
    }

    /// <summary>DER of r || s.</summary>
    public static byte[] Encode(ReadOnlySpan<byte> raw)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteInteger(Number(raw[..Sm2.FieldSizeInBytes]));
            writer.WriteInteger(Number(raw[Sm2.FieldSizeInBytes..]));
        }

        return writer.Encode();
    }

    /// <summary>x1 mod n of the random point a signature was made with, (r - e) mod n: two signatures that share it were made with one random number.</summary>
    /// <param name="raw">r || s, 64 bytes, valid for the digest.</param>
    /// <param name="digest">e, 32 bytes.</param>
    public static byte[] RandomAbscissa(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> digest)
    {
        var bytes = new byte[Sm2.FieldSizeInBytes];
        Sm2Scalar.Subtract(Sm2Scalar.Read(raw), Sm2Scalar.Read(digest).Reduced()).Write(bytes);
        return bytes;
    }

    private static bool InRange(BigInteger value) => value.Sign > 0 && value < Sm2.Order;

    private static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    private static void Write(BigInteger value, Span<byte> destination)
    {
        var length = value.GetByteCount(isUnsigned: true);
        value.TryWriteBytes(destination[^length..], out _, isUnsigned: true, isBigEndian: true);
    }
}
