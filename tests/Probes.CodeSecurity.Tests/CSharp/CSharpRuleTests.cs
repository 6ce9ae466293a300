using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>The rules about C# and imported results, and the table of analyzers' numbers.</summary>
public sealed class CSharpRuleTests
{
    private static readonly IReadOnlyList<Requirement> Rules = Load();

    [Fact]
    public void Every_example_is_judged_as_it_says() =>
        Assert.Empty(ExampleVerification.Verify(Rules).Where(r => !r.IsAsExpected).Select(r => $"{r.Requirement.Id} {r.Example.Origin}: {r.Example.Expected} / {r.Actual}"));

    [Fact]
    public void Every_number_of_the_table_is_one_that_an_engine_has()
    {
        var settings = new AnalysisSettings();
        var numbers = AnalyzerEngine.Known.SelectMany(e => AnalyzerEngine.Open(settings.EngineFolder, e.Folder, e.Libraries, Analyzing.Tables).All).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Analyzing.Tables.SelectMany(t => t.Rules).Select(r => r.Id).Concat(Analyzing.Tables.SelectMany(t => t.Ignored).Select(i => i.Id)).Where(id => !numbers.Contains(id)));
    }

    [Fact]
    public void Every_number_about_security_is_in_the_table_or_left_out_with_a_reason()
    {
        var settings = new AnalysisSettings();
        var told = Analyzing.Tables.SelectMany(t => t.Rules).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        Assert.All(AnalyzerEngine.Known, e => Assert.Empty(AnalyzerEngine.Open(settings.EngineFolder, e.Folder, e.Libraries, Analyzing.Tables).Enabled.Except(told)));
    }

    private static IReadOnlyList<Requirement> Load()
    {
        var faults = new FaultList();
        var reader = new RulesetReader(KindCatalogue.Of(ProbeCatalogue.Of(typeof(CSharpProbe).Assembly)), faults);
        var set = reader.Read("code-csharp.yaml", File.ReadAllBytes(Path.Combine(Analyzing.RepositoryRoot, "rulesets", "code-security", "code-csharp.yaml")));
        faults.ThrowIfAny();
        return set!.Requirements;
    }
}
