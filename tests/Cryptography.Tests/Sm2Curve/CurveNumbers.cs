using System.Numerics;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>The numbers of the SM2 curve and plain arithmetic on them, as the second opinion.</summary>
internal static class CurveNumbers
{
    public static readonly BigInteger P = Number("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF");
    public static readonly BigInteger N = Number("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123");
    public static readonly BigInteger B = Number("28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93");
    public static readonly BigInteger Max = (BigInteger.One << 256) - 1;

    /// <summary>Where carries, borrows and reductions have their edges.</summary>
    public static IReadOnlyList<BigInteger> Borders { get; } =
    [
        .. new[]
        {
            BigInteger.Zero, BigInteger.One << 32, BigInteger.One << 64, BigInteger.One << 96, BigInteger.One << 128, BigInteger.One << 192,
            BigInteger.One << 224, BigInteger.One << 255, N, P, P >> 1, N >> 1, P - N, (BigInteger.One << 256) % P, (BigInteger.One << 256) % N, Max,
        }.SelectMany(static v => new[] { v - 2, v - 1, v, v + 1, v + 2 }).Where(static v => v.Sign >= 0 && v <= Max).Distinct(),
    ];

    public static BigInteger Number(string hexadecimal) => Number(Convert.FromHexString(hexadecimal));

    public static BigInteger Number(ReadOnlySpan<byte> bytes) => new(bytes, isUnsigned: true, isBigEndian: true);

    public static byte[] Bytes(BigInteger number)
    {
        var bytes = new byte[32];
        var written = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        written.CopyTo(bytes, 32 - written.Length);
        return bytes;
    }

    public static BigInteger Modulo(BigInteger value, BigInteger modulus) => ((value % modulus) + modulus) % modulus;

    /// <summary>A border now and then, else any number below 2^256.</summary>
    public static BigInteger Pick(SeededBytes random) => random.Below(3) == 0 ? Borders[random.Below(Borders.Count)] : Number(random.Take(32));

    /// <summary>A y with (x, y) on the curve, or null.</summary>
    public static BigInteger? Ordinate(BigInteger x)
    {
        var square = Modulo(BigInteger.Pow(x, 3) - (3 * x) + B, P);
        var root = BigInteger.ModPow(square, (P + 1) / 4, P);
        return root * root % P == square ? root : null;
    }

    public static byte[] Encode(BigInteger x, BigInteger y) => [4, .. Bytes(x), .. Bytes(y)];
}
