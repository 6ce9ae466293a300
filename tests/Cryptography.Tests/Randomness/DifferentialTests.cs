namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>The fast tests against the textbook ones, on good and bad bits and on lengths that end anywhere in a word.</summary>
public class DifferentialTests
{
    private static readonly (string Name, Func<int, int, byte[]> Of)[] Sources =
    [
        ("good", Streams.Good),
        ("biased", (seed, bytes) => Streams.Biased(seed, bytes, 36_000)),
        ("sticky", Streams.Sticky),
        ("low bytes", (_, bytes) => Streams.CongruentialLow(bytes)),
        ("counter", (_, bytes) => Streams.Counter(bytes + 4)),
        ("zeros", (_, bytes) => new byte[bytes]),
        ("ones", (_, bytes) => Streams.Repeated([0xFF], bytes)),
        ("alternating", (_, bytes) => Streams.Repeated([0x55], bytes)),
        ("seven", (_, bytes) => Streams.Repeated([0b11100010, 0b11100010, 0b01110001], bytes)),
        ("mostly zeros", (seed, bytes) => Streams.Biased(seed, bytes, 600)),
    ];

    public static TheoryData<int> Lengths => [.. (int[])[128, 191, 192, 1000, 1023, 1025, 2500, 4999]];

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Every_test_of_short_samples(int bits)
    {
        List<RandomnessItem> items =
        [
            new(RandomnessTest.Monobit), new(RandomnessTest.BlockFrequency, 10), new(RandomnessTest.BlockFrequency, 100),
            new(RandomnessTest.Poker, 2), new(RandomnessTest.Poker, 4), new(RandomnessTest.Poker, 8), new(RandomnessTest.Runs), new(RandomnessTest.RunsDistribution),
            new(RandomnessTest.LongestRun, 8, RandomnessPart.Ones), new(RandomnessTest.LongestRun, 8, RandomnessPart.Zeros),
            new(RandomnessTest.LongestRun, 128, RandomnessPart.Ones), new(RandomnessTest.LongestRun, 128, RandomnessPart.Zeros),
            new(RandomnessTest.CumulativeSums, null, RandomnessPart.Forward), new(RandomnessTest.CumulativeSums, null, RandomnessPart.Backward),
            .. from m in Enumerable.Range(2, 7) from part in (RandomnessPart[])[RandomnessPart.First, RandomnessPart.Second] select new RandomnessItem(RandomnessTest.Serial, m, part),
            .. Enumerable.Range(1, 7).Select(m => new RandomnessItem(RandomnessTest.ApproximateEntropy, m)),
            .. ((int[])[1, 3, 7, 15]).Select(k => new RandomnessItem(RandomnessTest.BinaryDerivative, k)),
            .. ((int[])[1, 2, 8, 16, 32, 63]).Select(d => new RandomnessItem(RandomnessTest.Autocorrelation, d)),
            .. ((int[])[21, 64, 65, 100]).Select(m => new RandomnessItem(RandomnessTest.LinearComplexity, m)),
            .. bits >= 1024 ? (RandomnessItem[])[new(RandomnessTest.MatrixRank)] : [],
            .. FourierTest.Supports(bits) ? (RandomnessItem[])[new(RandomnessTest.DiscreteFourier)] : [],
        ];
        Agree(bits, items, bits < 2000 ? [1, 2] : [1], Sources);
    }

    [Fact]
    public void All_parameters_of_20000_bits_and_the_tests_of_longer_ones() =>
        Agree(20_000, [.. RandomnessSettings.For(20_000), new(RandomnessTest.LongestRun, 10_000, RandomnessPart.Ones), new(RandomnessTest.MaurerUniversal), new(RandomnessTest.LinearComplexity, 500)], [3], Sources[..3]);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(127)]
    [InlineData(500)]
    [InlineData(1000)]
    public void Linear_complexity_of_each_block_side_by_side(int size)
    {
        const int Blocks = 3;
        foreach (var (name, of) in Sources)
        {
            var bytes = of(size, ((Blocks * size) + 7) / 8);
            var bits = BitSequence.FromBytes(bytes, Blocks * size);
            for (var first = 0; first < Blocks; first++)
            {
                var expected = Textbook.LinearComplexity(Streams.Bits(bytes, Blocks * size)[(first * size)..((first + 1) * size)]);
                Assert.True(new LinearComplexityTest(size).Complexities(bits, first, Blocks)[0] == (ulong)expected, $"{name} {size} {first}");
            }
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(10)]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(128)]
    [InlineData(160)]
    [InlineData(250)]
    [InlineData(800)]
    [InlineData(2000)]
    public void The_transform_is_the_exact_one(int bits)
    {
        var bytes = Streams.Good(bits, (bits + 7) / 8);
        var fast = new FourierTest(bits).Coefficients(BitSequence.FromBytes(bytes, bits));
        var slow = Textbook.Transform(Streams.Bits(bytes, bits), bits / 2);
        for (var k = 0; k < slow.Length; k++)
        {
            Assert.Equal(slow[k].Real, fast[k].Real, 1e-9);
            Assert.Equal(slow[k].Imaginary, fast[k].Imaginary, 1e-9);
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(125)]
    [InlineData(6)]
    [InlineData(1_048_574)]
    [InlineData(0)]
    public void Other_lengths_are_refused_and_not_padded(int bits)
    {
        Assert.False(FourierTest.Supports(bits));
        Assert.Throws<ArgumentOutOfRangeException>(() => new FourierTest(bits));
    }

    private static void Agree(int bits, IReadOnlyList<RandomnessItem> items, int[] seeds, (string Name, Func<int, int, byte[]> Of)[] sources)
    {
        var battery = new RandomnessBattery(bits, items);
        foreach (var (name, of) in sources)
        {
            foreach (var seed in seeds)
            {
                var bytes = of(seed, (bits + 7) / 8);
                var values = battery.Evaluate(BitSequence.FromBytes(bytes, bits));
                var slow = Streams.Bits(bytes, bits);
                for (var i = 0; i < items.Count; i++)
                {
                    var expected = Textbook.P(items[i], slow);
                    Assert.True(Math.Abs(expected - values[i].P) < 1e-8, $"{name} {bits} {items[i]}: {expected} by the book, {values[i].P} fast");
                }
            }
        }
    }
}
