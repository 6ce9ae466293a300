using System.Buffers.Binary;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>GCM over SM4 (RFC 8998 clause 2, NIST SP 800-38D) by the bulk code; where GHASH is not supported, <see cref="Sm4Aead"/> does it.</summary>
internal static class Sm4Gcm
{
    private const int BlockSize = Sm4Core.BlockSize;
    private const int CounterSize = sizeof(uint);
    private const int UsualNonce = BlockSize - CounterSize;
    private const long BitsPerByte = 8;

    public static bool IsSupported => Ghash.IsSupported;

    /// <param name="nonce">1 byte or more; checked by the caller, as all lengths are.</param>
    public static Sm4Sealed Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> associatedData, Sm4Path path)
    {
        var core = Sm4Core.ForEncryption(key);
        Span<byte> start = stackalloc byte[BlockSize];
        var hash = Begin(core, nonce, associatedData, start);
        var ciphertext = plaintext.ToArray();
        Count(core, start, ciphertext, path);
        var tag = new byte[BlockSize];
        Finish(core, hash, start, ciphertext, associatedData.Length, tag);
        return new Sm4Sealed(ciphertext, tag);
    }

    /// <param name="tag">12 to 16 bytes.</param>
    /// <returns>Null when the tag is wrong.</returns>
    public static byte[]? Open(
        ReadOnlySpan<byte> key, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> ciphertext, ReadOnlySpan<byte> tag, ReadOnlySpan<byte> associatedData, Sm4Path path)
    {
        var core = Sm4Core.ForEncryption(key);
        Span<byte> start = stackalloc byte[BlockSize];
        Span<byte> expected = stackalloc byte[BlockSize];
        var hash = Begin(core, nonce, associatedData, start);
        Finish(core, hash, start, ciphertext, associatedData.Length, expected);
        if (!CryptographicOperations.FixedTimeEquals(expected[..tag.Length], tag))
        {
            return null;
        }

        var plaintext = ciphertext.ToArray();
        Count(core, start, plaintext, path);
        return plaintext;
    }

    /// <summary>The first counter block J₀ of clause 7.1, and the hash of the associated data.</summary>
    private static Ghash Begin(Sm4Core core, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> associatedData, Span<byte> start)
    {
        Span<byte> hashKey = stackalloc byte[BlockSize];
        hashKey.Clear();
        core.Transform(hashKey, hashKey);
        if (nonce.Length == UsualNonce)
        {
            nonce.CopyTo(start);
            BinaryPrimitives.WriteUInt32BigEndian(start[UsualNonce..], 1);
        }
        else
        {
            var nonceHash = new Ghash(hashKey);
            nonceHash.Append(nonce);
            nonceHash.Append(Lengths(0, nonce.Length));
            nonceHash.Write(start);
        }

        var hash = new Ghash(hashKey);
        hash.Append(associatedData);
        return hash;
    }

    /// <summary>CTR from the block after J₀; only the last 32 bits count, and run over by themselves.</summary>
    private static void Count(Sm4Core core, ReadOnlySpan<byte> start, Span<byte> data, Sm4Path path)
    {
        Span<byte> counter = stackalloc byte[BlockSize];
        start.CopyTo(counter);
        var first = BinaryPrimitives.ReadUInt32BigEndian(start[UsualNonce..]) + 1;
        BinaryPrimitives.WriteUInt32BigEndian(counter[UsualNonce..], first);
        var untilOver = ((1L << 32) - first) * BlockSize;
        if (data.Length <= untilOver)
        {
            Sm4Modes.TransformCtr(core, counter, data, path);
            return;
        }

        Sm4Modes.TransformCtr(core, counter, data[..(int)untilOver], path);
        counter[UsualNonce..].Clear();
        Sm4Modes.TransformCtr(core, counter, data[(int)untilOver..], path);
    }

    private static void Finish(Sm4Core core, Ghash hash, ReadOnlySpan<byte> start, ReadOnlySpan<byte> ciphertext, int associatedLength, Span<byte> tag)
    {
        hash.Append(ciphertext);
        hash.Append(Lengths(associatedLength, ciphertext.Length));
        hash.Write(tag);
        Span<byte> mask = stackalloc byte[BlockSize];
        core.Transform(start, mask);
        for (var i = 0; i < BlockSize; i++)
        {
            tag[i] ^= mask[i];
        }
    }

    private static byte[] Lengths(int associated, int text)
    {
        var block = new byte[BlockSize];
        BinaryPrimitives.WriteInt64BigEndian(block, associated * BitsPerByte);
        BinaryPrimitives.WriteInt64BigEndian(block.AsSpan(sizeof(long)), text * BitsPerByte);
        return block;
    }
}
