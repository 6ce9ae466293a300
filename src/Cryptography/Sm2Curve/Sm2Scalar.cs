using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// A number below 2^256 as the signature equation needs it: sums and differences modulo the order n of the base point (GM/T 0003.5-2012),
/// which lies between 2^255 and 2^256. Running time depends on the values: for public data alone.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct Sm2Scalar : IEquatable<Sm2Scalar>
{
    private const int Limbs = 4;
    private const int LimbBits = 64;

    private readonly ulong _l0;
    private readonly ulong _l1;
    private readonly ulong _l2;
    private readonly ulong _l3;

    private Sm2Scalar(ulong l0, ulong l1, ulong l2, ulong l3)
    {
        _l0 = l0;
        _l1 = l1;
        _l2 = l2;
        _l3 = l3;
    }

    /// <summary>n.</summary>
    public static Sm2Scalar Order => new(0x53bbf40939d54123, 0x7203df6b21c6052b, 0xffffffffffffffff, 0xfffffffeffffffff);

    public bool IsZero => (_l0 | _l1 | _l2 | _l3) == 0;

    /// <summary>True in [1, n-1].</summary>
    public bool IsInRange => !IsZero && Minus(Order, out _);

    /// <summary>Reads 32 big-endian bytes.</summary>
    public static Sm2Scalar Read(ReadOnlySpan<byte> bigEndian) => new(
        BinaryPrimitives.ReadUInt64BigEndian(bigEndian[24..]),
        BinaryPrimitives.ReadUInt64BigEndian(bigEndian[16..]),
        BinaryPrimitives.ReadUInt64BigEndian(bigEndian[8..]),
        BinaryPrimitives.ReadUInt64BigEndian(bigEndian));

    /// <summary>Writes 32 big-endian bytes.</summary>
    public void Write(Span<byte> bigEndian)
    {
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[24..], _l0);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[16..], _l1);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian[8..], _l2);
        BinaryPrimitives.WriteUInt64BigEndian(bigEndian, _l3);
    }

    /// <summary>The residue modulo n.</summary>
    public Sm2Scalar Reduced() => Minus(Order, out var less) ? this : less;

    /// <summary>(a + b) mod n of two numbers below n.</summary>
    public static Sm2Scalar Add(in Sm2Scalar a, in Sm2Scalar b)
    {
        var carried = a.Plus(b, out var sum);
        var borrowed = sum.Minus(Order, out var less);
        return carried || !borrowed ? less : sum;
    }

    /// <summary>(a - b) mod n of two numbers below n.</summary>
    public static Sm2Scalar Subtract(in Sm2Scalar a, in Sm2Scalar b)
    {
        if (a.Minus(b, out var difference))
        {
            difference.Plus(Order, out difference);
        }

        return difference;
    }

    /// <summary>This number plus n.</summary>
    /// <returns>False when the sum does not fit into 256 bits.</returns>
    public bool TryAddOrder(out Sm2Scalar sum) => !Plus(Order, out sum);

    /// <summary>
    /// Signed digits to the base 2^width: this = Σ digits[j]·2^(width·j) with every digit in [-2^(width-1), 2^(width-1)].
    /// </summary>
    /// <param name="width">2 to 8 bits.</param>
    /// <param name="digits">Exactly <see cref="DigitCount"/> of them.</param>
    public void Recode(int width, Span<short> digits)
    {
        ReadOnlySpan<ulong> limbs = [_l0, _l1, _l2, _l3, 0];
        var half = 1 << (width - 1);
        var carry = 0;
        for (var j = 0; j < digits.Length; j++)
        {
            var at = j * width;
            var (limb, shift) = (at / LimbBits, at % LimbBits);
            var bits = limb < Limbs ? limbs[limb] >> shift : 0;
            if (limb < Limbs && shift + width > LimbBits)
            {
                bits |= limbs[limb + 1] << (LimbBits - shift);
            }

            var digit = (int)(bits & ((1UL << width) - 1)) + carry;
            carry = digit > half ? 1 : 0;
            digits[j] = (short)(digit - (carry << width));
        }
    }

    /// <summary>Digits that hold any number below 2^256: one bit more than its own, for the last carry.</summary>
    public static int DigitCount(int width) => ((Limbs * LimbBits) + width) / width;

    public bool Equals(Sm2Scalar other) => _l0 == other._l0 && _l1 == other._l1 && _l2 == other._l2 && _l3 == other._l3;

    public override bool Equals(object? obj) => obj is Sm2Scalar other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_l0, _l1, _l2, _l3);

    /// <returns>True when the sum does not fit.</returns>
    private bool Plus(in Sm2Scalar other, out Sm2Scalar sum)
    {
        var low = new UInt128(_l1, _l0) + new UInt128(other._l1, other._l0);
        UInt128 carry = low < new UInt128(_l1, _l0) ? 1u : 0u;
        var own = new UInt128(_l3, _l2);
        var partial = own + new UInt128(other._l3, other._l2);
        var high = partial + carry;
        sum = new Sm2Scalar((ulong)low, (ulong)(low >> LimbBits), (ulong)high, (ulong)(high >> LimbBits));
        return partial < own || high < partial;
    }

    /// <returns>True when the difference is negative.</returns>
    private bool Minus(in Sm2Scalar other, out Sm2Scalar difference)
    {
        var own = new UInt128(_l1, _l0);
        var low = own - new UInt128(other._l1, other._l0);
        UInt128 borrow = low > own ? 1u : 0u;
        var ownHigh = new UInt128(_l3, _l2);
        var partial = ownHigh - new UInt128(other._l3, other._l2);
        var high = partial - borrow;
        difference = new Sm2Scalar((ulong)low, (ulong)(low >> LimbBits), (ulong)high, (ulong)(high >> LimbBits));
        return partial > ownHigh || high > partial;
    }
}
