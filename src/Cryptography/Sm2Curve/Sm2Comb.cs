namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// d·2^(wj)·P for every digit d and place j, so that a product with P is additions alone. Worth its making from about ten products on;
/// 86 KiB with six bits a digit.
/// </summary>
internal sealed class Sm2Comb
{
    private const int DefaultWidth = 6;
    private static readonly Lazy<Sm2Comb> OfBase = new(static () => new Sm2Comb(Sm2AffinePoint.Base));

    private readonly int _width;
    private readonly int _digits;
    private readonly Sm2AffinePoint[] _multiples;

    public Sm2Comb(in Sm2AffinePoint point, int width = DefaultWidth)
    {
        _width = width;
        _digits = Sm2Scalar.DigitCount(width);
        var perPlace = 1 << (width - 1);
        _multiples = new Sm2AffinePoint[_digits * perPlace];
        var bases = Places(point, _digits, width);
        var sums = new Sm2JacobianPoint[_multiples.Length];
        for (var j = 0; j < _digits; j++)
        {
            var sum = Sm2JacobianPoint.Infinity;
            for (var d = 0; d < perPlace; d++)
            {
                sum.Add(bases[j]);
                sums[(j * perPlace) + d] = sum;
            }
        }

        Sm2AffinePoint.Normalize(sums, _multiples);
    }

    /// <summary>The comb of the base point G.</summary>
    public static Sm2Comb Base => OfBase.Value;

    /// <summary>Adds k·P to the sum, for any k below 2^256.</summary>
    public void AddProduct(in Sm2Scalar k, ref Sm2JacobianPoint sum)
    {
        Span<short> digits = stackalloc short[_digits];
        k.Recode(_width, digits);
        var perPlace = 1 << (_width - 1);
        for (var j = 0; j < digits.Length; j++)
        {
            if (digits[j] > 0)
            {
                sum.Add(_multiples[(j * perPlace) + digits[j] - 1]);
            }
            else if (digits[j] < 0)
            {
                sum.Subtract(_multiples[(j * perPlace) - digits[j] - 1]);
            }
        }
    }

    /// <summary>2^(wj)·P.</summary>
    private static Sm2AffinePoint[] Places(in Sm2AffinePoint point, int count, int width)
    {
        var doubled = new Sm2JacobianPoint[count];
        var current = Sm2JacobianPoint.Of(point);
        for (var j = 0; j < count; j++)
        {
            doubled[j] = current;
            for (var i = 0; i < width; i++)
            {
                current.Double();
            }
        }

        var places = new Sm2AffinePoint[count];
        Sm2AffinePoint.Normalize(doubled, places);
        return places;
    }
}
