using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// Complex Fourier transforms of one length n = 2^a·5^b, one in every lane of a vector register, so that nothing is ever moved between
/// lanes. Stockham's order: each stage reads one buffer and writes the other, and the result comes out sorted.
/// </summary>
internal sealed class LaneFourier
{
    private readonly Stage[] _stages;
    private Vector<double>[] _re;
    private Vector<double>[] _im;
    private Vector<double>[] _nextRe;
    private Vector<double>[] _nextIm;

    public LaneFourier(int length)
    {
        _stages = [.. StagesOf(length)];
        (_re, _im, _nextRe, _nextIm) = (new Vector<double>[length], new Vector<double>[length], new Vector<double>[length], new Vector<double>[length]);
    }

    /// <summary>Input before, output after <see cref="Transform"/>.</summary>
    public Span<Vector<double>> Re => _re;

    /// <summary>As <see cref="Re"/>.</summary>
    public Span<Vector<double>> Im => _im;

    public void Transform()
    {
        foreach (var stage in _stages)
        {
            switch (stage.Radix)
            {
                case 2:
                    Two(stage);
                    break;
                case 4:
                    Four(stage);
                    break;
                default:
                    Five(stage);
                    break;
            }

            (_re, _nextRe) = (_nextRe, _re);
            (_im, _nextIm) = (_nextIm, _im);
        }
    }

    private static List<Stage> StagesOf(int length)
    {
        var (stages, left, stride) = (new List<Stage>(), length, 1);
        while (left > 1)
        {
            var radix = left % 4 == 0 ? 4 : left % 5 == 0 ? 5 : 2;
            if (left % radix != 0)
            {
                throw new ArgumentOutOfRangeException(nameof(length), length, "2^a·5^b");
            }

            var groups = left / radix;
            stages.Add(new Stage(radix, groups, stride, [.. from p in Enumerable.Range(0, groups) from k in Enumerable.Range(1, radix - 1) select UnitRoots.Exact((long)p * k, left)]));
            (left, stride) = (groups, stride * radix);
        }

        return stages;
    }

    private void Two(Stage stage)
    {
        var (groups, stride) = (stage.Groups, stage.Stride);
        for (var p = 0; p < groups; p++)
        {
            var w = stage.Roots[p];
            for (var q = 0; q < stride; q++)
            {
                var (a, b) = (In(q + (stride * p)), In(q + (stride * (p + groups))));
                var to = q + (stride * 2 * p);
                Out(to, a + b);
                Out(to + stride, (a - b).Times(w));
            }
        }
    }

    private void Four(Stage stage)
    {
        var (groups, stride) = (stage.Groups, stage.Stride);
        var span = stride * groups;
        for (var p = 0; p < groups; p++)
        {
            var (w1, w2, w3) = (stage.Roots[3 * p], stage.Roots[(3 * p) + 1], stage.Roots[(3 * p) + 2]);
            for (var q = 0; q < stride; q++)
            {
                var from = q + (stride * p);
                var (a, b, c, d) = (In(from), In(from + span), In(from + (2 * span)), In(from + (3 * span)));
                var (even, odd, difference, turned) = (a + c, b + d, a - c, (b - d).TimesMinusI());
                var to = q + (stride * 4 * p);
                Out(to, even + odd);
                Out(to + stride, (difference + turned).Times(w1));
                Out(to + (2 * stride), (even - odd).Times(w2));
                Out(to + (3 * stride), (difference - turned).Times(w3));
            }
        }
    }

    private void Five(Stage stage)
    {
        var (groups, stride) = (stage.Groups, stage.Stride);
        var span = stride * groups;
        var (sin1, cos1) = Math.SinCos(2 * Math.PI / 5);
        var (sin2, cos2) = Math.SinCos(4 * Math.PI / 5);
        for (var p = 0; p < groups; p++)
        {
            var roots = stage.Roots.AsSpan(4 * p, 4);
            var (w1, w2, w3, w4) = (roots[0], roots[1], roots[2], roots[3]);
            for (var q = 0; q < stride; q++)
            {
                var from = q + (stride * p);
                var (a, b, c, d, e) = (In(from), In(from + span), In(from + (2 * span)), In(from + (3 * span)), In(from + (4 * span)));
                var (sumBe, sumCd, differenceBe, differenceCd) = (b + e, c + d, b - e, c - d);
                var (near, far) = (a + (sumBe * cos1) + (sumCd * cos2), a + (sumBe * cos2) + (sumCd * cos1));
                var turnedNear = ((differenceBe * sin1) + (differenceCd * sin2)).TimesMinusI();
                var turnedFar = ((differenceBe * sin2) - (differenceCd * sin1)).TimesMinusI();
                var to = q + (stride * 5 * p);
                Out(to, a + sumBe + sumCd);
                Out(to + stride, (near + turnedNear).Times(w1));
                Out(to + (2 * stride), (far + turnedFar).Times(w2));
                Out(to + (3 * stride), (far - turnedFar).Times(w3));
                Out(to + (4 * stride), (near - turnedNear).Times(w4));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Lane In(int at) => new(
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_re), at),
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_im), at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Out(int at, Lane value)
    {
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_nextRe), at) = value.Re;
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_nextIm), at) = value.Im;
    }

    private sealed record Stage(int Radix, int Groups, int Stride, (double Re, double Im)[] Roots);

    /// <summary>A complex number a lane.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly struct Lane(Vector<double> re, Vector<double> im)
    {
        public readonly Vector<double> Re = re;
        public readonly Vector<double> Im = im;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane operator +(Lane a, Lane b) => new(a.Re + b.Re, a.Im + b.Im);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane operator -(Lane a, Lane b) => new(a.Re - b.Re, a.Im - b.Im);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Lane operator *(Lane a, double b) => new(a.Re * b, a.Im * b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Lane TimesMinusI() => new(Im, -Re);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Lane Times((double Re, double Im) w)
        {
            var (re, im) = (new Vector<double>(w.Re), new Vector<double>(w.Im));
            return new((Re * re) - (Im * im), (Re * im) + (Im * re));
        }
    }
}
