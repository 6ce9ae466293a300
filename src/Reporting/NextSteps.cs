using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>What is left to do, in the order in which to do it. Says only what the judgements already say.</summary>
internal static class NextSteps
{
    private const string Owner = "业主单位";

    /// <summary>What stops an acceptance comes first; what is only for reference last.</summary>
    public static IReadOnlyList<MissingMaterial> MissingMaterials(EvidencePack pack)
    {
        var clauses = pack.Profile?.Clauses.ToDictionary(c => c.Id, StringComparer.Ordinal) ?? [];
        return
        [
            .. pack.Judgement.Clauses
                .Where(c => c.Verdict != Verdict.NotApplicable)
                .SelectMany(c => c.Materials
                    .Where(m => m.State is MaterialState.Missing or MaterialState.AttestedUnseen or MaterialState.Scant or MaterialState.Unfit)
                    .Select(m => new MissingMaterial(m.Material, c.ClauseId, clauses.GetValueOrDefault(c.ClauseId)?.Article ?? c.ClauseId, c.Gate, m.State, pack.PaperIssuers.GetValueOrDefault(m.Material, Owner))))
                .OrderBy(m => Pressing(m.Gate))
                .DistinctBy(m => m.Material, StringComparer.Ordinal),
        ];
    }

    private static int Pressing(Gate gate) => gate switch
    {
        Gate.Acceptance => 0,
        Gate.GoLive => 1,
        Gate.Filing => 2,
        _ => 3,
    };

    private static string Papers(IReadOnlyList<MissingMaterial> missing)
    {
        int Of(params Gate[] gates) => missing.Count(m => gates.Contains(m.Gate));
        var (needed, filing, advisory) = (Of(Gate.Acceptance, Gate.GoLive), Of(Gate.Filing), Of(Gate.Advisory));
        return needed + filing == 0
            ? $"有 {advisory} 份材料只供参考，可以补交（见“条款对照”）。"
            : $"补交或更换 {needed + filing} 份材料：验收与上线要的 {needed} 份，备案环节的 {filing} 份{(advisory > 0 ? $"；另有 {advisory} 份只供参考" : "")}（见“条款对照”）。";
    }

    public static IEnumerable<string> Of(EvidencePack pack, IReadOnlyList<MissingMaterial> missing)
    {
        if (pack.Run.Completion == Completion.Cancelled)
        {
            yield return "完整地重新运行一次检查。";
        }

        if (Repairs(pack.Judgement.Findings) is { } repairs)
        {
            yield return repairs;
        }

        if (missing.Count > 0)
        {
            yield return Papers(missing);
        }

        foreach (var step in OpenQuestions(pack.Judgement))
        {
            yield return step;
        }

        yield return pack.Judgement.Gate.Outcome == GateOutcome.Passed
            ? "妥善保存整个证据包，连同密评、等保测评等正式报告一并提交验收。"
            : "完成上述事项后重新检查，以新报告为准。";
    }

    private static string? Repairs(IReadOnlyList<Finding> findings)
    {
        var counts = new[] { Severity.Critical, Severity.Major, Severity.Minor }
            .Select(s => (Severity: s, Count: findings.Count(f => f.Severity == s && f.WaiverId is null)))
            .Where(c => c.Count > 0)
            .Select(c => $"{c.Count} 个“{c.Severity.Name()}”问题")
            .ToList();
        return counts.Count == 0 ? null : $"按先后整改 {string.Join('、', counts)}（见“问题清单”）。";
    }

    private static IEnumerable<string> OpenQuestions(JudgementSet set)
    {
        var unverified = set.Judgements.Count(j => j.Reason.IsUnverified());
        if (unverified > 0)
        {
            yield return $"查明 {unverified} 项未核验的原因（网络、权限或工具）并补测：没有查到不等于没有问题。";
        }

        var items = set.Judgements.Count(j => j.Verdict == Verdict.NeedsReview && !j.Reason.IsUnverified());
        var clauses = set.Clauses.Count(c => c.Verdict == Verdict.NeedsReview);
        string?[] open = [items > 0 ? $"{items} 项核查" : null, clauses > 0 ? $"{clauses} 条条款（含参考条款）" : null];
        if (items + clauses > 0)
        {
            yield return $"由责任人核对还{Verdict.NeedsReview.Name()}的 {string.Join('、', open.OfType<string>())}并签署意见（见“未核验清单”）。";
        }
    }
}
