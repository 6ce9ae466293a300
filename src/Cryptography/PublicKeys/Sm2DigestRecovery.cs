namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Verification turned round: from a signature to the digest it is about.</summary>
internal static class Sm2DigestRecovery
{
    /// <param name="key">Products with the signer's point.</param>
    /// <param name="r">In [1, n-1].</param>
    /// <param name="s">In [1, n-1].</param>
    /// <returns>e modulo n, 32 bytes; null where r + s is n, or the sum of points is infinite.</returns>
    public static byte[]? Recover(Sm2KeyMultiples key, in Sm2Scalar r, in Sm2Scalar s)
    {
        var t = Sm2Scalar.Add(r, s);
        if (t.IsZero)
        {
            return null;
        }

        var sum = key.Multiply(t);
        Sm2Comb.Base.AddProduct(s, ref sum);
        if (sum.IsInfinity)
        {
            return null;
        }

        Span<Sm2AffinePoint> affine = stackalloc Sm2AffinePoint[1];
        Sm2AffinePoint.Normalize([sum], affine);
        var bytes = new byte[Sm2.FieldSizeInBytes];
        affine[0].X.Write(bytes);
        Sm2Scalar.Subtract(r, Sm2Scalar.Read(bytes).Reduced()).Write(bytes);
        return bytes;
    }

    /// <summary>A digest modulo n, to be compared with what <see cref="Recover"/> gives.</summary>
    public static byte[] Reduce(ReadOnlySpan<byte> digest)
    {
        var reduced = new byte[Sm2.FieldSizeInBytes];
        Sm2Scalar.Read(digest).Reduced().Write(reduced);
        return reduced;
    }
}
