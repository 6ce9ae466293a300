using System.Runtime.CompilerServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The rounds of GM/T 0002-2012 on eight vectors at a time: two independent groups of four, to keep the processor's pipes filled.</summary>
internal static class Sm4Kernel<TLanes, TVector>
    where TLanes : struct, ISm4Lanes<TVector>
    where TVector : struct
{
    private const int RoundCount = 32;

    /// <summary>Bytes transformed by one call.</summary>
    public static int Stride => 8 * TLanes.Size;

    /// <summary>Transforms <see cref="Stride"/> bytes; source and destination may be the same place.</summary>
    /// <param name="source">That many bytes.</param>
    /// <param name="destination">Room for as many.</param>
    /// <param name="keys">32 round keys.</param>
    public static void Transform(ref byte source, ref byte destination, ref uint keys)
    {
        if (TLanes.IsLong)
        {
            TransformRolled(ref source, ref destination, ref keys);
        }
        else
        {
            TransformUnrolled(ref source, ref destination, ref keys);
        }
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformUnrolled(ref byte source, ref byte destination, ref uint keys)
    {
        var half = 4 * TLanes.Size;
        Read(ref source, out var a0, out var a1, out var a2, out var a3);
        Read(ref Unsafe.Add(ref source, half), out var b0, out var b1, out var b2, out var b3);
        for (var i = 0; i < RoundCount; i += 4)
        {
            var key = TLanes.Broadcast(Unsafe.Add(ref keys, i));
            a0 = TLanes.Mix(a0, TLanes.Xor(a1, a2, a3), key);
            b0 = TLanes.Mix(b0, TLanes.Xor(b1, b2, b3), key);
            key = TLanes.Broadcast(Unsafe.Add(ref keys, i + 1));
            a1 = TLanes.Mix(a1, TLanes.Xor(a2, a3, a0), key);
            b1 = TLanes.Mix(b1, TLanes.Xor(b2, b3, b0), key);
            key = TLanes.Broadcast(Unsafe.Add(ref keys, i + 2));
            a2 = TLanes.Mix(a2, TLanes.Xor(a3, a0, a1), key);
            b2 = TLanes.Mix(b2, TLanes.Xor(b3, b0, b1), key);
            key = TLanes.Broadcast(Unsafe.Add(ref keys, i + 3));
            a3 = TLanes.Mix(a3, TLanes.Xor(a0, a1, a2), key);
            b3 = TLanes.Mix(b3, TLanes.Xor(b0, b1, b2), key);
        }

        Write(a3, a2, a1, a0, ref destination);
        Write(b3, b2, b1, b0, ref Unsafe.Add(ref destination, half));
    }

    /// <summary>As <see cref="Transform"/> with one round in the loop instead of four.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TransformRolled(ref byte source, ref byte destination, ref uint keys)
    {
        var half = 4 * TLanes.Size;
        Read(ref source, out var a0, out var a1, out var a2, out var a3);
        Read(ref Unsafe.Add(ref source, half), out var b0, out var b1, out var b2, out var b3);
        for (var i = 0; i < RoundCount; i++)
        {
            var key = TLanes.Broadcast(Unsafe.Add(ref keys, i));
            var a = TLanes.Mix(a0, TLanes.Xor(a1, a2, a3), key);
            var b = TLanes.Mix(b0, TLanes.Xor(b1, b2, b3), key);
            (a0, a1, a2, a3) = (a1, a2, a3, a);
            (b0, b1, b2, b3) = (b1, b2, b3, b);
        }

        Write(a3, a2, a1, a0, ref destination);
        Write(b3, b2, b1, b0, ref Unsafe.Add(ref destination, half));
    }

    /// <summary>As <see cref="Transform"/> for twice as many bytes: each group waits for its own results, and four leave fewer gaps than two.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void TransformTwice(ref byte source, ref byte destination, ref uint keys)
    {
        var quarter = 4 * TLanes.Size;
        Read(ref source, out var a0, out var a1, out var a2, out var a3);
        Read(ref Unsafe.Add(ref source, quarter), out var b0, out var b1, out var b2, out var b3);
        Read(ref Unsafe.Add(ref source, 2 * quarter), out var c0, out var c1, out var c2, out var c3);
        Read(ref Unsafe.Add(ref source, 3 * quarter), out var d0, out var d1, out var d2, out var d3);
        for (var i = 0; i < RoundCount; i += 4)
        {
            var key = TLanes.Broadcast(Unsafe.Add(ref keys, i));
            a0 = TLanes.Mix(a0, TLanes.Xor(a1, a2, a3), key);
            b0 = TLanes.Mix(b0, TLanes.Xor(b1, b2, b3), key);
            c0 = TLanes.Mix(c0, TLanes.Xor(c1, c2, c3), key);
            d0 = TLanes.Mix(d0, TLanes.Xor(d1, d2, d3), key);
            key = TLanes.Broadcast(Unsafe.Add(ref keys, i + 1));
            a1 = TLanes.Mix(a1, TLanes.Xor(a2, a3, a0), key);
            b1 = TLanes.Mix(b1, TLanes.Xor(b2, b3, b0), key);
            c1 = TLanes.Mix(c1, TLanes.Xor(c2, c3, c0), key);
            d1 = TLanes.Mix(d1, TLanes.Xor(d2, d3, d0), key);
            key = TLanes.Broadcast(Unsafe.Add(ref keys, i + 2));
            a2 = TLanes.Mix(a2, TLanes.Xor(a3, a0, a1), key);
            b2 = TLanes.Mix(b2, TLanes.Xor(b3, b0, b1), key);
            c2 = TLanes.Mix(c2, TLanes.Xor(c3, c0, c1), key);
            d2 = TLanes.Mix(d2, TLanes.Xor(d3, d0, d1), key);
            key = TLanes.Broadcast(Unsafe.Add(ref keys, i + 3));
            a3 = TLanes.Mix(a3, TLanes.Xor(a0, a1, a2), key);
            b3 = TLanes.Mix(b3, TLanes.Xor(b0, b1, b2), key);
            c3 = TLanes.Mix(c3, TLanes.Xor(c0, c1, c2), key);
            d3 = TLanes.Mix(d3, TLanes.Xor(d0, d1, d2), key);
        }

        Write(a3, a2, a1, a0, ref destination);
        Write(b3, b2, b1, b0, ref Unsafe.Add(ref destination, quarter));
        Write(c3, c2, c1, c0, ref Unsafe.Add(ref destination, 2 * quarter));
        Write(d3, d2, d1, d0, ref Unsafe.Add(ref destination, 3 * quarter));
    }

    /// <summary>Four vectors of whole blocks to vectors of first, second, third and fourth words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Read(ref byte source, out TVector x0, out TVector x1, out TVector x2, out TVector x3)
    {
        x0 = TLanes.Load(ref source);
        x1 = TLanes.Load(ref Unsafe.Add(ref source, TLanes.Size));
        x2 = TLanes.Load(ref Unsafe.Add(ref source, 2 * TLanes.Size));
        x3 = TLanes.Load(ref Unsafe.Add(ref source, 3 * TLanes.Size));
        Transpose(ref x0, ref x1, ref x2, ref x3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(TVector x0, TVector x1, TVector x2, TVector x3, ref byte destination)
    {
        Transpose(ref x0, ref x1, ref x2, ref x3);
        TLanes.Store(x0, ref destination);
        TLanes.Store(x1, ref Unsafe.Add(ref destination, TLanes.Size));
        TLanes.Store(x2, ref Unsafe.Add(ref destination, 2 * TLanes.Size));
        TLanes.Store(x3, ref Unsafe.Add(ref destination, 3 * TLanes.Size));
    }

    /// <summary>4 × 4 words within each 128-bit part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose(ref TVector x0, ref TVector x1, ref TVector x2, ref TVector x3)
    {
        var low01 = TLanes.InterleaveLow(x0, x1);
        var low23 = TLanes.InterleaveLow(x2, x3);
        var high01 = TLanes.InterleaveHigh(x0, x1);
        var high23 = TLanes.InterleaveHigh(x2, x3);
        x0 = TLanes.InterleaveLowPairs(low01, low23);
        x1 = TLanes.InterleaveHighPairs(low01, low23);
        x2 = TLanes.InterleaveLowPairs(high01, high23);
        x3 = TLanes.InterleaveHighPairs(high01, high23);
    }
}
