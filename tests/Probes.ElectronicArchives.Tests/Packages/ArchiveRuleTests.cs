using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>The rules about the 40 items and the tables beside them.</summary>
public sealed class ArchiveRuleTests
{
    [Fact]
    public void Every_item_has_its_requirement_and_every_example_is_judged_as_it_says()
    {
        var items = ItemComparing.Of(
            new BatchReading { Profile = Archiving.Tables.Packages[0], Scheme = null, Packages = [], Now = new DateTime(2026, 4, 1, 0, 0, 0, DateTimeKind.Unspecified) }, new VirusScan(), ArchiveStage.Archiving).Items;
        Assert.Equal(items.Select(i => $"DAT70-{i.Id}"), Archiving.Requirements.Select(r => r.Id));
        Assert.Equal(40, items.Count);
        Assert.All(Archiving.Requirements, r => Assert.True(r.Basis[0].Confidence == BasisConfidence.Unchecked && r.Why is { Length: > 10 }));
        Assert.Empty(ExampleVerification.Verify(Archiving.Requirements).Where(r => !r.IsAsExpected).Select(r => $"{r.Requirement.Id} {r.Example.Origin}: {r.Example.Expected} / {r.Actual}"));
    }

    [Fact]
    public void An_item_over_nothing_never_agrees()
    {
        var record = ItemComparing.Of(
            new BatchReading { Profile = Archiving.Tables.Packages[0], Scheme = Archiving.Tables.Schemes[0], Packages = [], Now = new DateTime(2026, 4, 1, 0, 0, 0, DateTimeKind.Unspecified) }, new VirusScan(), ArchiveStage.Archiving);
        Assert.All(record.Items, i => Assert.True(!i.Agrees.IsKnown && i.Open.Count > 0 && i.Comparisons == 0, i.Id));
    }

    [Fact]
    public void A_stage_asks_its_items_and_no_others()
    {
        int Asked(ArchiveStage stage) => ItemComparing.Of(
            new BatchReading { Profile = Archiving.Tables.Packages[0], Scheme = null, Packages = [], Now = new DateTime(2026, 4, 1, 0, 0, 0, DateTimeKind.Unspecified) }, new VirusScan(), stage).Items.Count(i => i.IsOfStage.Value);
        Assert.Equal((40, 37, 32), (Asked(ArchiveStage.Archiving), Asked(ArchiveStage.Transfer), Asked(ArchiveStage.Preservation)));
    }

    [Theory]
    [InlineData("p-zwfw", "zwfw-base")]
    [InlineData("p-eep", "dat46-2009")]
    [InlineData("p-carrier", "dat46-2009")]
    [InlineData("p-bagit", null)]
    public void Every_profile_leads_to_its_scheme(string profile, string? scheme)
    {
        var (found, own) = ArchiveChoices.Of(Archiving.Target("x", profile), Archiving.Tables);
        Assert.Equal((profile, scheme), (found.File.Id, own?.File.Id));
    }
}
