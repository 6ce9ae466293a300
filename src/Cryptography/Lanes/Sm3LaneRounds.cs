using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The compression function of GM/T 0004-2012 clause 5.3 on one block of every lane; <see cref="Sm3Compression"/> is its reference.</summary>
internal static class Sm3LaneRounds<TLanes, TVector>
    where TLanes : struct, ILaneArithmetic<TVector>
    where TVector : struct
{
    /// <summary>Absorbs one block.</summary>
    /// <param name="state">8 × lanes words, changed in place.</param>
    /// <param name="w">Room for 68 × lanes words, the first 16 × lanes being the block; the rest is overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Absorb(ref uint state, ref uint w)
    {
        ref var k = ref MemoryMarshal.GetReference(Sm3Compression.RoundConstants);
        var a = Row(ref state, 0);
        var b = Row(ref state, 1);
        var c = Row(ref state, 2);
        var d = Row(ref state, 3);
        var e = Row(ref state, 4);
        var f = Row(ref state, 5);
        var g = Row(ref state, 6);
        var h = Row(ref state, 7);

        for (var j = 0; j < 16; j += 4)
        {
            if (j == 12)
            {
                Expand(ref w);
            }

            Early(a, ref b, c, ref d, e, ref f, g, ref h, ref k, ref w, 0);
            Early(d, ref a, b, ref c, h, ref e, f, ref g, ref k, ref w, 1);
            Early(c, ref d, a, ref b, g, ref h, e, ref f, ref k, ref w, 2);
            Early(b, ref c, d, ref a, f, ref g, h, ref e, ref k, ref w, 3);
            k = ref Unsafe.Add(ref k, 4);
            w = ref Unsafe.Add(ref w, 4 * TLanes.Lanes);
        }

        for (var j = 16; j < 64; j += 4)
        {
            Expand(ref w);
            Late(a, ref b, c, ref d, e, ref f, g, ref h, ref k, ref w, 0);
            Late(d, ref a, b, ref c, h, ref e, f, ref g, ref k, ref w, 1);
            Late(c, ref d, a, ref b, g, ref h, e, ref f, ref k, ref w, 2);
            Late(b, ref c, d, ref a, f, ref g, h, ref e, ref k, ref w, 3);
            k = ref Unsafe.Add(ref k, 4);
            w = ref Unsafe.Add(ref w, 4 * TLanes.Lanes);
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
        TLanes.Store(TLanes.Xor(value, Row(ref state, index)), ref Unsafe.Add(ref state, index * TLanes.Lanes));

    /// <summary>The four words of the expanded message that the four rounds beginning at w need beyond those already there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Expand(ref uint w)
    {
        ExpandOne(ref w, 4);
        ExpandOne(ref w, 5);
        ExpandOne(ref w, 6);
        ExpandOne(ref w, 7);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExpandOne(ref uint w, int j)
    {
        var x = TLanes.Xor(Row(ref w, j - 16), Row(ref w, j - 9), TLanes.RotateLeft(Row(ref w, j - 3), 15));
        x = TLanes.Xor(x, TLanes.RotateLeft(x, 15), TLanes.RotateLeft(x, 23));
        x = TLanes.Xor(x, TLanes.RotateLeft(Row(ref w, j - 13), 7), Row(ref w, j - 6));
        TLanes.Store(x, ref Unsafe.Add(ref w, j * TLanes.Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Early(
        TVector a, ref TVector b, TVector c, ref TVector d, TVector e, ref TVector f, TVector g, ref TVector h, ref uint k, ref uint w, int j) =>
        Finish(TLanes.Xor(a, b, c), TLanes.Xor(e, f, g), a, ref b, ref d, e, ref f, ref h, Unsafe.Add(ref k, j), ref w, j);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Late(
        TVector a, ref TVector b, TVector c, ref TVector d, TVector e, ref TVector f, TVector g, ref TVector h, ref uint k, ref uint w, int j) =>
        Finish(TLanes.Majority(a, b, c), TLanes.Choose(e, f, g), a, ref b, ref d, e, ref f, ref h, Unsafe.Add(ref k, j), ref w, j);

    /// <summary>The part of a round that does not depend on its number; afterwards d holds the next A and h the next E.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(
        TVector ff, TVector gg, TVector a, ref TVector b, ref TVector d, TVector e, ref TVector f, ref TVector h, uint k, ref uint w, int j)
    {
        var word = Row(ref w, j);
        var a12 = TLanes.RotateLeft(a, 12);
        var ss1 = TLanes.RotateLeft(TLanes.Add(a12, TLanes.Add(e, TLanes.Broadcast(k))), 7);
        var tt1 = TLanes.Add(TLanes.Add(ff, d), TLanes.Xor(word, Row(ref w, j + 4)));
        var tt2 = TLanes.Add(TLanes.Add(gg, h), TLanes.Add(word, ss1));
        d = TLanes.Add(tt1, TLanes.Xor(ss1, a12));
        h = TLanes.Xor(tt2, TLanes.RotateLeft(tt2, 9), TLanes.RotateLeft(tt2, 17));
        b = TLanes.RotateLeft(b, 9);
        f = TLanes.RotateLeft(f, 19);
    }
}
