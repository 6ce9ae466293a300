using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Whole blocks, each on its own, through the widest code the processor has.</summary>
internal static class Sm4Blocks
{
    private const int BlockSize = Sm4Core.BlockSize;
    private const int LongestStride = 512;

    /// <summary>Transforms every block with the round keys of <paramref name="core"/>.</summary>
    /// <param name="core">An expanded key.</param>
    /// <param name="source">A multiple of 16 bytes.</param>
    /// <param name="destination">As long; may be the same memory, but not overlap in part.</param>
    /// <param name="path">The processor must have it.</param>
    public static void Transform(Sm4Core core, ReadOnlySpan<byte> source, Span<byte> destination, Sm4Path path)
    {
        if (source.Length % BlockSize != 0 || destination.Length < source.Length)
        {
            throw new ArgumentException("SM4 数据须为 16 字节的整数倍，输出空间不得短于输入。", nameof(source));
        }

        switch (path)
        {
            case Sm4Path.Gfni512:
                Strides<Sm4Gfni512, Vector512<uint>>(core, source, destination);
                break;
            case Sm4Path.Gfni256:
                Strides<Sm4Gfni256, Vector256<uint>>(core, source, destination);
                break;
            case Sm4Path.AesAvx2:
                Strides<Sm4AesAvx2, Vector256<uint>>(core, source, destination);
                break;
            case Sm4Path.AesNi:
                Strides<Sm4AesNi, Vector128<uint>>(core, source, destination);
                break;
            default:
                OneByOne(core, source, destination);
                break;
        }
    }

    [SkipLocalsInit]
    private static void Strides<TLanes, TVector>(Sm4Core core, ReadOnlySpan<byte> source, Span<byte> destination)
        where TLanes : struct, ISm4Lanes<TVector>
        where TVector : struct
    {
        var stride = Sm4Kernel<TLanes, TVector>.Stride;
        ref var keys = ref MemoryMarshal.GetReference(core.RoundKeys);
        for (; !TLanes.IsLong && source.Length >= 2 * stride; source = source[(2 * stride)..], destination = destination[(2 * stride)..])
        {
            Sm4Kernel<TLanes, TVector>.TransformTwice(ref MemoryMarshal.GetReference(source), ref MemoryMarshal.GetReference(destination), ref keys);
        }

        for (; source.Length >= stride; source = source[stride..], destination = destination[stride..])
        {
            Sm4Kernel<TLanes, TVector>.Transform(ref MemoryMarshal.GetReference(source), ref MemoryMarshal.GetReference(destination), ref keys);
        }

        if (source.Length <= BlockSize)
        {
            OneByOne(core, source, destination);
            return;
        }

        // The rest rides with whatever the buffer holds: a whole stride takes less time than two blocks one by one.
        Span<byte> rest = stackalloc byte[LongestStride];
        source.CopyTo(rest);
        Sm4Kernel<TLanes, TVector>.Transform(ref MemoryMarshal.GetReference(rest), ref MemoryMarshal.GetReference(rest), ref keys);
        rest[..source.Length].CopyTo(destination);
    }

    private static void OneByOne(Sm4Core core, ReadOnlySpan<byte> source, Span<byte> destination)
    {
        for (var i = 0; i < source.Length; i += BlockSize)
        {
            core.Transform(source.Slice(i, BlockSize), destination.Slice(i, BlockSize));
        }
    }
}
