using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// A residue modulo the SM2 prime p = 2^256 - 2^224 - 2^96 + 2^64 - 1 (GM/T 0003.5-2012), kept below p and multiplied by 2^256 (Montgomery).
/// Running time depends on the values: for public data alone.
/// </summary>
/// <remarks>p is -1 modulo 2^64, so the factor of a Montgomery step is the lowest limb itself, and its product with p is shifts and sums.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal readonly partial struct Sm2FieldElement : IEquatable<Sm2FieldElement>
{
    private const ulong P0 = 0xffffffffffffffff;
    private const ulong P1 = 0xffffffff00000000;
    private const ulong P2 = 0xffffffffffffffff;
    private const ulong P3 = 0xfffffffeffffffff;

    // 2^256 - p = 2^224 + 2^96 - 2^64 + 1 has two limbs besides a one and a zero.
    private const ulong Low32 = 0x00000000ffffffff;
    private const int Half = 32;

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

        // Plus p, less the 2^256 that was borrowed: minus 2^256 - p.
        var down = borrow;
        l0 = Borrow(l0, ref borrow);
        l1 = Difference(l1, (0 - down) & Low32, ref borrow);
        l2 = Borrow(l2, ref borrow);
        l3 -= (down << Half) + borrow;
        difference = new Sm2FieldElement(l0, l1, l2, l3);
    }

    /// <summary>a/2: p is odd, so either a or a + p is even.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Halve(in Sm2FieldElement a, out Sm2FieldElement half)
    {
        var odd = 0 - (a._l0 & 1);
        var carry = 0UL;
        var l0 = Sum(a._l0, P0 & odd, ref carry);
        var l1 = Sum(a._l1, P1 & odd, ref carry);
        var l2 = Sum(a._l2, P2 & odd, ref carry);
        var l3 = Sum(a._l3, P3 & odd, ref carry);
        half = new Sm2FieldElement((l0 >> 1) | (l1 << 63), (l1 >> 1) | (l2 << 63), (l2 >> 1) | (l3 << 63), (l3 >> 1) | (carry << 63));
    }

    public static void Negate(in Sm2FieldElement a, out Sm2FieldElement negative) => Subtract(default, a, out negative);

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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool IsBelowPrime()
    {
        var borrow = 0UL;
        _ = Difference(_l0, P0, ref borrow);
        _ = Difference(_l1, P1, ref borrow);
        _ = Difference(_l2, P2, ref borrow);
        _ = Difference(_l3, P3, ref borrow);
        return borrow != 0;
    }

    /// <summary>A number below 2p, its bit 256 apart, to one below p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Sm2FieldElement Reduce(ulong l0, ulong l1, ulong l2, ulong l3, ulong l4)
    {
        // Minus p, with the 2^256 of bit 256: plus 2^256 - p.
        var carry = l4;
        l0 = Carry(l0, ref carry);
        l1 = Sum(l1, (0 - l4) & Low32, ref carry);
        l2 = Carry(l2, ref carry);
        l3 += (l4 << Half) + carry;
        var value = new Sm2FieldElement(l0, l1, l2, l3);

        // From p to 2^256 without that bit: hardly ever, and never after it.
        return l3 >= P3 && !value.IsBelowPrime() ? value.MinusPrime() : value;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Sm2FieldElement MinusPrime()
    {
        var borrow = 0UL;
        var l0 = Difference(_l0, P0, ref borrow);
        var l1 = Difference(_l1, P1, ref borrow);
        var l2 = Difference(_l2, P2, ref borrow);
        return new Sm2FieldElement(l0, l1, l2, _l3 - P3 - borrow);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Carry(ulong a, ref ulong carry)
    {
        var sum = a + carry;
        carry = sum < carry ? 1UL : 0;
        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Borrow(ulong a, ref ulong borrow)
    {
        var difference = a - borrow;
        borrow = a < borrow ? 1UL : 0;
        return difference;
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
