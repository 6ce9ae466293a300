using System.Numerics;

namespace SmartCity.SecurityCheck.Cryptography.Tests;

public sealed class Sm2ScalarTests
{
    [Fact]
    public void Sums_and_differences_modulo_the_order_are_those_of_whole_numbers()
    {
        var random = new SeededBytes(210);
        var borders = CurveNumbers.Borders.Where(static v => v < CurveNumbers.N).ToList();
        var pairs = borders.SelectMany(a => borders.Select(b => (a, b)))
            .Concat(Enumerable.Range(0, 2000).Select(_ => (CurveNumbers.Pick(random) % CurveNumbers.N, CurveNumbers.Pick(random) % CurveNumbers.N)));
        foreach (var (a, b) in pairs)
        {
            Assert.Equal((a + b) % CurveNumbers.N, Number(Sm2Scalar.Add(Scalar(a), Scalar(b))));
            Assert.Equal(CurveNumbers.Modulo(a - b, CurveNumbers.N), Number(Sm2Scalar.Subtract(Scalar(a), Scalar(b))));
        }
    }

    [Fact]
    public void Range_residue_and_the_second_candidate_are_right_at_every_border()
    {
        foreach (var number in CurveNumbers.Borders)
        {
            var scalar = Scalar(number);
            Assert.Equal(number, Number(scalar));
            Assert.Equal(number.IsZero, scalar.IsZero);
            Assert.Equal(number.Sign > 0 && number < CurveNumbers.N, scalar.IsInRange);
            Assert.Equal(number % CurveNumbers.N, Number(scalar.Reduced()));
            Assert.Equal(number + CurveNumbers.N <= CurveNumbers.Max, scalar.TryAddOrder(out var sum));
            Assert.True(number + CurveNumbers.N > CurveNumbers.Max || Number(sum) == number + CurveNumbers.N);
        }
    }

    [Fact]
    public void Signed_digits_add_up_to_the_number_for_every_width()
    {
        var random = new SeededBytes(211);
        var numbers = CurveNumbers.Borders.Concat(Enumerable.Range(0, 200).Select(_ => CurveNumbers.Number(random.Take(32)))).ToList();
        for (var width = 2; width <= 8; width++)
        {
            var digits = new short[Sm2Scalar.DigitCount(width)];
            foreach (var number in numbers)
            {
                Scalar(number).Recode(width, digits);
                Assert.All(digits, d => Assert.InRange(d, -(1 << (width - 1)), 1 << (width - 1)));
                Assert.Equal(number, digits.Select((d, j) => d * (BigInteger.One << (width * j))).Aggregate(BigInteger.Add));
            }
        }
    }

    private static Sm2Scalar Scalar(BigInteger number) => Sm2Scalar.Read(CurveNumbers.Bytes(number));

    private static BigInteger Number(in Sm2Scalar scalar)
    {
        Span<byte> bytes = stackalloc byte[32];
        scalar.Write(bytes);
        return CurveNumbers.Number(bytes);
    }
}
