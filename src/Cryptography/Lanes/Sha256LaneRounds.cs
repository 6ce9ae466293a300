using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The hash computation of FIPS 180-4 clause 6.2.2 on one block of every lane; <see cref="Sha256Compression"/> is its reference.</summary>
internal static class Sha256LaneRounds<TLanes, TVector>
    where TLanes : struct, ILaneArithmetic<TVector>
    where TVector : struct
{
    /// <summary>Absorbs one block.</summary>
    /// <param name="state">8 × lanes words, changed in place.</param>
    /// <param name="w">Room for 64 × lanes words, the first 16 × lanes being the block; the rest is overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Absorb(ref uint state, ref uint w)
    {
        ref var k = ref MemoryMarshal.GetReference(Sha256Compression.RoundConstants);
        var a = Row(ref state, 0);
        var b = Row(ref state, 1);
        var c = Row(ref state, 2);
        var d = Row(ref state, 3);
        var e = Row(ref state, 4);
        var f = Row(ref state, 5);
        var g = Row(ref state, 6);
        var h = Row(ref state, 7);

        for (var j = 0; j < 64; j += 8)
        {
            if (j >= 16)
            {
                Expand(ref w);
            }

            Round(a, b, c, ref d, e, f, g, ref h, ref k, ref w, 0);
            Round(h, a, b, ref c, d, e, f, ref g, ref k, ref w, 1);
            Round(g, h, a, ref b, c, d, e, ref f, ref k, ref w, 2);
            Round(f, g, h, ref a, b, c, d, ref e, ref k, ref w, 3);
            Round(e, f, g, ref h, a, b, c, ref d, ref k, ref w, 4);
            Round(d, e, f, ref g, h, a, b, ref c, ref k, ref w, 5);
            Round(c, d, e, ref f, g, h, a, ref b, ref k, ref w, 6);
            Round(b, c, d, ref e, f, g, h, ref a, ref k, ref w, 7);
            k = ref Unsafe.Add(ref k, 8);
            w = ref Unsafe.Add(ref w, 8 * TLanes.Lanes);
        }

        Feed(a, b, c, d, ref state);
        Feed(e, f, g, h, ref Unsafe.Add(ref state, 4 * TLanes.Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Row(ref uint rows, int index) => TLanes.Load(ref Unsafe.Add(ref rows, index * TLanes.Lanes));

    /// <summary>Half of the feed-forward.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Feed(TVector a, TVector b, TVector c, TVector d, ref uint state)
    {
        Feed(a, ref state, 0);
        Feed(b, ref state, 1);
        Feed(c, ref state, 2);
        Feed(d, ref state, 3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Feed(TVector value, ref uint state, int index) =>
        TLanes.Store(TLanes.Add(value, Row(ref state, index)), ref Unsafe.Add(ref state, index * TLanes.Lanes));

    /// <summary>The eight words of the message schedule that the eight rounds beginning at w need.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Expand(ref uint w)
    {
        ExpandOne(ref w, 0);
        ExpandOne(ref w, 1);
        ExpandOne(ref w, 2);
        ExpandOne(ref w, 3);
        ExpandOne(ref w, 4);
        ExpandOne(ref w, 5);
        ExpandOne(ref w, 6);
        ExpandOne(ref w, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExpandOne(ref uint w, int j)
    {
        var far = Row(ref w, j - 15);
        var near = Row(ref w, j - 2);
        var sigma0 = TLanes.Xor(TLanes.RotateLeft(far, 32 - 7), TLanes.RotateLeft(far, 32 - 18), TLanes.ShiftRight(far, 3));
        var sigma1 = TLanes.Xor(TLanes.RotateLeft(near, 32 - 17), TLanes.RotateLeft(near, 32 - 19), TLanes.ShiftRight(near, 10));
        var x = TLanes.Add(TLanes.Add(Row(ref w, j - 16), sigma0), TLanes.Add(Row(ref w, j - 7), sigma1));
        TLanes.Store(x, ref Unsafe.Add(ref w, j * TLanes.Lanes));
    }

    /// <summary>One round; afterwards h holds the next a and d the next e.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Round(
        TVector a, TVector b, TVector c, ref TVector d, TVector e, TVector f, TVector g, ref TVector h, ref uint k, ref uint w, int j)
    {
        var sum1 = TLanes.Xor(TLanes.RotateLeft(e, 32 - 6), TLanes.RotateLeft(e, 32 - 11), TLanes.RotateLeft(e, 32 - 25));
        var sum0 = TLanes.Xor(TLanes.RotateLeft(a, 32 - 2), TLanes.RotateLeft(a, 32 - 13), TLanes.RotateLeft(a, 32 - 22));
        var keyed = TLanes.Add(TLanes.Add(h, TLanes.Broadcast(Unsafe.Add(ref k, j))), Row(ref w, j));
        var t1 = TLanes.Add(TLanes.Add(keyed, TLanes.Choose(e, f, g)), sum1);
        d = TLanes.Add(d, t1);
        h = TLanes.Add(t1, TLanes.Add(sum0, TLanes.Majority(a, b, c)));
    }
}
