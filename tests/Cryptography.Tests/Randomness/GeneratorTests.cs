namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Good generators pass; a bad one fails in the test that is made for its defect.</summary>
public class GeneratorTests
{
    private const int Bits = 1_000_000;
    private static readonly RandomnessBattery Battery = new(Bits, RandomnessSettings.For(Bits));
    private static readonly Lock Gate = new();

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

    [Fact]
    public void A_stream_of_hashes_passes_twenty_times_a_million()
    {
        var all = Enumerable.Range(100, 20).Select(seed => Values(Streams.Good(seed, Bits / 8))).ToList();
        for (var i = 0; i < Battery.Items.Count; i++)
        {
            Assert.True(all.Count(v => v[i].P >= SampleStatistics.Significance) >= SampleStatistics.Needed(20), $"{Battery.Items[i]}");
        }
    }

    [Theory]
    [InlineData("51 of 100", RandomnessTest.Monobit)]
    [InlineData("sticky", RandomnessTest.Runs)]
    [InlineData("sticky", RandomnessTest.RunsDistribution)]
    [InlineData("sticky", RandomnessTest.Autocorrelation)]
    [InlineData("low bytes", RandomnessTest.DiscreteFourier)]
    [InlineData("low bytes", RandomnessTest.LinearComplexity)]
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
        var values = Values(generator switch
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
        });

        Assert.True(Battery.Items.Zip(values).Where(p => p.First.Test == test).Min(p => p.Second.P) < 1e-9);
    }

    /// <summary>What makes a shift register dangerous: nothing else sees it.</summary>
    [Fact]
    public void A_shift_register_passes_the_tests_that_count() =>
        Assert.All(
            Battery.Items.Zip(Values(Streams.ShiftRegister(1, Bits / 8))).Where(p => p.First.Test is RandomnessTest.Monobit or RandomnessTest.Poker or RandomnessTest.Runs or RandomnessTest.Serial),
            p => Assert.True(p.Second.P > 1e-4, $"{p.First}"));

    [Fact]
    public void Every_value_is_a_probability_whatever_the_bits()
    {
        byte[][] samples = [new byte[Bits / 8], Streams.Repeated([0xFF], Bits / 8), Streams.Repeated([0x0F], Bits / 8), [0x80, .. new byte[(Bits / 8) - 1]]];
        Assert.All(samples.SelectMany(Values), v =>
        {
            Assert.InRange(v.P, 0, 1);
            Assert.InRange(v.Q, 0, 1);
        });
    }

    private static TestValue[] Values(byte[] bytes)
    {
        lock (Gate)
        {
            return Battery.Evaluate(BitSequence.FromBytes(bytes, Bits));
        }
    }
}
