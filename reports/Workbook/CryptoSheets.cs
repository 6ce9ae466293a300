using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Workbook;

/// <summary>
/// What a standard with D, A and K concludes (密评), as the tables an evaluator copies from: conclusion, units with their objects, high-risk
/// board, missing evidence by who has it, and the products of the registers with the objects they back.
/// </summary>
internal static class CryptoSheets
{
    private static readonly Aspect[] Aspects = Enum.GetValues<Aspect>();

    /// <param name="section">Of one standard.</param>
    /// <param name="suffix">Ends the names of the sheets where there are several standards; otherwise empty.</param>
    public static IReadOnlyList<Worksheet> Of(AssessmentSection section, string suffix) =>
    [
        Conclusion(section.Assessment) with { Name = $"密评结论{suffix}" },
        Units(section) with { Name = $"密评单元{suffix}" },
        Risks(section.Assessment) with { Name = $"密评高风险{suffix}" },
        Missing(section) with { Name = $"密评缺的证据{suffix}" },
        Products(section.Assessment) with { Name = $"密码产品{suffix}" },
    ];

    private static Worksheet Conclusion(Assessment assessment) => WorkbookReportWriter.Sheet("", [("项", 18), ("内容", 110)],
    [
        ["标准", $"{assessment.Standard}{(assessment.Level is { } level ? $"，{level} 级" : "")}，{assessment.Edition} 版量化规则"],
        ["结论", assessment.Conclusion.Name()],
        ["说明", assessment.Sentence],
        ["得分", assessment.Total()],
        ["得分未定的单元", $"占适用单元的 {AssessmentWords.Number(assessment.UntestedShare * 100)}%"],
        ["得分的依据", assessment.Grounds() ?? "没有计分"],
        ["分数线", $"{AssessmentWords.Number(assessment.Threshold)}，{assessment.ThresholdSource}，{assessment.ThresholdConfidence.Name()}"],
        .. assessment.OtherTotals.Select(o => (IReadOnlyList<string>)["对照", $"{o.Title}：{(o.Total is { } total ? $"{total.Say()} 分" : "没有总分")}"]),
        .. assessment.Groups.Select(g => (IReadOnlyList<string>)[g.Title, $"{g.Part.Name()}，权重 {AssessmentWords.Number(g.Weight)}，{(g.Score is { } score ? $"得分 {score.Say()}" : "没有适用的单元")}，已查清 {g.Known} / 适用 {g.Applicable}"]),
        ["声明", AssessmentWords.Disclaimer],
        .. assessment.Warnings.Select(w => (IReadOnlyList<string>)["注意", w]),
        .. assessment.Checks.Select(c => (IReadOnlyList<string>)["自查", $"{(c.Holds ? "成立" : "不成立")}：{c.Says}"]),
        .. assessment.Notes.Select(n => (IReadOnlyList<string>)["说明", n]),
        .. assessment.Sources.Select(s => (IReadOnlyList<string>)["来源", s]),
    ]);

    private static Worksheet Units(AssessmentSection section) => WorkbookReportWriter.Sheet(
        "",
        [("单元", 10), ("编号", 10), ("条款", 10), ("层", 18), ("内容", 34), ("要求", 6), ("权重", 8), ("单元结论", 12), ("单元得分", 12), ("对象", 28), ("D", 8), ("A", 8), ("K", 8), ("Ra", 10), ("Rk", 10), ("对象得分", 12), ("依据", 90), ("要问", 40)],
        [.. section.Groups.SelectMany(g => g.Controls.SelectMany(c => Rows(g.Score.Title, c)))]);

    private static IEnumerable<IReadOnlyList<string>> Rows(string group, ControlJudgement control)
    {
        var objects = control.Applicability == ControlApplicability.NotApplicable || control.Objects.Count == 0 ? [null] : control.Objects.Cast<ObjectJudgement?>();
        foreach (var of in objects)
        {
            yield return
            [
                control.Key, control.Unit ?? "", $"{control.Clause}{(control.Confidence == BasisConfidence.Unchecked ? $"（{control.Confidence.Name()}）" : "")}", group, control.Title, control.Modal.Name(),
                control.Weight is { } weight ? AssessmentWords.Number(weight) : "不量化", control.Word(),
                control.Weight is null || control.Applicability == ControlApplicability.NotApplicable ? "" : control.Score.Say(),
                of?.Title ?? "", .. Aspects.Select(a => Answer(of, a)), Failed(of, Aspect.A) ? of!.Ra.Say() : "", Failed(of, Aspect.K) ? of!.Rk.Say() : "", of?.Score.Say() ?? "",
                Grounds(control, of), string.Join('\n', control.Questions.Select(q => $"{q.Point} {q.Asks}")),
            ];
        }
    }

    private static string Answer(ObjectJudgement? of, Aspect aspect) => of?.Aspects.FirstOrDefault(a => a.Aspect == aspect) is { } judged ? ControlNames.Answer(judged.Holds) : "";

    private static bool Failed(ObjectJudgement? of, Aspect aspect) => of?.Aspects.Any(a => a.Aspect == aspect && a.Holds == false) == true;

    private static string Grounds(ControlJudgement control, ObjectJudgement? of)
    {
        List<string> lines = [.. new[] { control.ApplicabilityNote, control.Compensation }.OfType<string>()];
        lines.AddRange(of?.Aspects.SelectMany(a => a.Sources.Select(s => $"{a.Aspect} {Say(s)}")) ?? []);
        lines.AddRange(of?.Sources.Select(Say) ?? []);
        return lines.Count > 0 ? string.Join('\n', lines) : $"没有证据，也没有人回答；要：{control.Evidence}";
    }

    private static string Say(AspectSource source) => $"{source.Kind.Name()}{(source.Id.Length > 0 ? $" {source.Id}" : "")}：{source.Sentence}{(source.Evidence.Count > 0 ? $"（证据 {string.Join("、", source.Evidence)}）" : "")}";

    private static Worksheet Risks(Assessment assessment) => WorkbookReportWriter.Sheet(
        "",
        [("项", 8), ("单元", 10), ("名称", 34), ("状态", 10), ("依据", 70), ("触发情形", 40), ("要由人回答的缓解措施", 60), ("前提", 20)],
        [
            .. assessment.HighRisks.OrderByDescending(r => r.Standing).Select(r => (IReadOnlyList<string>)
            [
                r.Code, r.Control ?? "", r.Title, r.Standing.Name(), r.Reasons.Count > 0 ? string.Join('\n', r.Reasons.Select(Say)) : r.ToolSees is { } sees ? $"没有看到触发情形；工具能看的：{sees}" : "工具看不到，由人回答",
                string.Join('；', r.Triggers), r.Mitigations.Count == 0 ? "指引没有给出任何缓解办法" : string.Join('\n', r.Mitigations), r.Precondition ?? "",
            ]),
        ]);

    private static Worksheet Missing(AssessmentSection section) => WorkbookReportWriter.Sheet(
        "",
        [("谁有", 20), ("单元", 10), ("内容", 34), ("缺的证据", 70), ("怎么查", 28), ("责任人", 12), ("完成日期", 12)],
        [.. section.Missing.SelectMany(m => m.Controls.Select(c => (IReadOnlyList<string>)[m.Holder, c.Key, c.Title, c.Evidence, c.Reach.Name(), "", ""]))]);

    private static Worksheet Products(Assessment assessment) => WorkbookReportWriter.Sheet(
        "",
        [("产品", 34), ("证书编号", 22), ("登记表", 24), ("行", 6), ("用于的对象", 34), ("对象编号", 18), ("单元", 28), ("说明", 44)],
        assessment.Products.Count == 0 ? [["没有密码产品清单（cryptoSamples 里 kind: products 的样本）", "", "", "", "", "", "", ""]] : [.. assessment.Products.SelectMany(p => p.Uses.Count == 0 ? [Row(p, null)] : p.Uses.Select(u => Row(p, u)))]);

    private static IReadOnlyList<string> Row(ProductLink product, ProductUse? use) =>
    [
        product.Name, product.Certificate ?? "没有填", product.Register, $"{product.Row}", use?.Title ?? "没有对得上的对象", use?.ObjectId ?? "", string.Join('、', use?.Controls ?? []),
        product.IsStated ? "登记表写明；没有与发证机构核对" : "表里没有写明用于哪些对象；没有与发证机构核对",
    ];
}
