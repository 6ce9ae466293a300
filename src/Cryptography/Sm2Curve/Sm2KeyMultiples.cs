namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// Products with one public key: sixteen multiples at first, a <see cref="Sm2Comb"/> once the key has shown that it is used often.
/// May be used from several threads at once.
/// </summary>
internal sealed class Sm2KeyMultiples(Sm2AffinePoint point)
{
    /// <summary>Making a comb costs as much as about this many products save by it.</summary>
    public const int UsesWorthAComb = 12;

    private Sm2PointMultiples? _few;
    private Sm2Comb? _comb;
    private int _uses;

    /// <summary>k·P for any number below 2^256.</summary>
    public Sm2JacobianPoint Multiply(in Sm2Scalar k)
    {
        if (_comb is null && Interlocked.Increment(ref _uses) > UsesWorthAComb)
        {
            // Two threads may both make it; either is right.
            _comb = MakeComb();
            _few = null;
        }

        return _comb is { } comb ? Multiply(comb, k) : (_few ??= new Sm2PointMultiples(point)).Multiply(k);
    }

    /// <summary>The comb there is, or a new one that is not kept.</summary>
    public Sm2Comb MakeComb() => _comb ?? new Sm2Comb(point);

    private static Sm2JacobianPoint Multiply(Sm2Comb comb, in Sm2Scalar k)
    {
        var product = Sm2JacobianPoint.Infinity;
        comb.AddProduct(k, ref product);
        return product;
    }
}
