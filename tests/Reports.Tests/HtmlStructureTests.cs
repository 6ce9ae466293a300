using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Html;

namespace SmartCity.SecurityCheck.Reports.Tests;

public sealed class HtmlStructureTests
{
    public static TheoryData<string> Packs => ["rich", "cancelled", "empty", "passed", "hostile"];

    [Theory]
    [MemberData(nameof(Packs))]
    public async Task Links_resolve_ids_are_unique_and_headings_descend_by_one(string name)
    {
        var page = await PageAsync(name);
        var ids = page.QuerySelectorAll("[id]").Select(e => e.Id!).ToList();
        Assert.DoesNotContain(ids.GroupBy(i => i, StringComparer.Ordinal), g => g.Count() > 1);
        var known = ids.ToHashSet(StringComparer.Ordinal);
        var inPage = page.QuerySelectorAll("a[href^='#'], use").Select(a => a.GetAttribute("href")![1..]);
        Assert.DoesNotContain(inPage, l => !known.Contains(l));
        var references = page.QuerySelectorAll("[aria-labelledby]").Select(e => e.GetAttribute("aria-labelledby")!);
        Assert.DoesNotContain(references, r => !known.Contains(r));
        var previous = 0;
        foreach (var heading in page.QuerySelectorAll("h1,h2,h3,h4,h5,h6"))
        {
            var level = heading.LocalName[1] - '0';
            Assert.True(level <= previous + 1, $"{heading.TextContent} 跳级");
            previous = level;
        }

        Assert.Single(page.QuerySelectorAll("h1"));
    }

    [Theory]
    [MemberData(nameof(Packs))]
    public async Task Tables_have_captions_scoped_headers_and_labelled_cells(string name)
    {
        var page = await PageAsync(name);
        foreach (var table in page.QuerySelectorAll("table"))
        {
            Assert.NotNull(table.QuerySelector("caption"));
            var headers = table.QuerySelectorAll("thead th").ToList();
            Assert.All(headers, h => Assert.Equal("col", h.GetAttribute("scope")));
            foreach (var row in table.QuerySelectorAll("tbody tr"))
            {
                Assert.Equal(headers.Select(h => h.TextContent), row.Children.Select(c => c.GetAttribute("data-label")));
                Assert.Equal("row", row.Children[0].GetAttribute("scope"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Packs))]
    public async Task Nothing_runs_and_nothing_is_loaded(string name)
    {
        var page = await PageAsync(name);
        Assert.Empty(page.QuerySelectorAll("script, iframe, object, embed, link, img, form, base, audio, video, animate, foreignObject"));
        Assert.DoesNotContain(page.All.SelectMany(e => e.Attributes), a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase));
        var policy = page.QuerySelector("meta[http-equiv='Content-Security-Policy']")!.GetAttribute("content")!;
        Assert.StartsWith("default-src 'none'; style-src 'unsafe-inline'; img-src data:", policy, StringComparison.Ordinal);
        Assert.All(page.QuerySelectorAll("[href]").Select(e => e.GetAttribute("href")!), h => Assert.True(h[0] == '#' || h.StartsWith("./evidence/", StringComparison.Ordinal) || h.StartsWith("./javascript%3A", StringComparison.Ordinal), h));
        Assert.DoesNotContain("url(h", page.QuerySelector("style")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(1, page.QuerySelectorAll("style").Length);
    }

    [Fact]
    public async Task Sections_stand_in_the_order_of_the_design()
    {
        var page = await PageAsync("rich");
        Assert.Equal(
            ["一、结论一页", "二、条款对照", "三、各支柱", "四、问题清单", "五、豁免与人工确认", "六、未核验清单", "七、证据目录", "八、方法与版本"],
            page.QuerySelectorAll("main > section > h2").Select(h => h.TextContent));
    }

    [Fact]
    public async Task Every_judgement_finding_and_digest_is_on_the_page()
    {
        var pack = SamplePacks.Rich();
        var page = await PageAsync("rich");
        Assert.Equal(pack.Judgement.Judgements.Count, page.QuerySelectorAll("table.judgements tbody tr").Length);
        Assert.Equal(pack.Judgement.Findings.Count, page.QuerySelectorAll("article.finding").Length);
        var text = page.Body!.TextContent;
        Assert.All(pack.Evidence, e => Assert.Contains(e.Sm3, text, StringComparison.Ordinal));
        Assert.All(pack.Evidence, e => Assert.Contains(e.Sha256, text, StringComparison.Ordinal));
        Assert.All(pack.Judgement.Judgements.SelectMany(j => j.Readings), r => Assert.Contains(r.Actual, text, StringComparison.Ordinal));
        Assert.All(pack.Judgement.Findings, f => Assert.Contains(f.Remedy, text, StringComparison.Ordinal));
        var severities = page.QuerySelectorAll("article.finding > .marks > .severity").Select(s => s.TextContent).ToList();
        Assert.Equal(severities.OrderByDescending(s => Enum.GetValues<Severity>().First(v => v.Name() == s)), severities);
    }

    [Fact]
    public async Task Hidden_characters_are_spelled_out()
    {
        var page = await Written.TextAsync(new HtmlReportWriter(), SamplePacks.Hostile());
        var decoded = Parse(page).DocumentElement.TextContent;
        Assert.Contains("⟨U+202E⟩", decoded, StringComparison.Ordinal);
        Assert.Contains("⟨U+0007⟩", decoded, StringComparison.Ordinal);
        Assert.Contains("⟨U+D800⟩", decoded, StringComparison.Ordinal);
        Assert.DoesNotContain(page.Concat(decoded), c => c is >= '\u202A' and <= '\u202E' or >= '\u2066' and <= '\u2069' or '\u200B' or '\uFEFF' || (c < ' ' && c != '\n'));
    }

    [Fact]
    public async Task Printed_page_is_unfolded_and_free_of_links_to_files()
    {
        using var output = new MemoryStream();
        await HtmlReportWriter.WriteAsync(AcceptanceReport.From(SamplePacks.Rich()), PageUse.Print, output, CancellationToken.None);
        var page = Parse(System.Text.Encoding.UTF8.GetString(output.ToArray()));
        Assert.All(page.QuerySelectorAll("details"), d => Assert.True(d.HasAttribute("open")));
        Assert.All(page.QuerySelectorAll("a"), a => Assert.StartsWith("#", a.GetAttribute("href"), StringComparison.Ordinal));
    }

    private static async Task<IDocument> PageAsync(string name) => Parse(await Written.TextAsync(new HtmlReportWriter(), Pack(name)));

    private static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    internal static EvidencePack Pack(string name) => name switch
    {
        "rich" => SamplePacks.Rich(),
        "cancelled" => SamplePacks.Cancelled(),
        "empty" => SamplePacks.Empty(),
        "passed" => SamplePacks.Passed(),
        "hostile" => SamplePacks.Hostile(),
        _ => SamplePacks.Large(),
    };
}
