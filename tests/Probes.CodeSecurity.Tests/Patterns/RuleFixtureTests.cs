namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

public sealed class RuleFixtureTests
{
    [Fact]
    public void EveryRuleFindsItsBadExamplesAndNoneOfItsGoodOnes() 
    {
        var wrong = PatternVerification.Verify(ShippedPatterns.Tables);
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }
}
