using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// 线性复杂度检测. Berlekamp–Massey on as many blocks at once as a vector register holds words: every block sits in a lane of its own, and
/// what one block does and another does not is done under a mask, so that no branch depends on the bits.
/// </summary>
internal sealed class LinearComplexityTest
{
    private const int WordBits = BitSequence.WordBits;

    /// <summary>Classes of the deviation from the mean: up to −2.5, −1.5, −0.5, 0.5, 1.5, 2.5, and above.</summary>
    private static readonly double[] Expected = [0.010417, 0.03125, 0.125, 0.5, 0.25, 0.0625, 0.020833];

    private static readonly int Lanes = Vector<ulong>.Count;

    private readonly int _size;

    /// <summary>The blocks backwards: bit t of a lane is bit size − 1 − t of its block.</summary>
    private readonly Vector<ulong>[] _reversed;

    /// <summary>Connection polynomial, coefficient j in bit j.</summary>
    private readonly Vector<ulong>[] _current;

    /// <summary>The polynomial before the last change of length, already multiplied by x as often as steps have passed since.</summary>
    private readonly Vector<ulong>[] _former;

    /// <param name="size">Bits of a block, from 2.</param>
    public LinearComplexityTest(int size)
    {
        _size = size;
        var words = (size / WordBits) + 3;
        (_reversed, _current, _former) = (new Vector<ulong>[words], new Vector<ulong>[words], new Vector<ulong>[words]);
    }

    public TestValue Of(BitSequence bits)
    {
        var blocks = bits.Length / _size;
        Span<long> seen = stackalloc long[Expected.Length];
        Span<ulong> complexities = stackalloc ulong[Lanes];
        var sign = _size % 2 == 0 ? 1 : -1;
        var mean = (_size / 2.0) + ((9 - sign) / 36.0) - (((_size / 3.0) + (2.0 / 9)) / Math.Pow(2, _size));
        for (var first = 0; first < blocks; first += Lanes)
        {
            Load(bits, first, blocks);
            Run().CopyTo(complexities);
            for (var lane = 0; lane < Math.Min(Lanes, blocks - first); lane++)
            {
                var deviation = (sign * (complexities[lane] - mean)) + (2.0 / 9);
                seen[Math.Clamp((int)Math.Ceiling(deviation + 2.5), 0, Expected.Length - 1)]++;
            }
        }

        var statistic = 0.0;
        for (var i = 0; i < Expected.Length; i++)
        {
            var expected = blocks * Expected[i];
            statistic += (seen[i] - expected) * (seen[i] - expected) / expected;
        }

        return TestValue.OneSided(SpecialFunctions.UpperGamma((Expected.Length - 1) / 2.0, statistic / 2));
    }

    /// <summary>The linear complexity of each block from <paramref name="first"/> on.</summary>
    internal ulong[] Complexities(BitSequence bits, int first, int blocks)
    {
        Load(bits, first, blocks);
        var result = new ulong[Lanes];
        Run().CopyTo(result);
        return result;
    }

    private void Load(BitSequence bits, int first, int blocks)
    {
        var lanes = MemoryMarshal.Cast<Vector<ulong>, ulong>(_reversed.AsSpan());
        lanes.Clear();
        for (var lane = 0; lane < Math.Min(Lanes, blocks - first); lane++)
        {
            for (var word = 0; word * WordBits < _size; word++)
            {
                // The word that ends where the lower words of the reversed block begin.
                var from = _size - ((word + 1) * WordBits);
                var at = (first + lane) * _size;
                var forward = from >= 0 ? bits.WordAt(at + from) : bits.WordAt(at) >> -from;
                lanes[(word * Lanes) + lane] = forward;
            }
        }
    }

    private Vector<ulong> Run()
    {
        Array.Clear(_current);
        Array.Clear(_former);
        _current[0] = Vector<ulong>.One;
        _former[0] = Vector<ulong>.One;
        var length = Vector<ulong>.Zero;
        for (var from = 0; from < _size; from += WordBits)
        {
            var words = WordsInUse(length, from);
            for (var step = from; step < Math.Min(from + WordBits, _size); step++)
            {
                length = Step(step, words, length);
            }
        }

        return length;
    }

    /// <summary>No polynomial of the next 64 steps reaches behind so many words.</summary>
    private int WordsInUse(Vector<ulong> length, int from)
    {
        var (shortest, longest) = (ulong.MaxValue, 0UL);
        for (var lane = 0; lane < Lanes; lane++)
        {
            shortest = Math.Min(shortest, length[lane]);
            longest = Math.Max(longest, length[lane]);
        }

        var highest = Math.Max(longest, (ulong)from + WordBits - Math.Min(shortest, (ulong)from)) + 1;
        return Math.Min((int)(highest / WordBits) + 1, _current.Length);
    }

    private Vector<ulong> Step(int step, int words, Vector<ulong> length)
    {
        ref var current = ref MemoryMarshal.GetArrayDataReference(_current);
        ref var former = ref MemoryMarshal.GetArrayDataReference(_former);
        var wrong = Discrepancy(_size - 1 - step, words, ref current);

        // Twice the length is at most the step number: the length changes where the discrepancy is not zero.
        var grows = wrong & Vector.LessThanOrEqual(length + length, new Vector<ulong>((ulong)step));
        var carry = Vector<ulong>.Zero;
        for (var i = 0; i < words; i++)
        {
            var was = Unsafe.Add(ref former, i);
            var now = Unsafe.Add(ref current, i);
            var moved = (was << 1) | carry;
            carry = was >> (WordBits - 1);
            Unsafe.Add(ref current, i) = now ^ (moved & wrong);
            Unsafe.Add(ref former, i) = Vector.ConditionalSelect(grows, now, moved);
        }

        return Vector.ConditionalSelect(grows, new Vector<ulong>((ulong)step + 1) - length, length);
    }

    /// <summary>All ones in the lanes whose next bit the polynomial does not foretell.</summary>
    private Vector<ulong> Discrepancy(int shift, int words, ref Vector<ulong> current)
    {
        ref var window = ref _reversed[shift / WordBits];
        words = Math.Min(words, _reversed.Length - 1 - (shift / WordBits));
        var offset = shift % WordBits;
        var sum = Vector<ulong>.Zero;
        var low = window;
        for (var i = 0; i < words; i++)
        {
            var high = Unsafe.Add(ref window, i + 1);
            sum ^= ((low >> offset) | ((high << 1) << (WordBits - 1 - offset))) & Unsafe.Add(ref current, i);
            low = high;
        }

        sum ^= sum >> 32;
        sum ^= sum >> 16;
        sum ^= sum >> 8;
        sum ^= sum >> 4;
        sum ^= sum >> 2;
        sum ^= sum >> 1;
        return Vector<ulong>.Zero - (sum & Vector<ulong>.One);
    }
}
