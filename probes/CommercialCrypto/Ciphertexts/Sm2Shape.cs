using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>An SM2 ciphertext by its point C1: random bytes lie on the curve once in 2^255 times (GB/T 32918.4-2016, GM/T 0009-2012 clause 7.2).</summary>
/// <param name="IsDer">SEQUENCE { x, y, hash, ciphertext }; otherwise the pieces one after the other.</param>
/// <param name="C1">04 || X || Y.</param>
/// <param name="Rest">C3 || C2 or C2 || C3: only the private key tells which.</param>
internal sealed record Sm2Shape(bool IsDer, byte[] C1, byte[] Rest)
{
    private const int Field = 32;
    private const int HashSize = 32;
    private static readonly BigInteger P = Parse("0FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF");
    private static readonly BigInteger A = Parse("0FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC");
    private static readonly BigInteger B = Parse("028E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93");

    /// <summary>Null where it is none.</summary>
    public static Sm2Shape? Of(byte[] bytes)
    {
        if (bytes.Length <= (2 * Field) + HashSize)
        {
            return null;
        }

        if (bytes[0] == 0x30 && Der(bytes) is { } der)
        {
            return der;
        }

        var start = bytes[0] == 0x04 && bytes.Length > 1 + (2 * Field) + HashSize && IsOnCurve(bytes.AsSpan(1)) ? 1 : IsOnCurve(bytes) ? 0 : -1;
        return start < 0 ? null : new Sm2Shape(false, [4, .. bytes.AsSpan(start, 2 * Field)], bytes[(start + (2 * Field))..]);
    }

    private static Sm2Shape? Der(byte[] bytes)
    {
        try
        {
            var reader = new AsnReader(bytes, AsnEncodingRules.DER);
            var cipher = reader.ReadSequence();
            var (x, y) = (cipher.ReadIntegerBytes(), cipher.ReadIntegerBytes());
            var (hash, text) = (cipher.ReadOctetString(), cipher.ReadOctetString());
            if (cipher.HasData || reader.HasData || hash.Length != HashSize || Coordinate(x.Span) is not { } px || Coordinate(y.Span) is not { } py)
            {
                return null;
            }

            byte[] point = [4, .. px, .. py];
            return IsOnCurve(point.AsSpan(1)) ? new Sm2Shape(true, point, [.. hash, .. text]) : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static byte[]? Coordinate(ReadOnlySpan<byte> integer)
    {
        var digits = integer.TrimStart((byte)0);
        if (digits.Length > Field)
        {
            return null;
        }

        var padded = new byte[Field];
        digits.CopyTo(padded.AsSpan(Field - digits.Length));
        return padded;
    }

    private static bool IsOnCurve(ReadOnlySpan<byte> xy)
    {
        var x = new BigInteger(xy[..Field], isUnsigned: true, isBigEndian: true);
        var y = new BigInteger(xy.Slice(Field, Field), isUnsigned: true, isBigEndian: true);
        return x < P && y < P && ((y * y) - ((((x * x) + A) * x) + B)) % P == 0;
    }

    private static BigInteger Parse(string hex) => BigInteger.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
