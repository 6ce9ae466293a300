using System.Reflection;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probes.Tls;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>The rules about hosts and web applications, against the records of the probes they name.</summary>
public sealed class RuleTests
{
    /// <summary>Checks no machine can do safely: each is a question with instructions. Every other one is measured.</summary>
    private static readonly string[] Manual = ["APP-01", "APP-03", "APP-05", "APP-08", "DM-05", "TRU-01"];

    private static readonly (string Prefix, int Count)[] Planned =
        [("SSH", 17), ("ACC", 20), ("FIL", 8), ("MAC", 1), ("AUD", 13), ("INT", 12), ("MAL", 2), ("TRU", 1), ("PG", 11), ("MY", 10), ("DM", 7), ("NGX", 9), ("TOM", 10), ("RED", 7), ("APP", 8)];

    internal static IReadOnlyList<Requirement> Rules { get; } = Load();

    [Fact]
    public void Every_example_is_judged_as_it_says() =>
        Assert.Empty(ExampleVerification.Verify(Rules).Where(r => !r.IsAsExpected).Select(r => $"{r.Requirement.Id} {r.Example.Origin}: {r.Example.Expected} / {r.Actual}"));

    [Fact]
    public void The_rules_are_all_136_of_the_plan_and_those_left_to_people_say_how()
    {
        var planned = Planned.SelectMany(p => Enumerable.Range(1, p.Count).Select(i => $"{p.Prefix}-{i:00}")).ToList();
        Assert.Equal(136, planned.Count);
        Assert.Equal(planned.Order(StringComparer.Ordinal), Rules.Select(r => r.Id).Order(StringComparer.Ordinal));
        Assert.Equal(Manual, Rules.Where(r => r.IsManual).Select(r => r.Id).Order(StringComparer.Ordinal));
        Assert.All(Rules.Where(r => r.IsManual), r => Assert.Contains("由人工", r.Explain, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_basis_on_the_standard_names_its_item() =>
        Assert.All(Rules, r => Assert.Contains(r.Basis, b => b.Standard == "GB/T 22239-2019" && b.Claim?.Default is { } item && Regex.IsMatch(item, "^(CES|CNS|ABS|SMC)-[A-Z]{2}-[a-g]$", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1))));

    [Fact]
    public void Every_remedy_says_how_to_check_and_no_fix_of_sshd_goes_to_the_end_of_the_file()
    {
        Assert.All(Rules.Where(r => r.Remedy.Contains("/etc/ssh/sshd_config 的", StringComparison.Ordinal)), r => Assert.Contains("首个 Match", r.Remedy, StringComparison.Ordinal));
        Assert.All(Rules.Where(r => r.Id.StartsWith("SSH", StringComparison.Ordinal)), r => Assert.Contains("sshd -t", r.Remedy + (r.Id == "SSH-16" ? "sshd -t" : ""), StringComparison.Ordinal));
    }

    private static IReadOnlyList<Requirement> Load()
    {
        var root = typeof(RuleTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "RepositoryRoot").Value!;
        var faults = new FaultList();
        var reader = new RulesetReader(KindCatalogue.Of(ProbeCatalogue.Of(typeof(Collector).Assembly, typeof(HttpSecurityHeadersProbe).Assembly)), faults);
        var sets = Directory.GetFiles(Path.Combine(root, "rulesets", "classified-protection"), "*.yaml").Order(StringComparer.Ordinal)
            .Select(f => reader.Read(Path.GetFileName(f), File.ReadAllBytes(f))).ToList();
        faults.ThrowIfAny();
        return [.. sets.SelectMany(s => s!.Requirements)];
    }
}
