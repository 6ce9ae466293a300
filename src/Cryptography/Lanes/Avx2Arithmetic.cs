using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Eight lanes; needs AVX2.</summary>
internal readonly struct Avx2Arithmetic : ILaneArithmetic<Vector256<uint>>
{
    private const int LaneCount = 8;
    private const int WordBits = 32;
    private const byte LowHalves = 0x20;
    private const byte HighHalves = 0x31;

    public static bool IsSupported => Avx2.IsSupported;

    public static int Lanes => LaneCount;

    public static bool HoldsTwoStates => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Load(ref uint source) => Vector256.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<uint> value, ref uint destination) => value.StoreUnsafe(ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Broadcast(uint value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Add(Vector256<uint> a, Vector256<uint> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Xor(Vector256<uint> a, Vector256<uint> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Xor(Vector256<uint> a, Vector256<uint> b, Vector256<uint> c) => a ^ b ^ c;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Majority(Vector256<uint> a, Vector256<uint> b, Vector256<uint> c) => (a & b) | (c & (a | b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> Choose(Vector256<uint> mask, Vector256<uint> whenSet, Vector256<uint> whenClear) =>
        whenClear ^ (mask & (whenSet ^ whenClear));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> RotateLeft(Vector256<uint> value, [ConstantExpected] byte count) =>
        Vector256.ShiftLeft(value, count) | Vector256.ShiftRightLogical(value, WordBits - count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<uint> ShiftRight(Vector256<uint> value, [ConstantExpected] byte count) => Vector256.ShiftRightLogical(value, count);

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(ref byte data, ref int offsets, int advance, ref uint words)
    {
        Span<Vector256<uint>> quads = stackalloc Vector256<uint>[LaneCount];
        ref var quad = ref MemoryMarshal.GetReference(quads);
        for (var half = 0; half < 2; half++)
        {
            Quad(ref data, ref offsets, advance, ref quad);
            Quad(ref data, ref Unsafe.Add(ref offsets, 4), advance, ref Unsafe.Add(ref quad, 4));
            for (var k = 0; k < 4; k++)
            {
                var low = Unsafe.Add(ref quad, k);
                var high = Unsafe.Add(ref quad, 4 + k);
                Store(Avx2.Permute2x128(low, high, LowHalves), ref Unsafe.Add(ref words, k * LaneCount));
                Store(Avx2.Permute2x128(low, high, HighHalves), ref Unsafe.Add(ref words, (4 + k) * LaneCount));
            }

            advance += Vector256<byte>.Count;
            words = ref Unsafe.Add(ref words, 8 * LaneCount);
        }
    }

    /// <summary>Half a block of four lanes: vector k receives, in its 128-bit part c, word 4c + k of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quad(ref byte data, ref int offsets, int advance, ref Vector256<uint> quad)
    {
        var a = Row(ref data, offsets + advance);
        var b = Row(ref data, Unsafe.Add(ref offsets, 1) + advance);
        var c = Row(ref data, Unsafe.Add(ref offsets, 2) + advance);
        var d = Row(ref data, Unsafe.Add(ref offsets, 3) + advance);
        var abLow = Avx2.UnpackLow(a, b).AsUInt64();
        var abHigh = Avx2.UnpackHigh(a, b).AsUInt64();
        var cdLow = Avx2.UnpackLow(c, d).AsUInt64();
        var cdHigh = Avx2.UnpackHigh(c, d).AsUInt64();
        quad = Avx2.UnpackLow(abLow, cdLow).AsUInt32();
        Unsafe.Add(ref quad, 1) = Avx2.UnpackHigh(abLow, cdLow).AsUInt32();
        Unsafe.Add(ref quad, 2) = Avx2.UnpackLow(abHigh, cdHigh).AsUInt32();
        Unsafe.Add(ref quad, 3) = Avx2.UnpackHigh(abHigh, cdHigh).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Row(ref byte data, int offset)
    {
        // Reverses the four bytes of every word.
        const ulong low = 0x04050607_00010203;
        const ulong high = 0x0c0d0e0f_08090a0b;
        var swap = Vector256.Create(low, high, low, high).AsByte();
        return Avx2.Shuffle(Vector256.LoadUnsafe(ref data, (nuint)offset), swap).AsUInt32();
    }
}
