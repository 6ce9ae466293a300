using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace SmartCity.SecurityCheck.Cryptography;

/// <content>Products: all eight limbs first, then four Montgomery steps two at a time.</content>
internal readonly partial struct Sm2FieldElement
{
    /// <summary>a·b in Montgomery form; the results may be written over the operands.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(in Sm2FieldElement a, in Sm2FieldElement b, out Sm2FieldElement product)
    {
        ulong a0 = a._l0, a1 = a._l1, a2 = a._l2, a3 = a._l3, factor = b._l0;
        var r4 = BigMul(a0, factor, out var r0);
        var r1 = Step(a1, factor, ref r4);
        var r2 = Step(a2, factor, ref r4);
        var r3 = Step(a3, factor, ref r4);

        factor = b._l1;
        var r5 = 0UL;
        r1 = Step(a0, factor, r1, ref r5);
        r2 = Step(a1, factor, r2, ref r5);
        r3 = Step(a2, factor, r3, ref r5);
        r4 = Step(a3, factor, r4, ref r5);

        factor = b._l2;
        var r6 = 0UL;
        r2 = Step(a0, factor, r2, ref r6);
        r3 = Step(a1, factor, r3, ref r6);
        r4 = Step(a2, factor, r4, ref r6);
        r5 = Step(a3, factor, r5, ref r6);

        factor = b._l3;
        var r7 = 0UL;
        r3 = Step(a0, factor, r3, ref r7);
        r4 = Step(a1, factor, r4, ref r7);
        r5 = Step(a2, factor, r5, ref r7);
        r6 = Step(a3, factor, r6, ref r7);
        product = Reduce(r0, r1, r2, r3, r4, r5, r6, r7);
    }

    /// <summary>a·a; the result may be written over the operand.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Square(in Sm2FieldElement a, out Sm2FieldElement square)
    {
        // The products of unlike limbs once, then doubled, then the squares of the limbs.
        ulong a0 = a._l0, a1 = a._l1, a2 = a._l2, a3 = a._l3;
        var r4 = BigMul(a0, a1, out var r1);
        var r2 = Step(a0, a2, ref r4);
        var r3 = Step(a0, a3, ref r4);
        var r5 = 0UL;
        r3 = Step(a1, a2, r3, ref r5);
        r4 = Step(a1, a3, r4, ref r5);
        var r6 = 0UL;
        r5 = Step(a2, a3, r5, ref r6);

        var r7 = r6 >> 63;
        r6 = (r6 << 1) | (r5 >> 63);
        r5 = (r5 << 1) | (r4 >> 63);
        r4 = (r4 << 1) | (r3 >> 63);
        r3 = (r3 << 1) | (r2 >> 63);
        r2 = (r2 << 1) | (r1 >> 63);
        r1 <<= 1;

        var h0 = BigMul(a0, a0, out var r0);
        var h1 = BigMul(a1, a1, out var l1);
        var h2 = BigMul(a2, a2, out var l2);
        var h3 = BigMul(a3, a3, out var l3);
        r1 += h0;
        var carry = r1 < h0 ? 1UL : 0;
        r2 = Sum(r2, l1, ref carry);
        r3 = Sum(r3, h1, ref carry);
        r4 = Sum(r4, l2, ref carry);
        r5 = Sum(r5, h2, ref carry);
        r6 = Sum(r6, l3, ref carry);
        r7 += h3 + carry;
        square = Reduce(r0, r1, r2, r3, r4, r5, r6, r7);
    }

    /// <summary>A product of eight limbs divided by 2^256, modulo p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Sm2FieldElement Reduce(ulong r0, ulong r1, ulong r2, ulong r3, ulong r4, ulong r5, ulong r6, ulong r7)
    {
        TwoSteps(ref r0, ref r1, ref r2, ref r3);
        TwoSteps(ref r0, ref r1, ref r2, ref r3);
        r0 += r4;
        var carry = r0 < r4 ? 1UL : 0;
        r1 = Sum(r1, r5, ref carry);
        r2 = Sum(r2, r6, ref carry);
        r3 = Sum(r3, r7, ref carry);
        return Reduce(r0, r1, r2, r3, carry);
    }

    /// <summary>
    /// Two Montgomery steps: t becomes (t + m·p) / 2^128, where m of 128 bits makes the two lowest limbs zero. With u = 2^32·m,
    /// m·p = 2^256·m - 2^192·u - 2^64·u + 2^64·m - m.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TwoSteps(ref ulong t0, ref ulong t1, ref ulong t2, ref ulong t3)
    {
        var m0 = t0;
        var u0 = m0 << Half;
        var sum = t1 + m0;
        var carry = sum < m0 ? 1UL : 0;
        var borrow = sum < u0 ? 1UL : 0;
        var m1 = sum - u0;
        var u1 = (m1 << Half) | (m0 >> Half);
        var u2 = m1 >> Half;

        var s2 = Sum(t2, m1, ref carry);
        var s3 = Carry(t3, ref carry);
        var s4 = Carry(m0, ref carry);
        var s5 = m1 + carry;
        t0 = Difference(s2, u1, ref borrow);
        t1 = Difference(s3, u0 | u2, ref borrow);
        t2 = Difference(s4, u1, ref borrow);
        t3 = s5 - u2 - borrow;
    }

    /// <summary>The lower limb of the product, and the upper one as the result. Two multiplications are faster than one through memory.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong BigMul(ulong a, ulong b, out ulong low)
    {
        if (Bmi2.X64.IsSupported)
        {
            low = a * b;
            return Bmi2.X64.MultiplyNoFlags(a, b);
        }

        return Math.BigMul(a, b, out low);
    }

    /// <summary>a·b + carry: the lower limb, and the upper one as the next carry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step(ulong a, ulong b, ref ulong carry)
    {
        var high = BigMul(a, b, out var low);
        low += carry;
        carry = high + (low < carry ? 1UL : 0);
        return low;
    }

    /// <summary>a·b + t + carry: the lower limb, and the upper one as the next carry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Step(ulong a, ulong b, ulong t, ref ulong carry)
    {
        var high = BigMul(a, b, out var low);
        low += t;
        high += low < t ? 1UL : 0;
        low += carry;
        carry = high + (low < carry ? 1UL : 0);
        return low;
    }
}
