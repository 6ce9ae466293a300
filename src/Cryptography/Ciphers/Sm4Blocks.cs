namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>ECB, CBC and CTR over whole arrays, in place (GB/T 17964-2021 clauses 6, 7 and 10).</summary>
internal static class Sm4Blocks
{
    private const int BlockSize = Sm4Core.BlockSize;

    public static byte[] EncryptEcb(Sm4Core core, byte[] data)
    {
        for (var i = 0; i < data.Length; i += BlockSize)
        {
            var block = data.AsSpan(i, BlockSize);
            core.Transform(block, block);
        }

        return data;
    }

    public static byte[] EncryptCbc(Sm4Core core, ReadOnlySpan<byte> iv, byte[] data)
    {
        var previous = iv;
        for (var i = 0; i < data.Length; i += BlockSize)
        {
            var block = data.AsSpan(i, BlockSize);
            Xor(block, previous);
            core.Transform(block, block);
            previous = block;
        }

        return data;
    }

    public static byte[] DecryptCbc(Sm4Core core, ReadOnlySpan<byte> iv, byte[] data)
    {
        // From the end, so that the previous ciphertext block is still there.
        for (var i = data.Length - BlockSize; i >= 0; i -= BlockSize)
        {
            var block = data.AsSpan(i, BlockSize);
            core.Transform(block, block);
            Xor(block, i == 0 ? iv : data.AsSpan(i - BlockSize, BlockSize));
        }

        return data;
    }

    public static byte[] TransformCtr(Sm4Core core, ReadOnlySpan<byte> start, byte[] data)
    {
        Span<byte> counter = stackalloc byte[BlockSize];
        Span<byte> key = stackalloc byte[BlockSize];
        start.CopyTo(counter);
        for (var i = 0; i < data.Length; i += BlockSize)
        {
            core.Transform(counter, key);
            var block = data.AsSpan(i, Math.Min(BlockSize, data.Length - i));
            Xor(block, key);
            Increment(counter);
        }

        return data;
    }

    private static void Increment(Span<byte> counter)
    {
        var i = counter.Length - 1;
        while (i >= 0 && ++counter[i] == 0)
        {
            i--;
        }
    }

    private static void Xor(Span<byte> target, ReadOnlySpan<byte> mask)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] ^= mask[i];
        }
    }
}
