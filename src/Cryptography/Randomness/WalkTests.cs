namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>累加和检测: the sample as a walk, one step up or down a bit.</summary>
internal static class WalkTests
{
    /// <summary>Beyond this many standard deviations a normal law has nothing left that a double could hold.</summary>
    private const double Reach = 40;

    /// <summary>Net rise, highest and lowest point of the eight steps of a byte.</summary>
    private static readonly (sbyte Rise, sbyte High, sbyte Low)[] Steps = [.. Enumerable.Range(0, 256).Select(StepsOf)];

    public static (TestValue Forward, TestValue Backward) CumulativeSums(BitSequence bits)
    {
        var (high, low, end) = Extremes(bits);

        // Backwards the walk stands at end − S(k) for every k below n, and S(0) = 0.
        var (highBefore, lowBefore) = (Math.Max(0, high), Math.Min(0, low));
        var forward = Math.Max(Math.Abs(high), Math.Abs(low));
        var backward = Math.Max(Math.Abs(end - lowBefore), Math.Abs(end - highBefore));
        return (TestValue.OneSided(Probability(forward, bits.Length)), TestValue.OneSided(Probability(backward, bits.Length)));
    }

    private static (int High, int Low, int End) Extremes(BitSequence bits)
    {
        var (high, low, at) = (int.MinValue, int.MaxValue, 0);
        var words = bits.Words;
        var bytes = bits.Length / 8;
        for (var i = 0; i < bytes; i++)
        {
            var step = Steps[(byte)(words[i / 8] >> (56 - (i % 8 * 8)))];
            high = Math.Max(high, at + step.High);
            low = Math.Min(low, at + step.Low);
            at += step.Rise;
        }

        for (var i = bytes * 8; i < bits.Length; i++)
        {
            at += (2 * bits.Bit(i)) - 1;
            high = Math.Max(high, at);
            low = Math.Min(low, at);
        }

        return (high, low, at);
    }

    private static double Probability(int furthest, int n)
    {
        var unit = furthest / Math.Sqrt(n);
        var turns = (double)n / furthest;
        var bound = (int)Math.Ceiling(Reach / unit / 4) + 1;
        var p = 1.0;
        for (var i = Math.Max(-bound, (int)Math.Floor((1 - turns) / 4)); i <= Math.Min(bound, (int)Math.Floor((turns - 1) / 4)); i++)
        {
            p -= SpecialFunctions.Normal(((4 * i) + 1) * unit) - SpecialFunctions.Normal(((4 * i) - 1) * unit);
        }

        for (var i = Math.Max(-bound, (int)Math.Floor((-turns - 3) / 4)); i <= Math.Min(bound, (int)Math.Floor((turns - 1) / 4)); i++)
        {
            p += SpecialFunctions.Normal(((4 * i) + 3) * unit) - SpecialFunctions.Normal(((4 * i) + 1) * unit);
        }

        return Math.Clamp(p, 0, 1);
    }

    private static (sbyte Rise, sbyte High, sbyte Low) StepsOf(int value)
    {
        var (at, high, low) = (0, -8, 8);
        for (var bit = 7; bit >= 0; bit--)
        {
            at += (2 * ((value >> bit) & 1)) - 1;
            high = Math.Max(high, at);
            low = Math.Min(low, at);
        }

        return ((sbyte)at, (sbyte)high, (sbyte)low);
    }
}
