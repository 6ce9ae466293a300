using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>The catalogues of GB/T 22239-2019 against the published counts.</summary>
public sealed class ProtectionCatalogueTests
{
    private static readonly IReadOnlyList<ControlCatalogue> Catalogues = [.. CryptoRules.Library.Catalogues.Where(c => c.Standard == "GB/T 22239-2019")];

    private static readonly ControlCatalogue General = Catalogues.Single(c => c.Extension is null);

    private static readonly HighRiskGuide Guide = CryptoRules.Library.HighRisks.Single(h => h.Catalogue == General.File.Id);

    [Theory]
    [InlineData("PES", "7 15 22 24")]
    [InlineData("CNS", "2 4 8 11")]
    [InlineData("ABS", "5 11 20 21")]
    [InlineData("CES", "11 23 34 36")]
    [InlineData("SMC", "0 4 12 13")]
    [InlineData("PSS", "1 6 7 7")]
    [InlineData("ORS", "3 9 14 15")]
    [InlineData("HRS", "4 7 12 14")]
    [InlineData("CMS", "9 25 34 35")]
    [InlineData("MMS", "13 31 48 52")]
    public void General_items_by_class_and_level(string group, string counts) => Assert.Equal(counts, Counts(General.Controls.Where(c => c.GroupId == group)));

    [Fact]
    public void All_general_items_by_level()
    {
        Assert.Equal(232, General.Controls.Count);
        Assert.Equal("55 135 211 228", Counts(General.Controls));
    }

    [Theory]
    [InlineData(SystemExtension.Cloud, "11 29 46 49")]
    [InlineData(SystemExtension.Mobile, "5 14 19 21")]
    [InlineData(SystemExtension.Iot, "4 7 20 21")]
    public void Extension_items_by_level(SystemExtension extension, string counts) => Assert.Equal(counts, Counts(Catalogues.Single(c => c.Extension == extension).Controls));

    [Fact]
    public void Unit_numbers_are_used_once_at_a_level_and_the_third_level_knows_no_sixteenth_unit_of_computing_environments()
    {
        var units = Catalogues.SelectMany(c => c.Controls).SelectMany(c => c.Levels).Select(l => l.Unit!).ToList();
        Assert.All(units, u => Assert.Matches("^L[1-4]-[A-Z]{3}[1-4]-[0-9]{2}$", u));
        Assert.Equal(units.Count, units.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain("L3-CES1-16", units);
        Assert.Contains("L3-CES1-35", units);
        Assert.Equal(96, General.Controls.Count(c => c.UnitsChecked.Contains(3)));
        Assert.All(General.Controls.Where(c => c.UnitsChecked.Count > 0), c => Assert.Equal(ControlPart.Technical, General.Groups.Single(g => g.Id == c.GroupId).Part));
    }

    [Fact]
    public void Every_item_says_who_brings_what_and_every_document_answers_something()
    {
        var all = Catalogues.SelectMany(c => c.Controls).ToList();
        Assert.All(all, c => Assert.True(c is { Evidence.Length: > 1, Holder.Length: > 1, Effort: not null } && c.Documents.Count > 0, c.Key));
        Assert.All(General.Documents, d => Assert.Contains(all, c => c.Documents.Contains(d.Id)));
        Assert.InRange(General.Documents.Count, 30, 60);
        Assert.All(all, c => Assert.Equal(BasisConfidence.Unchecked, c.Confidence));
    }

    [Theory]
    [InlineData("CES-IA-a", AssetKind.Data)]
    [InlineData("CES-IP-c", AssetKind.Database)]
    [InlineData("CES-IP-d", AssetKind.Server)]
    [InlineData("CES-PI-a", AssetKind.NetworkDevice)]
    public void Items_name_the_objects_they_are_not_asked_of(string key, AssetKind kind) => Assert.Contains(kind, General.Controls.Single(c => c.Key == key).NotFor);

    [Fact]
    public void The_high_risk_guide_has_its_forty_two_general_cases_and_thirty_of_the_extensions()
    {
        Assert.Equal(42, Guide.Items.Count(i => i.Extension is null));
        Assert.Equal(30, Guide.Items.Count(i => i.Extension is not null));
        Assert.Equal(["6.2.2.1", "6.4.1.1", "6.4.1.2", "6.4.2.1", "6.4.3.1", "6.4.5.1", "6.5.1.1"], Guide.Items.Where(i => i.Decides == ToolReach.Full).Select(i => i.Code));
        Assert.Equal("A-18", Guide.Items.Single(i => i.Code == "6.4.1.1").MajorHazard);
        Assert.Equal(["local-only", "two-factor"], Guide.Items.Single(i => i.Code == "6.4.1.1").Mitigations.Select(m => m.Id));
        Assert.True(Guide.Items.SelectMany(i => i.Mitigations).Select(m => m.Id).Distinct().Count() < 35);
    }

    private static string Counts(IEnumerable<Control> controls) => string.Join(' ', Enumerable.Range(1, 4).Select(l => controls.Count(c => c.At(l) is not null)));
}
