using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// A residue modulo the SM2 prime p = 2^256 - 2^224 - 2^96 + 2^64 - 1 (GM/T 0003.5-2012), kept below p and multiplied by 2^256 (Montgomery).
/// Running time depends on the values: for public data alone.
/// </summary>
/// <remarks>p is -1 modulo 2^64, so the factor of a Montgomery step is the lowest limb itself, and its product with p is shifts and sums.</remarks>
internal readonly struct Sm2FieldElement : IEquatable<Sm2FieldElement>
{
    private const ulong P0 = 0xffffffffffffffff;
    private const ulong P1 = 0xffffffff00000000;
    private const ulong P2 = 0xffffffffffffffff;
    private const ulong P3 = 0xfffffffeffffffff;

    private readonly ulong _l0;
    private readonly ulong _l1;
    private readonly ulong _l2;
    private readonly ulong _l3;

    private Sm2FieldElement(ulong l0, ulong l1, ulong l2, ulong l3)
    {
        _l0 = l0;
        _l1 = l1;
        _l2 = l2;
        _l3 = l3;
    }

    /// <summary>2^256 mod p.</summary>
    public static Sm2FieldElement One => new(0x0000000000000001, 0x00000000ffffffff, 0x0000000000000000, 0x0000000100000000);

    /// <summary>2^512 mod p, which takes a number into Montgomery form.</summary>
    private static Sm2FieldElement Entry => new(0x0000000200000003, 0x00000002ffffffff, 0x0000000100000001, 0x0000000400000002);

    public bool IsZero => (_l0 | _l1 | _l2 | _l3) == 0;

    /// <summary>Reads 32 big-endian bytes.</summary>
    /// <returns>False when the number is p or more.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bigEndian, out Sm2FieldElement value)
    {
        var plain = new Sm2FieldElement(
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[24..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[16..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian[8..]),
            BinaryPrimitives.ReadUInt64BigEndian(bigEndian));
        Multiply(plain, Entry, out value);
        return plain.IsBelowPrime();
    }

    /// <summary>Writes 32 big-endian bytes.</summary>
    public void Write(Span<byte> bigEndian)
    {
        Multiply(this, new Sm2FieldElement(1, 0, 0, 0), out var plain);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[24..], plain._l0);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[16..], plain._l1);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[8..], plain._l2);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian, plain._l3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(in Sm2FieldElement a, in Sm2FieldElement b, out Sm2FieldElement sum)
    {
        var carry = 0UL;
        var l0 = Sum(a._l0, b._l0, ref carry);
        var l1 = Sum(a._l1, b._l1, ref carry);
        var l2 = Sum(a._l2, b._l2, ref carry);
        var l3 = Sum(a._l3, b._l3, ref carry);
        sum = Reduce(l0, l1, l2, l3, carry);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Subtract(in Sm2FieldElement a, in Sm2FieldElement b, out Sm2FieldElement difference)
    {
        var borrow = 0UL;
        var l0 = Difference(a._l0, b._l0, ref borrow);
        var l1 = Difference(a._l1, b._l1, ref borrow);
        var l2 = Difference(a._l2, b._l2, ref borrow);
        var l3 = Difference(a._l3, b._l3, ref borrow);
        var mask = 0 - borrow;
        var carry = 0UL;
        l0 = Sum(l0, P0 & mask, ref carry);
        l1 = Sum(l1, P1 & mask, ref carry);
        l2 = Sum(l2, P2 & mask, ref carry);
        l3 += (P3 & mask) + carry;
        difference = new Sm2FieldElement(l0, l1, l2, l3);
    }

    public static void Negate(in Sm2FieldElement a, out Sm2FieldElement negative) => Subtract(default, a, out negative);

    /// <summary>a·b in Montgomery form; the results may be written over the operands.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in Sm2FieldElement a, in Sm2FieldElement b, out Sm2FieldElement product)
    {
        ulong a0 = a._l0, a1 = a._l1, a2 = a._l2, a3 = a._l3;
        ulong t0 = 0, t1 = 0, t2 = 0, t3 = 0, t4 = 0;
        Row(a0, a1, a2, a3, b._l0, ref t0, ref t1, ref t2, ref t3, ref t4);
        Row(a0, a1, a2, a3, b._l1, ref t0, ref t1, ref t2, ref t3, ref t4);
        Row(a0, a1, a2, a3, b._l2, ref t0, ref t1, ref t2, ref t3, ref t4);
        Row(a0, a1, a2, a3, b._l3, ref t0, ref t1, ref t2, ref t3, ref t4);
        product = Reduce(t0, t1, t2, t3, t4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Square(in Sm2FieldElement a, out Sm2FieldElement square) => Multiply(a, a, out square);

    /// <summary>a^(2^count).</summary>
    public static void Square(in Sm2FieldElement a, int count, out Sm2FieldElement power)
    {
        power = a;
        for (var i = 0; i < count; i++)
        {
            Square(power, out power);
        }
    }

    /// <summary>a^(p-2), which is 1/a; zero for zero.</summary>
    public static void Invert(in Sm2FieldElement a, out Sm2FieldElement inverse)
    {
        // ones[k] is a^(2^k - 1); p-2 is 31 ones, a zero, 128 ones, 32 zeros, 62 ones, a zero and a one.
        Append(a, 1, a, out var ones2);
        Append(ones2, 2, ones2, out var ones4);
        Append(ones4, 4, ones4, out var ones8);
        Append(ones8, 8, ones8, out var ones16);
        Append(ones16, 8, ones8, out var ones24);
        Append(ones24, 4, ones4, out var ones28);
        Append(ones28, 2, ones2, out var ones30);
        Append(ones30, 1, a, out var ones31);
        Append(ones31, 1, a, out var ones32);
        Square(ones31, 1, out var power);
        for (var word = 0; word < 4; word++)
        {
            Append(power, 32, ones32, out power);
        }

        Append(power, 64, ones32, out power);
        Append(power, 30, ones30, out power);
        Append(power, 2, a, out inverse);
    }

    public bool Equals(Sm2FieldElement other) => _l0 == other._l0 && _l1 == other._l1 && _l2 == other._l2 && _l3 == other._l3;

    public override bool Equals(object? obj) => obj is Sm2FieldElement other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_l0, _l1, _l2, _l3);

    private static void Append(in Sm2FieldElement power, int bits, in Sm2FieldElement tail, out Sm2FieldElement result)
    {
        Square(power, bits, out var shifted);
        Multiply(shifted, tail, out result);
    }

    private bool IsBelowPrime()
    {
        var borrow = 0UL;
        _ = Difference(_l0, P0, ref borrow);
        _ = Difference(_l1, P1, ref borrow);
        _ = Difference(_l2, P2, ref borrow);
        _ = Difference(_l3, P3, ref borrow);
        return borrow != 0;
    }

    /// <summary>Adds a·b to t and takes one Montgomery step: t becomes (t + a·b + m·p) / 2^64 with m = t mod 2^64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Row(
        ulong a0, ulong a1, ulong a2, ulong a3, ulong b, ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3, ref ulong t4)
    {
        var high = Math.BigMul(a0, b, out var low);
        var m = low + t0;
        high += m < low ? 1UL : 0;
        var u1 = Step(a1, b, t1, ref high);
        var u2 = Step(a2, b, t2, ref high);
        var u3 = Step(a3, b, t3, ref high);
        var u4 = t4 + high;
        var u5 = u4 < high ? 1UL : 0;

        // m·p = m·2^256 - m·2^224 - m·2^96 + m·2^64 - m.
        var up = m << 32;
        var down = m >> 32;
        var borrow = 0UL;
        u1 = Difference(u1, up, ref borrow);
        u2 = Difference(u2, down, ref borrow);
        u3 = Difference(u3, up, ref borrow);
        var top = m - down - borrow;
        var carry = 0UL;
        t0 = Sum(u1, m, ref carry);
        t1 = Sum(u2, 0, ref carry);
        t2 = Sum(u3, 0, ref carry);
        t3 = Sum(u4, top, ref carry);
        t4 = u5 + carry;
    }

    /// <summary>a·b + t + carry: the lower limb, and the higher one as the next carry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step(ulong a, ulong b, ulong t, ref ulong carry)
    {
        var high = Math.BigMul(a, b, out var low);
        low += t;
        high += low < t ? 1UL : 0;
        low += carry;
        high += low < carry ? 1UL : 0;
        carry = high;
        return low;
    }

    /// <summary>A number below 2p, its bit 256 apart, to one below p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Sm2FieldElement Reduce(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4)
    {
        var borrow = 0UL;
        var d0 = Difference(l0, P0, ref borrow);
        var d1 = Difference(l1, P1, ref borrow);
        var d2 = Difference(l2, P2, ref borrow);
        var d3 = Difference(l3, P3, ref borrow);
        var keep = 0 - (borrow & ~l4);
        return new Sm2FieldElement(
            d0 ^ ((d0 ^ l0) & keep), d1 ^ ((d1 ^ l1) & keep), d2 ^ ((d2 ^ l2) & keep), d3 ^ ((d3 ^ l3) & keep));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Sum(ulong a, ulong b, ref ulong carry)
    {
        var partial = a + b;
        var sum = partial + carry;
        carry = (partial < a ? 1UL : 0) + (sum < partial ? 1UL : 0);
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Difference(ulong a, ulong b, ref ulong borrow)
    {
        var partial = a - b;
        var difference = partial - borrow;
        borrow = (a < b ? 1UL : 0) + (partial < borrow ? 1UL : 0);
        return difference;
    }
}
