using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>The tables of the rules folder against what is known of the standard by other ways.</summary>
public sealed class ShippedCatalogueTests
{
    private static readonly StandardLibrary Library = CryptoRules.Library;

    private static readonly ControlCatalogue Catalogue = Library.Catalogues.Single(c => c.Standard == "GB/T 39786-2021");

    [Theory]
    [InlineData(1, 24)]
    [InlineData(2, 27)]
    [InlineData(3, 41)]
    [InlineData(4, 41)]
    public void Scored_units_by_level(int level, int units) =>
        Assert.Equal(units, Catalogue.Controls.Count(c => c.At(level)?.Weight is not null));

    [Fact]
    public void Forty_nine_rows_of_which_eight_are_not_scored()
    {
        Assert.Equal(49, Catalogue.Controls.Count);
        Assert.Equal(8, Catalogue.Controls.Count(c => !c.IsScored));
        Assert.Equal(41, Catalogue.Controls.Select(c => c.Unit).OfType<string>().Distinct().Count());
        Assert.All(Catalogue.Controls, c => Assert.True(c.IsScored == c.Unit is not null));
        Assert.All(Catalogue.Controls, c => Assert.Equal(BasisConfidence.Unchecked, c.Confidence));
    }

    [Theory]
    [InlineData("PHY", "0.8 1.1 2.4 2.4")]
    [InlineData("NET", "1.6 2.2 3.5 4.4")]
    [InlineData("DEV", "1.2 1.5 3.9 5.1")]
    [InlineData("APP", "2.4 3.9 6.2 7.4")]
    [InlineData("POL", "1.7 2.4 4.5 4.5")]
    [InlineData("PER", "1.4 3.1 3.8 3.8")]
    [InlineData("BLD", "3.7 3.7 4.4 4.4")]
    [InlineData("EMG", "1 1 2.4 2.4")]
    public void Weight_sums_of_every_layer(string layer, string sums) => Assert.Equal(
        sums.Split(' ').Select(s => decimal.Parse(s, System.Globalization.CultureInfo.InvariantCulture)),
        Enumerable.Range(1, 4).Select(l => Catalogue.Controls.Where(c => c.GroupId == layer).Sum(c => c.At(l)?.Weight ?? 0)));

    [Fact]
    public void Layer_weights_are_seventy_and_thirty()
    {
        Assert.Equal(70, Catalogue.Groups.Where(g => g.Part == ControlPart.Technical).Sum(g => g.Weight));
        Assert.Equal(30, Catalogue.Groups.Where(g => g.Part == ControlPart.Management).Sum(g => g.Weight));
    }

    [Fact]
    public void Sixteen_high_risk_items_eight_of_them_without_mitigation()
    {
        var guide = Library.HighRisks.Single(h => h.Catalogue == Catalogue.File.Id);
        var items = guide.Items;
        Assert.Equal(16, items.Count);
        Assert.Equal(["5.1", "5.2", "5.3", "7.1", "7.3", "9.3", "9.5", "10.1"], items.Where(i => i.Mitigations.Count == 0).Select(i => i.Code));
        Assert.Equal(7, guide.KeyHazards.Count);
        Assert.Equal(["9.2"], items.Single(i => i.Code == "7.2").Mitigations.SelectMany(m => m.NeedsClear));
        Assert.Equal(["7.2"], items.Single(i => i.Code == "9.2").Mitigations.SelectMany(m => m.NeedsClear));
    }

    [Fact]
    public void Every_known_result_of_every_scoring_rule_is_computed_to_the_digit()
    {
        var results = ScoringVerification.Verify(Library);
        Assert.Equal(["2021", "2023"], results.Select(r => r.Rule.Edition).Distinct().Order(StringComparer.Ordinal));
        Assert.True(results.Count(r => r.Rule.Edition == "2023") >= 23, $"{results.Count}");
        Assert.All(results, r => Assert.True(r.Example.Want == r.Actual, $"{r.Example.Origin}: {r.Example.Want} wanted, {r.Actual} computed"));
    }

    /// <summary>Every point, by how it is dealt with; a point that is dropped, added or left without a treatment fails here.</summary>
    [Fact]
    public void Every_point_of_the_faq_is_computed_or_asked_or_said_to_be_beyond_tools()
    {
        var points = Assert.Single(Library.Guidance).Points;
        Assert.Equal(
            "1.1 2 3.1 3.2 9 12.6 16 19 22.1 22.2 30 31 32.2 33 GOV-03",
            Ids(points.Where(p => p is { Use: not null, Asks: null, Outside: null })));
        Assert.Equal("4 13.1 13.2 17.1 22.3 23 27 29 36 40", Ids(points.Where(p => p is { Use: not null, Asks: not null, Outside: null })));
        Assert.Equal("5 8 17.2 28 35 GOV-04", Ids(points.Where(p => p is { Use: null, Asks: not null, Outside: null })));
        Assert.Equal("41", Ids(points.Where(p => p is { Use: null, Asks: null, Outside: not null })));
        Assert.All(points.Where(p => p.Asks is not null), p => Assert.NotEmpty(p.Controls.Concat(p.Items)));
        Assert.Equal(32, points.Count);

        static string Ids(IEnumerable<GuidancePoint> points) => string.Join(' ', points.Select(p => p.Id.Replace("FAQ-", "", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("{id: FAQ-1, says: x}", "没有说明怎样处理")]
    [InlineData("{id: FAQ-1, says: x, use: a, outside: b}", "没有说明怎样处理")]
    [InlineData("{id: FAQ-1, says: x, asks: a}", "问题没有地方问")]
    [InlineData("{id: FAQ-1, says: x, use: a, items: [\"5.1\"]}", "没有问题")]
    [InlineData("{id: FAQ-1, says: x, asks: a, controls: [NET-1], choices: [{word: a, says: b, atMost: 符合}]}", "atMost 的值")]
    public void A_point_without_a_treatment_is_a_fault(string point, string message)
    {
        var faults = new FaultList();
        var text = $"guidance: some-faq\nversion: \"1\"\ntitle: 要点\nsource: 样例\nconfidence: 待核\npoints:\n- {point}\n";
        Assert.Null(new GuidanceReader(faults).Read("faq/x.yaml", System.Text.Encoding.UTF8.GetBytes(text)));
        Assert.Contains(message, Assert.Single(faults.Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_faq_and_the_algorithm_table_are_whole()
    {
        var table = Assert.Single(Library.Algorithms);
        Assert.Equal("1.2.156.10197.1.501", table.Algorithms.Single(a => a.Name == "SM2").Oids.Single(o => o.Key == "withSm3").Value);
        Assert.All(table.Algorithms.Where(a => a.Status != AlgorithmStatus.Approved), a => Assert.NotEmpty(a.Bits));
        Assert.Equal(["DES", "MD5", "SHA-1"], table.Algorithms.Where(a => a.IsHighRisk).Select(a => a.Name).Order(StringComparer.Ordinal));
    }
}
