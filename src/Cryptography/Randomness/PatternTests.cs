namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Tests of short patterns: the sample is counted once, by windows of eight bits, and every shorter window follows from that.</summary>
internal sealed class PatternTests
{
    private const int WindowBits = 8;
    private const int Patterns = 1 << WindowBits;

    private readonly int _length;

    /// <summary>The bits behind the last whole byte.</summary>
    private int _tail;

    /// <summary>Windows that begin at multiples of eight bits.</summary>
    private readonly long[] _aligned = new long[Patterns];

    /// <summary>Windows that begin at every bit, the sample being closed to a ring.</summary>
    private readonly long[] _overlapping = new long[Patterns];

    public PatternTests(BitSequence bits)
    {
        _length = bits.Length;
        if (bits.Length % WindowBits == 0)
        {
            CountByBytes(bits);
        }
        else
        {
            CountByBits(bits);
        }
    }

    /// <summary>扑克检测.</summary>
    /// <param name="size">2, 4 or 8 bits of a pattern.</param>
    public TestValue Poker(int size)
    {
        var patterns = 1 << size;
        var counts = new long[patterns];
        for (var window = 0; window < Patterns; window++)
        {
            for (var shift = WindowBits - size; shift >= 0; shift -= size)
            {
                counts[(window >> shift) & (patterns - 1)] += _aligned[window];
            }
        }

        AddTail(size, counts);
        var blocks = _length / size;
        return TestValue.OneSided(SpecialFunctions.UpperGamma((patterns - 1) / 2.0, Deviation(counts, blocks) / 2));
    }

    /// <summary>重叠子序列检测.</summary>
    /// <param name="size">2–8.</param>
    public (TestValue First, TestValue Second) Serial(int size)
    {
        var (whole, shorter, shortest) = (Deviation(size), Deviation(size - 1), Deviation(size - 2));
        return (
            TestValue.OneSided(SpecialFunctions.UpperGamma(Math.Pow(2, size - 2), (whole - shorter) / 2)),
            TestValue.OneSided(SpecialFunctions.UpperGamma(Math.Pow(2, size - 3), (whole - (2 * shorter) + shortest) / 2)));
    }

    /// <summary>近似熵检测.</summary>
    /// <param name="size">1–7.</param>
    public TestValue ApproximateEntropy(int size)
    {
        var entropy = Negentropy(size) - Negentropy(size + 1);
        return TestValue.OneSided(SpecialFunctions.UpperGamma(Math.Pow(2, size - 1), _length * (Math.Log(2) - entropy)));
    }

    private double Negentropy(int size)
    {
        var sum = 0.0;
        foreach (var count in Overlapping(size))
        {
            if (count > 0)
            {
                var share = (double)count / _length;
                sum += share * Math.Log(share);
            }
        }

        return sum;
    }

    private double Deviation(int size) => size == 0 ? 0 : Deviation(Overlapping(size), _length);

    /// <summary>2^m/n Σ count² − n; the difference is taken in whole numbers, where nothing is rounded away.</summary>
    private static double Deviation(long[] counts, int total)
    {
        Int128 squares = 0;
        foreach (var count in counts)
        {
            squares += (Int128)count * count;
        }

        return (double)((squares * counts.Length) - ((Int128)total * total)) / total;
    }

    private long[] Overlapping(int size)
    {
        var counts = new long[1 << size];
        for (var window = 0; window < Patterns; window++)
        {
            counts[window >> (WindowBits - size)] += _overlapping[window];
        }

        return counts;
    }

    /// <summary>One table for each position in the byte, so that no increment waits for the one before.</summary>
    private void CountByBytes(BitSequence bits)
    {
        var tables = new int[WindowBits * Patterns];
        var words = bits.Words;
        var bytes = bits.Length / WindowBits;
        var first = (int)(words[0] >> (BitSequence.WordBits - WindowBits));
        var current = first;
        for (var i = 1; i <= bytes; i++)
        {
            var next = i == bytes ? first : (int)(words[i / WindowBits] >> (BitSequence.WordBits - WindowBits - (i % WindowBits * WindowBits))) & (Patterns - 1);
            var pair = (current << WindowBits) | next;
            tables[pair >> 8]++;
            tables[Patterns + ((pair >> 7) & 255)]++;
            tables[(2 * Patterns) + ((pair >> 6) & 255)]++;
            tables[(3 * Patterns) + ((pair >> 5) & 255)]++;
            tables[(4 * Patterns) + ((pair >> 4) & 255)]++;
            tables[(5 * Patterns) + ((pair >> 3) & 255)]++;
            tables[(6 * Patterns) + ((pair >> 2) & 255)]++;
            tables[(7 * Patterns) + ((pair >> 1) & 255)]++;
            current = next;
        }

        for (var i = 0; i < tables.Length; i++)
        {
            _overlapping[i % Patterns] += tables[i];
        }

        for (var window = 0; window < Patterns; window++)
        {
            _aligned[window] = tables[window];
        }
    }

    private void CountByBits(BitSequence bits)
    {
        for (var i = 0; i < bits.Length; i++)
        {
            var window = 0;
            for (var j = 0; j < WindowBits; j++)
            {
                window = (window << 1) | bits.Bit((i + j) % bits.Length);
            }

            _overlapping[window]++;
            if (i % WindowBits == 0 && i + WindowBits <= bits.Length)
            {
                _aligned[window]++;
            }
        }

        var whole = bits.Length / WindowBits * WindowBits;
        for (var i = whole; i < bits.Length; i++)
        {
            _tail = (_tail << 1) | bits.Bit(i);
        }
    }

    /// <summary>Whole patterns among the bits behind the last byte.</summary>
    private void AddTail(int size, long[] counts)
    {
        var left = _length % WindowBits;
        for (var done = size; done <= left; done += size)
        {
            counts[(_tail >> (left - done)) & (counts.Length - 1)]++;
        }
    }
}
