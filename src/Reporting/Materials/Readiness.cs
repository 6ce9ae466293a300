using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>能否申请验收, 还差什么, 谁来补 · the judgements once more, in the words of somebody who has to hand the project in.</summary>
/// <param name="Answer">One or two sentences.</param>
/// <param name="Gaps">In the order in which to close them; empty where nothing is left.</param>
public sealed record Readiness(string Answer, IReadOnlyList<ReadinessGap> Gaps)
{
    private const int MostNamed = 12;

    internal static Readiness Of(EvidencePack pack, IReadOnlyList<MissingMaterial> missing) =>
        new(Answered(pack), [.. Interrupted(pack), .. Defects(pack, missing), .. Papers(pack, missing), .. Periods(pack), .. Open(pack)]);

    private static string Answered(EvidencePack pack)
    {
        var stage = pack.Judgement.Gate.Stage.Name();
        return (pack.Judgement.Gate.Outcome, pack.Profile) switch
        {
            _ when pack.Judgement.Judgements.Count == 0 => $"没有任何判定，能否申请{stage}这里说不了。",
            (GateOutcome.Passed, null) => $"技术预检通过；没有选用验收办法，条款与材料没有对照过，能否申请{stage}这里说不了。",
            (GateOutcome.Passed, _) => $"可以申请{stage}：技术预检没有发现阻碍，这一环节的材料与{Verdict.NeedsReview.Name()}的事项都已有结论。正式结论仍以密评、等保测评和主管部门的意见为准；请妥善保存整个证据包，连同这些正式报告一并提交。",
            (GateOutcome.Failed, _) => $"现在不能申请{stage}：有必须先解决的问题。下面按先后列出还差什么、由谁来补；补完后要重新检查。",
            _ => $"还不能确定能否申请{stage}：没有发现必须先整改的问题，但有事项没有查清或没有人确认。下面列出是哪些、由谁来补；补完后要重新检查。",
        };
    }

    private static IEnumerable<ReadinessGap> Interrupted(EvidencePack pack) =>
        pack.Run.Completion == Completion.Cancelled ? [new ReadinessGap("这次运行被中断：完整地重新运行一次检查", "检查人员")] : [];

    /// <summary>By number, not by title: a title says what ought to be, and reads like praise in a list of what is wrong.</summary>
    private static IEnumerable<ReadinessGap> Defects(EvidencePack pack, IReadOnlyList<MissingMaterial> missing)
    {
        var listed = missing.Select(m => m.Material).ToHashSet(StringComparer.Ordinal);
        var papers = pack.Candidate.Materials.ToLookup(m => m.TargetId, m => m.MaterialKind, StringComparer.Ordinal);
        var open = pack.Judgement.Findings.Where(f => f.WaiverId is null && (!papers.Contains(f.TargetId) || !papers[f.TargetId].All(listed.Contains))).ToList();
        if (Counted(open.Where(f => !papers.Contains(f.TargetId))) is { } technical)
        {
            yield return new ReadinessGap($"整改技术问题：{technical}（见“问题清单”）", "承建或运维单位，业主单位督促并复核");
        }

        if (Counted(open.Where(f => papers.Contains(f.TargetId))) is { } ofPapers)
        {
            yield return new ReadinessGap($"更正材料问题：{ofPapers}（见“问题清单”）", "业主单位");
        }
    }

    /// <summary>高风险 2 个、一般 1 个; null where there are none.</summary>
    private static string? Counted(IEnumerable<Finding> findings)
    {
        var counts = findings.Where(f => f.Severity is Severity.Critical or Severity.Major or Severity.Minor).CountBy(f => f.Severity).ToDictionary();
        return counts.Count == 0 ? null : string.Join("、", new[] { Severity.Critical, Severity.Major, Severity.Minor }.Where(counts.ContainsKey).Select(s => $"{s.Name()} {counts[s]} 个"));
    }

    private static IEnumerable<ReadinessGap> Papers(EvidencePack pack, IReadOnlyList<MissingMaterial> missing)
    {
        var stage = pack.Judgement.Gate.Stage;
        foreach (var issuer in missing.Where(m => m.Gate != Gate.Advisory && m.Gate <= stage).GroupBy(m => m.Issuer, StringComparer.Ordinal))
        {
            yield return new ReadinessGap($"补交或更换：{Named(issuer.Select(Described))}", issuer.Key);
        }

        var later = missing.Where(m => m.Gate != Gate.Advisory && m.Gate > stage).ToList();
        if (later.Count > 0)
        {
            yield return new ReadinessGap($"以后的环节还要 {later.Count} 份材料，不影响{stage.Name()}：{Named(later.Select(Described))}", "业主单位组织");
        }

        var advisory = missing.Where(m => m.Gate == Gate.Advisory).ToList();
        if (advisory.Count > 0)
        {
            yield return new ReadinessGap($"另有 {advisory.Count} 份材料只供参考，不影响{stage.Name()}：{Named(advisory.Select(m => m.Material))}", "业主单位自行决定");
        }
    }

    private static string Described(MissingMaterial paper) => paper.State == MaterialState.Missing ? paper.Material : $"{paper.Material}（{paper.State.Name()}）";

    private static IEnumerable<ReadinessGap> Periods(EvidencePack pack) => pack.Judgement.Clauses.Where(c => c.Gate != Gate.Advisory && c.Gate <= pack.Judgement.Gate.Stage)
        .SelectMany(c => (c.Periods ?? []).Where(p => p.Verdict != Verdict.Satisfied)
            .Select(p => new ReadinessGap($"期限（{pack.Profile?.Clauses.FirstOrDefault(x => x.Id == c.ClauseId)?.Article ?? c.ClauseId}）{p.Title}：{p.Verdict.Name()}。{p.Sentence}", "业主单位")));

    private static IEnumerable<ReadinessGap> Open(EvidencePack pack)
    {
        var unverified = pack.Judgement.Judgements.Count(j => j.Reason.IsUnverified());
        if (unverified > 0)
        {
            yield return new ReadinessGap($"查明 {unverified} 项未核验的原因并补测：没有查到不等于没有问题", "检查人员，承建或运维单位配合");
        }

        var items = pack.Judgement.Judgements.Count(j => j.Verdict == Verdict.NeedsReview && !j.Reason.IsUnverified());
        var clauses = pack.Judgement.Clauses.Count(c => c.Verdict == Verdict.NeedsReview);
        string?[] open = [items > 0 ? $"{items} 项核查" : null, clauses > 0 ? $"{clauses} 条条款（含参考条款）" : null];
        if (items + clauses > 0)
        {
            yield return new ReadinessGap($"由人核对还{Verdict.NeedsReview.Name()}的 {string.Join('、', open.OfType<string>())}并附依据（见“未核验清单”）", "业主单位的责任人");
        }

        var listed = pack.Judgement.Clauses.Where(c => c.Gate != Gate.Advisory).SelectMany(c => c.Materials).Where(m => m.State == MaterialState.Listed).Select(m => m.Material).Distinct(StringComparer.Ordinal).ToList();
        if (listed.Count > 0)
        {
            yield return new ReadinessGap($"材料已交、要由人确认内容：{Named(listed)}", "业主单位的责任人（写人工确认）");
        }
    }

    private static string Named(IEnumerable<string> names)
    {
        var all = names.Distinct(StringComparer.Ordinal).ToList();
        return string.Join("、", all.Take(MostNamed)) + (all.Count > MostNamed ? $" 等 {all.Count} 种" : "");
    }
}

/// <param name="What">Is left.</param>
/// <param name="Who">Has to bring it.</param>
public sealed record ReadinessGap(string What, string Who);
