using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure.Tests;

/// <summary>The rules about exposure and the tables beside them.</summary>
public sealed class RuleTests
{
    private static readonly IReadOnlyList<Requirement> Rules = Load();

    [Fact]
    public void Every_example_is_judged_as_it_says() =>
        Assert.Empty(ExampleVerification.Verify(Rules).Where(r => !r.IsAsExpected).Select(r => $"{r.Requirement.Id} {r.Example.Origin}: {r.Example.Expected} / {r.Actual}"));

    [Fact]
    public void What_was_looked_for_from_one_place_and_not_found_never_meets_an_item() =>
        Assert.All(Rules.SelectMany(r => r.Basis), b => Assert.True(b.Claim is { OnlyAgainst: true, Controls.Count: > 0 }));

    [Fact]
    public void Every_group_that_means_something_has_a_rule_and_every_port_of_the_mapping_is_in_it()
    {
        var text = File.ReadAllText(Path.Combine(Looking.RepositoryRoot, "rulesets", "exposure", "ports.yaml"));
        foreach (var group in Enum.GetNames<ServiceGroup>().Where(g => g != nameof(ServiceGroup.Ordinary)))
        {
            Assert.Contains($"field: {char.ToLowerInvariant(group[0])}{group[1..]}.isOpen", text, StringComparison.Ordinal);
        }

        var faults = new FaultList();
        var mapping = new ForeignMappingReader(faults).Read("nmap.yaml", File.ReadAllBytes(Path.Combine(Looking.RepositoryRoot, "rulesets", "imports", "mappings", "nmap.yaml")));
        faults.ThrowIfAny();
        var groups = Looking.Tables.SelectMany(t => t.Ports).ToDictionary(p => $"tcp/{p.Port}", p => p.Group, StringComparer.Ordinal);
        string[] ofGroup = ["", "EXP-01", "EXP-02", "EXP-03", "EXP-04", "EXP-05", "EXP-06", "EXP-07", "EXP-08"];
        Assert.All(mapping!.Rules, r => Assert.Equal([ofGroup[(int)groups[r.Id]]], r.Requirements));
    }

    private static IReadOnlyList<Requirement> Load()
    {
        var faults = new FaultList();
        var reader = new RulesetReader(KindCatalogue.Of(ProbeCatalogue.Of(typeof(PortScanProbe).Assembly)), faults);
        var sets = Directory.GetFiles(Path.Combine(Looking.RepositoryRoot, "rulesets", "exposure"), "*.yaml").Order(StringComparer.Ordinal)
            .Select(f => reader.Read(Path.GetFileName(f), File.ReadAllBytes(f))).ToList();
        faults.ThrowIfAny();
        return [.. sets.SelectMany(s => s!.Requirements)];
    }
}
