namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Laws of the tests: which of them do not see that every bit was turned, or that the sample is read backwards.</summary>
public class SymmetryTests
{
    private const int Bits = 20_000;

    private static readonly RandomnessItem[] Items = [.. RandomnessSettings.For(Bits), new(RandomnessTest.DiscreteFourier)];

    [Fact]
    public void Turning_every_bit_changes_no_value_but_swaps_ones_and_zeros() => Same(
        bytes => [.. bytes.Select(b => (byte)~b)],
        item => item.Test is not (RandomnessTest.MatrixRank or RandomnessTest.LinearComplexity),
        item => item.Part switch { RandomnessPart.Ones => item with { Part = RandomnessPart.Zeros }, RandomnessPart.Zeros => item with { Part = RandomnessPart.Ones }, _ => item });

    [Fact]
    public void Reading_backwards_changes_no_value_but_swaps_forward_and_backward() => Same(
        bytes => [.. bytes.Reverse().Select(b => (byte)Enumerable.Range(0, 8).Sum(i => ((b >> i) & 1) << (7 - i)))],
        item => item.Test is not (RandomnessTest.MatrixRank or RandomnessTest.BlockFrequency or RandomnessTest.Poker or RandomnessTest.LongestRun),
        item => item.Part switch { RandomnessPart.Forward => item with { Part = RandomnessPart.Backward }, RandomnessPart.Backward => item with { Part = RandomnessPart.Forward }, _ => item });

    [Fact]
    public void Exchanging_blocks_changes_nothing_for_tests_that_count_blocks() => Same(
        bytes => [.. bytes.Chunk(125).Reverse().SelectMany(c => c)],
        item => item.Test is RandomnessTest.Monobit or RandomnessTest.BlockFrequency or RandomnessTest.Poker,
        item => item);

    private static void Same(Func<byte[], byte[]> change, Func<RandomnessItem, bool> holds, Func<RandomnessItem, RandomnessItem> partner)
    {
        var battery = new RandomnessBattery(Bits, Items);
        for (var seed = 0; seed < 8; seed++)
        {
            var bytes = seed < 4 ? Streams.Good(seed, Bits / 8) : Streams.Biased(seed, Bits / 8, 34_000);
            var (before, after) = (Values(bytes), Values(change(bytes)));
            foreach (var item in Items.Where(holds))
            {
                Assert.True(Math.Abs(before[Array.IndexOf(Items, item)].P - after[Array.IndexOf(Items, partner(item))].P) < 1e-9, $"{seed} {item}");
            }
        }

        TestValue[] Values(byte[] bytes) => battery.Evaluate(BitSequence.FromBytes(bytes, Bits));
    }
}
