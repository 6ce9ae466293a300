using SmartCity.SecurityCheck.Judging;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

public sealed class RulesetExampleTests
{
    [Theory]
    [InlineData("password-columns")]
    [InlineData("ciphertext-columns")]
    [InlineData("integrity-columns")]
    [InlineData("record-signatures")]
    [InlineData("product-register")]
    [InlineData("product-machines")]
    public void Every_example_is_judged_as_it_says(string ruleset) =>
        Assert.All(ExampleVerification.Verify(SampleRun.Requirements(ruleset)), r => Assert.True(r.IsAsExpected, $"{r.Requirement.Id} {r.Example.Origin}: {r.Example.Expected} expected, {r.Actual} judged"));
}
