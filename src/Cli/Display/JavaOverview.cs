using System.Globalization;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probes.CodeSecurity;
using SmartCity.SecurityCheck.Reporting;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>What was found in Java, each with the way to it line by line, for who is about to mend it.</summary>
internal static class JavaOverview
{
    private const int MostShown = 100;
    private const int MostGaps = 10;
    private const int Indent = 6;

    /// <param name="records">Of the probe.</param>
    /// <param name="targets">Source trees.</param>
    public static void Write(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets)
    {
        foreach (var target in targets)
        {
            var own = records.Where(r => r.TargetId == target.TargetId).ToList();
            Terminal.Out.Write(new Rule($"[bold]{Markup.Escape(Printable.Of(target.DisplayName))}[/]") { Justification = Justify.Left });
            foreach (var outcome in own.Select(r => r.Outcome))
            {
                Line(outcome switch { Unable unable => $"未核验：{unable.Message}", NotNeeded spared => spared.Why, _ => "" });
            }

            CodeOverview.SeenBy<JavaAnalysis>(own).ToList().ForEach(One);
        }
    }

    private static void One(JavaAnalysis analysis)
    {
        var all = (analysis.Defects is { IsKnown: true, Value: { } whole } ? whole : analysis.SeenSoFar).OrderBy(d => d.Key).ToList();
        var defects = all.Where(d => !d.IsSuppressed).ToList();
        Line(string.Create(CultureInfo.InvariantCulture, $"Java {analysis.Files} 个文件、{analysis.Lines} 行；缺陷 {InspectionWords.Count(defects.Count, defects.Count(d => d.IsForPeople))}{(analysis.KnownCallsPercent is { } known ? $"；认识的调用 {known}%" : "")}{(analysis.IsComplete ? "" : "；没有看全，原因见下")}"));
        foreach (var kind in defects.GroupBy(d => (d.RuleId, d.Title)))
        {
            Line($"  {kind.Key.RuleId}  {kind.Key.Title}：{kind.Count()} 处");
        }

        foreach (var (defect, number) in defects.Take(MostShown).Select((d, i) => (d, i + 1)))
        {
            Show(defect, string.Create(CultureInfo.InvariantCulture, $"D-{number:000}"));
        }

        if (defects.Count > MostShown)
        {
            Line($"另有 {defects.Count - MostShown} 处，用 --json 或 --format sarif 取得。");
        }

        Aside([.. all.Where(d => d.IsSuppressed)], analysis);
        Line("没有报告不等于没有缺陷；报告的由熟悉代码的人确认。一种缺陷的说明：securitycheck explain 编号。");
    }

    /// <summary>What people took out of the count, and what nobody looked at.</summary>
    private static void Aside(List<CodeDefect> suppressed, JavaAnalysis analysis)
    {
        foreach (var defect in suppressed)
        {
            Text($"已抑制  {defect.RuleId} {defect.File}:{defect.Line}：{defect.Suppression!.Reason}（{(defect.Suppression.Kind == SuppressionKind.Declared ? "负责" : "复核")} {defect.Suppression.Reviewer}，到 {defect.Suppression.Until:yyyy-MM-dd}，写在 {defect.Suppression.Place}）", 0);
        }

        foreach (var gap in analysis.Unread.Concat(analysis.UnreadSettings).Concat(analysis.Cut).Take(MostGaps))
        {
            Text($"没有看全  {gap.File}：{gap.Why}", 0);
        }

        if (analysis.Unread.Count + analysis.UnreadSettings.Count + analysis.CutCount is > MostGaps and var gaps)
        {
            Line($"另有 {gaps - MostGaps} 处没有看全，用 --json 取得。");
        }
    }

    private static void Show(CodeDefect defect, string number)
    {
        Line("");
        Text(string.Create(CultureInfo.InvariantCulture, $"{number} {DefectLevels.Four(defect.Severity)} {defect.RuleId} {defect.Title}{(defect.Cwe is { } cwe ? $"，CWE-{cwe}" : "")}，把握{EnumWords.Say(defect.Confidence)}{(defect.IsForPeople ? "，由人确认" : "")}{(defect.Baseline == BaselineStanding.New ? "，新增" : "")}"), 0);
        if (defect.Doubt is { } doubt)
        {
            Text($"  存疑  {doubt}", 8);
        }

        if (defect.Flow.Count == 0)
        {
            Line($"  {defect.File}:{defect.Line}");
            Line($"{new string(' ', Indent)}{Cut(defect.Code, 0, 0).Text}");
        }

        foreach (var (step, at) in defect.Flow.Select((s, i) => (s, i + 1)))
        {
            Text(string.Create(CultureInfo.InvariantCulture, $"{at,4}  {step.File}:{step.Line}  {step.Message}"), Indent);
            Code(step.Code);
        }

        if (defect.OtherEntries is { } others)
        {
            Text($"  另有 {others.Count} 个入口也通到这里：{string.Join("、", others.First.Take(4).Select(o => $"{o.File}:{o.Line}"))}{(others.Count > 4 ? " 等" : "")}", 2);
        }

        Text($"  修复  {defect.Remedy}", 8);
    }

    /// <summary>The line, and a line of carets below the piece that is meant.</summary>
    private static void Code(StepCode? code)
    {
        if (code is null)
        {
            return;
        }

        var (text, mark) = Cut(code.Text, code.Mark ?? 0, code.Mark is null ? 0 : code.Length);
        Line($"{new string(' ', Indent)}{text}");
        if (code.Mark is not null)
        {
            Line($"{new string(' ', Indent + TextColumns.WidthOf(text[..mark]))}{new string('^', Math.Max(1, TextColumns.WidthOf(text.Substring(mark, Math.Min(code.Length, text.Length - mark)))))}");
        }
    }

    /// <summary>What fits into a line of the terminal, with the piece in it.</summary>
    private static (string Text, int Mark) Cut(string text, int mark, int length)
    {
        var width = Terminal.TextWidth - Indent;
        var shown = Printable.Of(text).Replace('\n', ' ');
        var from = TextColumns.WidthOf(shown[..Math.Min(shown.Length, mark + length)]) <= width ? 0 : Math.Max(0, mark - 12);
        var end = from;
        for (var used = from > 0 ? 1 : 0; end < shown.Length && (used += TextColumns.WidthOf(shown[end].ToString())) <= width; end++)
        {
            // As many as fit.
        }

        var head = from > 0 ? "…" : "";
        return (head + shown[from..end], Math.Min(mark - from + head.Length, head.Length + end - from));
    }

    private static void Text(string text, int indent)
    {
        var margin = "";
        foreach (var line in TextColumns.Wrap(Printable.Of(text), Terminal.TextWidth - indent))
        {
            Terminal.Out.WriteLine(margin + line);
            margin = new string(' ', indent);
        }
    }

    private static void Line(string text) => Terminal.Out.WriteLine(Printable.Of(text));
}
