using System.Numerics;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>矩阵秩检测: matrices of 32 rows and columns over GF(2).</summary>
internal static class MatrixRankTest
{
    private const int Size = 32;

    /// <summary>Of full rank, one less, and the rest.</summary>
    private static readonly double[] Expected = [0.2888, 0.5776, 0.1336];

    public static TestValue Of(BitSequence bits)
    {
        var matrices = bits.Length / (Size * Size);
        Span<long> seen = stackalloc long[Expected.Length];
        Span<uint> rows = stackalloc uint[Size];
        for (var i = 0; i < matrices; i++)
        {
            var words = bits.Words.Slice(i * Size / 2, Size / 2);
            for (var r = 0; r < Size / 2; r++)
            {
                (rows[2 * r], rows[(2 * r) + 1]) = ((uint)(words[r] >> Size), (uint)words[r]);
            }

            seen[Math.Min(Size - Rank(rows), Expected.Length - 1)]++;
        }

        var statistic = 0.0;
        for (var i = 0; i < Expected.Length; i++)
        {
            var expected = matrices * Expected[i];
            statistic += (seen[i] - expected) * (seen[i] - expected) / expected;
        }

        return TestValue.OneSided(SpecialFunctions.UpperGamma(1, statistic / 2));
    }

    private static int Rank(Span<uint> rows)
    {
        var rank = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var pivot = rows[i];
            if (pivot == 0)
            {
                continue;
            }

            rank++;
            var column = BitOperations.TrailingZeroCount(pivot);
            for (var below = i + 1; below < rows.Length; below++)
            {
                rows[below] ^= pivot & (uint)-(int)((rows[below] >> column) & 1);
            }
        }

        return rank;
    }
}
