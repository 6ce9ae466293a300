using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Materials.Tests;

/// <summary>PDF files: with text, of pictures, locked, signed, torn.</summary>
public sealed class PdfTests
{
    private const string Report = "密码应用安全性评估报告";

    [Fact]
    public async Task A_report_in_pdf_is_read()
    {
        var verdicts = await Looking.JudgeAsync("a.pdf", Pdfs.Of(Papers.Report(Report), "第二页"), Report);
        Assert.All(new[] { "MAT-01", "MAT-02", "MAT-03", "MAT-04", "MAT-06" }, id => Assert.Equal((id, Verdict.Satisfied), (id, verdicts[id])));
        Assert.Equal(Verdict.NotSatisfied, verdicts["MAT-05"]);
    }

    /// <summary>What the text does not say may be in the picture.</summary>
    [Theory]
    [InlineData("", "")]
    [InlineData("", "别的事")]
    public async Task Scanned_pages_are_for_people(params string[] pages)
    {
        var verdicts = await Looking.JudgeAsync("a.pdf", Pdfs.Of(pages), Report);
        Assert.All(verdicts, v => Assert.Equal((v.Key, Verdict.NeedsReview), (v.Key, v.Value)));
    }

    [Fact]
    public async Task Signs_of_which_nobody_knows_the_characters_are_for_people()
    {
        var verdicts = await Looking.JudgeAsync("a.pdf", Pdfs.Nameless(Papers.Report(Report)), Report);
        Assert.All(verdicts, v => Assert.Equal((v.Key, v.Key == "MAT-05" ? Verdict.NotSatisfied : Verdict.NeedsReview), (v.Key, v.Value)));
    }

    [Fact]
    public async Task A_locked_one_and_a_torn_one_do_not_open()
    {
        Assert.Equal(Verdict.NotSatisfied, (await Looking.JudgeAsync("a.pdf", Pdfs.Locked(), Report))["MAT-01"]);
        Assert.Equal(Verdict.NotSatisfied, (await Looking.JudgeAsync("a.pdf", Pdfs.Of(Papers.Report(Report))[..2000], Report))["MAT-01"]);
    }

    [SkippableFact]
    public async Task A_signature_over_the_whole_file_is_intact_and_over_another_or_less_is_not()
    {
        Skip.If(RequiredTool.IsMissing("openssl"));
        var signed = Pdfs.Signed(Pdfs.ByOpenSsl, Papers.Report(Report));
        Assert.Equal(Verdict.Satisfied, (await Looking.JudgeAsync("a.pdf", signed, Report))["MAT-05"]);

        var changed = (byte[])signed.Clone();
        changed[changed.AsSpan().IndexOf("595 842"u8)] = (byte)'6';
        Assert.Equal(Verdict.NotSatisfied, (await Looking.JudgeAsync("a.pdf", changed, Report))["MAT-05"]);
        Assert.Equal(Verdict.NeedsReview, (await Looking.JudgeAsync("a.pdf", [.. signed, .. "% more\nstartxref\n0\n%%EOF\n"u8], Report))["MAT-05"]);
        Assert.Equal(Verdict.NeedsReview, (await Looking.JudgeAsync("a.pdf", Pdfs.Signed(_ => [0x30, 0], Papers.Report(Report)), Report))["MAT-05"]);
    }

    [Fact]
    public async Task Torn_and_twisted_files_end_in_an_answer_that_is_never_better()
    {
        var whole = Pdfs.Of(Papers.Report(Report), "");
        for (var i = 9; i < whole.Length; i += 211)
        {
            var twisted = (byte[])whole.Clone();
            twisted[i] ^= 0x55;
            Assert.Equal(6, (await Looking.FactsAsync("a.pdf", twisted, Report)).Count);
            Assert.NotEqual(Verdict.Satisfied, (await Looking.JudgeAsync("a.pdf", whole[..i], Report))["MAT-01"]);
        }
    }
}
