using System.Numerics;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class Sm2FieldElementTests
{
    private delegate void Operation(in Sm2FieldElement a, in Sm2FieldElement b, out Sm2FieldElement result);

    [Fact]
    public void Sums_differences_and_products_of_borders_and_random_numbers_are_those_of_whole_numbers()
    {
        var random = new SeededBytes(200);
        var borders = CurveNumbers.Borders.Where(static v => v < CurveNumbers.P).ToList();
        var pairs = borders.SelectMany(a => borders.Select(b => (a, b)))
            .Concat(Enumerable.Range(0, 4000).Select(_ => (CurveNumbers.Pick(random) % CurveNumbers.P, CurveNumbers.Pick(random) % CurveNumbers.P)));
        foreach (var (a, b) in pairs)
        {
            Require(a + b, Sm2FieldElement.Add, a, b);
            Require(a - b, Sm2FieldElement.Subtract, a, b);
            Require(a * b, Sm2FieldElement.Multiply, a, b);
        }
    }

    [Fact]
    public void Laws_of_a_field_hold()
    {
        var random = new SeededBytes(201);
        for (var i = 0; i < 1000; i++)
        {
            var (a, b, c) = (Element(CurveNumbers.Pick(random)), Element(CurveNumbers.Pick(random)), Element(CurveNumbers.Pick(random)));
            Assert.Equal(Product(Product(a, b), c), Product(a, Product(b, c)));
            Assert.Equal(Sum(Sum(a, b), c), Sum(a, Sum(b, c)));
            Assert.Equal(Product(a, b), Product(b, a));
            Assert.Equal(Product(a, Sum(b, c)), Sum(Product(a, b), Product(a, c)));
            Sm2FieldElement.Negate(a, out var negative);
            Assert.True(Sum(a, negative).IsZero);
            Sm2FieldElement.Square(a, out var square);
            Assert.Equal(Product(a, a), square);
            Assert.Equal(a, Product(a, Sm2FieldElement.One));
            Sm2FieldElement.Halve(a, out var half);
            Assert.Equal(a, Sum(half, half));
        }
    }

    [Fact]
    public void The_inverse_is_one_for_every_number_but_zero()
    {
        var random = new SeededBytes(202);
        foreach (var number in CurveNumbers.Borders.Concat(Enumerable.Range(0, 300).Select(_ => CurveNumbers.Number(random.Take(32)))))
        {
            var value = Element(number);
            Sm2FieldElement.Invert(value, out var inverse);
            Assert.Equal(value.IsZero ? default : Sm2FieldElement.One, Product(value, inverse));
        }
    }

    [Fact]
    public void Results_may_be_written_over_the_operands()
    {
        var random = new SeededBytes(203);
        foreach (var operation in new Operation[] { Sm2FieldElement.Add, Sm2FieldElement.Subtract, Sm2FieldElement.Multiply })
        {
            var (a, b) = (Element(CurveNumbers.Pick(random)), Element(CurveNumbers.Pick(random)));
            operation(a, b, out var apart);
            var first = a;
            operation(first, b, out first);
            var second = b;
            operation(a, second, out second);
            Assert.Equal(apart, first);
            Assert.Equal(apart, second);
        }
    }

    [Fact]
    public void Numbers_are_read_and_written_and_those_from_the_prime_on_are_refused()
    {
        foreach (var number in CurveNumbers.Borders)
        {
            Assert.Equal(number < CurveNumbers.P, Sm2FieldElement.TryRead(CurveNumbers.Bytes(number), out var value));
            Assert.Equal(number % CurveNumbers.P, Number(value));
        }
    }

    private static void Require(BigInteger expected, Operation operation, BigInteger a, BigInteger b)
    {
        operation(Element(a), Element(b), out var result);
        Assert.True(
            CurveNumbers.Modulo(expected, CurveNumbers.P) == Number(result), $"{operation.Method.Name} {a.ToString("x")} {b.ToString("x")}");
    }

    private static Sm2FieldElement Sum(Sm2FieldElement a, Sm2FieldElement b)
    {
        Sm2FieldElement.Add(a, b, out var sum);
        return sum;
    }

    private static Sm2FieldElement Product(Sm2FieldElement left, Sm2FieldElement right)
    {
        Sm2FieldElement.Multiply(left, right, out var product);
        return product;
    }

    private static Sm2FieldElement Element(BigInteger number)
    {
        Assert.True(Sm2FieldElement.TryRead(CurveNumbers.Bytes(number % CurveNumbers.P), out var value));
        return value;
    }

    private static BigInteger Number(in Sm2FieldElement value)
    {
        Span<byte> bytes = stackalloc byte[32];
        value.Write(bytes);
        return CurveNumbers.Number(bytes);
    }
}
