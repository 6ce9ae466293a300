using System.IO.Compression;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Html;
using SmartCity.SecurityCheck.Reports.Workbook;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>The self-assessment of classified protection as a page and as a workbook.</summary>
public sealed class ProtectionReportTests
{
    private static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    private static readonly EvidencePack Pack = SamplePacks.Rich() is var rich ? rich with { Judgement = rich.Judgement with { Protection = SampleProtection.Create() } } : null!;

    [Fact]
    public async Task The_section_is_written_as_expected()
    {
        var html = await Written.TextAsync(new HtmlReportWriter(), Pack);
        Golden.Matches("protection.html", Section(html));
    }

    [Fact]
    public async Task It_says_what_it_is_not_and_shows_inputs_reasons_and_thin_evidence()
    {
        var section = Section(await Written.TextAsync(new HtmlReportWriter(), Pack));
        foreach (var part in new[] { ProtectionText.Disclaimer, "33.33% 至 66.67%", "取证不足", "40 项核查中 31 项没有读到", "由云服务方承担", "two-factor：登录采用双因素鉴别", "还差 2 条", "（推定）", "门户&lt;应用&gt;" })
        {
            Assert.Contains(part, section, StringComparison.Ordinal);
        }

        Assert.True(section.IndexOf("应用服务器</b> 不符合", StringComparison.Ordinal) < section.IndexOf("门户&lt;应用&gt;</b> 符合", StringComparison.Ordinal));
    }

    [Fact]
    public async Task On_paper_untouched_items_are_named_and_not_listed()
    {
        var screen = Section(await Written.TextAsync(new HtmlReportWriter(), Pack));
        using var printed = new MemoryStream();
        await HtmlReportWriter.WriteAsync(AcceptanceReport.From(Pack), PageUse.Print, printed, CancellationToken.None);
        var paper = Section(System.Text.Encoding.UTF8.GetString(printed.ToArray()));
        Assert.Contains("id=\"control.CES-IA-b\"", screen, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"control.CES-IA-b\"", paper, StringComparison.Ordinal);
        Assert.Contains("未定 1 条（CES-IA-b）", paper, StringComparison.Ordinal);
        Assert.True(paper.Length < screen.Length);
    }

    [Fact]
    public async Task The_workbook_has_every_step_item_risk_and_reason_and_the_same_bytes_each_time()
    {
        var bytes = await Written.BytesAsync(new WorkbookReportWriter(), Pack);
        Assert.Equal(bytes, await Written.BytesAsync(new WorkbookReportWriter(), Pack));
        var sheets = Sheets(bytes);
        Assert.Equal(["结论", "差距到通过", "条目", "高风险", "不适用", "密评结论", "密评单元", "密评高风险", "密评缺的证据", "密码产品", "整改清单", "条款对照", "核查清单"], sheets.Select(s => s.Name));
        Assert.Equal(["1", "是", "改配置", "ACC-03"], sheets[1].Rows[1].Take(4));
        Assert.Contains("责任人", sheets[1].Rows[0]);
        Assert.Equal(1 + 5, sheets[2].Rows.Count);
        Assert.Contains(sheets[2].Rows, r => r.Contains("门户<应用>"));
        Assert.Equal("6.5.1.1", sheets[3].Rows[1][0]);
        Assert.Contains("云服务方", sheets[4].Rows[1][3], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_hostile_pack_makes_a_workbook_without_formulas_and_without_hidden_characters()
    {
        var hostile = Pack with { Candidate = Pack.Candidate with { Name = "=HYPERLINK(\"http://x\")\u202E\u0001\uD800" } };
        var bytes = await Written.BytesAsync(new WorkbookReportWriter(), hostile);
        Assert.Contains("=HYPERLINK(\"http://x\")⟨U+202E⟩⟨U+0001⟩", Sheets(bytes)[0].Rows[1][1], StringComparison.Ordinal);
        using var zip = new ZipArchive(new MemoryStream(bytes));
        Assert.All(zip.Entries.Where(e => e.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)), e =>
        {
            using var stream = e.Open();
            Assert.Empty(XDocument.Load(stream).Descendants(Main + "f"));
        });
    }

    [Fact]
    public async Task The_workbook_has_the_units_risks_gaps_and_products_of_commercial_cryptography()
    {
        var links = new[] { new ProductLink("sample:register", 2, "=签名验签服务器", "GM001119920250001", true, [new ProductUse("portal", "门户", ["NET-3", "APP-7"])]), new ProductLink("sample:register", 3, "智能密码钥匙", null, false, []) };
        var rich = SamplePacks.Rich();
        var pack = rich with { Judgement = rich.Judgement with { Protection = null, Assessments = [rich.Judgement.Assessments[0] with { Products = links }] } };
        var sheets = Sheets(await Written.BytesAsync(new WorkbookReportWriter(), pack));
        Assert.Equal(["密评结论", "密评单元", "密评高风险", "密评缺的证据", "密码产品", "整改清单", "条款对照", "核查清单"], sheets.Select(s => s.Name));
        Assert.Contains(sheets[0].Rows, r => r[0] == "得分" && r[1].Contains("23.5 至 71.25", StringComparison.Ordinal));
        Assert.Contains(sheets[0].Rows, r => r[0] == "自查" && r[1].StartsWith("不成立", StringComparison.Ordinal));
        var unit = Assert.Single(sheets[1].Rows, r => r[0] == "NET-3");
        Assert.Equal(["是", "否", "未知", "1", ""], unit.Skip(10).Take(5));
        Assert.Contains("人工回答（只作记录） ca-1", unit[16], StringComparison.Ordinal);
        Assert.Equal("5.2", sheets[2].Rows[1][0]);
        Assert.Contains(sheets[3].Rows, r => r[0] == "网络与安全运维" && r[1] == "NET-4");
        Assert.Equal(["=签名验签服务器", "GM001119920250001", "sample:register", "2", "门户", "portal", "NET-3、APP-7"], sheets[4].Rows[1].Take(7));
        Assert.Equal(["智能密码钥匙", "没有填", "sample:register", "3", "没有对得上的对象"], sheets[4].Rows[2].Take(5));
        Assert.Equal(["结论", "差距到通过", "条目", "高风险", "不适用", "密评结论"], Sheets(await Written.BytesAsync(new WorkbookReportWriter(), pack with { Judgement = pack.Judgement with { Protection = Pack.Judgement.Protection } })).Take(6).Select(s => s.Name));
    }

    private static string Section(string html)
    {
        var from = html.IndexOf("<section class=\"assessment protection\"", StringComparison.Ordinal);
        return html[from..(html.IndexOf("</section>", from, StringComparison.Ordinal) + "</section>".Length)].Replace("><", ">\n<", StringComparison.Ordinal) + "\n";
    }

    private static List<(string Name, List<List<string>> Rows)> Sheets(byte[] bytes)
    {
        using var zip = new ZipArchive(new MemoryStream(bytes));
        XDocument Part(string name)
        {
            using var stream = zip.GetEntry(name)!.Open();
            return XDocument.Load(stream);
        }

        return [.. Part("xl/workbook.xml").Descendants(Main + "sheet").Select((s, i) => (s.Attribute("name")!.Value, Part($"xl/worksheets/sheet{i + 1}.xml").Descendants(Main + "row").Select(r => r.Elements(Main + "c").Select(c => c.Value).ToList()).ToList()))];
    }
}
