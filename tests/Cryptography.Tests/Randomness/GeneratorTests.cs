namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Good generators pass; a bad one fails in the test that is made for its defect.</summary>
public class GeneratorTests
{
    private const int Bits = 1_000_000;
    private static readonly IReadOnlyList<RandomnessItem> Items = RandomnessSettings.For(Bits);

    [Theory]
    [InlineData(20_000, 22)]
    [InlineData(1_000_000, 27)]
    [InlineData(100_000_000, 31)]
    public void The_settings_ask_so_many_values(int bits, int values) => Assert.Equal(values, RandomnessSettings.For(bits).Count);

    [Fact]
    public void Every_test_is_made_at_a_million_bits_and_twelve_at_twenty_thousand()
    {
        Assert.Equal(Enum.GetValues<RandomnessTest>(), RandomnessSettings.For(1_000_000).Select(i => i.Test).Distinct());
        Assert.Equal(
            [RandomnessTest.LinearComplexity, RandomnessTest.MaurerUniversal, RandomnessTest.DiscreteFourier],
            Enum.GetValues<RandomnessTest>().Except(RandomnessSettings.For(20_000).Select(i => i.Test)));
    }

    [Theory]
    [InlineData(20_000, 20)]
    [InlineData(1_000_000, 4)]
    public void A_stream_of_hashes_passes(int bits, int samples)
    {
        var battery = new RandomnessBattery(bits, RandomnessSettings.For(bits));
        var all = Enumerable.Range(100, samples).Select(seed => battery.Evaluate(BitSequence.FromBytes(Streams.Good(seed, bits / 8), bits))).ToList();
        for (var i = 0; i < battery.Items.Count; i++)
        {
            Assert.True(all.Count(v => v[i].P < SampleStatistics.Significance) <= 1, $"{battery.Items[i]}");
            Assert.All(all, v => Assert.True(v[i].P > 1e-5, $"{battery.Items[i]}"));
        }
    }

    [Theory]
    [InlineData("51 of 100", RandomnessTest.Monobit)]
    [InlineData("sticky", RandomnessTest.Runs)]
    [InlineData("sticky", RandomnessTest.RunsDistribution)]
    [InlineData("sticky", RandomnessTest.Autocorrelation)]
    [InlineData("low bytes", RandomnessTest.DiscreteFourier)]
    [InlineData("low bytes", RandomnessTest.MatrixRank)]
    [InlineData("low bytes", RandomnessTest.Autocorrelation)]
    [InlineData("repeated block", RandomnessTest.DiscreteFourier)]
    [InlineData("repeated block", RandomnessTest.MatrixRank)]
    [InlineData("counter", RandomnessTest.Poker)]
    [InlineData("counter", RandomnessTest.LongestRun)]
    [InlineData("counter", RandomnessTest.MaurerUniversal)]
    [InlineData("alternating", RandomnessTest.Serial)]
    [InlineData("alternating", RandomnessTest.ApproximateEntropy)]
    [InlineData("alternating", RandomnessTest.BinaryDerivative)]
    [InlineData("shift register", RandomnessTest.LinearComplexity)]
    [InlineData("drift", RandomnessTest.CumulativeSums)]
    [InlineData("drift", RandomnessTest.BlockFrequency)]
    [InlineData("zeros", RandomnessTest.Monobit)]
    public void A_bad_generator_fails_where_it_must(string generator, RandomnessTest test)
    {
        const int Bytes = Bits / 8;
        var bytes = generator switch
        {
            "51 of 100" => Streams.Biased(1, Bytes, 65_536 * 51 / 100),
            "sticky" => Streams.Sticky(1, Bytes),
            "low bytes" => Streams.CongruentialLow(Bytes),
            "repeated block" => Streams.Repeated(Streams.Good(1, 512), Bytes),
            "counter" => Streams.Counter(Bytes),
            "alternating" => Streams.Repeated([0x55], Bytes),
            "shift register" => Streams.ShiftRegister(1, Bytes),
            "drift" => [.. Streams.Biased(1, Bytes / 2, 65_536 * 52 / 100), .. Streams.Biased(2, Bytes / 2, 65_536 * 48 / 100)],
            _ => new byte[Bytes],
        };

        Assert.True(Values(bytes, test).Min(v => v.P) < 1e-9);
    }

    /// <summary>What makes a shift register dangerous: the tests that count see nothing.</summary>
    [Fact]
    public void A_shift_register_passes_the_tests_that_count() =>
        Assert.All(
            Values(Streams.ShiftRegister(1, Bits / 8), RandomnessTest.Monobit, RandomnessTest.Poker, RandomnessTest.Runs, RandomnessTest.Serial),
            v => Assert.True(v.P > 1e-4));

    [Fact]
    public void Every_value_is_a_probability_whatever_the_bits()
    {
        byte[][] samples = [new byte[Bits / 8], Streams.Repeated([0x0F], Bits / 8), [0x80, .. new byte[(Bits / 8) - 1]]];
        Assert.All(samples.SelectMany(s => Values(s, Enum.GetValues<RandomnessTest>())), v =>
        {
            Assert.InRange(v.P, 0, 1);
            Assert.InRange(v.Q, 0, 1);
        });
    }

    private static TestValue[] Values(byte[] bytes, params RandomnessTest[] tests) =>
        new RandomnessBattery(Bits, [.. Items.Where(i => tests.Contains(i.Test))]).Evaluate(BitSequence.FromBytes(bytes, Bits));
}
