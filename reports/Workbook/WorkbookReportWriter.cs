using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Workbook;

/// <summary>
/// The tables of classified protection as a workbook: conclusion, plan with columns for owner and day, items with their objects, high
/// risks, and what does not apply; behind them those of 密评, then what is to be mended, the clauses and every check, with filters. Text of the candidate is spelled out, nothing in it can become a formula.
/// </summary>
public sealed class WorkbookReportWriter : IReportWriter
{
    public string Format => "xlsx";

    public string FileName => "controls.xlsx";

    public async Task WriteAsync(AcceptanceReport report, Stream output, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await output.WriteAsync(WorkbookWriter.Write(Sheets(report)), cancellationToken);
    }

    private static List<Worksheet> Sheets(AcceptanceReport report)
    {
        List<Worksheet> crypto = [.. report.Assessments.SelectMany((s, i) => CryptoSheets.Of(s, i == 0 ? "" : $" {i + 1}"))];
        List<Worksheet> standards = crypto.Count > 0 && report.Pack.Judgement.Protection is null ? crypto : [.. ProtectionSheets(report), .. crypto];
        return [.. standards, .. WorkSheets.Of(report)];
    }

    private static List<Worksheet> ProtectionSheets(AcceptanceReport report) => report.Pack.Judgement.Protection is { } assessment
        ? [Conclusion(report, assessment), Plan(assessment), Items(assessment), Risks(assessment), Spared(assessment)]
        : [Sheet("结论", [("项", 16), ("内容", 100)], [["说明", "所用的规则没有等级保护的条目目录，也没有密评的测评单元，没有可列的内容"]])];

    private static Worksheet Conclusion(AcceptanceReport report, ProtectionAssessment assessment) => Sheet("结论", [("项", 18), ("内容", 110)],
    [
        ["系统", report.Pack.Candidate.Name],
        ["依据", ProtectionText.Heading(assessment)],
        ["结论", assessment.Conclusion.Name()],
        ["说明", assessment.Sentence],
        ["符合率", assessment.Rate is { } rate ? ProtectionText.Percent(rate) : "没有适用的条目"],
        ["2021 版得分（对照）", assessment.LegacyTotal is { } total ? total.Say() : "没有"],
        .. assessment.Classes.Append(assessment.Total).Select(c => (IReadOnlyList<string>)[c.Title, $"适用 {c.Applicable}：符合 {c.Satisfied}、部分符合 {c.Partial}、不符合 {c.NotSatisfied}、未定 {c.Open}；不适用 {c.NotApplicable}"]),
        ["差距", ProtectionText.Say(assessment.Plan)],
        ["声明", ProtectionText.Disclaimer],
        .. assessment.Notes.Select(n => (IReadOnlyList<string>)["说明", n]),
        .. assessment.Sources.Select(s => (IReadOnlyList<string>)["来源", s]),
    ]);

    private static Worksheet Plan(ProtectionAssessment assessment) => Sheet(
        "差距到通过",
        [("序号", 6), ("高风险", 8), ("工作", 20), ("编号", 14), ("做什么", 50), ("名称", 40), ("涉及条目", 30), ("对象", 30), ("谁来做", 16), ("责任人", 12), ("完成日期", 12)],
        [.. assessment.Plan.Steps.Select((s, i) => (IReadOnlyList<string>)[$"{i + 1}", s.HighRisk ? "是" : "", s.Effort.Name(), s.Id, s.Does, s.Title, string.Join('、', s.Items), string.Join('、', s.Objects), s.Holder, "", ""])]);

    private static Worksheet Items(ProtectionAssessment assessment) => Sheet(
        "条目",
        [("条目", 12), ("单元", 14), ("编号依据", 10), ("条款", 12), ("控制点", 16), ("内容", 44), ("条目结论", 10), ("对象", 26), ("对象结论", 10), ("依据", 70), ("可接受的证据", 30), ("谁有", 16)],
        [
            .. assessment.Items.SelectMany(i => (i.Objects.Count == 0 ? [null] : i.Objects.Cast<ItemObject?>()).Select(o => (IReadOnlyList<string>)
            [
                i.Key, i.Unit, i.IsUnitChecked ? "有互证" : "推定", i.Clause ?? "", i.Point, i.Title, i.Verdict.Name(), o?.Title ?? "", o?.Verdict.Name() ?? i.Verdict.Name(),
                o?.NotApplicableBecause ?? i.NotApplicableBecause ?? string.Join('\n', o?.Sources.Select(s => $"{s.Kind.Name()}{(s.Id.Length > 0 ? $" {s.Id}" : "")}：{s.Sentence}") ?? []), i.Evidence, i.Holder,
            ])),
        ]);

    private static Worksheet Risks(ProtectionAssessment assessment) => Sheet(
        "高风险",
        [("情形", 10), ("名称", 34), ("重大风险隐患", 12), ("条目", 12), ("状态", 10), ("依据", 70), ("触发情形", 40), ("降低条件", 50), ("前提", 16)],
        [
            .. assessment.HighRisks.OrderByDescending(r => r.Standing).Select(r => (IReadOnlyList<string>)
            [
                r.Code, r.Title, r.MajorHazard ?? "", r.Control ?? "", r.Standing.Name(), string.Join('\n', r.Reasons.Select(x => x.Sentence)), string.Join('；', r.Triggers), r.Mitigations.Count == 0 ? "没有任何降低条件" : string.Join('\n', r.Mitigations), r.Precondition ?? "",
            ]),
        ]);

    private static Worksheet Spared(ProtectionAssessment assessment) => Sheet(
        Verdict.NotApplicable.Name(),
        [("条目", 12), ("单元", 14), ("内容", 50), ("理由", 90)],
        [.. assessment.Items.Where(i => i.NotApplicableBecause is not null).Select(i => (IReadOnlyList<string>)[i.Key, i.Unit, i.Title, i.NotApplicableBecause!])]);

    internal static Worksheet Sheet(string name, (string Header, int Width)[] columns, IReadOnlyList<IReadOnlyList<string>> rows) =>
        new(name, [.. columns.Select(c => new WorksheetColumn(c.Header, c.Width))], [.. rows.Select(r => (IReadOnlyList<string>)[.. r.Select(Cell)])]);

    /// <summary>A cell of a workbook holds 32,767 characters at most.</summary>
    private static string Cell(string text)
    {
        var shown = VisibleText.Of(text);
        return shown.Length > 32_000 ? string.Concat(shown.AsSpan(0, 32_000), "…") : shown;
    }
}
