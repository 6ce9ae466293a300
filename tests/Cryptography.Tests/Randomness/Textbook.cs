using System.Numerics;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>The fifteen tests written down as the standard tells them, bit by bit, with functions of their own: the slow side of the differential tests.</summary>
internal static class Textbook
{
    private static readonly Dictionary<int, (int First, double[] Pi)> LongestRuns = new()
    {
        [8] = (1, [0.2148, 0.3672, 0.2305, 0.1875]),
        [128] = (4, [0.1174, 0.2430, 0.2494, 0.1752, 0.1027, 0.1124]),
        [10_000] = (10, [0.086632, 0.208201, 0.248419, 0.193913, 0.121458, 0.068011, 0.073366]),
    };

    public static double P(RandomnessItem item, int[] e)
    {
        var m = item.Parameter ?? 0;
        var n = e.Length;
        return item.Test switch
        {
            RandomnessTest.Monobit => TwoSided(e.Sum(Sign) / Math.Sqrt(n)),
            RandomnessTest.BlockFrequency => Chi(e.Chunk(m).Where(c => c.Length == m).Sum(c => 4.0 * m * Square((c.Sum() / (double)m) - 0.5)), n / m),
            RandomnessTest.Poker => Chi((Math.Pow(2, m) / (n / m) * e.Chunk(m).Where(c => c.Length == m).GroupBy(Word).Sum(g => Square(g.Count()))) - (n / m), (1 << m) - 1),
            RandomnessTest.Serial when item.Part == RandomnessPart.First => Igamc(Math.Pow(2, m - 2), (Psi(e, m) - Psi(e, m - 1)) / 2),
            RandomnessTest.Serial => Igamc(Math.Pow(2, m - 3), (Psi(e, m) - (2 * Psi(e, m - 1)) + Psi(e, m - 2)) / 2),
            RandomnessTest.Runs => Runs(e),
            RandomnessTest.RunsDistribution => RunsDistribution(e),
            RandomnessTest.LongestRun => LongestRun(e, m, item.Part == RandomnessPart.Ones ? 1 : 0),
            RandomnessTest.BinaryDerivative => Derivative(e, m),
            RandomnessTest.Autocorrelation => TwoSided(2 * (Enumerable.Range(0, n - m).Sum(i => e[i] ^ e[i + m]) - ((n - m) / 2.0)) / Math.Sqrt(n - m)),
            RandomnessTest.MatrixRank => Rank(e),
            RandomnessTest.CumulativeSums => Cusum(item.Part == RandomnessPart.Forward ? e : [.. e.Reverse()]),
            RandomnessTest.ApproximateEntropy => Igamc(Math.Pow(2, m - 1), n * (Math.Log(2) - (Phi(e, m) - Phi(e, m + 1)))),
            RandomnessTest.LinearComplexity => Complexity(e, m),
            RandomnessTest.MaurerUniversal => Maurer(e),
            _ => Fourier(e),
        };
    }

    /// <summary>Massey's algorithm on arrays of bits.</summary>
    public static int LinearComplexity(int[] s)
    {
        var (c, b, length, last) = (new int[s.Length + 1], new int[s.Length + 1], 0, -1);
        (c[0], b[0]) = (1, 1);
        for (var i = 0; i < s.Length; i++)
        {
            var d = Enumerable.Range(0, length + 1).Sum(j => c[j] & s[i - j]) & 1;
            if (d == 0)
            {
                continue;
            }

            var t = (int[])c.Clone();
            for (var j = 0; j + i - last <= s.Length; j++)
            {
                c[j + i - last] ^= b[j];
            }

            if (2 * length <= i)
            {
                (length, last, b) = (i + 1 - length, i, t);
            }
        }

        return length;
    }

    public static Complex[] Transform(int[] e, int count) =>
        [.. Enumerable.Range(0, count).Select(k => e.Select((bit, j) => Sign(bit) * Complex.FromPolarCoordinates(1, -2 * Math.PI * ((long)j * k % e.Length) / e.Length)).Aggregate((a, b) => a + b))];

    /// <summary>For whole and half a: a closed form, from the complement of the error function or the exponential up.</summary>
    public static double Igamc(double a, double x)
    {
        x = Math.Max(0, x);
        var whole = a == Math.Floor(a);
        var start = whole ? 1.0 : 0.5;
        var sum = whole ? Math.Exp(-x) : Erfc(Math.Sqrt(x));
        var term = whole ? x * Math.Exp(-x) : Math.Sqrt(x) * Math.Exp(-x) / (Math.Sqrt(Math.PI) / 2);
        for (var at = start; at < a; at++)
        {
            sum += term;
            term *= x / (at + 1);
        }

        return sum;
    }

    /// <summary>Simpson's rule over what is left of the bell.</summary>
    public static double Erfc(double x)
    {
        if (x < 0)
        {
            return 2 - Erfc(-x);
        }

        const int Steps = 4000;
        var width = 8.0 / Steps;
        var sum = 0.0;
        for (var i = 0; i <= Steps; i++)
        {
            sum += (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-Square(x + (i * width)));
        }

        return sum * width / 3 * 2 / Math.Sqrt(Math.PI);
    }

    private static double Runs(int[] e)
    {
        var pi = e.Average();
        var v = 1 + e.Zip(e.Skip(1)).Count(p => p.First != p.Second);
        return pi is 0 or 1 ? 0 : TwoSided((v - (2 * e.Length * pi * (1 - pi))) / (2 * Math.Sqrt(e.Length) * pi * (1 - pi)));
    }

    private static double RunsDistribution(int[] e)
    {
        var k = Enumerable.Range(1, 60).Last(i => (e.Length - i + 3) / Math.Pow(2, i + 2) >= 5);
        var runs = RunsOf(e);
        var sum = 0.0;
        for (var i = 1; i <= k; i++)
        {
            var expected = runs.Count / Math.Pow(2, i == k ? k : i + 1);
            foreach (var value in (int[])[0, 1])
            {
                sum += Square(runs.Count(r => r.Value == value && Math.Min(k, r.Length) == i) - expected) / expected;
            }
        }

        return Igamc(k - 1, sum / 2);
    }

    private static double LongestRun(int[] e, int m, int value)
    {
        var (first, pi) = LongestRuns[m];
        var blocks = e.Chunk(m).Where(c => c.Length == m).ToList();
        var seen = new int[pi.Length];
        foreach (var block in blocks)
        {
            var longest = RunsOf(block).Where(r => r.Value == value).Select(r => r.Length).DefaultIfEmpty(0).Max();
            seen[Math.Clamp(longest - first, 0, pi.Length - 1)]++;
        }

        return Chi(pi.Select((p, i) => Square(seen[i] - (blocks.Count * p)) / (blocks.Count * p)).Sum(), pi.Length - 1);
    }

    private static double Derivative(int[] e, int k)
    {
        for (var i = 0; i < k; i++)
        {
            e = [.. e.Zip(e.Skip(1), (a, b) => a ^ b)];
        }

        return TwoSided(e.Sum(Sign) / Math.Sqrt(e.Length));
    }

    private static double Rank(int[] e)
    {
        double[] pi = [0.2888, 0.5776, 0.1336];
        var seen = new int[3];
        var matrices = e.Chunk(1024).Where(c => c.Length == 1024).ToList();
        foreach (var matrix in matrices)
        {
            var rows = matrix.Chunk(32).ToList();
            var rank = 0;
            for (var column = 0; column < 32; column++)
            {
                var pivot = rows.FindIndex(rank, r => r[column] == 1);
                if (pivot < 0)
                {
                    continue;
                }

                (rows[rank], rows[pivot]) = (rows[pivot], rows[rank]);
                for (var r = rank + 1; r < 32; r++)
                {
                    rows[r] = rows[r][column] == 1 ? [.. rows[r].Zip(rows[rank], (a, b) => a ^ b)] : rows[r];
                }

                rank++;
            }

            seen[Math.Min(2, 32 - rank)]++;
        }

        return Math.Exp(-pi.Select((p, i) => Square(seen[i] - (matrices.Count * p)) / (matrices.Count * p)).Sum() / 2);
    }

    private static double Cusum(int[] e)
    {
        var (at, z) = (0, 0);
        foreach (var bit in e)
        {
            at += Sign(bit);
            z = Math.Max(z, Math.Abs(at));
        }

        double n = e.Length;
        double Normal(double x) => Erfc(-x / Math.Sqrt(2)) / 2;
        var p = 1.0;
        for (var i = Math.Floor(((-n / z) + 1) / 4); i <= ((n / z) - 1) / 4; i++)
        {
            p -= Normal(((4 * i) + 1) * z / Math.Sqrt(n)) - Normal(((4 * i) - 1) * z / Math.Sqrt(n));
        }

        for (var i = Math.Floor(((-n / z) - 3) / 4); i <= ((n / z) - 1) / 4; i++)
        {
            p += Normal(((4 * i) + 3) * z / Math.Sqrt(n)) - Normal(((4 * i) + 1) * z / Math.Sqrt(n));
        }

        return p;
    }

    private static double Complexity(int[] e, int m)
    {
        double[] pi = [0.010417, 0.03125, 0.125, 0.5, 0.25, 0.0625, 0.020833];
        double[] bounds = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5];
        var sign = m % 2 == 0 ? 1 : -1;
        var mean = (m / 2.0) + ((9 + (m % 2 == 0 ? -1 : 1)) / 36.0) - (((m / 3.0) + (2 / 9.0)) / Math.Pow(2, m));
        var seen = new int[7];
        var blocks = e.Chunk(m).Where(c => c.Length == m).ToList();
        foreach (var block in blocks)
        {
            var t = (sign * (LinearComplexity(block) - mean)) + (2 / 9.0);
            seen[bounds.Count(b => t > b)]++;
        }

        return Chi(pi.Select((p, i) => Square(seen[i] - (blocks.Count * p)) / (blocks.Count * p)).Sum(), 6);
    }

    private static double Maurer(int[] e)
    {
        var blocks = e.Chunk(7).Where(c => c.Length == 7).Select(Word).ToList();
        var last = new Dictionary<int, int>();
        var (sum, k) = (0.0, blocks.Count - 1280);
        for (var i = 1; i <= blocks.Count; i++)
        {
            sum += i > 1280 ? Math.Log2(i - last.GetValueOrDefault(blocks[i - 1])) : 0;
            last[blocks[i - 1]] = i;
        }

        var c = 0.7 - (0.8 / 7) + ((4 + (32 / 7.0)) * Math.Pow(k, -3 / 7.0) / 15);
        return TwoSided(((sum / k) - 6.1962507) / (c * Math.Sqrt(3.125 / k)));
    }

    private static double Fourier(int[] e)
    {
        double n = e.Length;
        var below = Transform(e, e.Length / 2).Count(f => f.Magnitude < Math.Sqrt(2.995732274 * n));
        return TwoSided((below - (0.95 * n / 2)) / Math.Sqrt(0.95 * 0.05 * n / 3.8));
    }

    private static double Psi(int[] e, int m) => m == 0 ? 0 : (Math.Pow(2, m) / e.Length * Windows(e, m).GroupBy(w => w).Sum(g => Square(g.Count()))) - e.Length;

    private static double Phi(int[] e, int m) => Windows(e, m).GroupBy(w => w).Sum(g => (double)g.Count() / e.Length * Math.Log((double)g.Count() / e.Length));

    private static IEnumerable<int> Windows(int[] e, int m) => Enumerable.Range(0, e.Length).Select(i => Word(Enumerable.Range(i, m).Select(j => e[j % e.Length])));

    private static int Word(IEnumerable<int> bits) => bits.Aggregate(0, (a, b) => (2 * a) + b);

    private static List<(int Value, int Length)> RunsOf(int[] e)
    {
        var runs = new List<(int, int)>();
        var from = 0;
        for (var i = 1; i <= e.Length; i++)
        {
            if (i == e.Length || e[i] != e[from])
            {
                runs.Add((e[from], i - from));
                from = i;
            }
        }

        return runs;
    }

    private static double Chi(double statistic, int freedom) => Igamc(freedom / 2.0, statistic / 2);

    private static double TwoSided(double v) => Erfc(Math.Abs(v) / Math.Sqrt(2));

    private static int Sign(int bit) => (2 * bit) - 1;

    private static double Square(double x) => x * x;
}
