using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>The rules over what the pattern rules find.</summary>
public sealed class CryptoRuleTests
{
    [Fact]
    public void Every_example_is_judged_as_it_says()
    {
        var faults = new FaultList();
        var rules = new RulesetReader(KindCatalogue.Of(ProbeCatalogue.Of(typeof(CryptoDefectsProbe).Assembly)), faults)
            .Read("code-crypto.yaml", File.ReadAllBytes(Path.Combine(ShippedPatterns.RepositoryRoot, "rulesets", "code-security", "code-crypto.yaml")));
        faults.ThrowIfAny();
        Assert.Empty(ExampleVerification.Verify(rules!.Requirements).Where(r => !r.IsAsExpected).Select(r => $"{r.Requirement.Id} {r.Example.Origin}: {r.Example.Expected} / {r.Actual}"));
    }

    [Fact]
    public void Every_check_of_the_tables_has_a_group_and_a_rule()
    {
        var text = File.ReadAllText(Path.Combine(ShippedPatterns.RepositoryRoot, "rulesets", "code-security", "code-crypto.yaml"));
        var groups = typeof(CryptoDefects).GetProperties().Where(p => p.PropertyType == typeof(DefectGroup)).Select(p => char.ToLowerInvariant(p.Name[0]) + p.Name[1..]).ToList();
        Assert.All(groups, g => Assert.Contains($"field: {g}.isFound", text, StringComparison.Ordinal));
        Assert.Equal(groups.Count, ShippedPatterns.Tables.SelectMany(t => t.Rules).Where(r => r.Defect is not null).Select(r => r.Check).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Languages_of_rules_are_the_languages_of_files() =>
        Assert.Equal(Enum.GetNames<SourceLanguage>().Where(n => n is not (nameof(SourceLanguage.Other) or nameof(SourceLanguage.Script))).Select(n => n.ToLowerInvariant()).Order(StringComparer.Ordinal), CodeLanguages.All.Order(StringComparer.Ordinal));
}
