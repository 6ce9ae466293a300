using AngleSharp.Html.Parser;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using DocumentFormat.OpenXml.Wordprocessing;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Html;
using SmartCity.SecurityCheck.Reports.Word;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>What the archive's reviewer reads: the section of the report and the draft opinion.</summary>
public sealed class ArchivingOpinionTests
{
    [Fact]
    public async Task The_section_is_written_as_expected()
    {
        var html = await Written.TextAsync(new HtmlReportWriter(), SampleArchiving.Create());
        var from = html.IndexOf("<section class=\"assessment archiving\"", StringComparison.Ordinal);
        Golden.Matches("archiving.html", html[from..(html.IndexOf("</section>", from, StringComparison.Ordinal) + "</section>".Length)].Replace("><", ">\n<", StringComparison.Ordinal) + "\n");
    }

    [Fact]
    public void Every_function_is_listed_and_what_nobody_walked_or_no_word_is_known_for_stays_open()
    {
        var review = AcceptanceReport.From(SampleArchiving.Create()).Archiving;
        Assert.Equal(16, review.Functions.Count);
        Assert.All(review.Functions.Where(f => f.Id is not ("F-01" or "B-01")), f => Assert.Equal((null, 0), (f.Verdict, f.Walks.Count)));
        Assert.Equal(14, review.Open.Count(p => p.Why == ReviewedFunction.NotWalked));
        var package = Assert.Single(review.Packages);
        Assert.Equal(["1-1", "1-10", "4-5"], package.Items.Select(i => i.Id));
        Assert.Equal(["TAMPERED", "未给出"], package.Ofd.Select(f => f.Answer));
        Assert.False(package.Ofd[1].IsWhole);
        Assert.Equal([SampleArchiving.Picture], package.Ofd[0].Pictures);
        Assert.Contains(review.Open, p => p.Why.Contains("压缩方法不认识", StringComparison.Ordinal));
        Assert.Contains("不宜签认", ArchivingWords.Standing(review), StringComparison.Ordinal);
    }

    /// <summary>What people typed is shown beside what was measured, and its absence is no rate.</summary>
    [Fact]
    public void The_rate_of_a_systems_own_detection_is_shown_and_judges_nothing()
    {
        var detection = AcceptanceReport.From(SampleArchiving.Create()).Archiving.Packages[0].Detection!;
        Assert.Equal([("全部", "75%"), ("真实性", "95%"), ("1-9", "66%"), ("4-3", "没有答复")], detection.Groups.Select(g => (g.Name, g.Rate)));
        Assert.Contains("误报 1 个", detection.Summary, StringComparison.Ordinal);
        Assert.Contains("没有答复的 2 个", detection.Summary, StringComparison.Ordinal);
    }

    /// <summary>An item that is refuted has parts that were held against nothing; they are no less open for that.</summary>
    [Fact]
    public void What_was_not_compared_beside_a_difference_stays_open()
    {
        var review = AcceptanceReport.From(SampleArchiving.Create()).Archiving;
        var item = review.Packages[0].Items.Single(i => i.Id == "1-1");
        Assert.True(item.DifferenceCount > 0 && item.Open.Count > 0 && item.Judgement.Verdict == Verdict.NotSatisfied);
        Assert.Contains(review.Open, p => p.Subject.StartsWith("1-1 ", StringComparison.Ordinal) && p.Why.Contains(item.Open[0], StringComparison.Ordinal));
    }

    [Fact]
    public void Packages_that_no_rule_judges_were_given_all_the_same()
    {
        var pack = SampleArchiving.Create();
        var unjudged = pack with { Judgement = pack.Judgement with { Judgements = [.. pack.Judgement.Judgements.Where(j => !j.RequirementId.StartsWith("DAT70", StringComparison.Ordinal))] } };
        Assert.Contains("没有一项判它", AcceptanceReport.From(unjudged).Archiving.NoPackages!, StringComparison.Ordinal);
        Assert.Contains("没有给", AcceptanceReport.From(unjudged with { Candidate = pack.Candidate with { ArchivePackages = [] } }).Archiving.NoPackages!, StringComparison.Ordinal);
        Assert.Null(AcceptanceReport.From(pack).Archiving.NoPackages);
    }

    /// <summary>Less knowledge never makes the draft kinder.</summary>
    [Fact]
    public void Without_observations_the_draft_claims_nothing()
    {
        var pack = SampleArchiving.Create();
        var nothing = pack with { Outcomes = [], Judgement = pack.Judgement with { Judgements = [.. pack.Judgement.Judgements.Select(j => j with { Verdict = Verdict.NeedsReview, Reason = VerdictReason.ProbeUnable })] } };
        var review = AcceptanceReport.From(nothing).Archiving;
        Assert.Equal(0, review.Counts.Satisfied);
        Assert.All(Assert.Single(review.Packages).Items, i => Assert.Equal("没有比对", i.Count));
        Assert.Contains("不能得出规范性结论", ArchivingWords.Standing(review), StringComparison.Ordinal);
        Assert.Contains(review.Packages, p => p.Trouble!.Contains("没有运行", StringComparison.Ordinal) && p.OfdTrouble is not null);
    }

    [Fact]
    public async Task The_page_is_a_draft_with_open_points_and_empty_signatures_and_escapes_strangers()
    {
        var html = await Written.TextAsync(new HtmlOpinionWriter(), SampleArchiving.Create());
        var page = new HtmlParser().ParseDocument(html);
        var text = page.Body!.TextContent;
        Assert.All(["草稿", "未经签认不生效", "□ 符合", "TAMPERED", "包里记录的摘要", "重算的摘要", "甲⟨U+202E⟩值", "乙值", "共 9 处", "归档主管部门审核人", "条款编号", "办件系统<b>"], t => Assert.Contains(t, text, StringComparison.Ordinal));
        Assert.Empty(page.QuerySelectorAll("b, script, img"));
        Assert.Equal(9, page.QuerySelectorAll("main > section[id]").Length);
    }

    [Fact]
    public async Task The_word_file_is_valid_the_same_each_time_and_holds_what_the_page_holds()
    {
        var bytes = await Written.BytesAsync(new WordOpinionWriter(), SampleArchiving.Create());
        Assert.Equal(bytes, await Written.BytesAsync(new WordOpinionWriter(), SampleArchiving.Create()));
        using var document = WordprocessingDocument.Open(new MemoryStream(bytes), isEditable: false);
        Assert.Empty(new OpenXmlValidator(FileFormatVersions.Microsoft365).Validate(document).Select(e => $"{e.Path?.XPath}: {e.Description}"));
        var body = document.MainDocumentPart!.Document!.Body!;
        Assert.Contains("甲⟨U+202E⟩值", body.InnerText, StringComparison.Ordinal);
        Assert.Contains(body.Descendants<FieldCode>(), f => f.Text.Contains("TOC", StringComparison.Ordinal));
        Assert.All(body.Descendants<Table>(), t => Assert.NotNull(t.Elements<TableRow>().First().TableRowProperties!.GetFirstChild<TableHeader>()));
        Assert.Equal(9, body.Elements<Paragraph>().Count(p => p.ParagraphProperties?.ParagraphStyleId?.Val == "Heading1"));
        Assert.Contains(document.MainDocumentPart.FooterParts.Single().Footer!.Descendants<FieldCode>(), f => f.Text.Contains("NUMPAGES", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pack_without_the_pillar_has_no_opinion()
    {
        var report = AcceptanceReport.From(SamplePacks.Empty());
        foreach (var writer in new IReportWriter[] { new HtmlOpinionWriter(), new WordOpinionWriter() })
        {
            Assert.False(writer.Fits(report));
            await Assert.ThrowsAsync<ReportUnavailableException>(() => writer.WriteAsync(report, Stream.Null, CancellationToken.None));
        }
    }
}
