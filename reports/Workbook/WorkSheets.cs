using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Workbook;

/// <summary>整改清单, 条款对照, 核查清单: what people work through, with filters and columns to fill in.</summary>
internal static class WorkSheets
{
    public static IReadOnlyList<Worksheet> Of(AcceptanceReport report) => [Repairs(report), Clauses(report), Checks(report)];

    private static Worksheet Repairs(AcceptanceReport report)
    {
        var sheet = WorkbookReportWriter.Sheet(
            "整改清单",
            [("序号", 6), ("级别", 9), ("支柱", 14), ("编号", 14), ("问题", 40), ("对象", 24), ("位置", 30), ("实测情况", 60), ("怎么改", 60), ("豁免", 12), ("指纹", 34), ("责任人", 12), ("计划完成", 12), ("整改说明", 40)],
            [
                .. report.Findings.Select(f => (IReadOnlyList<string>)
                [
                    $"{f.Number}", f.Finding.Severity.Name(), f.Requirement?.Pillar.Title() ?? "", f.Finding.RequirementId, f.Finding.Title, report.TargetName(f.Finding.TargetId), f.Finding.Where, f.Finding.Message, f.Finding.Remedy,
                    f.Finding.WaiverId ?? "", f.Finding.Fingerprint, "", "", "",
                ]),
            ]);
        return sheet with { HasFilter = true, Columns = [.. sheet.Columns.Select((c, i) => i > 10 ? c with { IsInput = true } : c)] };
    }

    private static Worksheet Clauses(AcceptanceReport report) => WorkbookReportWriter.Sheet(
        "条款对照",
        [("条款", 12), ("条号", 12), ("环节", 8), ("要求（概述）", 50), ("条款判定", 10), ("类别", 10), ("材料或支柱", 36), ("状态", 26), ("文件", 36), ("读到的或说明", 70)],
        [.. report.Clauses.SelectMany(c => Legs(report, c).DefaultIfEmpty(["", "", "", "", c.Judgement.Explanation]).Select(l => (IReadOnlyList<string>)[c.Clause.Id, c.Clause.Article, c.Clause.Gate.Name(), c.Clause.Summary, c.Judgement.Verdict.Name(), .. l]))]) with
    { HasFilter = true };

    /// <summary>A row for each material, pillar and period of a clause.</summary>
    private static IEnumerable<string[]> Legs(AcceptanceReport report, ClauseRow row) =>
    [
        .. row.Judgement.Materials.Select(m => (string[])["材料", m.Material, m.State.Name(), string.Join('\n', m.Files.Select(f => Path.GetFileName(f))), string.Join('\n', m.Files.SelectMany(f => Said(report, f)))]),
        .. row.Judgement.Pillars.Select(p => (string[])["技术预检", p.Pillar.Title(), p.Verdict.Name(), "", $"{Verdict.Satisfied.Name()} {p.Satisfied}，有问题 {p.NotSatisfied}，{Verdict.NeedsReview.Name()} {p.NeedsReview}{(p.Assessment is { } a ? $"；{a}" : "")}"]),
        .. (row.Judgement.Periods ?? []).Select(p => (string[])["期限", p.Title, p.Verdict.Name(), "", p.Sentence]),
    ];

    private static IEnumerable<string> Said(AcceptanceReport report, string file) => report.Papers.GetValueOrDefault(file) is { } facts ? [facts.Sentence, .. facts.Problems] : [];

    private static Worksheet Checks(AcceptanceReport report)
    {
        var evidence = report.Evidence.DistinctBy(e => e.Id, StringComparer.Ordinal).ToDictionary(e => e.Id, e => e.RelativePath, StringComparer.Ordinal);
        return WorkbookReportWriter.Sheet(
            "核查清单",
            [("支柱", 14), ("编号", 14), ("要求", 50), ("依据", 36), ("级别", 9), ("对象", 26), ("判定", 10), ("判定来由", 12), ("说明", 80), ("证据", 50)],
            [
                .. report.Pillars.SelectMany(p => p.Requirements.SelectMany(r => r.Judgements.Select(j => (IReadOnlyList<string>)
                [
                    p.Pillar.Title(), r.Requirement.Id, r.Requirement.Title, string.Join('\n', r.Requirement.Basis.Select(b => $"{b.Standard} {b.Clause}")), r.Requirement.Severity.Name(),
                    report.TargetName(j.TargetId), j.Verdict.Name(), j.Reason.Name(), j.Explanation, string.Join('\n', j.Evidence.Select(e => evidence.GetValueOrDefault(e, e))),
                ]))),
            ]) with
        { HasFilter = true };
    }
}
