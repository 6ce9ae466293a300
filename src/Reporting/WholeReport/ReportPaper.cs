using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>The report as a paper: the numbered sections of the page in the same order, without the tables of single pillars (inventory of cryptography, source code, archiving) and the cards of single objects.</summary>
public static class ReportPaper
{
    private const int MostRows = 2000;
    private const int MostMissing = 40;
    private const int Longest = 900;

    public static Manuscript Of(AcceptanceReport report) => new(ReportWords.Title, "", report.Pack.Candidate.Name, Cover(report),
    [
        new("一、结论一页", Conclusion(report)),
        new("二、条款对照", Clauses(report)),
        new("三、各支柱", Pillars(report)),
        new("四、问题清单", Findings(report)),
        new("五、豁免与人工确认", Exceptions(report)),
        new("六、未核验清单", Unverified(report)),
        new("七、证据目录", Evidence(report)),
        new("八、方法与版本", Method(report)),
    ])
    { HasCover = true };

    internal static TableBlock Facts(AcceptanceReport report)
    {
        var (candidate, run) = (report.Pack.Candidate, report.Pack.Run);
        return new TableBlock([("项", 22), ("内容", 78)],
        [
            ["系统名称", candidate.Name],
            ["系统版本", candidate.SystemVersion ?? "未填写"],
            ["业主单位", candidate.OwnerUnit ?? "未填写"],
            ["承建单位", candidate.Builder ?? "未填写"],
            ["系统类别", candidate.Deployment is { } deployment ? $"{candidate.Kind.Name()}，{deployment.Name()}" : candidate.Kind.Name()],
            ["等保定级", Level(candidate.ProtectionLevel)],
            ["密码应用等级", Level(candidate.CryptoLevel)],
            ["验收办法", report.Pack.Profile?.Title ?? "未选用，只按规则集判定"],
            ["对照环节", $"{run.Stage.Name()}（{run.FailOn.Meaning()}）"],
            ["检查时间", $"{BeijingTime.ClockOf(run.StartedAt):yyyy-MM-dd HH:mm} 至 {BeijingTime.ClockOf(run.FinishedAt):yyyy-MM-dd HH:mm}（北京时间）"],
            ["工具版本", $"SmartCity.SecurityCheck {run.ToolVersion}"],
        ]);
    }

    internal static IReadOnlyList<ManuscriptBlock> Gaps(AcceptanceReport report) => report.Conclusion.Readiness.Gaps.Count == 0
        ? [new TextBlock("没有还差的事项。")]
        : [new TableBlock([("还差什么", 72), ("谁来补", 28)], [.. report.Conclusion.Readiness.Gaps.Select(g => (IReadOnlyList<string>)[Cut(g.What), g.Who])])];

    internal static IReadOnlyList<ManuscriptBlock> Missing(AcceptanceReport report)
    {
        var missing = report.Conclusion.MissingMaterials;
        return missing.Count == 0
            ? [new TextBlock("没有还缺的材料。")]
            :
            [
                new TableBlock([("材料", 36), ("条款", 16), ("环节", 10), ("现状", 20), ("谁出具", 18)],
                    [.. missing.Take(MostMissing).Select(m => (IReadOnlyList<string>)[m.Material, m.Article, m.Gate.Name(), m.State.Name(), m.Issuer])]),
                .. More(missing.Count, MostMissing),
            ];
    }

    internal static string Cut(string text) => text.Length > Longest ? text[..Longest] + "…" : text;

    private static string Level(int? level) => level is { } known ? $"第 {known} 级" : "未定级";

    private static IEnumerable<ManuscriptBlock> More(int all, int shown) => all > shown ? [new TextBlock($"另有 {all - shown} 行没有列出，见证据包里的 report.html。")] : [];

    private static List<ManuscriptBlock> Cover(AcceptanceReport report) => [Facts(report), new NoticeBlock(ReportWords.Disclaimer)];

    private static List<ManuscriptBlock> Conclusion(AcceptanceReport report)
    {
        var conclusion = report.Conclusion;
        var counts = conclusion.Counts;
        return
        [
            new NoticeBlock($"{conclusion.Headline}。{conclusion.Sentence}"),
            .. conclusion.Notices.Select(n => new TextBlock($"注意：{n}")),
            new HeadingBlock($"能否申请{conclusion.Gate.Stage.Name()}"),
            new TextBlock(conclusion.Readiness.Answer),
            .. Gaps(report),
            new HeadingBlock("数目"),
            new TextBlock($"判定 {counts.Total} 项：{string.Join("，", Enum.GetValues<Verdict>().Select(v => $"{v.Name()} {counts.Of(v)}"))}。未豁免的问题：{string.Join("，", conclusion.Severities.Select(s => $"{s.Severity.Name()} {s.Count}"))}。"),
            new HeadingBlock("还缺的验收材料"),
            .. Missing(report),
        ];
    }

    private static List<ManuscriptBlock> Clauses(AcceptanceReport report)
    {
        if (report.Pack.Profile is not { } profile)
        {
            return [new TextBlock("本次没有选用验收办法，只按规则集判定，因此没有条款可对照。")];
        }

        return
        [
            new TextBlock($"《{profile.Title}》。条款用本工具自己的话概述，依据：{profile.Source}。材料与技术预检两者并列，互不替代。"),
            new TableBlock([("条款", 24), ("材料", 32), ("技术预检", 22), ("判定", 22)], [.. report.Clauses.Select(c => (IReadOnlyList<string>)ClauseCells(report, c))]),
        ];
    }

    internal static string[] ClauseCells(AcceptanceReport report, ClauseRow row) =>
    [
        $"{row.Clause.Article}（{row.Clause.Gate.Name()}）\n{row.Clause.Summary}",
        row.Judgement.Materials.Count == 0 ? "不要求材料" : string.Join('\n', row.Judgement.Materials.Select(m => Material(report, m))),
        row.Judgement.Pillars.Count == 0 ? "不涉及" : string.Join('\n', row.Judgement.Pillars.Select(p => $"{p.Pillar.Title()}：{p.Verdict.Name()}（{Verdict.Satisfied.Name()} {p.Satisfied}、有问题 {p.NotSatisfied}、{Verdict.NeedsReview.Name()} {p.NeedsReview}）")),
        string.Join('\n', [row.Judgement.Verdict.Name(), .. (row.Judgement.Periods ?? []).Select(p => $"{p.Title}：{p.Verdict.Name()}。{p.Sentence}"), row.Judgement.Explanation]),
    ];

    private static string Material(AcceptanceReport report, MaterialStatus material) => string.Join('\n',
    [
        $"{material.Material}：{material.State.Name()}{(material.AttestationId is { } id ? $"（确认 {id}）" : "")}",
        .. material.Files.SelectMany(f => Facts(report, f)),
    ]);

    private static IEnumerable<string> Facts(AcceptanceReport report, string file)
    {
        var facts = report.Papers.GetValueOrDefault(file);
        yield return $"　{Path.GetFileName(file)}{(facts is { Sentence.Length: > 0 } ? $"：{facts.Sentence}" : "")}";
        foreach (var problem in facts?.Problems ?? [])
        {
            yield return $"　{problem}";
        }

        if (facts is { Open.Count: > 0 })
        {
            yield return $"　{Verdict.NeedsReview.Name()}：{string.Join("；", facts.Open)}";
        }
    }

    private static List<ManuscriptBlock> Pillars(AcceptanceReport report) => report.Pillars.Count == 0
        ? [new TextBlock("没有适用的支柱。")]
        : [.. report.Pillars.SelectMany(p => Pillar(report, p))];

    private static IEnumerable<ManuscriptBlock> Pillar(AcceptanceReport report, PillarSection section)
    {
        yield return new HeadingBlock(section.Pillar.Title());
        yield return new TextBlock(section.Counts.Total == 0 ? "没有任何判定，未核验。" : $"{section.Counts.Total} 项判定：{string.Join("，", Enum.GetValues<Verdict>().Where(v => section.Counts.Of(v) > 0).Select(v => $"{v.Name()} {section.Counts.Of(v)}"))}。");
        foreach (var assessment in report.Assessments.Select(a => a.Assessment).Where(a => a.Pillar == section.Pillar))
        {
            yield return new TextBlock($"{assessment.Standard} 自评：{assessment.Conclusion.Name()}，{assessment.Total()}。{assessment.Sentence}{AssessmentWords.Disclaimer}");
        }

        if (section.Pillar == Model.Pillar.ClassifiedProtection && report.Pack.Judgement.Protection is { } protection)
        {
            yield return new TextBlock($"{ProtectionText.Heading(protection)}：{protection.Conclusion.Name()}。{protection.Sentence}{ProtectionText.Disclaimer}");
        }

        if (section.Requirements.Count > 0)
        {
            yield return new TableBlock([("编号", 14), ("要求", 42), ("判定", 12), ("逐个对象", 32)],
                [.. section.Requirements.Take(MostRows).Select(r => (IReadOnlyList<string>)[r.Requirement.Id, r.Requirement.Title, r.Verdict.Verdict.Name(), Objects(report, r)])]);
            foreach (var more in More(section.Requirements.Count, MostRows))
            {
                yield return more;
            }
        }
    }

    private static string Objects(AcceptanceReport report, RequirementRow row) => string.Join("；", row.Judgements.GroupBy(j => j.Verdict).OrderBy(g => g.Key)
        .Select(g => $"{g.Key.Name()} {g.Count()}{(g.Key is Verdict.NotSatisfied or Verdict.Partial or Verdict.NeedsReview ? $"（{string.Join("、", g.Take(3).Select(j => report.TargetName(j.TargetId)))}{(g.Count() > 3 ? " 等" : "")}）" : "")}"));

    private static List<ManuscriptBlock> Findings(AcceptanceReport report) => report.Findings.Count == 0
        ? [new TextBlock("没有发现问题；没有查清的见“六、未核验清单”。")]
        :
        [
            new TableBlock([("序号", 7), ("级别", 9), ("问题与对象", 26), ("实测情况", 32), ("怎么改", 26)],
                [.. report.Findings.Take(MostRows).Select(f => (IReadOnlyList<string>)[$"{f.Number}", f.Finding.Severity.Name(), $"{f.Finding.RequirementId} {f.Finding.Title}\n{report.TargetName(f.Finding.TargetId)}{(f.Finding.WaiverId is { } waiver ? $"\n已豁免（{waiver}）" : "")}", Cut(f.Finding.Message), Cut(f.Finding.Remedy)])]),
            .. More(report.Findings.Count, MostRows),
        ];

    private static List<ManuscriptBlock> Exceptions(AcceptanceReport report) =>
    [
        new HeadingBlock("豁免"),
        report.Waivers.Count == 0 ? new TextBlock("没有生效的豁免。")
            : new TableBlock([("编号", 14), ("要求与对象", 24), ("理由", 34), ("批准人", 14), ("有效至", 14)],
                [.. report.Waivers.Select(w => (IReadOnlyList<string>)[w.Id, $"{w.RequirementId}\n{(w.TargetId is { } t ? report.TargetName(t) : "全部对象")}", Cut(w.Justification), w.ApprovedBy, $"{w.ExpiresOn:yyyy-MM-dd}"])]),
        new HeadingBlock("人工确认"),
        .. Attested(report, report.Attestations, decides: true),
        .. report.AttestationsOnRecord.Count == 0 ? [] : Attested(report, report.AttestationsOnRecord, decides: false).Prepend(new HeadingBlock("只作记录的人工确认")),
        .. report.Remarks.Count == 0 ? Array.Empty<ManuscriptBlock>() : [new HeadingBlock("没有生效的确认与说明"), new ListBlock(report.Remarks)],
    ];

    private static IEnumerable<ManuscriptBlock> Attested(AcceptanceReport report, IReadOnlyList<Attestation> rows, bool decides) => rows.Count == 0
        ? [new TextBlock("没有生效的人工确认。")]
        : [new TableBlock([("编号", 14), ("事项与对象", 26), ("结论", 14), ("意见与证据", 28), ("确认人", 18)],
            [.. rows.Select(a => (IReadOnlyList<string>)[a.Id, $"{a.RequirementId}{(a.TargetId is { } t ? $"\n{report.TargetName(t)}" : "")}", decides ? a.Verdict.Name() : $"“{a.Verdict.Name()}”，未计入", Cut($"{a.Statement ?? "没有附意见"}{(a.EvidenceIds.Count > 0 ? $"\n{string.Join("、", a.EvidenceIds)}" : "")}"), $"{a.By}\n{a.Organisation}\n{a.On:yyyy-MM-dd}"])])];

    private static List<ManuscriptBlock> Unverified(AcceptanceReport report) => report.Unverified.Count == 0
        ? [new TextBlock("没有未核验和待人工的事项。")]
        :
        [
            new TextBlock($"共 {report.Unverified.Count} 件。没有查到不等于没有问题。"),
            new TableBlock([("编号", 13), ("事项", 27), ("对象", 16), ("原因", 12), ("说明", 32)],
                [.. report.Unverified.Take(MostRows).Select(u => (IReadOnlyList<string>)[u.What, u.Title, u.Target, u.Reason, Cut(u.Detail)])]),
            .. More(report.Unverified.Count, MostRows),
        ];

    private static List<ManuscriptBlock> Evidence(AcceptanceReport report) => report.Evidence.Count == 0
        ? [new TextBlock("本次没有留下证据文件。")]
        :
        [
            new TextBlock("文件在证据包内；摘要按原始字节计算，可用 securitycheck verify 离线复算。"),
            new TableBlock([("文件", 40), ("摘要", 60)],
                [.. report.Evidence.Take(MostRows).Select(e => (IReadOnlyList<string>)[$"{e.RelativePath}\n{e.Description}", $"SHA-256 {e.Sha256}\nSM3 {e.Sm3}"])]),
            .. More(report.Evidence.Count, MostRows),
        ];

    private static List<ManuscriptBlock> Method(AcceptanceReport report)
    {
        var run = report.Pack.Run;
        return
        [
            new TextBlock("检查分三步：探测只记录事实，判定只按规则对照事实，报告只陈述判定。同样的事实、规则与时钟总是得到同样的判定，任何人都可以用证据包离线重判。"),
            new ListBlock(
            [
                $"探测失败或缺少数据一律记为“{Verdict.NeedsReview.Name()}”，从不当作“{Verdict.Satisfied.Name()}”，人工确认也不能代替。",
                $"标有“{BasisConfidence.Unchecked.Name()}”的条款编号尚未与正式出版的标准文本核对，引用前请自行核对。",
                $"门禁：对照“{run.Stage.Name()}”环节，{run.FailOn.Meaning()}。{(run.AllowIntrusive ? "本次允许侵入性探测。" : "本次没有进行侵入性探测。")}",
                $"判定时间 {BeijingTime.ClockOf(report.Pack.Judgement.JudgedAt):yyyy-MM-dd HH:mm:ss}（北京时间）；运行环境 {run.OperatingSystem}，{run.Runtime}。",
                ReportWords.OtherRules(report.Pack.Rules) ?? "判定用的是工具的全部内置规则：各文件的摘要与工具编译时的相同，没有缺少规则集。",
            ]),
            new HeadingBlock("规则集与验收办法"),
            new TableBlock([("名称", 34), ("版本", 14), ("文件", 52)], [.. report.Pack.Rules.Files.Select(f => (IReadOnlyList<string>)[f.Reference.Id, f.Reference.Version.Length > 0 ? f.Reference.Version : "验收办法", f.Reference.File])]),
            new HeadingBlock("探测项"),
            run.Probes.Count == 0 ? new TextBlock("没有运行任何探测。")
                : new TableBlock([("编号", 34), ("版本", 12), ("名称", 54)], [.. run.Probes.Select(p => (IReadOnlyList<string>)[p.Id, p.Version, p.Title])]),
        ];
    }
}
