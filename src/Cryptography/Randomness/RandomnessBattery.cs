namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// The tests of GM/T 0005-2021 for samples of one length. Holds its buffers (16 bytes a bit for the Fourier test), so one serves many
/// samples, one after the other: not for use from two threads at once.
/// </summary>
public sealed class RandomnessBattery
{
    private readonly Dictionary<int, LinearComplexityTest> _complexity = [];
    private readonly Lazy<FourierTest> _fourier;

    /// <param name="bits">Length of the samples.</param>
    /// <param name="items">What is asked of each; of <see cref="RandomnessSettings"/> as a rule.</param>
    public RandomnessBattery(int bits, IReadOnlyList<RandomnessItem> items)
    {
        Bits = bits;
        Items = items;
        _fourier = new Lazy<FourierTest>(() => new FourierTest(bits));
    }

    /// <summary>Length of the samples.</summary>
    public int Bits { get; }

    public IReadOnlyList<RandomnessItem> Items { get; }

    /// <summary>One value an item, in their order.</summary>
    /// <exception cref="ArgumentException">A sample of another length.</exception>
    public TestValue[] Evaluate(BitSequence sample)
    {
        if (sample.Length != Bits)
        {
            throw new ArgumentException($"{Bits} bits expected, {sample.Length} given", nameof(sample));
        }

        var patterns = new Lazy<PatternTests>(() => new PatternTests(sample));
        var walk = new Lazy<(TestValue Forward, TestValue Backward)>(() => WalkTests.CumulativeSums(sample));
        return [.. Items.Select(item => Evaluate(item, sample, patterns, walk))];
    }

    private TestValue Evaluate(RandomnessItem item, BitSequence sample, Lazy<PatternTests> patterns, Lazy<(TestValue Forward, TestValue Backward)> walk)
    {
        var parameter = item.Parameter ?? 0;
        return item.Test switch
        {
            RandomnessTest.Monobit => OnesTests.Monobit(sample),
            RandomnessTest.BlockFrequency => OnesTests.BlockFrequency(sample, parameter),
            RandomnessTest.Poker => patterns.Value.Poker(parameter),
            RandomnessTest.Serial when item.Part == RandomnessPart.First => patterns.Value.Serial(parameter).First,
            RandomnessTest.Serial => patterns.Value.Serial(parameter).Second,
            RandomnessTest.Runs => OnesTests.Runs(sample),
            RandomnessTest.RunsDistribution => RunLengthTests.Distribution(sample),
            RandomnessTest.LongestRun => RunLengthTests.Longest(sample, parameter, item.Part == RandomnessPart.Ones),
            RandomnessTest.BinaryDerivative => OnesTests.BinaryDerivative(sample, parameter),
            RandomnessTest.Autocorrelation => OnesTests.Autocorrelation(sample, parameter),
            RandomnessTest.MatrixRank => MatrixRankTest.Of(sample),
            RandomnessTest.CumulativeSums when item.Part == RandomnessPart.Forward => walk.Value.Forward,
            RandomnessTest.CumulativeSums => walk.Value.Backward,
            RandomnessTest.ApproximateEntropy => patterns.Value.ApproximateEntropy(parameter),
            RandomnessTest.LinearComplexity => Complexity(parameter).Of(sample),
            RandomnessTest.MaurerUniversal => UniversalTest.Of(sample),
            _ => _fourier.Value.Of(sample),
        };
    }

    private LinearComplexityTest Complexity(int size)
    {
        if (!_complexity.TryGetValue(size, out var test))
        {
            test = new LinearComplexityTest(size);
            _complexity.Add(size, test);
        }

        return test;
    }
}
