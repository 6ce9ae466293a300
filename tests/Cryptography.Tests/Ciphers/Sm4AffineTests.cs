using System.Numerics;
using System.Runtime.Intrinsics;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>The constants of the vector code, proven by plain arithmetic on all 256 inputs whatever the processor.</summary>
public sealed class Sm4AffineTests
{
    [Fact]
    public void The_two_affine_maps_around_the_inverse_are_the_sbox()
    {
        for (var x = 0; x < 256; x++)
        {
            var inner = Apply(Sm4Affine.Inner, Sm4Affine.InnerConstant, (byte)x);
            Assert.Equal(Sm4Core.Sbox[x], Apply(Sm4Affine.Outer, Sm4Affine.OuterConstant, Inverse(inner)));
        }
    }

    [Fact]
    public void The_nibble_tables_around_SubBytes_are_the_sbox()
    {
        for (var x = 0; x < 256; x++)
        {
            var substituted = SubBytes(LookUp(Sm4AesNi.BeforeLow, Sm4AesNi.BeforeHigh, (byte)x));
            Assert.Equal(Sm4Core.Sbox[x], LookUp(Sm4AesNi.AfterLow, Sm4AesNi.AfterHigh, substituted));
        }
    }

    private static byte LookUp(Vector128<byte> low, Vector128<byte> high, byte x) => (byte)(low[x & 15] ^ high[x >> 4]);

    /// <summary>The affine map of GFNI, bit by bit.</summary>
    private static byte Apply(ulong matrix, byte constant, byte x)
    {
        var result = 0;
        for (var bit = 0; bit < 8; bit++)
        {
            result |= (BitOperations.PopCount((uint)((byte)(matrix >> (8 * (7 - bit))) & x)) & 1) << bit;
        }

        return (byte)(result ^ constant);
    }

    /// <summary>FIPS 197 clause 5.1.1.</summary>
    private static byte SubBytes(byte x)
    {
        var word = Inverse(x) * 0x0101u;
        return (byte)(word ^ (word >> 7) ^ (word >> 6) ^ (word >> 5) ^ (word >> 4) ^ 0x63);
    }

    private static byte Inverse(byte x) => (byte)Enumerable.Range(0, 256).FirstOrDefault(y => Multiply(x, (byte)y) == 1);

    private static byte Multiply(byte a, byte b)
    {
        int product = 0, power = a;
        for (var bit = 0; bit < 8; bit++)
        {
            product ^= ((b >> bit) & 1) * power;
            power = (power << 1) ^ ((power >> 7) * 0x11b);
        }

        return (byte)product;
    }
}
