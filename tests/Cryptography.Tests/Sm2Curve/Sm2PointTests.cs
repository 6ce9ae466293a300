using System.Numerics;
using BcInteger = Org.BouncyCastle.Math.BigInteger;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class Sm2PointTests
{
    [Fact]
    public void Products_agree_with_the_library_for_every_table_and_at_every_border()
    {
        var random = new SeededBytes(220);
        foreach (var point in Points(random))
        {
            Assert.True(Sm2AffinePoint.TryRead(point, out var affine));
            var few = new Sm2PointMultiples(affine);
            Sm2Comb[] combs = [new(affine), new(affine, 4), new(affine, 7)];
            foreach (var k in CurveNumbers.Borders.Take(30).Concat(Enumerable.Range(0, 20).Select(_ => CurveNumbers.Pick(random))))
            {
                var expected = Sm2.Decode(point).Multiply(new BcInteger(1, CurveNumbers.Bytes(k))).Normalize();
                var scalar = Sm2Scalar.Read(CurveNumbers.Bytes(k));
                RequireEqual(expected, few.Multiply(scalar));
                foreach (var comb in combs)
                {
                    var product = Sm2JacobianPoint.Infinity;
                    comb.AddProduct(scalar, ref product);
                    RequireEqual(expected, product);
                }
            }
        }
    }

    [Fact]
    public void Sums_are_complete_equal_opposite_and_infinite_points_included()
    {
        var g = Sm2AffinePoint.Base;
        for (var i = 0; i < 40; i++)
        {
            var left = Product(i);
            for (var j = 1; j < 40; j++)
            {
                var right = Affine(Product(j));
                var sum = left;
                sum.Add(right);
                RequireEqual(Small(i + j), sum);
                var difference = left;
                difference.Subtract(right);
                RequireEqual(Small(i - j), difference);
            }

            var twice = left;
            twice.Double();
            RequireEqual(Small(2 * i), twice);
        }

        var start = Sm2JacobianPoint.Infinity;
        start.Double();
        Assert.True(start.IsInfinity);
        start.Add(g);
        Assert.True(start.HasX(g.X));
    }

    [Fact]
    public void Points_are_accepted_exactly_where_the_library_accepts_them()
    {
        var random = new SeededBytes(221);
        var g = Sm2AffinePoint.Base.Encode();
        List<byte[]> candidates = [[], [0], g, g[..64], [.. g, 0], new byte[65], [4, .. new byte[64]]];
        candidates.AddRange(new byte[] { 0, 1, 2, 3, 5, 6, 7, 255 }.Select(form => (byte[])[form, .. g[1..]]));
        candidates.AddRange(Enumerable.Range(0, 65 * 8).Select(bit => Flip(g, bit)));
        candidates.AddRange(Points(random));
        foreach (var x in new[] { BigInteger.Zero, BigInteger.One, CurveNumbers.P - 1, CurveNumbers.P, CurveNumbers.P + 1, CurveNumbers.Max })
        {
            candidates.AddRange(new[] { BigInteger.Zero, BigInteger.One, CurveNumbers.P, CurveNumbers.Max }.Select(y => CurveNumbers.Encode(x, y)));
        }

        // The same point with p added to a coordinate that leaves room for it.
        var small = Enumerable.Range(0, 100).Select(static x => (X: (BigInteger)x, Y: CurveNumbers.Ordinate(x))).First(static c => c.Y is not null);
        candidates.Add(CurveNumbers.Encode(small.X + CurveNumbers.P, small.Y!.Value));

        foreach (var candidate in candidates)
        {
            var accepted = LibraryAccepts(candidate);
            Assert.True(accepted == Sm2AffinePoint.TryRead(candidate, out var point), Convert.ToHexString(candidate));
            Assert.True(!accepted || candidate.AsSpan().SequenceEqual(point.Encode()));
        }
    }

    private static IEnumerable<byte[]> Points(SeededBytes random)
    {
        var g = Sm2.Domain.G;
        yield return g.GetEncoded(compressed: false);
        yield return g.Negate().Normalize().GetEncoded(compressed: false);
        yield return Sm2.DerivePublicPoint(CurveNumbers.Bytes(2));
        yield return Sm2.DerivePublicPoint(random.Take(32));
        foreach (var x in new[] { BigInteger.Zero, 1, 2, 3, 4, 5, CurveNumbers.P - 1, CurveNumbers.P - 2, CurveNumbers.P - 3, BigInteger.One << 255 })
        {
            if (CurveNumbers.Ordinate(x) is { } y)
            {
                yield return CurveNumbers.Encode(x, y);
                yield return CurveNumbers.Encode(x, CurveNumbers.P - y);
            }
        }
    }

    private static bool LibraryAccepts(byte[] candidate)
    {
        try
        {
            return candidate.Length == 65 && candidate[0] == 4 && Sm2.Decode(candidate).IsValid();
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static Sm2JacobianPoint Product(int k)
    {
        var product = Sm2JacobianPoint.Infinity;
        Sm2Comb.Base.AddProduct(Sm2Scalar.Read(CurveNumbers.Bytes(k)), ref product);
        return product;
    }

    private static Org.BouncyCastle.Math.EC.ECPoint Small(int k) => Sm2.Domain.G.Multiply(BcInteger.ValueOf(k)).Normalize();

    private static Sm2AffinePoint Affine(Sm2JacobianPoint point)
    {
        var affine = new Sm2AffinePoint[1];
        Sm2AffinePoint.Normalize([point], affine);
        return affine[0];
    }

    private static void RequireEqual(Org.BouncyCastle.Math.EC.ECPoint expected, Sm2JacobianPoint actual)
    {
        Assert.Equal(expected.IsInfinity, actual.IsInfinity);
        Assert.True(expected.IsInfinity || expected.GetEncoded(compressed: false).AsSpan().SequenceEqual(Affine(actual).Encode()));
    }

    private static byte[] Flip(byte[] bytes, int bit)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[bit / 8] ^= (byte)(1 << (bit % 8));
        return flipped;
    }
}
