using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The compression function CF of GM/T 0004-2012 clause 5.3 for one message at a time.</summary>
internal static class Sm3Compression
{
    public const int StateWords = 8;
    public const int ExpandedWords = 68;
    private const int BlockSize = 64;

    /// <summary>The initial value IV (GM/T 0004 clause 4.1).</summary>
    public static ReadOnlySpan<uint> InitialState =>
    [
        0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e,
    ];

    /// <summary>T_j &lt;&lt;&lt; (j mod 32) for the 64 rounds (GM/T 0004 clauses 4.2 and 5.3.3).</summary>
    public static ReadOnlySpan<uint> RoundConstants =>
    [
        0x79cc4519, 0xf3988a32, 0xe7311465, 0xce6228cb, 0x9cc45197, 0x3988a32f, 0x7311465e, 0xe6228cbc,
        0xcc451979, 0x988a32f3, 0x311465e7, 0x6228cbce, 0xc451979c, 0x88a32f39, 0x11465e73, 0x228cbce6,
        0x9d8a7a87, 0x3b14f50f, 0x7629ea1e, 0xec53d43c, 0xd8a7a879, 0xb14f50f3, 0x629ea1e7, 0xc53d43ce,
        0x8a7a879d, 0x14f50f3b, 0x29ea1e76, 0x53d43cec, 0xa7a879d8, 0x4f50f3b1, 0x9ea1e762, 0x3d43cec5,
        0x7a879d8a, 0xf50f3b14, 0xea1e7629, 0xd43cec53, 0xa879d8a7, 0x50f3b14f, 0xa1e7629e, 0x43cec53d,
        0x879d8a7a, 0x0f3b14f5, 0x1e7629ea, 0x3cec53d4, 0x79d8a7a8, 0xf3b14f50, 0xe7629ea1, 0xcec53d43,
        0x9d8a7a87, 0x3b14f50f, 0x7629ea1e, 0xec53d43c, 0xd8a7a879, 0xb14f50f3, 0x629ea1e7, 0xc53d43ce,
        0x8a7a879d, 0x14f50f3b, 0x29ea1e76, 0x53d43cec, 0xa7a879d8, 0x4f50f3b1, 0x9ea1e762, 0x3d43cec5,
    ];

    /// <summary>Absorbs whole blocks into the state.</summary>
    /// <param name="state">Eight words, changed in place.</param>
    /// <param name="blocks">A multiple of 64 bytes.</param>
    [SkipLocalsInit]
    public static void Compress(Span<uint> state, ReadOnlySpan<byte> blocks)
    {
        Span<uint> words = stackalloc uint[ExpandedWords];
        for (; blocks.Length >= BlockSize; blocks = blocks[BlockSize..])
        {
            Expand(ref MemoryMarshal.GetReference(words), ref MemoryMarshal.GetReference(blocks));
            Rounds(ref MemoryMarshal.GetReference(state), ref MemoryMarshal.GetReference(words));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Expand(ref uint w, ref byte block)
    {
        for (var j = 0; j < 16; j++)
        {
            var word = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref block, 4 * j));
            Unsafe.Add(ref w, j) = BitConverter.IsLittleEndian ? BinaryPrimitives.ReverseEndianness(word) : word;
        }

        for (var j = 16; j < ExpandedWords; j++)
        {
            var x = Unsafe.Add(ref w, j - 16) ^ Unsafe.Add(ref w, j - 9) ^ BitOperations.RotateLeft(Unsafe.Add(ref w, j - 3), 15);
            x ^= BitOperations.RotateLeft(x, 15) ^ BitOperations.RotateLeft(x, 23);
            Unsafe.Add(ref w, j) = x ^ BitOperations.RotateLeft(Unsafe.Add(ref w, j - 13), 7) ^ Unsafe.Add(ref w, j - 6);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rounds(ref uint state, ref uint w)
    {
        ref var k = ref MemoryMarshal.GetReference(RoundConstants);
        uint a = state, b = Unsafe.Add(ref state, 1), c = Unsafe.Add(ref state, 2), d = Unsafe.Add(ref state, 3);
        uint e = Unsafe.Add(ref state, 4), f = Unsafe.Add(ref state, 5), g = Unsafe.Add(ref state, 6), h = Unsafe.Add(ref state, 7);

        for (var j = 0; j < 16; j += 4)
        {
            Early(a, ref b, c, ref d, e, ref f, g, ref h, Unsafe.Add(ref k, 0), ref Unsafe.Add(ref w, 0));
            Early(d, ref a, b, ref c, h, ref e, f, ref g, Unsafe.Add(ref k, 1), ref Unsafe.Add(ref w, 1));
            Early(c, ref d, a, ref b, g, ref h, e, ref f, Unsafe.Add(ref k, 2), ref Unsafe.Add(ref w, 2));
            Early(b, ref c, d, ref a, f, ref g, h, ref e, Unsafe.Add(ref k, 3), ref Unsafe.Add(ref w, 3));
            k = ref Unsafe.Add(ref k, 4);
            w = ref Unsafe.Add(ref w, 4);
        }

        for (var j = 16; j < 64; j += 4)
        {
            Late(a, ref b, c, ref d, e, ref f, g, ref h, Unsafe.Add(ref k, 0), ref Unsafe.Add(ref w, 0));
            Late(d, ref a, b, ref c, h, ref e, f, ref g, Unsafe.Add(ref k, 1), ref Unsafe.Add(ref w, 1));
            Late(c, ref d, a, ref b, g, ref h, e, ref f, Unsafe.Add(ref k, 2), ref Unsafe.Add(ref w, 2));
            Late(b, ref c, d, ref a, f, ref g, h, ref e, Unsafe.Add(ref k, 3), ref Unsafe.Add(ref w, 3));
            k = ref Unsafe.Add(ref k, 4);
            w = ref Unsafe.Add(ref w, 4);
        }

        state ^= a;
        Unsafe.Add(ref state, 1) ^= b;
        Unsafe.Add(ref state, 2) ^= c;
        Unsafe.Add(ref state, 3) ^= d;
        Unsafe.Add(ref state, 4) ^= e;
        Unsafe.Add(ref state, 5) ^= f;
        Unsafe.Add(ref state, 6) ^= g;
        Unsafe.Add(ref state, 7) ^= h;
    }

    /// <summary>One of rounds 0 to 15; afterwards d holds the next A and h the next E.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Early(uint a, ref uint b, uint c, ref uint d, uint e, ref uint f, uint g, ref uint h, uint k, ref uint w)
    {
        var a12 = BitOperations.RotateLeft(a, 12);
        var ss1 = BitOperations.RotateLeft(a12 + (e + k), 7);
        d += (w ^ Unsafe.Add(ref w, 4)) + (a ^ b ^ c) + (ss1 ^ a12);
        h = P0(h + w + (e ^ f ^ g) + ss1);
        b = BitOperations.RotateLeft(b, 9);
        f = BitOperations.RotateLeft(f, 19);
    }

    /// <summary>One of rounds 16 to 63; afterwards d holds the next A and h the next E.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Late(uint a, ref uint b, uint c, ref uint d, uint e, ref uint f, uint g, ref uint h, uint k, ref uint w)
    {
        var a12 = BitOperations.RotateLeft(a, 12);
        var ss1 = BitOperations.RotateLeft(a12 + (e + k), 7);
        d += (w ^ Unsafe.Add(ref w, 4)) + ((a & b) | (c & (a | b))) + (ss1 ^ a12);
        h = P0(h + w + (g ^ (e & (f ^ g))) + ss1);
        b = BitOperations.RotateLeft(b, 9);
        f = BitOperations.RotateLeft(f, 19);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint P0(uint x) => x ^ BitOperations.RotateLeft(x, 9) ^ BitOperations.RotateLeft(x, 17);
}
