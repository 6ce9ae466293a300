namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The test of a signature: GM/T 0003.2-2012 clause 7.1, steps B5 to B7.</summary>
internal static class Sm2Equation
{
    /// <summary>Whether (r, s) signs the digest e under P.</summary>
    /// <param name="key">Products with P.</param>
    /// <param name="e">SM3(Z || M) as a number, any below 2^256.</param>
    /// <param name="r">In [1, n-1].</param>
    /// <param name="s">In [1, n-1].</param>
    public static bool Holds(Sm2KeyMultiples key, in Sm2Scalar e, in Sm2Scalar r, in Sm2Scalar s)
    {
        var t = Sm2Scalar.Add(r, s);
        if (t.IsZero)
        {
            return false;
        }

        return Holds(key.Multiply(t), e, r, s);
    }

    /// <summary>The rest of it, with t·P at hand.</summary>
    internal static bool Holds(Sm2JacobianPoint product, in Sm2Scalar e, in Sm2Scalar r, in Sm2Scalar s)
    {
        Sm2Comb.Base.AddProduct(s, ref product);
        return HasAbscissa(product, Sm2Scalar.Subtract(r, e.Reduced()));
    }

    /// <summary>Whether x mod n is the number asked for: x, below p, is it or it plus n. Saves the inversion that x itself would take.</summary>
    private static bool HasAbscissa(Sm2JacobianPoint sum, in Sm2Scalar wanted)
    {
        if (sum.IsInfinity)
        {
            return false;
        }

        return Has(sum, wanted) || (wanted.TryAddOrder(out var second) && Has(sum, second));
    }

    private static bool Has(Sm2JacobianPoint sum, in Sm2Scalar number)
    {
        Span<byte> bytes = stackalloc byte[Sm2.FieldSizeInBytes];
        number.Write(bytes);
        return Sm2FieldElement.TryRead(bytes, out var x) && sum.HasX(x);
    }
}
