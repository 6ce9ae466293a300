using System.Numerics;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Looks for factors of an RSA modulus that are found in a fraction of a second; of public numbers alone.</summary>
internal static class RsaFactors
{
    /// <summary>Steps of Fermat's method; so many find primes of 1024 bits whose upper 500 bits are the same.</summary>
    private const int FermatSteps = 1 << 18;

    /// <summary>Ratios of the primes tried beside 1, as u to v, and the steps each of them gets.</summary>
    private const int LargestRatio = 12;
    private const int RatioSteps = 64;

    private const int TrialLimit = 1 << 16;

    /// <summary>What squares leave modulo numbers that few residues are squares of.</summary>
    private static readonly (int Modulus, bool[] IsSquare)[] Sieves = [.. new[] { 64, 63, 65, 11, 17, 19, 23, 31 }.Select(m => (m, Squares(m)))];

    private static readonly Lazy<int[]> SmallPrimes = new(Primes);

    public static bool HasSmallFactor(BigInteger modulus) => modulus > TrialLimit && SmallPrimes.Value.Any(p => (modulus % p).IsZero);

    /// <summary>Whether one prime is so near the other, or a simple multiple of it, that the middle between them is found by counting up from the root.</summary>
    public static bool AreClose(BigInteger modulus)
    {
        if (modulus < TrialLimit || modulus.IsEven)
        {
            return false;
        }

        if (IsDifferenceOfSquares(modulus, FermatSteps))
        {
            return true;
        }

        for (var u = 1; u < LargestRatio; u++)
        {
            for (var v = u + 1; v <= LargestRatio; v++)
            {
                if (BigInteger.GreatestCommonDivisor(u, v).IsOne && IsDifferenceOfSquares(4 * u * v * modulus, RatioSteps))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>a² − n is a square for one of the first a from the root of n on.</summary>
    private static bool IsDifferenceOfSquares(BigInteger n, int steps)
    {
        var first = Root(n);
        first += first * first < n ? 1 : 0;
        Span<int> a = stackalloc int[Sieves.Length], rest = stackalloc int[Sieves.Length];
        for (var i = 0; i < a.Length; i++)
        {
            a[i] = (int)(first % Sieves[i].Modulus);
            rest[i] = (int)(((first * first) - n) % Sieves[i].Modulus);
        }

        for (var step = 0; step < steps; step++)
        {
            var may = true;
            for (var i = 0; i < a.Length; i++)
            {
                var (modulus, isSquare) = Sieves[i];
                may &= isSquare[rest[i]];
                rest[i] = (rest[i] + (2 * a[i]) + 1) % modulus;
                a[i] = a[i] + 1 == modulus ? 0 : a[i] + 1;
            }

            if (may)
            {
                var middle = first + step;
                var square = (middle * middle) - n;
                var root = Root(square);
                if (root * root == square)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Newton's method from above.</summary>
    private static BigInteger Root(BigInteger n)
    {
        if (n.IsZero)
        {
            return n;
        }

        var root = BigInteger.One << (int)((n.GetBitLength() + 1) / 2);
        while (true)
        {
            var next = (root + (n / root)) >> 1;
            if (next >= root)
            {
                return root;
            }

            root = next;
        }
    }

    private static bool[] Squares(int modulus)
    {
        var squares = new bool[modulus];
        for (var i = 0; i < modulus; i++)
        {
            squares[i * i % modulus] = true;
        }

        return squares;
    }

    private static int[] Primes()
    {
        var composite = new bool[TrialLimit];
        List<int> primes = [];
        for (var n = 2; n < TrialLimit; n++)
        {
            if (!composite[n])
            {
                primes.Add(n);
                for (var m = 2 * n; m < TrialLimit; m += n)
                {
                    composite[m] = true;
                }
            }
        }

        return [.. primes];
    }
}
