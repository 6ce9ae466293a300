using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// A point (X/Z², Y/Z³) of the SM2 curve, or with Z = 0 the point at infinity. Complete: sums that are doublings or infinite come out right.
/// Running time depends on the values: for public data alone.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Sm2JacobianPoint
{
    public Sm2FieldElement X;
    public Sm2FieldElement Y;
    public Sm2FieldElement Z;

    public static Sm2JacobianPoint Infinity => default;

    public readonly bool IsInfinity => Z.IsZero;

    public static Sm2JacobianPoint Of(in Sm2AffinePoint point) => new() { X = point.X, Y = point.Y, Z = Sm2FieldElement.One };

    /// <summary>Replaces the point by its double (4 products and 4 squares, for a = -3).</summary>
    /// <remarks>There is no point of order 2: n is odd. Infinity stays what it is, Z being a factor of the new Z.</remarks>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Double()
    {
        Sm2FieldElement.Square(Z, out var zz);
        Sm2FieldElement.Subtract(X, zz, out var minus);
        Sm2FieldElement.Add(X, zz, out var plus);
        Sm2FieldElement.Multiply(minus, plus, out var third);
        Sm2FieldElement.Add(third, third, out var slope);
        Sm2FieldElement.Add(slope, third, out slope);

        // 4·X·Y² and 8·Y⁴ through 2·Y.
        Sm2FieldElement.Add(Y, Y, out var twice);
        Sm2FieldElement.Multiply(twice, Z, out Z);
        Sm2FieldElement.Square(twice, out twice);
        Sm2FieldElement.Multiply(X, twice, out var middle);
        Sm2FieldElement.Square(twice, out twice);
        Sm2FieldElement.Halve(twice, out twice);

        Sm2FieldElement.Square(slope, out var x);
        Sm2FieldElement.Subtract(x, middle, out x);
        Sm2FieldElement.Subtract(x, middle, out X);
        Sm2FieldElement.Subtract(middle, X, out middle);
        Sm2FieldElement.Multiply(slope, middle, out var y);
        Sm2FieldElement.Subtract(y, twice, out Y);
    }

    /// <summary>Adds a finite point (8 products and 3 squares).</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(in Sm2AffinePoint other)
    {
        if (IsInfinity)
        {
            this = Of(other);
            return;
        }

        Sm2FieldElement.Square(Z, out var zz);
        Sm2FieldElement.Multiply(other.X, zz, out var h);
        Sm2FieldElement.Multiply(zz, Z, out zz);
        Sm2FieldElement.Multiply(other.Y, zz, out var r);
        Sm2FieldElement.Subtract(h, X, out h);
        Sm2FieldElement.Subtract(r, Y, out r);
        if (h.IsZero)
        {
            AddOfEqualX(r.IsZero);
            return;
        }

        Sm2FieldElement.Multiply(Z, h, out Z);
        Sm2FieldElement.Square(h, out var hh);
        Sm2FieldElement.Multiply(hh, h, out var hhh);
        Sm2FieldElement.Multiply(X, hh, out var v);
        Sm2FieldElement.Square(r, out var x);
        Sm2FieldElement.Subtract(x, hhh, out x);
        Sm2FieldElement.Subtract(x, v, out x);
        Sm2FieldElement.Subtract(x, v, out X);
        Sm2FieldElement.Subtract(v, X, out v);
        Sm2FieldElement.Multiply(v, r, out v);
        Sm2FieldElement.Multiply(Y, hhh, out var y);
        Sm2FieldElement.Subtract(v, y, out Y);
    }

    /// <summary>Subtracts a finite point.</summary>
    public void Subtract(in Sm2AffinePoint other)
    {
        Sm2FieldElement.Negate(other.Y, out var y);
        Add(new Sm2AffinePoint(other.X, y));
    }

    /// <summary>Whether the horizontal coordinate of this finite point is x.</summary>
    public readonly bool HasX(in Sm2FieldElement x)
    {
        Sm2FieldElement.Square(Z, out var zz);
        Sm2FieldElement.Multiply(x, zz, out var scaled);
        return scaled.Equals(X);
    }

    private void AddOfEqualX(bool equalY)
    {
        if (equalY)
        {
            Double();
        }
        else
        {
            this = Infinity;
        }
    }
}
