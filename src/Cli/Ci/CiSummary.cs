using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>The gist of a run for the log of a pipeline: plain lines, no colours.</summary>
internal static class CiSummary
{
    private const int Shown = 5;

    public static string Of(RunResult result, PackComparison? comparison, bool onlyNew, int exitCode)
    {
        var report = AcceptanceReport.From(result.Pack);
        var text = new StringBuilder();
        void Line(string line) => text.Append(Printable.Of(VisibleText.OnOneLine(line))).Append('\n');
        Line($"{result.Pack.Candidate.Name}：{report.Conclusion.Headline}");
        Line(report.Conclusion.Sentence);
        report.Conclusion.Notices.ToList().ForEach(n => Line($"注意：{n}"));
        Line(string.Join("  ", Enum.GetValues<Verdict>().Select(v => $"{v.Name()} {report.Conclusion.Counts.Of(v)}")));
        Line($"问题  {string.Join("  ", report.Conclusion.Severities.Select(s => $"{s.Severity.Name()} {s.Count}"))}");
        var open = report.Findings.Where(f => f.Finding.WaiverId is null).ToList();
        open.Take(Shown).ToList().ForEach(f => Line($"  〔{f.Finding.Severity.Name()}〕{f.Finding.RequirementId} {f.Finding.Title}（{f.Finding.Where}）"));
        if (open.Count > Shown)
        {
            Line($"  另有 {open.Count - Shown} 个，见报告");
        }

        if (comparison is not null)
        {
            comparison.Warnings.ToList().ForEach(w => Line($"注意：{w}"));
            Line($"与上次相比  {string.Join("  ", comparison.Counts.Where(c => c.Count > 0).Select(c => $"{c.Change.Name()} {c.Count}"))}");
            comparison.Findings.Where(f => f.Change is Change.New or Change.Worse).Take(Shown).ToList().ForEach(f => Line($"  {f.Change.Name()}〔{f.Finding.Severity.Name()}〕{f.Finding.RequirementId} {f.Finding.Title}"));
            comparison.Conclusions.Where(c => c.IsDue && c.Change is Change.New or Change.Worse).Take(Shown).ToList().ForEach(c => Line($"  {c.Change.Name()} {c.Title}：{ChangeNames.Said(c.Earlier)} → {ChangeNames.Said(c.Now)}"));
        }

        Line($"证据包  {result.Folder}");
        Line($"退出码  {exitCode}{(onlyNew && comparison is not null ? "（只看与上次相比的变化，不是验收结论）" : "")}");
        return text.ToString();
    }
}
