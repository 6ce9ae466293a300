using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Sixteen lanes; needs AVX-512 F and BW.</summary>
internal readonly struct Avx512Arithmetic : ILaneArithmetic<Vector512<uint>>
{
    private const int LaneCount = 16;
    private const byte Xor3Table = 0x96;
    private const byte MajorityTable = 0xe8;
    private const byte ChooseTable = 0xca;

    public static bool IsSupported => Avx512F.IsSupported && Avx512BW.IsSupported;

    public static int Lanes => LaneCount;

    public static bool HoldsTwoStates => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Load(ref uint source) => Vector512.LoadUnsafe(ref source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<uint> value, ref uint destination) => value.StoreUnsafe(ref destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Broadcast(uint value) => Vector512.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Add(Vector512<uint> a, Vector512<uint> b) => a + b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Xor(Vector512<uint> a, Vector512<uint> b) => a ^ b;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Xor(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c) => Avx512F.TernaryLogic(a, b, c, Xor3Table);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Majority(Vector512<uint> a, Vector512<uint> b, Vector512<uint> c) =>
        Avx512F.TernaryLogic(a, b, c, MajorityTable);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> Choose(Vector512<uint> mask, Vector512<uint> whenSet, Vector512<uint> whenClear) =>
        Avx512F.TernaryLogic(mask, whenSet, whenClear, ChooseTable);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> RotateLeft(Vector512<uint> value, [ConstantExpected] byte count) => Avx512F.RotateLeft(value, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<uint> ShiftRight(Vector512<uint> value, [ConstantExpected] byte count) => Avx512F.ShiftRightLogical(value, count);

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(ref byte data, ref int offsets, int advance, ref uint words)
    {
        Span<Vector512<uint>> quads = stackalloc Vector512<uint>[LaneCount];
        ref var quad = ref MemoryMarshal.GetReference(quads);
        for (var q = 0; q < 4; q++)
        {
            Quad(ref data, ref Unsafe.Add(ref offsets, 4 * q), advance, ref Unsafe.Add(ref quad, 4 * q));
        }

        for (var k = 0; k < 4; k++)
        {
            var low = Unsafe.Add(ref quad, k);
            var midLow = Unsafe.Add(ref quad, 4 + k);
            var midHigh = Unsafe.Add(ref quad, 8 + k);
            var high = Unsafe.Add(ref quad, 12 + k);
            var even = Avx512F.Shuffle4x128(low, midLow, 0b_10_00_10_00);
            var odd = Avx512F.Shuffle4x128(low, midLow, 0b_11_01_11_01);
            var evenHigh = Avx512F.Shuffle4x128(midHigh, high, 0b_10_00_10_00);
            var oddHigh = Avx512F.Shuffle4x128(midHigh, high, 0b_11_01_11_01);
            Store(Avx512F.Shuffle4x128(even, evenHigh, 0b_10_00_10_00), ref Unsafe.Add(ref words, k * LaneCount));
            Store(Avx512F.Shuffle4x128(odd, oddHigh, 0b_10_00_10_00), ref Unsafe.Add(ref words, (4 + k) * LaneCount));
            Store(Avx512F.Shuffle4x128(even, evenHigh, 0b_11_01_11_01), ref Unsafe.Add(ref words, (8 + k) * LaneCount));
            Store(Avx512F.Shuffle4x128(odd, oddHigh, 0b_11_01_11_01), ref Unsafe.Add(ref words, (12 + k) * LaneCount));
        }
    }

    /// <summary>Four lanes: vector k receives, in its 128-bit part c, word 4c + k of each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quad(ref byte data, ref int offsets, int advance, ref Vector512<uint> quad)
    {
        var a = Row(ref data, offsets + advance);
        var b = Row(ref data, Unsafe.Add(ref offsets, 1) + advance);
        var c = Row(ref data, Unsafe.Add(ref offsets, 2) + advance);
        var d = Row(ref data, Unsafe.Add(ref offsets, 3) + advance);
        var abLow = Avx512F.UnpackLow(a, b).AsUInt64();
        var abHigh = Avx512F.UnpackHigh(a, b).AsUInt64();
        var cdLow = Avx512F.UnpackLow(c, d).AsUInt64();
        var cdHigh = Avx512F.UnpackHigh(c, d).AsUInt64();
        quad = Avx512F.UnpackLow(abLow, cdLow).AsUInt32();
        Unsafe.Add(ref quad, 1) = Avx512F.UnpackHigh(abLow, cdLow).AsUInt32();
        Unsafe.Add(ref quad, 2) = Avx512F.UnpackLow(abHigh, cdHigh).AsUInt32();
        Unsafe.Add(ref quad, 3) = Avx512F.UnpackHigh(abHigh, cdHigh).AsUInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Row(ref byte data, int offset)
    {
        // Reverses the four bytes of every word.
        const ulong low = 0x04050607_00010203;
        const ulong high = 0x0c0d0e0f_08090a0b;
        var swap = Vector512.Create(low, high, low, high, low, high, low, high).AsByte();
        return Avx512BW.Shuffle(Vector512.LoadUnsafe(ref data, (nuint)offset), swap).AsUInt32();
    }
}
