using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>HMAC with SM3 (GB/T 15852.2, RFC 2104): keys of any length, a 32-byte code.</summary>
public static class HmacSm3
{
    private const byte InnerPad = 0x36;
    private const byte OuterPad = 0x5c;

    /// <summary>Computes the authentication code of <paramref name="data"/>.</summary>
    /// <returns>A new array of 32 bytes.</returns>
    public static byte[] HashData(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data)
    {
        Span<byte> block = stackalloc byte[Sm3.BlockSizeInBytes];
        block.Clear();
        if (key.Length > Sm3.BlockSizeInBytes)
        {
            Sm3.HashData(key, block);
        }
        else
        {
            key.CopyTo(block);
        }

        Xor(block, InnerPad);
        var hash = new Sm3();
        hash.Append(block);
        hash.Append(data);
        var inner = hash.GetHashAndReset();

        Xor(block, InnerPad ^ OuterPad);
        hash.Append(block);
        hash.Append(inner);
        CryptographicOperations.ZeroMemory(block);
        return hash.GetHashAndReset();
    }

    /// <summary>Compares in time independent of where the codes differ.</summary>
    /// <param name="key">The shared key.</param>
    /// <param name="data">The message.</param>
    /// <param name="expected">The full 32-byte code; any other length is a mismatch.</param>
    public static bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> expected) =>
        CryptographicOperations.FixedTimeEquals(HashData(key, data), expected);

    private static void Xor(Span<byte> block, byte pad)
    {
        foreach (ref var b in block)
        {
            b ^= pad;
        }
    }
}
