namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Frequencies of bytes, those of the first places apart so that a common beginning can be left out.</summary>
internal sealed class ByteTally
{
    private const int Places = BlockTally.LongestPrefix;
    private const int Values = 256;
    private const double Alpha = 0.001;

    /// <summary>Each byte is to be expected five times at least.</summary>
    private const long FewestBytes = 5 * Values;

    /// <summary>
    /// Noncentrality that a test of 255 degrees of freedom at the level of 0.001 sees 95 times in 100; solves
    /// λ = c − 255 + 1.645·√(2(255 + 2λ)) with c = 330.5, the 0.999 quantile of chi-square.
    /// </summary>
    private const double SeenNoncentrality = 128;

    private readonly long[] _all = new long[Values];
    private readonly long[,] _first = new long[Places, Values];

    public void Add(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i < bytes.Length && i < Places; i++)
        {
            _first[i, bytes[i]]++;
        }

        foreach (var b in bytes)
        {
            _all[b]++;
        }
    }

    /// <summary>Null with too few bytes.</summary>
    /// <param name="leaveOut">Places at the beginning.</param>
    public ByteDistribution? Distribution(int leaveOut)
    {
        var counts = (long[])_all.Clone();
        for (var i = 0; i < leaveOut; i++)
        {
            for (var b = 0; b < Values; b++)
            {
                counts[b] -= _first[i, b];
            }
        }

        var total = counts.Sum();
        if (total < FewestBytes)
        {
            return null;
        }

        var expected = (double)total / Values;
        var chi = counts.Sum(c => (c - expected) * (c - expected) / expected);
        var p = UpperTail(chi, Values - 1);
        return new ByteDistribution
        {
            Count = total,
            ChiSquare = Math.Round(chi, 2),
            P = Math.Round(p, 6),
            LooksUniform = p >= Alpha,
            SmallestDeficitSeen = Math.Round(SeenNoncentrality / (total * 2 * Math.Log(2)), 6),
        };
    }

    /// <summary>Wilson and Hilferty's approximation, good to three digits for so many degrees of freedom.</summary>
    private static double UpperTail(double chi, int degrees)
    {
        var spread = 2.0 / (9 * degrees);
        var z = (Math.Cbrt(chi / degrees) - (1 - spread)) / Math.Sqrt(spread);
        return NormalUpperTail(z);
    }

    /// <summary>Abramowitz and Stegun 26.2.17; absolute error below 8e-8.</summary>
    private static double NormalUpperTail(double z)
    {
        if (z < 0)
        {
            return 1 - NormalUpperTail(-z);
        }

        var t = 1 / (1 + (0.2316419 * z));
        var polynomial = t * (0.319381530 + (t * (-0.356563782 + (t * (1.781477937 + (t * (-1.821255978 + (t * 1.330274429))))))));
        return Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * polynomial;
    }
}
