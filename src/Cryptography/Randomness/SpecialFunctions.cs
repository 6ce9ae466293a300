namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The functions that turn statistics into probabilities; relative error below 1e-12 where the result is above 1e-290.</summary>
internal static class SpecialFunctions
{
    private const double Epsilon = 1e-17;
    private const double Tiny = 1e-300;
    private const int Iterations = 100_000;
    private const int StirlingFrom = 12;

    /// <summary>Coefficients B(2k) / (2k (2k-1)) of Stirling's series.</summary>
    private static readonly double[] Stirling = [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156];

    /// <summary>Regularised upper incomplete gamma function, igamc in the standard.</summary>
    /// <param name="a">Positive.</param>
    /// <param name="x">A negative value, which rounding can make of zero, counts as zero.</param>
    public static double UpperGamma(double a, double x)
    {
        if (double.IsNaN(x) || x <= 0)
        {
            return double.IsNaN(x) ? 0 : 1;
        }

        if (double.IsPositiveInfinity(x))
        {
            return 0;
        }

        var scale = Math.Exp((a * Math.Log(x)) - x - LogGamma(a));
        return x < a + 1 ? Math.Max(0, 1 - (scale * LowerSeries(a, x))) : Math.Min(1, scale * UpperFraction(a, x));
    }

    /// <summary>erfc.</summary>
    public static double ErrorComplement(double x)
    {
        var outside = UpperGamma(0.5, x * x);
        return x >= 0 ? outside : 2 - outside;
    }

    /// <summary>Distribution function of the normal law.</summary>
    public static double Normal(double x) => ErrorComplement(-x / Math.Sqrt(2)) / 2;

    /// <summary>Natural logarithm of the gamma function for positive arguments.</summary>
    public static double LogGamma(double a)
    {
        var shift = 1.0;
        while (a < StirlingFrom)
        {
            shift *= a++;
        }

        var sum = 0.0;
        var square = a * a;
        for (var k = Stirling.Length - 1; k >= 0; k--)
        {
            sum = (sum / square) + Stirling[k];
        }

        return ((a - 0.5) * Math.Log(a)) - a + (0.5 * Math.Log(2 * Math.PI)) + (sum / a) - Math.Log(shift);
    }

    private static double LowerSeries(double a, double x)
    {
        var term = 1 / a;
        var sum = term;
        for (var i = 1; i < Iterations && term > sum * Epsilon; i++)
        {
            term *= x / (a + i);
            sum += term;
        }

        return sum;
    }

    /// <summary>Continued fraction by the method of Lentz.</summary>
    private static double UpperFraction(double a, double x)
    {
        var b = x + 1 - a;
        var c = 1 / Tiny;
        var d = 1 / b;
        var h = d;
        for (var i = 1; i < Iterations; i++)
        {
            var numerator = -i * (i - a);
            b += 2;
            d = NotZero((numerator * d) + b);
            c = NotZero(b + (numerator / c));
            d = 1 / d;
            h *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16)
            {
                break;
            }
        }

        return h;
    }

    private static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
}
