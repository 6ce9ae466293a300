namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The roots e^(−2πi·m/n) for m below n, from two short tables: m = coarse·step + fine.</summary>
internal sealed class UnitRoots
{
    private readonly int _step;
    private readonly (double Re, double Im)[] _coarse;
    private readonly (double Re, double Im)[] _fine;

    public UnitRoots(int n)
    {
        _step = (int)Math.Ceiling(Math.Sqrt(n));
        _fine = [.. Enumerable.Range(0, _step).Select(m => Exact(m, n))];
        _coarse = [.. Enumerable.Range(0, (n / _step) + 1).Select(c => Exact((long)c * _step, n))];
    }

    public (double Re, double Im) At(long m)
    {
        var (coarse, fine) = Math.DivRem((int)m, _step);
        return Product(_coarse[coarse], _fine[fine]);
    }

    public static (double Re, double Im) Exact(long m, int n)
    {
        var (sin, cos) = Math.SinCos(-2 * Math.PI * (m % n) / n);
        return (cos, sin);
    }

    private static (double Re, double Im) Product((double Re, double Im) a, (double Re, double Im) b) =>
        ((a.Re * b.Re) - (a.Im * b.Im), (a.Re * b.Im) + (a.Im * b.Re));
}
