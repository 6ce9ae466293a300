using System.Numerics;
using Org.BouncyCastle.Math.EC;
using BcInteger = Org.BouncyCastle.Math.BigInteger;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Verification turned round: from a signature to the digest it is about.</summary>
internal static class Sm2DigestRecovery
{
    private const int Field = Sm2.FieldSizeInBytes;

    // GM/T 0003.5-2012: a, b, Gx, Gy.
    private static readonly byte[] CurveConstants = Convert.FromHexString(
        "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93"
        + "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0");

    /// <param name="point">04 || X || Y, on the curve.</param>
    /// <param name="signature">r || s, both in [1, n-1].</param>
    public static byte[]? Recover(ReadOnlySpan<byte> point, ReadOnlySpan<byte> signature)
    {
        var n = Sm2.Domain.N;
        var (r, s) = (Sm2.Number(signature[..Field]), Sm2.Number(signature[Field..]));
        var t = r.Add(s).Mod(n);
        if (t.SignValue == 0)
        {
            return null;
        }

        var sum = ECAlgorithms.SumOfTwoMultiplies(Sm2.Domain.G, s, Sm2.Decode(point), t).Normalize();
        return sum.IsInfinity ? null : Fixed(r.Subtract(sum.AffineXCoord.ToBigInteger()).Mod(n));
    }

    public static byte[] IdentityHash(ReadOnlySpan<byte> point, ReadOnlySpan<byte> userId)
    {
        if (userId.Length > Sm2.MaxUserIdBytes)
        {
            throw new ArgumentException($"SM2 用户标识长 {userId.Length} 字节，超过上限 {Sm2.MaxUserIdBytes} 字节。", nameof(userId));
        }

        var bits = userId.Length * 8;
        var hash = new Sm3();
        hash.Append([(byte)(bits >> 8), (byte)bits]);
        hash.Append(userId);
        hash.Append(CurveConstants);
        hash.Append(point[1..]);
        return hash.GetHashAndReset();
    }

    /// <summary>A digest modulo n, to be compared with what <see cref="Recover"/> gives.</summary>
    public static byte[] Reduce(ReadOnlySpan<byte> digest)
    {
        var value = new BigInteger(digest, isUnsigned: true, isBigEndian: true);
        if (value < Sm2.Order)
        {
            return digest.ToArray();
        }

        var reduced = new byte[Field];
        value %= Sm2.Order;
        value.TryWriteBytes(reduced.AsSpan(Field - value.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true);
        return reduced;
    }

    private static byte[] Fixed(BcInteger value)
    {
        var bytes = value.ToByteArrayUnsigned();
        return [.. new byte[Field - bytes.Length], .. bytes];
    }
}
