namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>P, 2P … 16P, for one or a few products with P: half of the work of a product are doublings.</summary>
internal sealed class Sm2PointMultiples
{
    private const int Width = 5;
    private const int Count = 1 << (Width - 1);
    private static readonly int Digits = Sm2Scalar.DigitCount(Width);

    private readonly Sm2AffinePoint[] _multiples = new Sm2AffinePoint[Count];

    public Sm2PointMultiples(in Sm2AffinePoint point)
    {
        Span<Sm2JacobianPoint> multiples = new Sm2JacobianPoint[Count];
        var sum = Sm2JacobianPoint.Infinity;
        for (var i = 0; i < Count; i++)
        {
            sum.Add(point);
            multiples[i] = sum;
        }

        Sm2AffinePoint.Normalize(multiples, _multiples);
    }

    /// <summary>k·P for any number below 2^256.</summary>
    public Sm2JacobianPoint Multiply(in Sm2Scalar k)
    {
        Span<short> digits = stackalloc short[Digits];
        k.Recode(Width, digits);
        var product = Sm2JacobianPoint.Infinity;
        for (var j = Digits - 1; j >= 0; j--)
        {
            for (var i = 0; i < Width && !product.IsInfinity; i++)
            {
                product.Double();
            }

            if (digits[j] > 0)
            {
                product.Add(_multiples[digits[j] - 1]);
            }
            else if (digits[j] < 0)
            {
                product.Subtract(_multiples[-digits[j] - 1]);
            }
        }

        return product;
    }
}
