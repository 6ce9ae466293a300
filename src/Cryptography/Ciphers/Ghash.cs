using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// GHASH of NIST SP 800-38D clause 6.4 by carry-less multiplication; needs PCLMULQDQ and SSSE3. Blocks are held with their bytes reversed,
/// eight products are summed before they are reduced once. Its time does not depend on the data.
/// </summary>
internal sealed class Ghash
{
    private const int BlockSize = Sm4Core.BlockSize;
    private const int Aggregated = 8;

    /// <summary>H, H² … H⁸.</summary>
    private readonly Vector128<ulong>[] _powers = new Vector128<ulong>[Aggregated];
    private Vector128<ulong> _sum;

    /// <param name="hashKey">H, 16 bytes.</param>
    public Ghash(ReadOnlySpan<byte> hashKey)
    {
        _powers[0] = Load(ref MemoryMarshal.GetReference(hashKey));
        for (var i = 1; i < Aggregated; i++)
        {
            Vector128<ulong> low = default, middle = default, high = default;
            Accumulate(_powers[i - 1], _powers[0], ref low, ref middle, ref high);
            _powers[i] = Reduce(low, middle, high);
        }
    }

    public static bool IsSupported => Pclmulqdq.IsSupported && Ssse3.IsSupported;

    /// <summary>Absorbs data, filled up with zeros to whole blocks.</summary>
    public void Append(ReadOnlySpan<byte> data)
    {
        var whole = data.Length / BlockSize * BlockSize;
        Absorb(ref MemoryMarshal.GetReference(data), whole / BlockSize);
        if (whole < data.Length)
        {
            Span<byte> last = stackalloc byte[BlockSize];
            last.Clear();
            data[whole..].CopyTo(last);
            Absorb(ref MemoryMarshal.GetReference(last), 1);
        }
    }

    /// <summary>Writes the 16 bytes of the hash so far.</summary>
    public void Write(Span<byte> destination) => Reverse(_sum.AsByte()).CopyTo(destination);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Absorb(ref byte blocks, int count)
    {
        ref var powers = ref MemoryMarshal.GetArrayDataReference(_powers);
        var sum = _sum;
        while (count > 0)
        {
            var together = Math.Min(count, Aggregated);
            Vector128<ulong> low = default, middle = default, high = default;
            for (var i = together - 1; i >= 0; i--)
            {
                Accumulate(sum ^ Load(ref blocks), Unsafe.Add(ref powers, i), ref low, ref middle, ref high);
                sum = default;
                blocks = ref Unsafe.Add(ref blocks, BlockSize);
            }

            sum = Reduce(low, middle, high);
            count -= together;
        }

        _sum = sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Load(ref byte block) => Reverse(Vector128.LoadUnsafe(ref block)).AsUInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Reverse(Vector128<byte> bytes) =>
        Ssse3.Shuffle(bytes, Vector128.Create(0x08090a0b_0c0d0e0fUL, 0x00010203_04050607UL).AsByte());

    /// <summary>Adds the four partial products of a·b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate(
        Vector128<ulong> a, Vector128<ulong> b, ref Vector128<ulong> low, ref Vector128<ulong> middle, ref Vector128<ulong> high)
    {
        low ^= Pclmulqdq.CarrylessMultiply(a, b, 0x00);
        middle ^= Pclmulqdq.CarrylessMultiply(a, b, 0x10) ^ Pclmulqdq.CarrylessMultiply(a, b, 0x01);
        high ^= Pclmulqdq.CarrylessMultiply(a, b, 0x11);
    }

    /// <summary>The residue modulo x^128 + x^7 + x^2 + x + 1, whose bits stand in reflected order; hence the shift by one place first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<ulong> Reduce(Vector128<ulong> low, Vector128<ulong> middle, Vector128<ulong> high)
    {
        var below = (low ^ Sse2.ShiftLeftLogical128BitLane(middle, 8)).AsUInt32();
        var above = (high ^ Sse2.ShiftRightLogical128BitLane(middle, 8)).AsUInt32();

        var carriesBelow = Sse2.ShiftRightLogical(below, 31);
        var carriesAbove = Sse2.ShiftRightLogical(above, 31);
        below = Sse2.ShiftLeftLogical(below, 1) | Sse2.ShiftLeftLogical128BitLane(carriesBelow, 4);
        above = Sse2.ShiftLeftLogical(above, 1) | Sse2.ShiftLeftLogical128BitLane(carriesAbove, 4) | Sse2.ShiftRightLogical128BitLane(carriesBelow, 12);

        var folded = Sse2.ShiftLeftLogical(below, 31) ^ Sse2.ShiftLeftLogical(below, 30) ^ Sse2.ShiftLeftLogical(below, 25);
        below ^= Sse2.ShiftLeftLogical128BitLane(folded, 12);
        below ^= Sse2.ShiftRightLogical(below, 1) ^ Sse2.ShiftRightLogical(below, 2) ^ Sse2.ShiftRightLogical(below, 7)
            ^ Sse2.ShiftRightLogical128BitLane(folded, 4);
        return (above ^ below).AsUInt64();
    }
}
