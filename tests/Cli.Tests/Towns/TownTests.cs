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
        TownTable.Matches(profile, careless, wellRun);
    }

    private async Task<EvidencePack> TownAsync(AcceptanceProfile profile, DemoVariant variant)
    {
        using var folder = new TemporaryFolder();
        var run = await systems.RunAsync(profile, variant, folder);
        var follows = Assert.IsType<PackFollows>(await SealedPack.ReviewAsync(run.Folder, Assert.IsType<PackIntact>(PackVerification.Verify(run.Folder)).Manifest));
        return follows.Pack;
    }
}
