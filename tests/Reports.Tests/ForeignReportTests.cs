using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reports.Html;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>Results of other tools in the report.</summary>
public sealed class ForeignReportTests
{
    private const string Heading = "外部工具的旁证";

    [Fact]
    public async Task Disagreements_are_shown_beside_our_verdicts_and_hostile_words_stay_words()
    {
        var rich = SamplePacks.Rich();
        var judgement = rich.Judgement.Judgements[0];
        ForeignOpinion Opinion(bool disagrees) => new()
        {
            ImportId = "import:lynis", Tool = ForeignTool.Lynis, ToolVersion = "3.0.8", ReportedOn = "2026-01-02", ForeignId = "SSH-7408:PermitRootLogin", ForeignText = "<script>alert(1)</script>",
            Outcome = ForeignOutcome.Failed, RequirementId = judgement.RequirementId, TargetId = judgement.TargetId, OurVerdict = Verdict.Satisfied, Disagrees = disagrees,
        };
        var html = await Written.TextAsync(new HtmlReportWriter(), rich with { Judgement = rich.Judgement with { Foreign = [Opinion(true)] } });
        Assert.Contains(Heading, html, StringComparison.Ordinal);
        Assert.Contains("不一致", html, StringComparison.Ordinal);
        Assert.Contains("Lynis 3.0.8 2026-01-02", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-label=\"是否一致\">不一致", await Written.TextAsync(new HtmlReportWriter(), rich with { Judgement = rich.Judgement with { Foreign = [Opinion(false)] } }), StringComparison.Ordinal);
        Assert.DoesNotContain(Heading, await Written.TextAsync(new HtmlReportWriter(), rich), StringComparison.Ordinal);
    }
}
