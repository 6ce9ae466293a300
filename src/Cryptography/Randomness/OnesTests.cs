using System.Numerics;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Tests that count ones: of the sample, of its blocks, of the sample against itself shifted.</summary>
internal static class OnesTests
{
    /// <summary>单比特频数检测.</summary>
    public static TestValue Monobit(BitSequence bits) => Excess(bits.CountOnes(0, bits.Length), bits.Length);

    /// <summary>块内频数检测.</summary>
    /// <param name="bits">The sample.</param>
    /// <param name="size">Bits of a block; what is left at the end is not looked at.</param>
    public static TestValue BlockFrequency(BitSequence bits, int size)
    {
        var blocks = bits.Length / size;
        var sum = 0.0;
        for (var i = 0; i < blocks; i++)
        {
            var deviation = ((double)bits.CountOnes(i * size, size) / size) - 0.5;
            sum += deviation * deviation;
        }

        return TestValue.OneSided(SpecialFunctions.UpperGamma(blocks / 2.0, 4.0 * size * sum / 2));
    }

    /// <summary>游程总数检测.</summary>
    public static TestValue Runs(BitSequence bits)
    {
        var n = (double)bits.Length;
        var share = bits.CountOnes(0, bits.Length) / n;
        var spread = share * (1 - share);
        if (spread == 0)
        {
            return new TestValue(0, 1);
        }

        var runs = 1 + CountDiffering(bits, 1);
        return TestValue.TwoSided((runs - (2 * n * spread)) / (2 * Math.Sqrt(n) * spread));
    }

    /// <summary>自相关检测.</summary>
    /// <param name="bits">The sample.</param>
    /// <param name="distance">1–63.</param>
    public static TestValue Autocorrelation(BitSequence bits, int distance) => Excess(CountDiffering(bits, distance), bits.Length - distance);

    /// <summary>二元推导检测: neighbours are added <paramref name="times"/> times.</summary>
    /// <param name="bits">The sample.</param>
    /// <param name="times">1–31.</param>
    public static TestValue BinaryDerivative(BitSequence bits, int times)
    {
        var length = bits.Length - times;
        var words = bits.Words;
        var ones = 0;
        for (var i = 0; i * BitSequence.WordBits < length; i++)
        {
            ones += BitOperations.PopCount(Derive(words[i], words[i + 1], times) & BitSequence.TopMask(Math.Min(BitSequence.WordBits, length - (i * BitSequence.WordBits))));
        }

        return Excess(ones, length);
    }

    /// <summary>(1 + x)^times over GF(2) is the product of (1 + x^(2^b)) over the set bits b of times.</summary>
    private static ulong Derive(ulong word, ulong next, int times)
    {
        for (var left = times; left != 0; left &= left - 1)
        {
            var by = left & -left;
            word ^= (word << by) | (next >> (BitSequence.WordBits - by));
            next ^= next << by;
        }

        return word;
    }

    private static TestValue Excess(int ones, int length) => TestValue.TwoSided(((2.0 * ones) - length) / Math.Sqrt(length));

    private static int CountDiffering(BitSequence bits, int distance)
    {
        var length = bits.Length - distance;
        var words = bits.Words;
        var ones = 0;
        var whole = length / BitSequence.WordBits;
        for (var i = 0; i < whole; i++)
        {
            ones += BitOperations.PopCount(words[i] ^ ((words[i] << distance) | (words[i + 1] >> (BitSequence.WordBits - distance))));
        }

        var last = words[whole] ^ ((words[whole] << distance) | (words[whole + 1] >> (BitSequence.WordBits - distance)));
        return ones + BitOperations.PopCount(last & BitSequence.TopMask(length % BitSequence.WordBits));
    }
}
