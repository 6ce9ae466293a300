namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>How values of many samples are weighed (GM/T 0005-2021 clause 6), and how often a perfect generator is turned away.</summary>
public static class SampleStatistics
{
    /// <summary>显著性水平 α: a sample passes a test from this P on.</summary>
    public const double Significance = 0.01;

    /// <summary>分布均匀性的显著性水平 α_T.</summary>
    public const double UniformitySignificance = 0.0001;

    private const int Bins = 10;

    /// <summary>Samples that must pass, out of <paramref name="samples"/>.</summary>
    public static int Needed(int samples) =>
        (int)Math.Ceiling(samples * (1 - Significance - (3 * Math.Sqrt(Significance * (1 - Significance) / samples))));

    /// <summary>P_T: how well the Q values spread over ten equal bins.</summary>
    public static double Uniformity(IReadOnlyCollection<double> values)
    {
        Span<long> seen = stackalloc long[Bins];
        foreach (var q in values)
        {
            seen[Math.Clamp((int)(q * Bins), 0, Bins - 1)]++;
        }

        var expected = (double)values.Count / Bins;
        var statistic = 0.0;
        foreach (var count in seen)
        {
            statistic += (count - expected) * (count - expected) / expected;
        }

        return SpecialFunctions.UpperGamma((Bins - 1) / 2.0, statistic / 2);
    }

    /// <summary>Probability that more than <paramref name="allowed"/> of <paramref name="samples"/> samples of a perfect generator fail one test.</summary>
    public static double FailureOfPerfect(int samples, int allowed)
    {
        var tail = 0.0;
        for (var failing = Math.Max(0, allowed + 1); failing <= samples; failing++)
        {
            var term = Math.Exp(
                SpecialFunctions.LogGamma(samples + 1) - SpecialFunctions.LogGamma(failing + 1) - SpecialFunctions.LogGamma(samples - failing + 1)
                + (failing * Math.Log(Significance)) + ((samples - failing) * Math.Log(1 - Significance)));
            tail += term;
            if (term < tail * 1e-17)
            {
                break;
            }
        }

        return Math.Min(1, tail);
    }

    /// <summary>Probability that at least one of <paramref name="items"/> goes wrong if each does with <paramref name="one"/>, were they independent; they are not, so the truth lies between the two.</summary>
    public static double FailureOfAny(double one, int items) => 1 - Math.Pow(1 - one, items);
}
