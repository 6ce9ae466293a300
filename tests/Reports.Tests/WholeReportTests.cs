using System.Diagnostics;
using System.IO.Compression;
using System.Text.RegularExpressions;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Word;
using SmartCity.SecurityCheck.Reports.Workbook;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>The whole report and the attachment as Word files, and the sheets people work through.</summary>
public sealed partial class WholeReportTests
{
    private static readonly string[] Headings = ["一、结论一页", "二、条款对照", "三、各支柱", "四、问题清单", "五、豁免与人工确认", "六、未核验清单", "七、证据目录", "八、方法与版本"];

    public static TheoryData<string> Packs => new("rich", "empty", "hostile");

    [Theory]
    [MemberData(nameof(Packs))]
    public async Task The_word_file_is_valid_the_same_each_time_and_has_the_sections_in_order(string pack)
    {
        var bytes = await Written.BytesAsync(new WordReportWriter(), Named(pack));
        Assert.Equal(bytes, await Written.BytesAsync(new WordReportWriter(), Named(pack)));
        using var document = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(document).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        var body = document.MainDocumentPart!.Document!.Body!;
        Assert.Equal(Headings, body.Elements<Paragraph>().Where(p => p.ParagraphProperties?.ParagraphStyleId?.Val == "Heading1").Select(p => p.InnerText));
        Assert.All(body.Descendants<Table>(), t => Assert.NotNull(t.Elements<TableRow>().First().TableRowProperties!.GetFirstChild<TableHeader>()));
        var bookmarks = body.Descendants<BookmarkStart>().Select(b => b.Name!.Value!).ToList();
        Assert.All(body.Descendants<Hyperlink>(), h => Assert.Contains(h.Anchor!.Value!, bookmarks));
        Assert.Equal(bookmarks.Count, body.Descendants<Hyperlink>().Count());
    }

    [SkippableFact]
    public async Task The_word_file_opens_and_its_contents_name_the_pages_on_which_the_sections_are()
    {
        var office = NeededTool.Office();
        var (info, reader) = (NeededTool.PdfInfo(), NeededTool.PdfToText());
        var folder = Directory.CreateTempSubdirectory("securitycheck-word-").FullName;
        try
        {
            var file = Path.Combine(folder, "report.docx");
            await File.WriteAllBytesAsync(file, await Written.BytesAsync(new WordReportWriter(), SamplePacks.Rich()));
            await RunAsync(office, "--headless", $"-env:UserInstallation={new Uri(Path.Combine(folder, "profile")).AbsoluteUri}", "--convert-to", "pdf", "--outdir", folder, file);
            var pdf = Path.Combine(folder, "report.pdf");
            Assert.InRange(int.Parse(PageCount().Match(await RunAsync(info, pdf)).Groups["n"].Value, System.Globalization.CultureInfo.InvariantCulture), 6, 20);
            var pages = (await RunAsync(reader, "-layout", pdf, "-")).Split('\f').Select(p => string.Concat(p.Where(c => !char.IsWhiteSpace(c)))).ToList();
            Assert.Contains("验收前安全检查报告", pages[0], StringComparison.Ordinal);
            Assert.Contains("目录", pages[1], StringComparison.Ordinal);
            foreach (var heading in Headings)
            {
                var at = pages.FindIndex(2, p => p.Contains(heading, StringComparison.Ordinal)) + 1;
                Assert.Matches($"{heading}[.…·]*{at}(?![0-9])", pages[1]);
            }

            Assert.All(pages.Where(p => p.Length > 0), (p, i) => Assert.Contains($"第{i + 1}页", p, StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task The_attachment_puts_what_acceptance_asks_first_and_ends_with_empty_signatures()
    {
        var bytes = await Written.BytesAsync(new WordApplicationWriter(), SamplePacks.Rich());
        using var document = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(document).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        var tables = document.MainDocumentPart!.Document!.Body!.Elements<Table>().ToList();
        Assert.Contains("第二十二条（验收）", tables[1].InnerText, StringComparison.Ordinal);
        Assert.DoesNotContain("第九条", tables[1].InnerText, StringComparison.Ordinal);
        Assert.All(tables[^1].Elements<TableRow>().Skip(1), r => Assert.All(r.Elements<TableCell>().Skip(1), c => Assert.Equal("", c.InnerText)));
        Assert.Contains("（待签署）", document.MainDocumentPart.HeaderParts.Single().Header!.InnerText, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ReportUnavailableException>(() => Written.BytesAsync(new WordApplicationWriter(), SamplePacks.Empty()));
    }

    [Fact]
    public async Task The_work_sheets_have_filters_and_frozen_heads_and_a_row_for_everything()
    {
        var pack = SamplePacks.Rich();
        using var zip = new ZipArchive(new MemoryStream(await Written.BytesAsync(new WorkbookReportWriter(), pack)));
        var names = SheetName().Matches(Text(zip, "xl/workbook.xml")).Select(m => m.Groups["n"].Value).ToList();
        Assert.Equal(["整改清单", "条款对照", "核查清单"], names[^3..]);
        int Rows(string sheet) => Text(zip, $"xl/worksheets/sheet{names.IndexOf(sheet) + 1}.xml").Split("<row ").Length - 2;
        Assert.Equal((pack.Judgement.Findings.Count, pack.Judgement.Judgements.Count), (Rows("整改清单"), Rows("核查清单")));
        Assert.Equal(pack.Judgement.Clauses.Sum(c => Math.Max(1, c.Materials.Count + c.Pillars.Count)), Rows("条款对照"));
        Assert.All(names[^3..], n =>
        {
            var sheet = Text(zip, $"xl/worksheets/sheet{names.IndexOf(n) + 1}.xml");
            Assert.Contains("<autoFilter ref=\"A1:", sheet, StringComparison.Ordinal);
            Assert.Contains("state=\"frozen\"", sheet, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Missing_papers_are_named_once_those_that_stop_an_acceptance_first()
    {
        var conclusion = AcceptanceReport.From(SamplePacks.Rich()).Conclusion;
        Assert.Equal(["网络安全等级测评报告", "等级保护备案证明"], conclusion.MissingMaterials.Select(m => m.Material));
        Assert.Equal([Gate.Acceptance, Gate.Filing], conclusion.MissingMaterials.Select(m => m.Gate));
        Assert.Equal(["补交或更换：网络安全等级测评报告、等级保护备案证明"], conclusion.Readiness.Gaps.Select(g => g.What).Where(w => w.StartsWith("补交", StringComparison.Ordinal)));
        Assert.Contains("现在不能申请验收", conclusion.Readiness.Answer, StringComparison.Ordinal);
        Assert.All(conclusion.Readiness.Gaps, g => Assert.NotEmpty(g.Who));
        var filing = AcceptanceReport.From(At(Gate.Filing)).Conclusion.Readiness.Gaps;
        Assert.Contains(filing, g => g.What.StartsWith("以后的环节还要 1 份材料，不影响备案：网络安全等级测评报告", StringComparison.Ordinal));
        Assert.Contains(AcceptanceReport.From(SamplePacks.Cancelled()).Conclusion.Readiness.Gaps, g => g.What.Contains("重新运行", StringComparison.Ordinal));
    }

    private static EvidencePack At(Gate stage)
    {
        var rich = SamplePacks.Rich();
        return rich with { Judgement = rich.Judgement with { Gate = rich.Judgement.Gate with { Stage = stage } } };
    }

    /// <summary>Nothing was held against a measure, so nothing can be said of one.</summary>
    [Fact]
    public void Without_a_measure_nobody_is_told_to_apply()
    {
        var passed = SamplePacks.Passed();
        Assert.StartsWith("可以申请验收", AcceptanceReport.From(passed with { Profile = SamplePacks.Rich().Profile }).Conclusion.Readiness.Answer, StringComparison.Ordinal);
        Assert.Contains("没有选用验收办法", AcceptanceReport.From(passed with { Profile = null }).Conclusion.Readiness.Answer, StringComparison.Ordinal);
    }

    /// <summary>A bad paper that no clause misses is still something to mend.</summary>
    [Fact]
    public void A_bad_paper_nobody_misses_is_left_to_mend()
    {
        var rich = SamplePacks.Rich();
        var finding = rich.Judgement.Findings[0] with { TargetId = rich.Candidate.Materials[0].TargetId, Severity = Severity.Major, WaiverId = null, Fingerprint = "of-a-paper" };
        var gaps = AcceptanceReport.From(rich with { Judgement = rich.Judgement with { Findings = [finding] } }).Conclusion.Readiness.Gaps;
        Assert.Contains(gaps, g => g.What.StartsWith("更正材料问题：重要 1 个", StringComparison.Ordinal));
    }

    private static EvidencePack Named(string pack) => pack switch
    {
        "rich" => SamplePacks.Rich(),
        "hostile" => SamplePacks.Hostile(),
        _ => SamplePacks.Empty(),
    };

    private static string Text(ZipArchive zip, string name)
    {
        using var reader = new StreamReader(zip.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, UseShellExecute = false })!;
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said;
    }

    [GeneratedRegex(@"Pages:\s+(?<n>\d+)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PageCount();

    [GeneratedRegex("<sheet name=\"(?<n>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SheetName();
}
