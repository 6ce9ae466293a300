using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>CBC and CTR over whole spans, in place (GB/T 17964-2021 clauses 7 and 10).</summary>
internal static class Sm4Modes
{
    private const int BlockSize = Sm4Core.BlockSize;

    /// <summary>Long enough to keep the vector code busy, short enough for the first cache.</summary>
    private const int ChunkSize = 4096;

    /// <summary>Every block waits for the one before it, so this runs one block at a time.</summary>
    public static void EncryptCbc(Sm4Core core, ReadOnlySpan<byte> iv, Span<byte> data)
    {
        var previous = iv;
        for (var i = 0; i < data.Length; i += BlockSize)
        {
            var block = data.Slice(i, BlockSize);
            Xor(block, previous);
            core.Transform(block, block);
            previous = block;
        }
    }

    /// <param name="core">Expanded for decryption.</param>
    [SkipLocalsInit]
    public static void DecryptCbc(Sm4Core core, ReadOnlySpan<byte> iv, Span<byte> data, Sm4Path path)
    {
        Span<byte> plain = stackalloc byte[ChunkSize];

        // From the end, so that the previous ciphertext block is still there.
        for (var end = data.Length; end > 0;)
        {
            var start = Math.Max(0, end - ChunkSize);
            var chunk = data[start..end];
            var result = plain[..chunk.Length];
            Sm4Blocks.Transform(core, chunk, result, path);
            Xor(result[..BlockSize], start == 0 ? iv : data.Slice(start - BlockSize, BlockSize));
            Xor(result[BlockSize..], chunk[..^BlockSize]);
            result.CopyTo(chunk);
            end = start;
        }
    }

    /// <param name="core">Expanded for encryption.</param>
    /// <param name="start">First counter block, counted on as one big-endian number of 128 bits.</param>
    [SkipLocalsInit]
    public static void TransformCtr(Sm4Core core, ReadOnlySpan<byte> start, Span<byte> data, Sm4Path path)
    {
        Span<byte> stream = stackalloc byte[ChunkSize];
        var counter = BinaryPrimitives.ReadUInt128BigEndian(start);
        while (!data.IsEmpty)
        {
            var part = data[..Math.Min(ChunkSize, data.Length)];
            var blocks = stream[..((part.Length + BlockSize - 1) / BlockSize * BlockSize)];
            Count(ref counter, blocks);
            Sm4Blocks.Transform(core, blocks, blocks, path);
            Xor(part, blocks);
            data = data[part.Length..];
        }
    }

    private static void Count(ref UInt128 counter, Span<byte> blocks)
    {
        for (var i = 0; i < blocks.Length; i += BlockSize)
        {
            BinaryPrimitives.WriteUInt128BigEndian(blocks[i..], counter++);
        }
    }

    private static void Xor(Span<byte> target, ReadOnlySpan<byte> mask)
    {
        var vectors = MemoryMarshal.Cast<byte, Vector<byte>>(target);
        var masks = MemoryMarshal.Cast<byte, Vector<byte>>(mask[..target.Length]);
        for (var i = 0; i < vectors.Length; i++)
        {
            vectors[i] ^= masks[i];
        }

        for (var i = vectors.Length * Vector<byte>.Count; i < target.Length; i++)
        {
            target[i] ^= mask[i];
        }
    }
}
