using System.Globalization;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>What is wrong with a port, a host or a sample in a few lines: letter, counts, then the problems, worst first, each with why and what to do.</summary>
internal static class VerdictSummary
{
    private const string OnlySm = "SMC-01";
    private const int ShownProblems = 6;
    private const int ShownReasons = 3;
    private const int ShownIds = 20;
    private const int RemedyLines = 3;
    private const int MessageCap = 240;

    /// <param name="verdicts">In the order of the targets.</param>
    /// <param name="level">The protection level they were judged by; null where none was asked for.</param>
    public static void Write(IReadOnlyList<TargetVerdict> verdicts, int? level)
    {
        foreach (var verdict in verdicts)
        {
            Write(verdict);
        }

        Line(verdicts.All(v => v.Target is CryptoSample) ? "按内置规则只判这里给出的样本，不是密评结论，也不说明系统别处；要对到密评单元、给出得分上下界与高风险，请写进 candidate.yaml 后用 securitycheck run。"
            : level is null
            ? "字母等级只帮助阅读，不是任何标准的评级；要带依据与证据的正式结果，请用 securitycheck run。"
            : $"按等级保护 {level} 级的规则判（--level 换级别），只看工具能看的，需要人回答的条目不在内；要带依据与证据的正式结果，请用 securitycheck run。", "");
        Terminal.Out.WriteLine();
    }

    private static void Write(TargetVerdict verdict)
    {
        Terminal.Out.Write(new Rule($"[bold]{Markup.Escape(Printable.Of(TargetOverview.NameOf(verdict.Target)))}[/]") { Justification = Justify.Left });
        if (verdict.Counts.Total == verdict.Counts.NeedsReview + verdict.Counts.NotApplicable && verdict.Open.Count > 0)
        {
            var reasons = verdict.Open.Select(j => j.Explanation).Distinct(StringComparer.Ordinal).ToList();
            var isOne = reasons.Count == 1;
            Line($"没有看到可以判定的内容，不是没有问题{(verdict.Hints.Count == 0 && isOne ? $"：{Head(reasons[0])}" : "。")}", "");
            WriteHints(verdict);
            if (verdict.Hints.Count == 0 && !isOne)
            {
                WriteOpen(verdict);
            }

            Terminal.Out.WriteLine();
            return;
        }

        if (verdict.Target is Endpoint)
        {
            Terminal.Out.MarkupLine($"[bold {ColourOf(verdict)}]等级 {Markup.Escape(GradeOf(verdict))}[/]");
        }

        Line(string.Join("  ", Enum.GetValues<Verdict>().Select(v => string.Create(CultureInfo.InvariantCulture, $"{v.Name()} {verdict.Counts.Of(v)}"))), "");
        WriteHints(verdict);
        if (verdict.Problems.Count == 0 && verdict.Counts.Satisfied > 0)
        {
            Line("已核验的要求都满足。", "");
        }

        var told = verdict.Problems.Where(p => p.Severity > Severity.Info).Take(ShownProblems).ToList();
        foreach (var (problem, i) in told.Select((p, i) => (p, i)))
        {
            Write(problem, i + 1);
        }

        var others = verdict.Problems.Except(told).ToList();
        if (others.Count > 0)
        {
            Line($"{(told.Count == 0 ? "" : "还")}有 {others.Count} 项（securitycheck explain 编号 看说明与整改）：", "");
            others.ForEach(p => Line(Named(p), "   "));
        }

        WriteSm(verdict.SmView);
        WriteOpen(verdict);
        Terminal.Out.WriteLine();
    }

    private static void WriteHints(TargetVerdict verdict) => verdict.Hints.ToList().ForEach(h => Line(h, "※ ", Style.Parse("yellow")));

    private static string Named(Finding problem) => $"{problem.RequirementId} {problem.Title}{(problem.Verdict == Verdict.Partial ? "（部分符合）" : "")}";

    private static void Write(Finding problem, int number)
    {
        var colour = Style.Parse(problem.Severity >= Severity.Major ? "red" : "yellow");
        Line($"〔{problem.Severity.Name()}〕{Named(problem)}", $"{number}. ", colour);
        Line(Head(problem.Message), "   原因：");
        var remedy = problem.Remedy.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var (line, i) in remedy.Take(RemedyLines).Select((l, i) => (l, i)))
        {
            Line(line, i == 0 ? "   整改：" : "         ");
        }

        if (remedy.Length > RemedyLines)
        {
            Line($"其余见 securitycheck explain {problem.RequirementId}", "         ");
        }
    }

    /// <summary>That a port without SM suites misuses none is no news; what is met counts only where the channel is all SM.</summary>
    private static void WriteSm(IReadOnlyList<(Judgement Judged, string Title)> view)
    {
        var isAllSm = view.Any(v => v.Judged is { RequirementId: OnlySm, Verdict: Verdict.Satisfied });
        var told = view.Where(v => v.Judged.Verdict is Verdict.NotSatisfied or Verdict.Partial || (isAllSm && v.Judged.Verdict == Verdict.Satisfied)).ToList();
        if (told.Count == 0)
        {
            return;
        }

        Line("密评视角（只认国密算法，同一端口按其中最弱的套件判；不计入上面的数）：", "");
        told.ForEach(v => Line($"{v.Judged.Verdict.Name()}：{v.Title}（{v.Judged.RequirementId}）", "  · "));
    }

    private static void WriteOpen(TargetVerdict verdict)
    {
        if (verdict.LeftOut.Count > 0)
        {
            Line($"没有做 {verdict.LeftOut.Count} 项（可能影响业务，需要 --allow-intrusive）：{string.Join("、", verdict.LeftOut)}", "");
        }

        if (verdict.Open.Count == 0)
        {
            return;
        }

        Line($"没有结论 {verdict.Open.Count} 项：", "");
        var reasons = verdict.Open.GroupBy(j => j.Explanation, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ToList();
        foreach (var reason in reasons.Take(ShownReasons))
        {
            var ids = reason.Select(j => j.RequirementId).ToList();
            Line($"{Head(reason.Key)}（{(ids.Count > ShownReasons ? $"{ids[0]} 等 {ids.Count} 项" : string.Join("、", ids))}）", "  · ");
        }

        if (reasons.Count > ShownReasons)
        {
            var others = reasons.Skip(ShownReasons).SelectMany(r => r).Select(j => j.RequirementId).ToList();
            Line($"其余 {others.Count} 项：{string.Join("、", others.Take(ShownIds))}{(others.Count > ShownIds ? " 等" : "")}（原因见报告或 --json）", "  · ");
        }
    }

    private static string GradeOf(TargetVerdict verdict) =>
        verdict.Target is Endpoint { Protocol: EndpointProtocol.Http } ? "不给出：明文 HTTP，没有 TLS" : verdict.Grade?.Words() ?? "不能给出";

    private static string ColourOf(TargetVerdict verdict) => verdict.Grade?.Upper switch
    {
        LetterGrade.A or LetterGrade.B => "green",
        LetterGrade.C => "yellow",
        null => "yellow",
        _ => "red",
    };

    private static string Head(string message) => message.Length > MessageCap ? string.Concat(message.AsSpan(0, MessageCap - 1), "…") : message;

    /// <param name="text">One paragraph.</param>
    /// <param name="lead">Stands before its first line; the others stand as far in.</param>
    /// <param name="style">Of the whole; null for the usual.</param>
    private static void Line(string text, string lead, Style? style = null)
    {
        var (width, indent) = (TextColumns.WidthOf(lead), lead);
        foreach (var line in TextColumns.Wrap(Printable.Of(text.ReplaceLineEndings(" ")), Terminal.Out.Profile.Width - width - 1))
        {
            Terminal.Out.Write(new Text($"{indent}{line}\n", style));
            indent = new string(' ', width);
        }
    }
}
