using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// <see cref="Sm3LaneRounds{TLanes,TVector}"/> and <see cref="Sha256LaneRounds{TLanes,TVector}"/> on the same block, round beside round:
/// each is a chain in which every step waits for the one before, and two chains fill the waits of each other. Worth it where both states
/// fit into the registers.
/// </summary>
internal static class PairedLaneRounds<TLanes, TVector>
    where TLanes : struct, ILaneArithmetic<TVector>
    where TVector : struct
{
    /// <summary>Words of scratch room a lane.</summary>
    public const int Room = Expanded + Scheduled + Working;

    private const int Expanded = Sm3Compression.ExpandedWords;
    private const int Scheduled = 64;
    private const int Working = Sm3Compression.StateWords + Sha256Compression.StateWords;
    private const int Block = 16;

    /// <summary>Absorbs one block into both.</summary>
    /// <param name="sm3">8 × lanes words, changed in place.</param>
    /// <param name="sha256">As <paramref name="sm3"/>.</param>
    /// <param name="w"><see cref="Room"/> × lanes words, the first 16 × lanes being the block; the rest is overwritten.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Absorb(ref uint sm3, ref uint sha256, ref uint w)
    {
        ref var v = ref Unsafe.Add(ref w, Expanded * TLanes.Lanes);
        ref var working = ref Unsafe.Add(ref v, Scheduled * TLanes.Lanes);
        for (var j = 0; j < Block; j++)
        {
            TLanes.Store(Row(ref w, j), ref Unsafe.Add(ref v, j * TLanes.Lanes));
        }

        Early(ref sm3, ref sha256, ref working, ref w, ref v);
        Late(ref sm3, ref sha256, ref working, ref Unsafe.Add(ref w, Block * TLanes.Lanes), ref Unsafe.Add(ref v, Block * TLanes.Lanes));
    }

    /// <summary>Rounds 0 to 15, from the states into the working words.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Early(ref uint sm3, ref uint sha256, ref uint working, ref uint w, ref uint v)
    {
        ref var t = ref MemoryMarshal.GetReference(Sm3Compression.RoundConstants);
        ref var k = ref MemoryMarshal.GetReference(Sha256Compression.RoundConstants);
        var a = Row(ref sm3, 0);
        var b = Row(ref sm3, 1);
        var c = Row(ref sm3, 2);
        var d = Row(ref sm3, 3);
        var e = Row(ref sm3, 4);
        var f = Row(ref sm3, 5);
        var g = Row(ref sm3, 6);
        var h = Row(ref sm3, 7);
        var a2 = Row(ref sha256, 0);
        var b2 = Row(ref sha256, 1);
        var c2 = Row(ref sha256, 2);
        var d2 = Row(ref sha256, 3);
        var e2 = Row(ref sha256, 4);
        var f2 = Row(ref sha256, 5);
        var g2 = Row(ref sha256, 6);
        var h2 = Row(ref sha256, 7);

        for (var j = 0; j < Block; j += 8)
        {
            Sm3LaneRounds<TLanes, TVector>.Early(a, ref b, c, ref d, e, ref f, g, ref h, ref t, ref w, 0);
            Sha256LaneRounds<TLanes, TVector>.Round(a2, b2, c2, ref d2, e2, f2, g2, ref h2, ref k, ref v, 0);
            Sm3LaneRounds<TLanes, TVector>.Early(d, ref a, b, ref c, h, ref e, f, ref g, ref t, ref w, 1);
            Sha256LaneRounds<TLanes, TVector>.Round(h2, a2, b2, ref c2, d2, e2, f2, ref g2, ref k, ref v, 1);
            Sm3LaneRounds<TLanes, TVector>.Early(c, ref d, a, ref b, g, ref h, e, ref f, ref t, ref w, 2);
            Sha256LaneRounds<TLanes, TVector>.Round(g2, h2, a2, ref b2, c2, d2, e2, ref f2, ref k, ref v, 2);
            Sm3LaneRounds<TLanes, TVector>.Early(b, ref c, d, ref a, f, ref g, h, ref e, ref t, ref w, 3);
            Sha256LaneRounds<TLanes, TVector>.Round(f2, g2, h2, ref a2, b2, c2, d2, ref e2, ref k, ref v, 3);
            if (j == 8)
            {
                Sm3LaneRounds<TLanes, TVector>.Expand(ref Unsafe.Add(ref w, 4 * TLanes.Lanes));
            }

            Sm3LaneRounds<TLanes, TVector>.Early(a, ref b, c, ref d, e, ref f, g, ref h, ref t, ref w, 4);
            Sha256LaneRounds<TLanes, TVector>.Round(e2, f2, g2, ref h2, a2, b2, c2, ref d2, ref k, ref v, 4);
            Sm3LaneRounds<TLanes, TVector>.Early(d, ref a, b, ref c, h, ref e, f, ref g, ref t, ref w, 5);
            Sha256LaneRounds<TLanes, TVector>.Round(d2, e2, f2, ref g2, h2, a2, b2, ref c2, ref k, ref v, 5);
            Sm3LaneRounds<TLanes, TVector>.Early(c, ref d, a, ref b, g, ref h, e, ref f, ref t, ref w, 6);
            Sha256LaneRounds<TLanes, TVector>.Round(c2, d2, e2, ref f2, g2, h2, a2, ref b2, ref k, ref v, 6);
            Sm3LaneRounds<TLanes, TVector>.Early(b, ref c, d, ref a, f, ref g, h, ref e, ref t, ref w, 7);
            Sha256LaneRounds<TLanes, TVector>.Round(b2, c2, d2, ref e2, f2, g2, h2, ref a2, ref k, ref v, 7);
            t = ref Unsafe.Add(ref t, 8);
            k = ref Unsafe.Add(ref k, 8);
            w = ref Unsafe.Add(ref w, 8 * TLanes.Lanes);
            v = ref Unsafe.Add(ref v, 8 * TLanes.Lanes);
        }

        Keep(a, b, c, d, e, f, g, h, ref working);
        Keep(a2, b2, c2, d2, e2, f2, g2, h2, ref Unsafe.Add(ref working, Sm3Compression.StateWords * TLanes.Lanes));
    }

    /// <summary>Rounds 16 to 63, from the working words, and the feed-forward into the states.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Late(ref uint sm3, ref uint sha256, ref uint working, ref uint w, ref uint v)
    {
        ref var t = ref Unsafe.Add(ref MemoryMarshal.GetReference(Sm3Compression.RoundConstants), Block);
        ref var k = ref Unsafe.Add(ref MemoryMarshal.GetReference(Sha256Compression.RoundConstants), Block);
        var a = Row(ref working, 0);
        var b = Row(ref working, 1);
        var c = Row(ref working, 2);
        var d = Row(ref working, 3);
        var e = Row(ref working, 4);
        var f = Row(ref working, 5);
        var g = Row(ref working, 6);
        var h = Row(ref working, 7);
        var a2 = Row(ref working, 8);
        var b2 = Row(ref working, 9);
        var c2 = Row(ref working, 10);
        var d2 = Row(ref working, 11);
        var e2 = Row(ref working, 12);
        var f2 = Row(ref working, 13);
        var g2 = Row(ref working, 14);
        var h2 = Row(ref working, 15);

        for (var j = Block; j < Scheduled; j += 8)
        {
            Sm3LaneRounds<TLanes, TVector>.Expand(ref w);
            Sha256LaneRounds<TLanes, TVector>.Expand(ref v);
            Sm3LaneRounds<TLanes, TVector>.Late(a, ref b, c, ref d, e, ref f, g, ref h, ref t, ref w, 0);
            Sha256LaneRounds<TLanes, TVector>.Round(a2, b2, c2, ref d2, e2, f2, g2, ref h2, ref k, ref v, 0);
            Sm3LaneRounds<TLanes, TVector>.Late(d, ref a, b, ref c, h, ref e, f, ref g, ref t, ref w, 1);
            Sha256LaneRounds<TLanes, TVector>.Round(h2, a2, b2, ref c2, d2, e2, f2, ref g2, ref k, ref v, 1);
            Sm3LaneRounds<TLanes, TVector>.Late(c, ref d, a, ref b, g, ref h, e, ref f, ref t, ref w, 2);
            Sha256LaneRounds<TLanes, TVector>.Round(g2, h2, a2, ref b2, c2, d2, e2, ref f2, ref k, ref v, 2);
            Sm3LaneRounds<TLanes, TVector>.Late(b, ref c, d, ref a, f, ref g, h, ref e, ref t, ref w, 3);
            Sha256LaneRounds<TLanes, TVector>.Round(f2, g2, h2, ref a2, b2, c2, d2, ref e2, ref k, ref v, 3);
            Sm3LaneRounds<TLanes, TVector>.Expand(ref Unsafe.Add(ref w, 4 * TLanes.Lanes));
            Sm3LaneRounds<TLanes, TVector>.Late(a, ref b, c, ref d, e, ref f, g, ref h, ref t, ref w, 4);
            Sha256LaneRounds<TLanes, TVector>.Round(e2, f2, g2, ref h2, a2, b2, c2, ref d2, ref k, ref v, 4);
            Sm3LaneRounds<TLanes, TVector>.Late(d, ref a, b, ref c, h, ref e, f, ref g, ref t, ref w, 5);
            Sha256LaneRounds<TLanes, TVector>.Round(d2, e2, f2, ref g2, h2, a2, b2, ref c2, ref k, ref v, 5);
            Sm3LaneRounds<TLanes, TVector>.Late(c, ref d, a, ref b, g, ref h, e, ref f, ref t, ref w, 6);
            Sha256LaneRounds<TLanes, TVector>.Round(c2, d2, e2, ref f2, g2, h2, a2, ref b2, ref k, ref v, 6);
            Sm3LaneRounds<TLanes, TVector>.Late(b, ref c, d, ref a, f, ref g, h, ref e, ref t, ref w, 7);
            Sha256LaneRounds<TLanes, TVector>.Round(b2, c2, d2, ref e2, f2, g2, h2, ref a2, ref k, ref v, 7);
            t = ref Unsafe.Add(ref t, 8);
            k = ref Unsafe.Add(ref k, 8);
            w = ref Unsafe.Add(ref w, 8 * TLanes.Lanes);
            v = ref Unsafe.Add(ref v, 8 * TLanes.Lanes);
        }

        Sm3LaneRounds<TLanes, TVector>.Feed(a, b, c, d, ref sm3);
        Sm3LaneRounds<TLanes, TVector>.Feed(e, f, g, h, ref Unsafe.Add(ref sm3, 4 * TLanes.Lanes));
        Sha256LaneRounds<TLanes, TVector>.Feed(a2, b2, c2, d2, ref sha256);
        Sha256LaneRounds<TLanes, TVector>.Feed(e2, f2, g2, h2, ref Unsafe.Add(ref sha256, 4 * TLanes.Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep(TVector a, TVector b, TVector c, TVector d, TVector e, TVector f, TVector g, TVector h, ref uint words)
    {
        TLanes.Store(a, ref words);
        TLanes.Store(b, ref Unsafe.Add(ref words, TLanes.Lanes));
        TLanes.Store(c, ref Unsafe.Add(ref words, 2 * TLanes.Lanes));
        TLanes.Store(d, ref Unsafe.Add(ref words, 3 * TLanes.Lanes));
        TLanes.Store(e, ref Unsafe.Add(ref words, 4 * TLanes.Lanes));
        TLanes.Store(f, ref Unsafe.Add(ref words, 5 * TLanes.Lanes));
        TLanes.Store(g, ref Unsafe.Add(ref words, 6 * TLanes.Lanes));
        TLanes.Store(h, ref Unsafe.Add(ref words, 7 * TLanes.Lanes));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Row(ref uint rows, int index) => TLanes.Load(ref Unsafe.Add(ref rows, index * TLanes.Lanes));
}
