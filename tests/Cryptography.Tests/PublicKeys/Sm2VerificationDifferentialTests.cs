using System.Numerics;
using BcInteger = Org.BouncyCastle.Math.BigInteger;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

/// <summary>Our verification and the library's on the same keys, digests and signatures: valid, nearly valid, at every border, and made to hit rare sums.</summary>
public sealed class Sm2VerificationDifferentialTests
{
    private const int Rounds = 1000;
    private static readonly byte[][] SpecialKeys = [.. Special()];

    [Fact]
    public void Ten_thousand_cases_are_decided_alike_by_the_library_and_by_every_path_of_ours()
    {
        var counts = new int[2];
        Parallel.For(0, 10, seed =>
        {
            var random = new SeededBytes(300 + seed);
            for (var i = 0; i < Rounds; i++)
            {
                var c = Make(random, i);
                var accepted = LibraryVerification.Accepts(c.Point, c.E, c.Signature);
                Assert.True(c.Expected is null || c.Expected == accepted, c.ToString());
                RequireAlike(c, accepted, withComb: i % 4 == 0);
                Interlocked.Increment(ref counts[accepted ? 1 : 0]);
            }
        });
        Assert.True(counts[0] > 2000 && counts[1] > 2000, $"{counts[0]} refused, {counts[1]} accepted: too one-sided to prove much");
    }

    [Fact]
    public void A_sum_at_infinity_is_refused()
    {
        var random = new SeededBytes(320);
        for (var i = 0; i < 50; i++)
        {
            // P = d·G and s = -t·d: s·G + t·P is infinite, and r = t - s.
            var (d, t) = (In(random), In(random));
            var s = CurveNumbers.Modulo(-t * d, CurveNumbers.N);
            var c = new Case(Sm2.DerivePublicPoint(CurveNumbers.Bytes(d)), random.Take(32), Raw(CurveNumbers.Modulo(t - s, CurveNumbers.N), s), null);
            Assert.False(LibraryVerification.Accepts(c.Point, c.E, c.Signature));
            RequireAlike(c, accepted: false);
        }
    }

    [Fact]
    public void An_abscissa_from_the_order_to_the_prime_is_found()
    {
        var random = new SeededBytes(321);
        var found = 0;
        for (var x = CurveNumbers.N; found < 20; x++)
        {
            if (CurveNumbers.Ordinate(x) is not { } y)
            {
                continue;
            }

            // The key that makes s·G + t·P this very point.
            var (s, t) = (In(random), In(random));
            var target = Sm2.Decode(CurveNumbers.Encode(x, y));
            var inverse = BigInteger.ModPow(t, CurveNumbers.N - 2, CurveNumbers.N);
            var point = target.Subtract(Sm2.Domain.G.Multiply(Bc(s))).Multiply(Bc(inverse)).Normalize().GetEncoded(compressed: false);
            var r = CurveNumbers.Modulo(t - s, CurveNumbers.N);
            var c = new Case(point, CurveNumbers.Bytes(CurveNumbers.Modulo(r - x, CurveNumbers.N)), Raw(r, s), true);
            Assert.True(LibraryVerification.Accepts(c.Point, c.E, c.Signature));
            RequireAlike(c, accepted: true);
            found++;
        }
    }

    /// <summary>Few multiples, comb, DER, raw and batch.</summary>
    private static void RequireAlike(Case c, bool accepted, bool withComb = true)
    {
        var key = Sm2PublicKey.FromPoint(c.Point);
        var prepared = new Sm2VerificationKey(key);
        var inRange = Sm2Signature.TryRead(c.Signature, Sm2SignatureForm.Raw, out var r, out var s);
        var verdict = accepted ? Sm2SignatureVerdict.Valid : inRange ? Sm2SignatureVerdict.Mismatch : Sm2SignatureVerdict.Malformed;
        Assert.True(verdict == prepared.VerifyDigest(c.E, c.Signature, Sm2SignatureForm.Raw), $"multiples: {c}");
        if (inRange)
        {
            var t = Sm2Scalar.Add(r, s);
            Assert.True(!withComb || accepted == (!t.IsZero && Sm2Equation.Holds(Combed(key, t), Sm2Scalar.Read(c.E), r, s)), $"comb: {c}");
        }
    }

    /// <summary>Narrow, so that making it takes little; all widths are held against the library where products are tested.</summary>
    private static Sm2JacobianPoint Combed(Sm2PublicKey key, in Sm2Scalar t)
    {
        Assert.True(Sm2AffinePoint.TryRead(key.Point, out var point));
        var product = Sm2JacobianPoint.Infinity;
        new Sm2Comb(point, 2).AddProduct(t, ref product);
        return product;
    }

    private static Case Make(SeededBytes random, int i)
    {
        var point = (i % 4) == 0 ? SpecialKeys[random.Below(SpecialKeys.Length)] : Key(In(random));
        var (s, t) = (In(random), random.Below(8) == 0 ? BigInteger.Zero : In(random));
        var r = CurveNumbers.Modulo(t - s, CurveNumbers.N);
        var x = Abscissa(point, s, t);
        var e = x is null ? CurveNumbers.Number(random.Take(32)) : CurveNumbers.Modulo(r - x.Value, CurveNumbers.N);
        var valid = x is not null && !t.IsZero && !r.IsZero;

        // A digest may exceed n; both readings of it count as the same number modulo n.
        e = random.Below(2) == 0 && e + CurveNumbers.N <= CurveNumbers.Max ? e + CurveNumbers.N : e;
        return (i % 5) switch
        {
            0 => new Case(point, CurveNumbers.Bytes(e ^ (BigInteger.One << random.Below(256))), Raw(r, s), null),
            1 => new Case(point, CurveNumbers.Bytes(e), Raw(CurveNumbers.Pick(random), CurveNumbers.Pick(random)), null),
            2 => new Case(point, CurveNumbers.Bytes(e), Raw(s, r), null),
            _ => new Case(point, CurveNumbers.Bytes(e), Raw(r, s), valid),
        };
    }

    /// <summary>x of s·G + t·P by our own arithmetic, for the library to agree with; null at infinity.</summary>
    private static BigInteger? Abscissa(byte[] point, BigInteger s, BigInteger t)
    {
        Assert.True(Sm2AffinePoint.TryRead(point, out var affine));
        var sum = new Sm2PointMultiples(affine).Multiply(Sm2Scalar.Read(CurveNumbers.Bytes(t)));
        Sm2Comb.Base.AddProduct(Sm2Scalar.Read(CurveNumbers.Bytes(s)), ref sum);
        if (sum.IsInfinity)
        {
            return null;
        }

        var result = new Sm2AffinePoint[1];
        Sm2AffinePoint.Normalize([sum], result);
        return CurveNumbers.Number(result[0].Encode().AsSpan(1, 32));
    }

    /// <summary>k·G by our own arithmetic.</summary>
    private static byte[] Key(BigInteger k)
    {
        var product = Sm2JacobianPoint.Infinity;
        Sm2Comb.Base.AddProduct(Sm2Scalar.Read(CurveNumbers.Bytes(k)), ref product);
        var result = new Sm2AffinePoint[1];
        Sm2AffinePoint.Normalize([product], result);
        return result[0].Encode();
    }

    /// <summary>A number in [1, n-1], often at its ends or small.</summary>
    private static BigInteger In(SeededBytes random) => random.Below(6) switch
    {
        0 => 1 + random.Below(20),
        1 => CurveNumbers.N - 1 - random.Below(20),
        _ => 1 + (CurveNumbers.Pick(random) % (CurveNumbers.N - 1)),
    };

    private static IEnumerable<byte[]> Special()
    {
        foreach (var d in new[] { 1, 2, 3, 16, 32, 33 }.SelectMany(static d => new[] { d, CurveNumbers.N - d }))
        {
            yield return Sm2.DerivePublicPoint(CurveNumbers.Bytes(d));
        }

        foreach (var x in new[] { BigInteger.Zero, 1, 2, 3, 4, 5, 6, CurveNumbers.P - 1, CurveNumbers.P - 3, BigInteger.One << 255, CurveNumbers.N })
        {
            if (CurveNumbers.Ordinate(x) is { } y)
            {
                yield return CurveNumbers.Encode(x, y);
                yield return CurveNumbers.Encode(x, CurveNumbers.P - y);
            }
        }
    }

    private static BcInteger Bc(BigInteger number) => new(1, CurveNumbers.Bytes(number));

    private static byte[] Raw(BigInteger first, BigInteger second) => [.. CurveNumbers.Bytes(first), .. CurveNumbers.Bytes(second)];

    private sealed record Case(byte[] Point, byte[] E, byte[] Signature, bool? Expected)
    {
        public override string ToString() => $"{Convert.ToHexString(Point)} {Convert.ToHexString(E)} {Convert.ToHexString(Signature)}";
    }
}
