namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// Tests and parameters by length of the samples (GM/T 0005-2021 annex A; not checked against print). In dispute between sources: the
/// block size of the frequency test at 10^8 bits (here 1,000,000), the pattern of 7 bits of the approximate entropy test there, and
/// whether the rank test is made at 20,000 bits (here it is: twelve tests remain without linear complexity, Maurer and Fourier).
/// </summary>
public static class RandomnessSettings
{
    /// <summary>Lengths of samples in bits for which there are parameters.</summary>
    public static IReadOnlyList<int> Lengths { get; } = [20_000, 1_000_000, 100_000_000];

    /// <summary>A single use of a generator gives so few bits that the poker test alone is made (GM/T 0062-2018).</summary>
    public const int SingleMinimum = 128;

    private const int PokerFour = 320;
    private const int PokerEight = 10_240;

    /// <param name="bits">One of <see cref="Lengths"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">Another length.</exception>
    public static IReadOnlyList<RandomnessItem> For(int bits) => bits switch
    {
        20_000 => [.. Items(1_000, [3, 5], 128, [3, 7], [2, 8, 16], [2, 5], [], isLong: false)],
        1_000_000 => [.. Items(10_000, [3, 5], 10_000, [3, 7], [1, 2, 8, 16], [2, 5], [500, 1_000], isLong: true)],
        100_000_000 => [.. Items(1_000_000, [3, 5, 7], 10_000, [3, 7, 15], [1, 2, 8, 16, 32], [2, 5, 7], [5_000], isLong: true)],
        _ => throw new ArgumentOutOfRangeException(nameof(bits), bits, "20000, 1000000 or 100000000"),
    };

    /// <summary>The poker test with the pattern size that goes with the length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Fewer than 128 bits.</exception>
    public static RandomnessItem Single(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, SingleMinimum);
        return new RandomnessItem(RandomnessTest.Poker, bits < PokerFour ? 2 : bits < PokerEight ? 4 : 8);
    }

    private static IEnumerable<RandomnessItem> Items(int block, int[] serial, int longest, int[] derivative, int[] distances, int[] entropy, int[] complexity, bool isLong) =>
    [
        new(RandomnessTest.Monobit),
        new(RandomnessTest.BlockFrequency, block),
        new(RandomnessTest.Poker, 4),
        new(RandomnessTest.Poker, 8),
        .. serial.SelectMany(m => new[] { new RandomnessItem(RandomnessTest.Serial, m, RandomnessPart.First), new RandomnessItem(RandomnessTest.Serial, m, RandomnessPart.Second) }),
        new(RandomnessTest.Runs),
        new(RandomnessTest.RunsDistribution),
        new(RandomnessTest.LongestRun, longest, RandomnessPart.Ones),
        new(RandomnessTest.LongestRun, longest, RandomnessPart.Zeros),
        .. derivative.Select(k => new RandomnessItem(RandomnessTest.BinaryDerivative, k)),
        .. distances.Select(d => new RandomnessItem(RandomnessTest.Autocorrelation, d)),
        new(RandomnessTest.MatrixRank),
        new(RandomnessTest.CumulativeSums, null, RandomnessPart.Forward),
        new(RandomnessTest.CumulativeSums, null, RandomnessPart.Backward),
        .. entropy.Select(m => new RandomnessItem(RandomnessTest.ApproximateEntropy, m)),
        .. complexity.Select(m => new RandomnessItem(RandomnessTest.LinearComplexity, m)),
        .. isLong ? new[] { new RandomnessItem(RandomnessTest.MaurerUniversal), new RandomnessItem(RandomnessTest.DiscreteFourier) } : [],
    ];
}
