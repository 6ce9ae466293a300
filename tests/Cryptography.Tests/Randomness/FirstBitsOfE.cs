using System.Numerics;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>The first 1,000,000 bits of e, the two before the point among them: ⌊e·2^999998⌋, from Σ 1/k! by binary splitting.</summary>
internal static class FirstBitsOfE
{
    public const int Count = 1_000_000;

    /// <summary>1/90000! is far below 2^-1000000.</summary>
    private const int Terms = 90_000;

    private static readonly Lazy<byte[]> Computed = new(Compute);

    public static BitSequence Sequence => BitSequence.FromBytes(Computed.Value, Count);

    public static string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Computed.Value));

    private static byte[] Compute()
    {
        var (sum, factorial) = Split(0, Terms);
        return (((sum + factorial) << (Count - 2)) / factorial).ToByteArray(isUnsigned: true, isBigEndian: true);
    }

    /// <summary>sum / factorial = Σ a!/k! over a &lt; k ≤ b, factorial = b!/a!.</summary>
    private static (BigInteger Sum, BigInteger Factorial) Split(int a, int b)
    {
        if (b - a == 1)
        {
            return (BigInteger.One, b);
        }

        var middle = (a + b) / 2;
        var (left, right) = (Split(a, middle), Split(middle, b));
        return ((left.Sum * right.Factorial) + right.Sum, left.Factorial * right.Factorial);
    }
}
