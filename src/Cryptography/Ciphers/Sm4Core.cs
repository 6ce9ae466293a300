using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// Key schedule and block function of GM/T 0002-2012 (GB/T 32907-2016), one block at a time. Table look-ups depend on the data: fit for
/// checking ciphertexts of others, not for keys that must be hidden from a neighbour on the same processor.
/// </summary>
internal sealed class Sm4Core
{
    public const int BlockSize = 16;
    public const int KeySize = 16;
    private const int RoundCount = 32;

    private readonly uint[] _roundKeys;

    private Sm4Core(uint[] roundKeys) => _roundKeys = roundKeys;

    /// <summary>In the order of the rounds.</summary>
    public ReadOnlySpan<uint> RoundKeys => _roundKeys;

    private static ReadOnlySpan<uint> SystemParameters => [0xa3b1bac6, 0x56aa3350, 0x677d9197, 0xb27022dc];

    /// <summary>The S-box (GM/T 0002-2012 clause 6.2).</summary>
    public static ReadOnlySpan<byte> Sbox =>
    [
        0xd6, 0x90, 0xe9, 0xfe, 0xcc, 0xe1, 0x3d, 0xb7, 0x16, 0xb6, 0x14, 0xc2, 0x28, 0xfb, 0x2c, 0x05,
        0x2b, 0x67, 0x9a, 0x76, 0x2a, 0xbe, 0x04, 0xc3, 0xaa, 0x44, 0x13, 0x26, 0x49, 0x86, 0x06, 0x99,
        0x9c, 0x42, 0x50, 0xf4, 0x91, 0xef, 0x98, 0x7a, 0x33, 0x54, 0x0b, 0x43, 0xed, 0xcf, 0xac, 0x62,
        0xe4, 0xb3, 0x1c, 0xa9, 0xc9, 0x08, 0xe8, 0x95, 0x80, 0xdf, 0x94, 0xfa, 0x75, 0x8f, 0x3f, 0xa6,
        0x47, 0x07, 0xa7, 0xfc, 0xf3, 0x73, 0x17, 0xba, 0x83, 0x59, 0x3c, 0x19, 0xe6, 0x85, 0x4f, 0xa8,
        0x68, 0x6b, 0x81, 0xb2, 0x71, 0x64, 0xda, 0x8b, 0xf8, 0xeb, 0x0f, 0x4b, 0x70, 0x56, 0x9d, 0x35,
        0x1e, 0x24, 0x0e, 0x5e, 0x63, 0x58, 0xd1, 0xa2, 0x25, 0x22, 0x7c, 0x3b, 0x01, 0x21, 0x78, 0x87,
        0xd4, 0x00, 0x46, 0x57, 0x9f, 0xd3, 0x27, 0x52, 0x4c, 0x36, 0x02, 0xe7, 0xa0, 0xc4, 0xc8, 0x9e,
        0xea, 0xbf, 0x8a, 0xd2, 0x40, 0xc7, 0x38, 0xb5, 0xa3, 0xf7, 0xf2, 0xce, 0xf9, 0x61, 0x15, 0xa1,
        0xe0, 0xae, 0x5d, 0xa4, 0x9b, 0x34, 0x1a, 0x55, 0xad, 0x93, 0x32, 0x30, 0xf5, 0x8c, 0xb1, 0xe3,
        0x1d, 0xf6, 0xe2, 0x2e, 0x82, 0x66, 0xca, 0x60, 0xc0, 0x29, 0x23, 0xab, 0x0d, 0x53, 0x4e, 0x6f,
        0xd5, 0xdb, 0x37, 0x45, 0xde, 0xfd, 0x8e, 0x2f, 0x03, 0xff, 0x6a, 0x72, 0x6d, 0x6c, 0x5b, 0x51,
        0x8d, 0x1b, 0xaf, 0x92, 0xbb, 0xdd, 0xbc, 0x7f, 0x11, 0xd9, 0x5c, 0x41, 0x1f, 0x10, 0x5a, 0xd8,
        0x0a, 0xc1, 0x31, 0x88, 0xa5, 0xcd, 0x7b, 0xbd, 0x2d, 0x74, 0xd0, 0x12, 0xb8, 0xe5, 0xb4, 0xb0,
        0x89, 0x69, 0x97, 0x4a, 0x0c, 0x96, 0x77, 0x7e, 0x65, 0xb9, 0xf1, 0x09, 0xc5, 0x6e, 0xc6, 0x84,
        0x18, 0xf0, 0x7d, 0xec, 0x3a, 0xdc, 0x4d, 0x20, 0x79, 0xee, 0x5f, 0x3e, 0xd7, 0xcb, 0x39, 0x48,
    ];

    /// <summary>Expands a 16-byte key for encryption.</summary>
    public static Sm4Core ForEncryption(ReadOnlySpan<byte> key) => new(Expand(key));

    /// <summary>Expands a 16-byte key for decryption: the same rounds with the round keys reversed.</summary>
    public static Sm4Core ForDecryption(ReadOnlySpan<byte> key)
    {
        var roundKeys = Expand(key);
        Array.Reverse(roundKeys);
        return new Sm4Core(roundKeys);
    }

    /// <summary>Transforms one block of 16 bytes; the spans may be the same.</summary>
    public void Transform(ReadOnlySpan<byte> source, Span<byte> destination)
    {
        var x0 = BinaryPrimitives.ReadUInt32BigEndian(source);
        var x1 = BinaryPrimitives.ReadUInt32BigEndian(source[4..]);
        var x2 = BinaryPrimitives.ReadUInt32BigEndian(source[8..]);
        var x3 = BinaryPrimitives.ReadUInt32BigEndian(source[12..]);
        var keys = _roundKeys;
        for (var i = 0; i < RoundCount; i += 4)
        {
            x0 ^= T(x1 ^ x2 ^ x3 ^ keys[i]);
            x1 ^= T(x2 ^ x3 ^ x0 ^ keys[i + 1]);
            x2 ^= T(x3 ^ x0 ^ x1 ^ keys[i + 2]);
            x3 ^= T(x0 ^ x1 ^ x2 ^ keys[i + 3]);
        }

        BinaryPrimitives.WriteUInt32BigEndian(destination, x3);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], x2);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], x1);
        BinaryPrimitives.WriteUInt32BigEndian(destination[12..], x0);
    }

    private static uint[] Expand(ReadOnlySpan<byte> key)
    {
        Span<uint> k = stackalloc uint[4];
        for (var i = 0; i < 4; i++)
        {
            k[i] = BinaryPrimitives.ReadUInt32BigEndian(key[(4 * i)..]) ^ SystemParameters[i];
        }

        var roundKeys = new uint[RoundCount];
        for (var i = 0; i < RoundCount; i++)
        {
            var b = Substitute(k[(i + 1) & 3] ^ k[(i + 2) & 3] ^ k[(i + 3) & 3] ^ FixedParameter(i));
            k[i & 3] ^= b ^ BitOperations.RotateLeft(b, 13) ^ BitOperations.RotateLeft(b, 23);
            roundKeys[i] = k[i & 3];
        }

        return roundKeys;
    }

    /// <summary>CK_i: its bytes are (4i + j) * 7 mod 256 (GM/T 0002 clause 7.3).</summary>
    private static uint FixedParameter(int i)
    {
        var value = 0u;
        for (var j = 0; j < 4; j++)
        {
            value = (value << 8) | (byte)(((4 * i) + j) * 7);
        }

        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint T(uint x)
    {
        var b = Substitute(x);
        return b ^ BitOperations.RotateLeft(b, 2) ^ BitOperations.RotateLeft(b, 10)
            ^ BitOperations.RotateLeft(b, 18) ^ BitOperations.RotateLeft(b, 24);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Substitute(uint x) =>
        ((uint)Sbox[(byte)(x >> 24)] << 24) | ((uint)Sbox[(byte)(x >> 16)] << 16) | ((uint)Sbox[(byte)(x >> 8)] << 8) | Sbox[(byte)x];
}
