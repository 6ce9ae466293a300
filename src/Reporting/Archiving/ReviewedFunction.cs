using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>One function of the checklist with what each walk through the pages said of it.</summary>
/// <param name="Id">Such as <c>F-01</c>.</param>
/// <param name="Title">In words of our own.</param>
/// <param name="Bases">Of the requirement; none where the rules have none.</param>
/// <param name="Verdict">Of the rules; null where nothing was judged.</param>
/// <param name="Walks">One a flow; empty where candidate.yaml names none.</param>
public sealed record ReviewedFunction(string Id, string Title, IReadOnlyList<Basis> Bases, Verdict? Verdict, IReadOnlyList<FunctionWalk> Walks)
{
    private const string Prefix = "ARCHIVE-";

    /// <summary>What stands in the place of a verdict where nothing was judged.</summary>
    public const string NotJudged = "未核验";

    /// <summary>What is said where nobody walked.</summary>
    public const string NotWalked = "没有在浏览器里走过（webFlows 没有给 flow，或规则里没有这一项），这项功能未核验";

    private static readonly (string Id, string Title)[] Catalogue =
    [
        ("F-01", "归档配置"), ("F-02", "办结自动归集"), ("F-03", "整理组件"), ("F-04", "清点检测"), ("F-05", "归档信息包封装"), ("F-06", "校验信息"),
        ("F-07", "数据交换"), ("F-08", "统计"), ("F-09", "审计日志"), ("F-10", "元数据"), ("F-11", "存储格式"), ("F-12", "接收检测与登记"),
        ("B-01", "业务数据备份"), ("B-02", "业务数据导出"), ("B-03", "业务数据导入"), ("B-04", "备份恢复"),
    ];

    /// <summary><c>F-01</c> of <c>ARCHIVE-F-01</c>; null for other requirements.</summary>
    internal static string? IdOf(string requirementId) =>
        requirementId.StartsWith(Prefix, StringComparison.Ordinal) && Array.Exists(Catalogue, c => c.Id == requirementId[Prefix.Length..]) ? requirementId[Prefix.Length..] : null;

    internal static IReadOnlyList<ReviewedFunction> Of(EvidencePack pack, Dictionary<string, Requirement> requirements, List<Judgement> judgements) =>
    [
        .. Catalogue.Select(entry =>
        {
            var own = judgements.Where(j => j.RequirementId == Prefix + entry.Id).ToList();
            var requirement = requirements.GetValueOrDefault(Prefix + entry.Id);
            return new ReviewedFunction(
                entry.Id,
                requirement?.Title ?? entry.Title,
                requirement?.Basis ?? [],
                own.Count == 0 ? null : pack.Judgement.Requirements.FirstOrDefault(r => r.RequirementId == Prefix + entry.Id)?.Verdict,
                [.. own.Select(j => new FunctionWalk(ReportAssembly.TargetName(pack.Candidate, j.TargetId), j, FunctionWalk.Told(pack, j, entry.Id)))]);
        }),
    ];
}

/// <param name="Flow">Name of the target.</param>
/// <param name="Judgement">Its evidence links included.</param>
/// <param name="Said">What the steps said, for people; the explanation where nothing was observed.</param>
public sealed record FunctionWalk(string Flow, Judgement Judgement, string Said)
{
    internal static string Told(EvidencePack pack, Judgement judgement, string id)
    {
        var field = id.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();
        var part = ArchivingReview.Observations(pack, judgement.TargetId, "archives.flow").Select(o => ArchivingReview.Part(o.Data, field)).FirstOrDefault();
        var reasons = part.Texts("reasons").ToList();
        return reasons.Count == 0 ? judgement.Explanation
            : part.Flag("shown") == true ? $"步骤都做成了，是否足以说明这项功能由人看画面认定：{string.Join("；", reasons)}"
            : string.Join("；", reasons);
    }
}
