using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;
using SmartCity.SecurityCheck.Reports.Html;

namespace SmartCity.SecurityCheck.Reports.Tests;

public sealed class HtmlReportTests
{
    private static readonly HtmlReportWriter Writer = new();

    [Fact]
    public async Task Rich_pack_is_written_as_expected() => Golden.Matches("rich.html", await Written.TextAsync(Writer, SamplePacks.Rich()));

    [Fact]
    public async Task Empty_pack_is_written_as_expected() => Golden.Matches("empty.html", await Written.TextAsync(Writer, SamplePacks.Empty()));

    [Fact]
    public async Task Same_report_gives_the_same_bytes_with_line_feeds_only()
    {
        var first = await Written.BytesAsync(Writer, SamplePacks.Hostile());
        var second = await Written.BytesAsync(Writer, SamplePacks.Hostile());
        Assert.Equal(first, second);
        Assert.DoesNotContain((byte)'\r', first);
    }

    [Fact]
    public async Task Chinese_stays_readable_in_the_source() => Assert.Contains("某市一体化政务服务平台", await Written.TextAsync(Writer, SamplePacks.Rich()), StringComparison.Ordinal);

    [Fact]
    public async Task Page_of_a_target_tells_problem_reading_and_remedy_and_what_was_not_looked_at()
    {
        var html = await Written.TextAsync(Writer, SamplePacks.Rich());
        var page = html[html.IndexOf("id=\"target.tls.endpoint_003Aportal\"", StringComparison.Ordinal)..];
        page = page[..page.IndexOf("</article>", StringComparison.Ordinal)];
        Assert.Contains("怎么改", page, StringComparison.Ordinal);
        Assert.Contains("TLS 1.0（已停用）、TLSv1.2", page, StringComparison.Ordinal);
        Assert.Matches("TLCP 1\\.1</dt>.*未观测", page);
        Assert.DoesNotContain("unlabelled", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Page_of_a_target_says_why_it_matters_and_what_is_open_for_which_reason()
    {
        var rich = SamplePacks.Rich();
        var html = await Written.TextAsync(Writer, rich with { Requirements = [.. rich.Requirements.Select(r => r.Id == "TLS-01" ? r with { Why = "旧协议的会话可以被解开" } : r)] });
        string PageOf(string id)
        {
            var page = html[html.IndexOf($"id=\"target.tls.endpoint_003A{id}\"", StringComparison.Ordinal)..];
            return page[..page.IndexOf("</article>", StringComparison.Ordinal)];
        }

        Assert.Contains("为什么重要：</b>旧协议的会话可以被解开", PageOf("portal"), StringComparison.Ordinal);
        Assert.DoesNotContain("还没有结论的是什么", PageOf("portal"), StringComparison.Ordinal);
        Assert.Matches("(?s)还没有结论的是什么，为什么（1 项）.*证书在有效期内.*没有取到证书", PageOf("exchange"));
    }

    [Fact]
    public async Task Interrupted_run_says_so_on_page_one()
    {
        var html = await Written.TextAsync(Writer, SamplePacks.Cancelled());
        Assert.Contains("本次运行被中断", html, StringComparison.Ordinal);
        Assert.Contains("尚不能下结论", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-08-31T15:59:59Z", false)]
    [InlineData("2025-08-31T16:00:00Z", true)]
    public void A_measure_ends_with_its_last_day_in_Beijing(string judged, bool isOver)
    {
        var rich = SamplePacks.Rich();
        var report = AcceptanceReport.From(rich with { Judgement = rich.Judgement with { JudgedAt = DateTimeOffset.Parse(judged) } });
        Assert.Equal(isOver, report.Conclusion.Notices.Any(n => n.Contains("已过有效期（2025-08-31）", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_statement_in_place_of_a_probe_is_shown_with_who_said_it_and_as_deciding_nothing()
    {
        var html = await Written.TextAsync(Writer, SamplePacks.Rich());
        Assert.All(["只作记录的人工确认", "证书年初刚换过。", "人工确认（只作记录） A-2026-04", "有 1 份人工确认说的是应由探测核验而没有核验的项目"], said => Assert.Contains(said, html, StringComparison.Ordinal));
        Assert.DoesNotContain("只作记录", await Written.TextAsync(Writer, SamplePacks.Empty()), StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_lowered_by_word_alone_stays_among_the_unverified()
    {
        var rich = SamplePacks.Rich();
        var lowered = rich.Judgement.Judgements.Select(j => j.Reason == VerdictReason.ProbeUnable ? j with { Verdict = Verdict.NotSatisfied, Reason = VerdictReason.AttestedUnseen } : j);
        var report = AcceptanceReport.From(rich with { Judgement = rich.Judgement with { Judgements = [.. lowered] } });
        Assert.Contains(report.Unverified, r => r.What == "TLS-02" && r.Reason == "未核验：只有人工确认");
        Assert.Equal(AcceptanceReport.From(rich).Conclusion.Readiness.Gaps, report.Conclusion.Readiness.Gaps);
    }

    [Fact]
    public async Task Passed_gate_never_claims_to_replace_a_formal_assessment()
    {
        var html = await Written.TextAsync(Writer, SamplePacks.Passed());
        Assert.Contains("未发现阻碍验收的问题", html, StringComparison.Ordinal);
        Assert.Contains(ReportWords.Disclaimer, html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_writing_writes_nothing()
    {
        using var output = new MemoryStream();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Writer.WriteAsync(AcceptanceReport.From(SamplePacks.Rich()), output, cancelled.Token));
        Assert.Equal(0, output.Length);
    }
}
