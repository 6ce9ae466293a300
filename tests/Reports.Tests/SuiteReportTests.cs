using System.Globalization;
using System.Text;
using System.Text.Json;
using AngleSharp.Html.Parser;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Html;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>The page of an endpoint names every suite, on screen and on paper, however many there are.</summary>
public sealed class SuiteReportTests
{
    [Theory]
    [InlineData(PageUse.Screen)]
    [InlineData(PageUse.Print)]
    public async Task Every_suite_is_named_by_version_class_and_order(PageUse use)
    {
        var suites = Enumerable.Range(0, 203).Select(i => new { name = string.Create(CultureInfo.InvariantCulture, $"TLS_TEST_WITH_SUITE_{i:000}"), @class = i % 3 == 0 ? "broken" : "modern" }).ToArray();
        object[] versions = [new { version = "TLSv1.2", suites, serverPrefers = true }, new { version = "TLSv1.3", confirmed = suites[..2], trouble = "没有枚举完" }];
        var page = new HtmlParser().ParseDocument(await HtmlAsync(JsonSerializer.SerializeToElement(new { versions }), use));
        var table = Assert.Single(page.QuerySelectorAll("#target\\.tls\\.endpoint_003Aportal table.suites"));
        var rows = table.QuerySelectorAll("tbody tr").Select(r => r.Children.Select(c => c.TextContent).ToList()).ToList();

        Assert.Equal(4, rows.Count);
        Assert.Equal(("TLSv1.2 共 203 个，按服务器的顺序", "已被攻破 68 个"), (rows[0][0], rows[0][1]));
        Assert.Equal(("", "现代 135 个"), (rows[1][0], rows[1][1]));
        Assert.Equal("TLSv1.3 至少 2 个，没有枚举完", rows[2][0]);
        Assert.All(suites.Select((s, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {s.name}")), n => Assert.Contains(n, rows[0][2] + rows[1][2], StringComparison.Ordinal));
        Assert.Contains("TLS_TEST_WITH_SUITE_000", rows[2][2] + rows[3][2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"versions": 3}""")]
    [InlineData("""{"versions": [3, "x", null, {}, {"version": 1, "suites": {"a": 1}, "confirmed": "x"}, {"version": "V", "suites": [1, {}, {"name": 2, "class": []}]}]}""")]
    [InlineData("[]")]
    public async Task Observations_that_are_none_do_no_harm(string data)
    {
        using var document = JsonDocument.Parse(data);
        foreach (var use in new[] { PageUse.Screen, PageUse.Print })
        {
            Assert.Contains("某市一体化政务服务平台", await HtmlAsync(document.RootElement, use), StringComparison.Ordinal);
        }
    }

    private static async Task<string> HtmlAsync(JsonElement data, PageUse use)
    {
        var rich = SamplePacks.Rich();
        var seen = rich.Outcomes.First(o => o.Outcome is Observed { Observations.Count: > 0 });
        var observation = ((Observed)seen.Outcome).Observations[0] with { Kind = SuiteRow.Kind, ProbeId = SuiteRow.Kind, Data = data };
        var pack = rich with { Outcomes = [.. rich.Outcomes, seen with { ProbeId = SuiteRow.Kind, Outcome = new Observed([observation]) }] };
        using var output = new MemoryStream();
        await HtmlReportWriter.WriteAsync(AcceptanceReport.From(pack), use, output, CancellationToken.None);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
