using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>验收申请附件 · what the owner hands in beside the application: the measure clause by clause with the papers, and who vouches for it. Nobody has signed it.</summary>
public static class ApplicationPaper
{
    public const string Title = "验收申请附件：自查对照表";

    public const string Mark = "待签署";

    /// <summary>What is said instead where no measure was chosen.</summary>
    public const string Nothing = "没有选用验收办法（candidate.yaml 的 profile），写不出验收申请附件";

    /// <param name="report">Of a pack with a profile.</param>
    public static Manuscript Of(AcceptanceReport report) => new(Title, Mark, report.Pack.Candidate.Name, Opening(report),
    [
        new("一、自查结论", [new TextBlock(report.Conclusion.Readiness.Answer), new TextBlock(report.Conclusion.Sentence)]),
        new("二、验收条款逐条对照", Clauses(report, c => c.Clause.Gate is Gate.Acceptance or Gate.GoLive)),
        new("三、备案与参考条款", Clauses(report, c => c.Clause.Gate is Gate.Filing or Gate.Advisory)),
        new("四、随附材料", Attached(report)),
        new("五、还差什么，谁来补", ReportPaper.Gaps(report)),
        new("六、还缺的材料", ReportPaper.Missing(report)),
        new("七、签署", Signatures),
    ]);

    private static IReadOnlyList<ManuscriptBlock> Signatures { get; } =
    [
        new TextBlock("以上由检查工具按证据包写成。各方核对后签署，未签署不具有任何效力，也不代替密评、等保测评与项目档案验收。"),
        new TableBlock([("签署方", 36), ("意见", 28), ("签字或盖章", 20), ("日期", 16)],
        [
            ["业主单位项目负责人（对材料的真实完整负责）", "", "", ""],
            ["承建单位项目负责人（对整改与系统现状负责）", "", "", ""],
            ["监理单位（没有监理的写明）", "", "", ""],
            ["业主单位（盖章）", "", "", ""],
        ]),
    ];

    private static List<ManuscriptBlock> Opening(AcceptanceReport report) =>
    [
        new NoticeBlock($"本件是技术自查的对照表，供申请{report.Conclusion.Gate.Stage.Name()}时随附。{ReportWords.Disclaimer}"),
        ReportPaper.Facts(report),
    ];

    private static List<ManuscriptBlock> Clauses(AcceptanceReport report, Func<ClauseRow, bool> which)
    {
        var rows = report.Clauses.Where(which).ToList();
        return rows.Count == 0
            ? [new TextBlock("没有这一类条款。")]
            : [new TableBlock([("条款", 24), ("材料", 32), ("技术预检", 22), ("判定", 22)], [.. rows.Select(r => (IReadOnlyList<string>)ReportPaper.ClauseCells(report, r))])];
    }

    private static List<ManuscriptBlock> Attached(AcceptanceReport report) => report.Pack.Candidate.Materials.Count == 0
        ? [new TextBlock("没有列出任何材料。")]
        :
        [
            new TableBlock([("序号", 8), ("材料", 26), ("文件", 26), ("读到了什么", 40)],
                [.. report.Pack.Candidate.Materials.Select((m, i) => (IReadOnlyList<string>)[$"{i + 1}", m.MaterialKind, Path.GetFileName(m.Path), Seen(report, m)])]),
        ];

    private static string Seen(AcceptanceReport report, Document paper)
    {
        var facts = report.Papers.GetValueOrDefault(paper.Path);
        return facts is null || facts.Sentence.Length == 0 ? "没有读" : string.Join('\n', [facts.Sentence, .. facts.Problems]);
    }
}
