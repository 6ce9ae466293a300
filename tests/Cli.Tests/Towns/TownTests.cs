using SmartCity.SecurityCheck.Demo;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>Two towns for each of the five measures, from the folder of papers to the sealed pack. What every clause comes to stands in tables that people can read.</summary>
public sealed class TownTests(TownSystems systems) : IClassFixture<TownSystems>
{
    public static TheoryData<string> Measures => new(Product.LoadRulesets(null).Profiles.Select(p => p.Id));

    [Theory]
    [MemberData(nameof(Measures))]
    public async Task Every_clause_comes_to_what_the_table_says(string measure)
    {
        var profile = Product.LoadRulesets(null).Profiles.Single(p => p.Id == measure);
        var towns = await Task.WhenAll(TownAsync(profile, DemoVariant.Careless), TownAsync(profile, DemoVariant.WellRun));
        var (careless, wellRun) = (towns[0], towns[1]);
        Assert.Equal(GateOutcome.Failed, careless.Judgement.Gate.Outcome);
        Assert.Equal(GateOutcome.NeedsReview, wellRun.Judgement.Gate.Outcome);
        Assert.DoesNotContain(careless.Judgement.Clauses, c => c.Verdict == Verdict.Satisfied);
        Assert.DoesNotContain(wellRun.Judgement.Clauses, c => c.Gate != Gate.Advisory && c.Verdict is Verdict.NotSatisfied or Verdict.Partial);
        Assert.Empty(TownFolder.Faults(profile).Where(f => !FallsShort(careless, f.Kind, f.Rule)));
        Assert.Equal(profile.Clauses.SelectMany(c => c.Periods).Count(p => p.Kind == PeriodKind.TrialAtLeast), Trials(profile, careless).Count());
        Assert.All(Trials(profile, careless), t => Assert.Equal(Verdict.NotSatisfied, t.Verdict));
        TownTable.Matches(profile, careless, wellRun);
    }

    /// <summary>Each rule of papers is broken somewhere, and some measure asks for a trial.</summary>
    [Fact]
    public void The_careless_towns_break_every_rule_of_papers()
    {
        var profiles = Product.LoadRulesets(null).Profiles;
        Assert.Equal(["MAT-01", "MAT-02", "MAT-03", "MAT-04", "MAT-05", "MAT-06"], profiles.SelectMany(TownFolder.Faults).Select(f => f.Rule).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.Contains(profiles.SelectMany(p => p.Clauses).SelectMany(c => c.Periods), p => p.Kind == PeriodKind.TrialAtLeast);
    }

    private static bool FallsShort(EvidencePack pack, string kind, string rule)
    {
        var paper = pack.Candidate.Materials.Single(m => m.MaterialKind == kind);
        return pack.Judgement.Judgements.Any(j => j.TargetId == paper.TargetId && j.RequirementId == rule && j is { Verdict: Verdict.NotSatisfied, Reason: VerdictReason.Measured });
    }

    private static IEnumerable<PeriodStatus> Trials(AcceptanceProfile measure, EvidencePack pack) => measure.Clauses
        .SelectMany(c => c.Periods.Zip(pack.Judgement.Clauses.Single(j => j.ClauseId == c.Id).Periods ?? [])).Where(p => p.First.Kind == PeriodKind.TrialAtLeast).Select(p => p.Second);

    private async Task<EvidencePack> TownAsync(AcceptanceProfile profile, DemoVariant variant)
    {
        using var folder = new TemporaryFolder();
        var run = await systems.RunAsync(profile, variant, folder);
        var follows = Assert.IsType<PackFollows>(await SealedPack.ReviewAsync(run.Folder, Assert.IsType<PackIntact>(PackVerification.Verify(run.Folder)).Manifest));
        return follows.Pack;
    }
}
