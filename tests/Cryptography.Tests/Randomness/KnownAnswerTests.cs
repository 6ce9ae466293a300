namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Values of GM/T 0005-2021 appendix C and of the first million bits of e, which two other programs agree on to six digits (Fourier: one, by the exact transform).</summary>
public class KnownAnswerTests
{
    private const string Bits128 =
        "11001100000101010110110001001100111000000000001001001101010100010001001111010110100000001101011111001100111001101101100010110010";

    private const string Bits100 =
        "1100100100001111110110101010001000100001011010001100001000110100110001001100011001100010100010111000";

    private static readonly BitSequence Short128 = BitSequence.Parse(Bits128);
    private static readonly BitSequence Short100 = BitSequence.Parse(Bits100);

    [Theory]
    [InlineData(RandomnessTest.Monobit, null, RandomnessPart.Whole, 0.215925, 0.892038)]
    [InlineData(RandomnessTest.Poker, 4, RandomnessPart.Whole, 0.213734, 0.213734)]
    [InlineData(RandomnessTest.Serial, 2, RandomnessPart.First, 0.436868, 0.436868)]
    [InlineData(RandomnessTest.Serial, 2, RandomnessPart.Second, 0.723674, 0.723674)]
    [InlineData(RandomnessTest.Runs, null, RandomnessPart.Whole, 0.620729, 0.310364)]
    [InlineData(RandomnessTest.RunsDistribution, null, RandomnessPart.Whole, 0.970152, 0.970152)]
    [InlineData(RandomnessTest.LongestRun, 8, RandomnessPart.Ones, 0.180598, 0.180598)]
    [InlineData(RandomnessTest.LongestRun, 8, RandomnessPart.Zeros, 0.839299, 0.839299)]
    [InlineData(RandomnessTest.BinaryDerivative, 3, RandomnessPart.Whole, 0.039669, 0.980166)]
    [InlineData(RandomnessTest.Autocorrelation, 1, RandomnessPart.Whole, 0.790080, 0.395040)]
    public void The_128_bits_of_the_appendix(RandomnessTest test, int? parameter, RandomnessPart part, double p, double q) =>
        Same(p, q, Short128, new RandomnessItem(test, parameter, part));

    [Theory]
    [InlineData(RandomnessTest.BlockFrequency, 10, RandomnessPart.Whole, 0.706438, 0.706438)]
    [InlineData(RandomnessTest.CumulativeSums, null, RandomnessPart.Forward, 0.219194, 0.219194)]
    [InlineData(RandomnessTest.CumulativeSums, null, RandomnessPart.Backward, 0.114866, 0.114866)]
    [InlineData(RandomnessTest.ApproximateEntropy, 2, RandomnessPart.Whole, 0.235301, 0.235301)]
    [InlineData(RandomnessTest.DiscreteFourier, null, RandomnessPart.Whole, 0.654721, 0.327360)]
    public void The_100_bits_of_the_appendix(RandomnessTest test, int? parameter, RandomnessPart part, double p, double q) =>
        Same(p, q, Short100, new RandomnessItem(test, parameter, part));

    [Fact]
    public void The_bits_of_e_are_those_the_values_belong_to() =>
        Assert.Equal("7ae61691f949a9a92d5ed8b65722bfcf0179964064d5f2c7e2a971b32ac97d49", FirstBitsOfE.Sha256);

    [Theory]
    [InlineData(RandomnessTest.Monobit, null, RandomnessPart.Whole, 0.953749, 0.476874)]
    [InlineData(RandomnessTest.BlockFrequency, 10_000, RandomnessPart.Whole, 0.676227, 0.676227)]
    [InlineData(RandomnessTest.BlockFrequency, 100_000, RandomnessPart.Whole, 0.052700, 0.052700)]
    [InlineData(RandomnessTest.Poker, 4, RandomnessPart.Whole, 0.656094, 0.656094)]
    [InlineData(RandomnessTest.Poker, 8, RandomnessPart.Whole, 0.023947, 0.023947)]
    [InlineData(RandomnessTest.Serial, 2, RandomnessPart.First, 0.843764, null)]
    [InlineData(RandomnessTest.Serial, 2, RandomnessPart.Second, 0.561915, null)]
    [InlineData(RandomnessTest.Serial, 3, RandomnessPart.First, 0.695134, 0.695134)]
    [InlineData(RandomnessTest.Serial, 3, RandomnessPart.Second, 0.390330, 0.390330)]
    [InlineData(RandomnessTest.Serial, 5, RandomnessPart.First, 0.225783, 0.225783)]
    [InlineData(RandomnessTest.Serial, 5, RandomnessPart.Second, 0.057499, 0.057499)]
    [InlineData(RandomnessTest.Serial, 7, RandomnessPart.First, 0.103250, null)]
    [InlineData(RandomnessTest.Serial, 7, RandomnessPart.Second, 0.071302, null)]
    [InlineData(RandomnessTest.Runs, null, RandomnessPart.Whole, 0.561917, 0.719042)]
    [InlineData(RandomnessTest.RunsDistribution, null, RandomnessPart.Whole, 0.772412, 0.772412)]
    [InlineData(RandomnessTest.LongestRun, 10_000, RandomnessPart.Ones, 0.718355, 0.718355)]
    [InlineData(RandomnessTest.LongestRun, 10_000, RandomnessPart.Zeros, 0.437861, 0.437861)]
    [InlineData(RandomnessTest.BinaryDerivative, 3, RandomnessPart.Whole, 0.417365, 0.791318)]
    [InlineData(RandomnessTest.BinaryDerivative, 7, RandomnessPart.Whole, 0.760365, 0.619817)]
    [InlineData(RandomnessTest.BinaryDerivative, 15, RandomnessPart.Whole, 0.791008, 0.604496)]
    [InlineData(RandomnessTest.Autocorrelation, 1, RandomnessPart.Whole, 0.561240, 0.719380)]
    [InlineData(RandomnessTest.Autocorrelation, 2, RandomnessPart.Whole, 0.702461, 0.351231)]
    [InlineData(RandomnessTest.Autocorrelation, 8, RandomnessPart.Whole, 0.352369, 0.176185)]
    [InlineData(RandomnessTest.Autocorrelation, 16, RandomnessPart.Whole, 0.912409, 0.543796)]
    [InlineData(RandomnessTest.Autocorrelation, 32, RandomnessPart.Whole, 0.589191, 0.294596)]
    [InlineData(RandomnessTest.MatrixRank, null, RandomnessPart.Whole, 0.307543, 0.307543)]
    [InlineData(RandomnessTest.CumulativeSums, null, RandomnessPart.Forward, 0.669886, 0.669886)]
    [InlineData(RandomnessTest.CumulativeSums, null, RandomnessPart.Backward, 0.724265, 0.724265)]
    [InlineData(RandomnessTest.ApproximateEntropy, 2, RandomnessPart.Whole, 0.695109, 0.695109)]
    [InlineData(RandomnessTest.ApproximateEntropy, 5, RandomnessPart.Whole, 0.361688, 0.361688)]
    [InlineData(RandomnessTest.ApproximateEntropy, 7, RandomnessPart.Whole, 0.003982, 0.003982)]
    [InlineData(RandomnessTest.LinearComplexity, 500, RandomnessPart.Whole, 0.826194, 0.826194)]
    [InlineData(RandomnessTest.LinearComplexity, 1_000, RandomnessPart.Whole, 0.844721, 0.844721)]
    [InlineData(RandomnessTest.LinearComplexity, 5_000, RandomnessPart.Whole, 0.231575, 0.231575)]
    [InlineData(RandomnessTest.MaurerUniversal, null, RandomnessPart.Whole, 0.282568, 0.141284)]
    [InlineData(RandomnessTest.DiscreteFourier, null, RandomnessPart.Whole, 0.851010, null)]
    public void The_first_million_bits_of_e(RandomnessTest test, int? parameter, RandomnessPart part, double p, double? q) =>
        Same(p, q, FirstBitsOfE.Sequence, new RandomnessItem(test, parameter, part));

    private static void Same(double p, double? q, BitSequence sample, RandomnessItem item)
    {
        var value = new RandomnessBattery(sample.Length, [item]).Evaluate(sample)[0];
        Assert.Equal(p, value.P, 1e-6);
        if (q is { } expected)
        {
            Assert.Equal(expected, value.Q, 1e-6);
        }
    }
}
