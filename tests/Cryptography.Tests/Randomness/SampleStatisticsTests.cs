using System.Numerics;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public class SampleStatisticsTests
{
    [Theory]
    [InlineData(1000, 981)]
    [InlineData(100, 97)]
    [InlineData(50, 48)]
    [InlineData(20, 19)]
    [InlineData(1, 1)]
    public void So_many_samples_must_pass(int samples, int needed) => Assert.Equal(needed, SampleStatistics.Needed(samples));

    /// <summary>Against the binomial law in whole numbers: C(s, k)·99^(s−k) over 100^s.</summary>
    [Theory]
    [InlineData(1000, 19)]
    [InlineData(50, 2)]
    [InlineData(20, 1)]
    [InlineData(1, 0)]
    public void A_perfect_generator_fails_as_often_as_the_binomial_law_says(int samples, int allowed)
    {
        var (ways, passing, all) = (BigInteger.One, BigInteger.Zero, BigInteger.Pow(100, samples));
        for (var failing = 0; failing <= allowed; failing++)
        {
            passing += ways * BigInteger.Pow(99, samples - failing);
            ways = ways * (samples - failing) / (failing + 1);
        }

        var expected = (double)((all - passing) * BigInteger.Pow(10, 15) / all) / 1e15;
        Assert.Equal(expected, SampleStatistics.FailureOfPerfect(samples, allowed), 1e-12);
    }

    [Fact]
    public void Even_bins_are_uniform_and_one_bin_is_not()
    {
        Assert.Equal(1, SampleStatistics.Uniformity([.. Enumerable.Range(0, 100).Select(i => (i % 10 / 10.0) + 0.05)]), 1e-12);
        Assert.True(SampleStatistics.Uniformity([.. Enumerable.Repeat(0.5, 100)]) < SampleStatistics.UniformitySignificance);
        Assert.Equal(SampleStatistics.Uniformity([1.0, 0.95]), SampleStatistics.Uniformity([0.99, 0.95]));
    }
}
