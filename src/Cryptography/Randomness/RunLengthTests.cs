using System.Numerics;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Tests of the lengths of runs.</summary>
internal static class RunLengthTests
{
    private const int LongestCounted = 63;

    /// <summary>Probabilities of the classes of the longest run in blocks of 8, 128 and 10,000 bits, with the upper bound of the first class.</summary>
    private static readonly (int Size, int First, double[] Expected)[] LongestRunClasses =
    [
        (8, 1, [0.2148, 0.3672, 0.2305, 0.1875]),
        (128, 4, [0.1174, 0.2430, 0.2494, 0.1752, 0.1027, 0.1124]),
        (10_000, 10, [0.086632, 0.208201, 0.248419, 0.193913, 0.121458, 0.068011, 0.073366]),
    ];

    /// <summary>游程分布检测.</summary>
    public static TestValue Distribution(BitSequence bits)
    {
        var longest = LongestExpected(bits.Length);
        Span<long> ones = stackalloc long[LongestCounted + 1];
        Span<long> zeros = stackalloc long[LongestCounted + 1];
        CountAtLeast(bits, longest, ones, zeros);
        var total = ones[1] + zeros[1];
        var statistic = 0.0;
        for (var length = 1; length <= longest; length++)
        {
            var expected = total / Math.Pow(2, length < longest ? length + 1 : length);
            var next = length < longest ? length + 1 : 0;
            statistic += Square(ones[length] - ones[next] - expected) / expected;
            statistic += Square(zeros[length] - zeros[next] - expected) / expected;
        }

        return TestValue.OneSided(SpecialFunctions.UpperGamma(longest - 1, statistic / 2));
    }

    /// <summary>块内最大游程检测.</summary>
    /// <param name="bits">The sample.</param>
    /// <param name="size">8, 128 or 10,000.</param>
    /// <param name="ofOnes">Whether runs of ones are looked at, or runs of zeros.</param>
    public static TestValue Longest(BitSequence bits, int size, bool ofOnes)
    {
        var (_, first, expected) = Array.Find(LongestRunClasses, c => c.Size == size);
        if (expected is null)
        {
            throw new ArgumentOutOfRangeException(nameof(size), size, "8, 128 or 10000");
        }

        var blocks = bits.Length / size;
        Span<long> seen = stackalloc long[expected.Length];
        var words = new ulong[((size + BitSequence.WordBits - 1) / BitSequence.WordBits) + 1];
        var scratch = new ulong[words.Length];
        for (var i = 0; i < blocks; i++)
        {
            bits.CopyTo(i * size, size, words);
            if (!ofOnes)
            {
                Complement(words, size);
            }

            seen[Math.Clamp(LongestRun(words, scratch) - first, 0, expected.Length - 1)]++;
        }

        var statistic = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            statistic += Square(seen[i] - (blocks * expected[i])) / (blocks * expected[i]);
        }

        return TestValue.OneSided(SpecialFunctions.UpperGamma((expected.Length - 1) / 2.0, statistic / 2));
    }

    /// <summary>The largest length of which five runs of each kind are expected.</summary>
    private static int LongestExpected(int n)
    {
        var k = 1;
        while (k < LongestCounted && (n - (k + 1) + 3) / Math.Pow(2, k + 3) >= 5)
        {
            k++;
        }

        return k;
    }

    /// <summary>Runs of at least so many bits, by length. A run is told by its first bit; every round drops those that end.</summary>
    private static void CountAtLeast(BitSequence bits, int longest, Span<long> ones, Span<long> zeros)
    {
        var words = bits.Words;
        var before = ~words[0] >> (BitSequence.WordBits - 1);
        for (var i = 0; i * BitSequence.WordBits < bits.Length; i++)
        {
            var left = bits.Length - (i * BitSequence.WordBits);
            var word = words[i];
            var starts = (word ^ ((word >> 1) | (before << (BitSequence.WordBits - 1)))) & BitSequence.TopMask(Math.Min(BitSequence.WordBits, left));
            before = word & 1;
            var goesOn = ~(word ^ ((word << 1) | (words[i + 1] >> (BitSequence.WordBits - 1)))) & BitSequence.TopMask(Math.Min(BitSequence.WordBits, left - 1));
            var following = left > BitSequence.WordBits ? ~(words[i + 1] ^ ((words[i + 1] << 1) | (words[i + 2] >> (BitSequence.WordBits - 1)))) : 0;
            following &= BitSequence.TopMask(Math.Min(BitSequence.WordBits, left - 1 - BitSequence.WordBits));
            for (var length = 1; length <= longest && starts != 0; length++)
            {
                var one = BitOperations.PopCount(starts & word);
                ones[length] += one;
                zeros[length] += BitOperations.PopCount(starts) - one;
                starts &= goesOn;
                goesOn = (goesOn << 1) | (following >> (BitSequence.WordBits - 1));
                following <<= 1;
            }
        }
    }

    private static void Complement(Span<ulong> words, int size)
    {
        for (var done = 0; done < size; done += BitSequence.WordBits)
        {
            words[done / BitSequence.WordBits] = ~words[done / BitSequence.WordBits] & BitSequence.TopMask(Math.Min(BitSequence.WordBits, size - done));
        }
    }

    /// <summary>A set bit of <paramref name="marks"/> stands for a run of the length reached; shifting by a step not above it and meeting itself makes it longer.</summary>
    private static int LongestRun(Span<ulong> marks, Span<ulong> scratch)
    {
        if (!marks.ContainsAnyExcept(0UL))
        {
            return 0;
        }

        var length = 1;
        while (Meet(marks, length, scratch))
        {
            scratch.CopyTo(marks);
            length *= 2;
        }

        for (var step = length / 2; step > 0; step /= 2)
        {
            if (Meet(marks, step, scratch))
            {
                scratch.CopyTo(marks);
                length += step;
            }
        }

        return length;
    }

    private static bool Meet(ReadOnlySpan<ulong> marks, int step, Span<ulong> met)
    {
        var (words, bits) = Math.DivRem(step, BitSequence.WordBits);
        var any = 0UL;
        for (var i = 0; i < marks.Length; i++)
        {
            var near = i + words < marks.Length ? marks[i + words] : 0;
            var far = i + words + 1 < marks.Length ? marks[i + words + 1] : 0;
            met[i] = marks[i] & (bits == 0 ? near : (near << bits) | (far >> (BitSequence.WordBits - bits)));
            any |= met[i];
        }

        return any != 0;
    }

    private static double Square(double value) => value * value;
}
