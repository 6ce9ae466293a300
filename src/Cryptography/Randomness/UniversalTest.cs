namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Maurer 通用统计检测, with blocks of 7 bits and 1,280 blocks to begin with.</summary>
internal static class UniversalTest
{
    private const int BlockBits = 7;
    private const int Beginning = 1280;
    private const double Expected = 6.1962507;
    private const double Variance = 3.125;

    /// <summary>Distances counted in a table; a longer one, of which a good sample has none, is added up on its own.</summary>
    private const int Counted = 4096;

    public static TestValue Of(BitSequence bits)
    {
        var blocks = bits.Length / BlockBits;
        var looked = blocks - Beginning;
        if (looked < 1)
        {
            throw new ArgumentException($"Fewer than {(Beginning + 1) * BlockBits} bits", nameof(bits));
        }

        Span<int> last = stackalloc int[1 << BlockBits];
        var distances = new long[Counted];
        var sum = 0.0;
        for (var i = 1; i <= blocks; i++)
        {
            ref var seen = ref last[(int)(bits.WordAt((i - 1) * BlockBits) >> (BitSequence.WordBits - BlockBits))];
            if (i > Beginning)
            {
                if (i - seen < Counted)
                {
                    distances[i - seen]++;
                }
                else
                {
                    sum += Math.Log2(i - seen);
                }
            }

            seen = i;
        }

        for (var d = 2; d < Counted; d++)
        {
            sum += distances[d] == 0 ? 0 : distances[d] * Math.Log2(d);
        }

        var correction = 0.7 - (0.8 / BlockBits) + ((4 + (32.0 / BlockBits)) * Math.Pow(looked, -3.0 / BlockBits) / 15);
        return TestValue.TwoSided(((sum / looked) - Expected) / (correction * Math.Sqrt(Variance / looked)));
    }
}
