using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>规范性意见 · a draft for the archive to edit and sign. It says what was seen and what is open, and leaves the conclusion to people.</summary>
public static class ArchivingOpinion
{
    public const string Title = "电子文件归档功能规范性意见";

    public const string Mark = "草稿";

    /// <summary>What is said instead of a paper where the pillar was not judged.</summary>
    public const string Nothing = "证据包里没有判定电子文件归档，写不出规范性意见：给出 archivePackages 或 webFlows 后再运行";

    private const int MostUncompared = 3;
    private const int MostPairs = 200;
    private const int MostOpen = 2000;
    private const int MostOfd = 1000;
    private const int Longest = 600;

    /// <param name="report">Of a pack whose <see cref="ArchivingReview.IsJudged"/> is true.</param>
    public static Manuscript Of(AcceptanceReport report)
    {
        var review = report.Archiving;
        return new Manuscript(Title, Mark, report.Pack.Candidate.Name, Opening(report),
        [
            new("一、结论（由归档主管部门填写）", Conclusion(review)),
            new("二、功能检查", Functions(review)),
            new("三、四性检测（DA/T 70-2018）", Packages(review)),
            new("四、OFD 文件与电子印章", Ofd(review)),
            new("五、问题与整改", Findings(review)),
            new("六、未决事项", Open(review)),
            new("七、哪些是实测，哪些待人工", Boundaries),
            new("八、证据", ArchivingOpinionParts.Evidence(report)),
            new("九、签认", ArchivingOpinionParts.Signatures),
        ]);
    }

    private static List<ManuscriptBlock> Opening(AcceptanceReport report)
    {
        var pack = report.Pack;
        return
        [
            new NoticeBlock("本件是由检查工具按证据包自动写成的草稿，未经第九节所列各方签认不具有任何效力，也不代替项目档案验收。"),
            new TableBlock([("项", 22), ("内容", 78)],
            [
                ["系统名称", pack.Candidate.Name],
                ["业主单位", pack.Candidate.OwnerUnit ?? "（待填写）"],
                ["承建单位", pack.Candidate.Builder ?? "（待填写）"],
                ["适用的验收办法", pack.Profile?.Title ?? "（没有指定）"],
                ["检查时间", $"{BeijingTime.ClockOf(pack.Run.StartedAt):yyyy-MM-dd HH:mm}（北京时间）"],
                ["工具与规则", $"SmartCity.SecurityCheck {pack.Run.ToolVersion}；{(ReportWords.OtherRules(pack.Rules) ?? "判定用的是工具的内置规则")}"],
                ["出具单位", "（待填写）"],
            ]),
            .. pack.Run.Completion == Completion.Cancelled ? (IEnumerable<ManuscriptBlock>)[new NoticeBlock("本次运行被中断，没有执行的项目一律未核验，本草稿不完整。")] : [],
        ];
    }

    private static List<ManuscriptBlock> Conclusion(ArchivingReview review) =>
    [
        new TextBlock(ArchivingWords.Standing(review)),
        new TextBlock($"签认意见（勾选一项，工具不代为勾选）：\n□ {Verdict.Satisfied.Name()}归档功能规范性要求\n□ 整改并复核后{Verdict.Satisfied.Name()}\n□ {Verdict.NotSatisfied.Name()}归档功能规范性要求"),
        new TextBlock("理由与保留意见：\n（待填写）"),
    ];

    private static List<ManuscriptBlock> Functions(ArchivingReview review) =>
    [
        new TextBlock("依据 GB/T 42727-2023《政务服务事项电子文件归档规范》的功能章节与当地办法对备份、导入、导出的要求。条文细目没有读到，检查内容由标题推断，条号待核。"),
        new TableBlock([("编号", 8), ("功能与依据", 28), ("结论", 11), ("看到了什么", 53)],
        [
            .. review.Functions.Select(f => (IReadOnlyList<string>)
            [
                f.Id, string.Join('\n', f.Bases.Select(b => $"{b.Standard} {b.Clause}（{b.Confidence.Name()}）").Prepend(f.Title)), f.Verdict?.Name() ?? ReviewedFunction.NotJudged,
                f.Walks.Count == 0 ? ReviewedFunction.NotWalked : string.Join('\n', f.Walks.Select(w => $"{w.Flow}（{w.Judgement.Reason.Name()}，证据 {w.Judgement.Evidence.Count} 件）：{Cut(w.Said)}")),
            ]),
        ]),
    ];

    private static List<ManuscriptBlock> Packages(ArchivingReview review) => review.NoPackages is { } none
        ? [new TextBlock($"{none}，DA/T 70-2018 的 40 项一项也没有比对，全部未核验。")]
        : [.. review.Packages.SelectMany(Package)];

    private static IEnumerable<ManuscriptBlock> Package(ReviewedPackage package)
    {
        yield return new HeadingBlock(package.Name);
        yield return new TextBlock(string.Join("；", package.Scope.Select(s => $"{s.Label}：{s.Value}")) + "。");
        if (package.Trouble is { } trouble)
        {
            yield return new NoticeBlock(trouble);
        }

        yield return new TableBlock([("编号", 8), ("检测项", 23), ("比了什么 ↔ 与什么比", 34), ("次数", 20), ("结论", 15)],
        [
            .. package.Items.Select(i => (IReadOnlyList<string>)
                [i.Id, $"{i.Title}\n{i.Nature}", i.Left is { } left ? $"{left}\n↔ {i.Right}" : Cut(i.Judgement.Explanation), string.Join('\n', [i.Count, .. i.Open.Take(MostUncompared).Select(o => $"没有比对：{Cut(o)}"), .. i.Open.Count > MostUncompared ? (IEnumerable<string>)[$"没有比对的另有 {i.Open.Count - MostUncompared} 处"] : []]), $"{i.Judgement.Verdict.Name()}\n{i.Judgement.Reason.Name()}"]),
        ]);
        foreach (var block in Detection(package.Detection))
        {
            yield return block;
        }

        List<(ReviewedItem Item, ReviewedDifference Pair)> pairs = [.. package.Items.SelectMany(i => i.Differences.Select(d => (i, d)))];
        if (pairs.Count > 0)
        {
            yield return new HeadingBlock("出入：两个值");
            yield return new TableBlock([("检测项", 10), ("位置", 26), ("值", 32), ("对照", 32)], [.. pairs.Take(MostPairs).Select(p => (IReadOnlyList<string>)[p.Item.Id, Cut(p.Pair.Place), Cut(p.Pair.Left), Cut(p.Pair.Right)])]);
            var all = package.Items.Sum(i => (long)i.DifferenceCount);
            if (all > Math.Min(MostPairs, pairs.Count))
            {
                yield return new TextBlock(string.Create(CultureInfo.InvariantCulture, $"共 {all} 处，这里列出 {Math.Min(MostPairs, pairs.Count)} 处；记下的都在证据里的 items.txt，每项至多记下前 100 处。"));
            }
        }
    }

    private static IEnumerable<ManuscriptBlock> Detection(ReviewedDetection? detection) => detection is null ? [] :
    [
        new HeadingBlock("被测系统自己的四性检测：检出率"),
        new TextBlock(detection.Summary),
        .. detection.Groups.Count == 0 ? (IEnumerable<ManuscriptBlock>)[] :
        [
            new TableBlock([("范围", 28), ("含缺陷批次", 18), ("检出", 18), ("说对检测项", 18), ("检出率", 18)],
                [.. detection.Groups.Select(g => (IReadOnlyList<string>)[g.Name, $"{g.Defects}", $"{g.Killed}", $"{g.RightlyNamed}", g.Rate])]),
        ],
    ];

    private static List<ManuscriptBlock> Ofd(ArchivingReview review) => review.NoPackages is { } none
        ? [new TextBlock($"{none}，没有看过任何 OFD 文件。")]
        :
        [
            .. review.Packages.SelectMany(p => (IEnumerable<ManuscriptBlock>)
            [
                new HeadingBlock(p.Name),
                .. p.OfdTrouble is { } gap ? (IEnumerable<ManuscriptBlock>)[new TextBlock(gap)] : [],
                .. p.Ofd.Count == 0 ? (IEnumerable<ManuscriptBlock>)[] :
                [
                    new TableBlock([("文件", 30), ("回答", 22), ("签名与理由", 48)],
                        [.. p.Ofd.Take(MostOfd).Select(f => (IReadOnlyList<string>)[f.File, $"{f.Answer}\n{f.Meaning}", string.Join('\n', f.Signatures.Concat(f.Reasons.Take(5)).Select(Cut))])]),
                ],
                .. p.Ofd.Count > MostOfd ? (IEnumerable<ManuscriptBlock>)[new TextBlock($"另有 {p.Ofd.Count - MostOfd} 个文件没有列出，逐个见证据包的 observations/archives.ofd。")] : [],
            ]),
        ];

    private static List<ManuscriptBlock> Findings(ArchivingReview review) => review.Findings.Count == 0
        ? [new TextBlock("已判定的项目里没有发现问题；没有判定的见“六、未决事项”。")]
        :
        [
            new TableBlock([("序号", 8), ("问题", 26), ("实测情况", 36), ("怎么改", 30)],
                [.. review.Findings.Select(f => (IReadOnlyList<string>)[$"{f.Number}", $"{f.Finding.Severity.Name()}　{f.Finding.Title}{(f.Finding.WaiverId is null ? "" : "（已豁免）")}", Cut(f.Finding.Message), Cut(f.Finding.Remedy)])]),
        ];

    private static List<ManuscriptBlock> Open(ArchivingReview review) =>
    [
        new TextBlock($"共 {review.Open.Count} 项。未决的既不算{Verdict.Satisfied.Name()}，也不算{Verdict.NotSatisfied.Name()}；签认前应逐项补齐或写明保留。"),
        new TableBlock([("序号", 8), ("事项", 32), ("为什么未决", 42), ("由谁补", 18)],
            [.. review.Open.Take(MostOpen).Select((p, i) => (IReadOnlyList<string>)[$"{i + 1}", p.Subject, Cut(p.Why), p.Holder])]),
        .. review.Open.Count > MostOpen ? (IEnumerable<ManuscriptBlock>)[new TextBlock($"另有 {review.Open.Count - MostOpen} 项没有列出，见证据包里的 report.html。")] : [],
    ];

    private static List<ManuscriptBlock> Boundaries { get; } =
    [
        new ListBlock(
        [
            "实测：工具自己读包、重算摘要、逐步验证签章、在浏览器里走流程所得；每一条都能由证据包离线复算。",
            $"{Verdict.NeedsReview.Name()}：只有人能看或人已声明而工具没有看到的，如载体外观、杀毒软件、流程画面是否足以说明功能、备份恢复演练记录；工具不代人下结论。",
            "未核验：探测没有运行、没有读到或被中断；与没有问题不是一回事。",
            "不采信：被测系统自己的检测报告与截图，不作为任何一项的依据。",
            "签章的信任：没有配置信任根时，只说明签名与内容相符，不说明签名者是谁。",
        ]),
    ];

    private static string Cut(string text) => text.Length > Longest ? text[..Longest] + "…" : text;
}
