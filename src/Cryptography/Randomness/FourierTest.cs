using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// 离散傅里叶检测 by the exact transform of n points; nothing is padded. The n real points are packed into n/2 complex ones, which are
/// transformed as a table of rows and columns: columns first, then a turn of each, then rows, so that every transform fits in cache.
/// </summary>
internal sealed class FourierTest
{
    /// <summary>ln(1/0.05), to the digits of the standard.</summary>
    private const double Threshold = 2.995732274;

    private static readonly int Lanes = Vector<double>.Count;

    private readonly int _bits;

    /// <summary>Columns of the table, and points of a row's transform.</summary>
    private readonly int _width;

    /// <summary>Points of a column's transform.</summary>
    private readonly int _height;

    /// <summary>Doubles from one row of the result to the next.</summary>
    private readonly int _stride;

    private readonly UnitRoots _roots;
    private readonly LaneFourier _columns;
    private readonly LaneFourier _rows;

    /// <summary>Row j, column k: first the turned columns' transforms, at the end coefficient k + height·j.</summary>
    private readonly double[] _re;
    private readonly double[] _im;

    /// <param name="bits">Length of the samples: 2^a·5^b, even; see <see cref="Supports"/>.</param>
    public FourierTest(int bits)
    {
        if (!Supports(bits))
        {
            throw new ArgumentOutOfRangeException(nameof(bits), bits, "the exact transform is made for 2^a·5^b points, an even number, alone");
        }

        _bits = bits;
        var points = bits / 2;
        _height = Divisor(points);
        _width = points / _height;
        _stride = (_height + Lanes - 1) / Lanes * Lanes;
        _roots = new UnitRoots(points);
        (_columns, _rows) = (new LaneFourier(_height), new LaneFourier(_width));
        (_re, _im) = (new double[(long)_stride * _width], new double[(long)_stride * _width]);
    }

    /// <summary>Whether samples of that length can be transformed.</summary>
    public static bool Supports(int bits)
    {
        if (bits < 4 || bits % 2 != 0)
        {
            return false;
        }

        while (bits % 2 == 0)
        {
            bits /= 2;
        }

        while (bits % 5 == 0)
        {
            bits /= 5;
        }

        return bits == 1;
    }

    public TestValue Of(BitSequence bits)
    {
        var below = CountBelow(bits, Threshold * _bits);
        return TestValue.TwoSided((below - (0.95 * _bits / 2)) / Math.Sqrt(0.95 * 0.05 * _bits / 3.8));
    }

    /// <summary>The first n/2 coefficients, for tests.</summary>
    internal Complex[] Coefficients(BitSequence bits)
    {
        Transform(bits);
        var result = new Complex[_bits / 2];
        for (var k = 0; k < result.Length; k++)
        {
            var (z, mirrored) = (At(k), At((result.Length - k) % result.Length));
            var (even, odd) = ((z + Complex.Conjugate(mirrored)) / 2, (z - Complex.Conjugate(mirrored)) / new Complex(0, 2));
            var (re, im) = UnitRoots.Exact(k, _bits);
            result[k] = even + (odd * new Complex(re, im));
        }

        return result;

        Complex At(int k) => new(_re[((long)(k / _height) * _stride) + (k % _height)], _im[((long)(k / _height) * _stride) + (k % _height)]);
    }

    private long CountBelow(BitSequence bits, double square)
    {
        Transform(bits);
        var count = 0L;
        var turns = new RowTurns(_bits, _height);
        for (var row = 0; row < _width; row++)
        {
            // Column 0 is mirrored in column 0, every other column k in column height − k of the opposite row.
            var (own, alone, opposite) = ((long)row * _stride, (long)((_width - row) % _width) * _stride, (long)(_width - 1 - row) * _stride);
            turns.Turn(row);
            count += IsBelow(own, alone, 0, turns, square) ? 1 : 0;
            var k = 1;
            var vectors = Vector<long>.Zero;
            for (; k + Lanes <= _height; k += Lanes)
            {
                vectors -= BelowMask(own + k, opposite + _height - k, k, turns, square);
            }

            count += Vector.Sum(vectors);
            for (; k < _height; k++)
            {
                count += IsBelow(own + k, opposite + _height - k, k, turns, square) ? 1 : 0;
            }
        }

        return count;
    }

    private bool IsBelow(long at, long mirrored, int column, RowTurns turns, double square)
    {
        var (evenRe, evenIm) = (_re[at] + _re[mirrored], _im[at] - _im[mirrored]);
        var (oddRe, oddIm) = (_im[at] + _im[mirrored], _re[mirrored] - _re[at]);
        var (re, im) = (turns.Re[column], turns.Im[column]);
        var (sumRe, sumIm) = (evenRe + (oddRe * re) - (oddIm * im), evenIm + (oddRe * im) + (oddIm * re));
        return (sumRe * sumRe) + (sumIm * sumIm) < 4 * square;
    }

    /// <summary>As <see cref="IsBelow"/> for the lanes from a column on; the mirrored ones stand in falling order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<long> BelowMask(long at, long mirrored, int column, RowTurns turns, double square)
    {
        var (re, im) = (new Vector<double>(_re.AsSpan((int)at)), new Vector<double>(_im.AsSpan((int)at)));
        var (otherRe, otherIm) = (Falling(_re, mirrored), Falling(_im, mirrored));
        var (evenRe, evenIm) = (re + otherRe, im - otherIm);
        var (oddRe, oddIm) = (im + otherIm, otherRe - re);
        var (turnRe, turnIm) = (new Vector<double>(turns.Re, column), new Vector<double>(turns.Im, column));
        var (sumRe, sumIm) = (evenRe + (oddRe * turnRe) - (oddIm * turnIm), evenIm + (oddRe * turnIm) + (oddIm * turnRe));
        return Vector.LessThan((sumRe * sumRe) + (sumIm * sumIm), new Vector<double>(4 * square));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<double> Falling(double[] from, long last)
    {
        Span<double> turned = stackalloc double[8];
        ref var source = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(from), (nint)last);
        for (var i = 0; i < Lanes; i++)
        {
            turned[i] = Unsafe.Subtract(ref source, i);
        }

        return new Vector<double>(turned);
    }

    private void Transform(BitSequence bits)
    {
        for (var column = 0; column < _width; column += Lanes)
        {
            LoadColumns(bits, column);
            _columns.Transform();
            StoreTurned(column);
        }

        for (var block = 0; block < _stride; block += Lanes)
        {
            TransformRows(block);
        }
    }

    /// <summary>Point m of the packed sample is bit 2m and, as imaginary part, bit 2m + 1; a one is +1, a zero −1.</summary>
    private void LoadColumns(BitSequence bits, int column)
    {
        Span<long> masks = stackalloc long[8];
        for (var lane = 0; lane < Lanes; lane++)
        {
            masks[lane] = long.MinValue >>> (2 * lane);
        }

        var even = new Vector<long>(masks);
        var odd = even >>> 1;
        var (plus, minus) = (Vector<double>.One, -Vector<double>.One);
        var re = _columns.Re;
        var im = _columns.Im;
        for (var row = 0; row < re.Length; row++)
        {
            var word = new Vector<long>((long)bits.WordAt(2 * ((_width * row) + column)));
            re[row] = Vector.ConditionalSelect(Vector.Equals(word & even, Vector<long>.Zero), minus, plus);
            im[row] = Vector.ConditionalSelect(Vector.Equals(word & odd, Vector<long>.Zero), minus, plus);
        }
    }

    /// <summary>Coefficient k of column j is turned by e^(−2πi·jk/points) and goes to row j.</summary>
    private void StoreTurned(int column)
    {
        var re = MemoryMarshal.Cast<Vector<double>, double>(_columns.Re);
        var im = MemoryMarshal.Cast<Vector<double>, double>(_columns.Im);
        for (var lane = 0; lane < Math.Min(Lanes, _width - column); lane++)
        {
            var row = (long)(column + lane) * _stride;
            var m = 0L;
            for (var k = 0; k < _height; k++, m += column + lane)
            {
                var (turnRe, turnIm) = _roots.At(m);
                var (pointRe, pointIm) = (re[(k * Lanes) + lane], im[(k * Lanes) + lane]);
                _re[row + k] = (pointRe * turnRe) - (pointIm * turnIm);
                _im[row + k] = (pointRe * turnIm) + (pointIm * turnRe);
            }
        }
    }

    private void TransformRows(int block)
    {
        var re = _rows.Re;
        var im = _rows.Im;
        for (var j = 0; j < _width; j++)
        {
            var at = (int)(((long)j * _stride) + block);
            (re[j], im[j]) = (new Vector<double>(_re, at), new Vector<double>(_im, at));
        }

        _rows.Transform();
        re = _rows.Re;
        im = _rows.Im;
        for (var j = 0; j < _width; j++)
        {
            var at = (int)(((long)j * _stride) + block);
            re[j].CopyTo(_re, at);
            im[j].CopyTo(_im, at);
        }
    }

    /// <summary>The divisor nearest below or at the square root: rows and columns of like length.</summary>
    private static int Divisor(int points)
    {
        var best = 1;
        for (var d = 1; d <= Math.Sqrt(points); d++)
        {
            best = points % d == 0 ? d : best;
        }

        return best;
    }

    /// <summary>The roots e^(−2πi·k/n) of one row, k = column + height·row.</summary>
    private sealed class RowTurns
    {
        private readonly int _n;
        private readonly int _height;
        private readonly double[] _baseRe;
        private readonly double[] _baseIm;

        public RowTurns(int n, int height)
        {
            (_n, _height) = (n, height);
            (_baseRe, _baseIm, Re, Im) = (new double[height], new double[height], new double[height], new double[height]);
            for (var k = 0; k < height; k++)
            {
                (_baseRe[k], _baseIm[k]) = UnitRoots.Exact(k, n);
            }
        }

        public double[] Re { get; }

        public double[] Im { get; }

        public void Turn(int row)
        {
            var (re, im) = UnitRoots.Exact((long)row * _height, _n);
            for (var k = 0; k < _height; k++)
            {
                Re[k] = (_baseRe[k] * re) - (_baseIm[k] * im);
                Im[k] = (_baseRe[k] * im) + (_baseIm[k] * re);
            }
        }
    }
}
