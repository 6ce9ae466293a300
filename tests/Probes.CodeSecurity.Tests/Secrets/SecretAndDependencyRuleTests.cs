using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>The rules about secrets and dependencies.</summary>
public sealed class SecretAndDependencyRuleTests
{
    [Theory]
    [InlineData("secrets.yaml", 7)]
    [InlineData("secret-history.yaml", 1)]
    [InlineData("dependencies.yaml", 4)]
    [InlineData("licences.yaml", 1)]
    [InlineData("code-crypto-use.yaml", 1)]
    public void Every_example_is_judged_as_it_says(string file, int requirements)
    {
        var faults = new FaultList();
        var kinds = KindCatalogue.Of(ProbeCatalogue.Of(typeof(CodeSecretsProbe).Assembly));
        var read = new RulesetReader(kinds, faults).Read(file, File.ReadAllBytes(Path.Combine(Tables.RepositoryRoot, "rulesets", "code-security", file)));
        faults.ThrowIfAny();
        Assert.Equal(requirements, read!.Requirements.Count);
        Assert.Empty(ExampleVerification.Verify(read.Requirements).Where(r => !r.IsAsExpected).Select(r => $"{r.Requirement.Id} {r.Example.Origin}: {r.Example.Expected} / {r.Actual}"));
    }
}
