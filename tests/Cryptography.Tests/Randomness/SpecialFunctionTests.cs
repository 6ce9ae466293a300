namespace SmartCity.SecurityCheck.Cryptography.Tests;

public class SpecialFunctionTests
{
    [Theory]
    [InlineData(0.5, 0.47950012218695346)]
    [InlineData(1, 0.15729920705028513)]
    [InlineData(2, 0.004677734981047266)]
    [InlineData(3, 2.209049699858544e-05)]
    [InlineData(5, 1.5374597944280349e-12)]
    [InlineData(10, 2.088487583762545e-45)]
    [InlineData(-1, 1.8427007929497148)]
    [InlineData(0, 1)]
    public void Complement_of_the_error_function(double x, double expected) =>
        Assert.Equal(1, SpecialFunctions.ErrorComplement(x) / expected, 1e-12);

    [Fact]
    public void Upper_gamma_equals_its_closed_form_for_whole_and_half_arguments()
    {
        for (var twice = 1; twice <= 600; twice += 1 + (twice / 20))
        {
            foreach (var share in (double[])[0, 0.01, 0.3, 0.8, 0.99, 1, 1.01, 1.3, 2, 4])
            {
                var (a, x) = (twice / 2.0, twice / 2.0 * share);
                Assert.Equal(Textbook.Igamc(a, x), SpecialFunctions.UpperGamma(a, x), 1e-10);
            }
        }
    }

    [Fact]
    public void Upper_gamma_far_out_is_small_and_never_outside_zero_and_one()
    {
        foreach (var a in (double[])[0.5, 1, 4.5, 127.5, 5000])
        {
            Assert.Equal(1, SpecialFunctions.UpperGamma(a, 0));
            Assert.Equal(1, SpecialFunctions.UpperGamma(a, -1e-9));
            Assert.Equal(0, SpecialFunctions.UpperGamma(a, 1e9));
            Assert.Equal(0, SpecialFunctions.UpperGamma(a, double.PositiveInfinity));
            Assert.InRange(SpecialFunctions.UpperGamma(a, 1e-300), 0.999999, 1);
        }
    }

    [Fact]
    public void Logarithm_of_gamma_equals_that_of_factorials()
    {
        var logarithm = 0.0;
        for (var n = 1; n < 400; n++)
        {
            Assert.Equal(logarithm, SpecialFunctions.LogGamma(n), Math.Max(1e-13, logarithm * 1e-14));
            logarithm += Math.Log(n);
        }
    }
}
