using System.Buffers.Binary;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The user identification and the value Z that binds it to a key (GM/T 0003.2-2012 clause 5.5).</summary>
internal static class Sm2UserId
{
    private static readonly byte[] Curve = Convert.FromHexString(
        "FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFC"
        + "28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93"
        + "32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7"
        + "BC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0");

    /// <summary>The identification meant: empty stands for <see cref="Sm2.DefaultUserId"/>.</summary>
    /// <exception cref="ArgumentException">Longer than <see cref="Sm2.MaxUserIdBytes"/>.</exception>
    public static ReadOnlySpan<byte> OrDefault(ReadOnlySpan<byte> userId)
    {
        if (userId.Length > Sm2.MaxUserIdBytes)
        {
            throw new ArgumentException($"SM2 用户标识长 {userId.Length} 字节，超过上限 {Sm2.MaxUserIdBytes} 字节。", nameof(userId));
        }

        return userId.IsEmpty ? Sm2.DefaultUserId.Span : userId;
    }

    /// <summary>Z = SM3(ENTL || ID || a || b || G || P).</summary>
    /// <param name="point">04 || X || Y.</param>
    /// <param name="userId">Taken as it is, an empty one too.</param>
    public static byte[] Z(ReadOnlySpan<byte> point, ReadOnlySpan<byte> userId)
    {
        Span<byte> bits = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(bits, (ushort)(8 * userId.Length));
        var hash = new Sm3();
        hash.Append(bits);
        hash.Append(userId);
        hash.Append(Curve);
        hash.Append(point[1..]);
        return hash.GetHashAndReset();
    }
}
