namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// Products with one public key: sixteen multiples at first, a <see cref="Sm2Comb"/> once the key has shown that it is used often.
/// May be used from several threads at once.
/// </summary>
internal sealed class Sm2KeyMultiples(Sm2AffinePoint point)
{
    /// <summary>Making a comb costs about as much as this many products save by it.</summary>
    public const int UsesWorthAComb = 12;

    private readonly WeakReference<Sm2Comb?> _comb = new(null);
    private Sm2PointMultiples? _few;
    private int _uses;

    /// <summary>k·P for any number below 2^256.</summary>
    public Sm2JacobianPoint Multiply(in Sm2Scalar k)
    {
        if (_comb.TryGetTarget(out var comb) || TryMakeComb(out comb))
        {
            var product = Sm2JacobianPoint.Infinity;
            comb!.AddProduct(k, ref product);
            return product;
        }

        _few ??= new Sm2PointMultiples(point);
        return _few.Multiply(k);
    }

    /// <summary>One thread makes it while others go on with what there is; one given up for lack of room has to be earned anew.</summary>
    private bool TryMakeComb(out Sm2Comb? comb)
    {
        comb = null;
        if (Interlocked.Increment(ref _uses) != UsesWorthAComb)
        {
            return false;
        }

        comb = new Sm2Comb(point);
        Sm2RecentCombs.Keep(comb);
        _comb.SetTarget(comb);
        Volatile.Write(ref _uses, 0);
        return true;
    }
}
