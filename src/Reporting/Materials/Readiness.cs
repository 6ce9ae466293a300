using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>能否申请验收, 还差什么, 谁来补 · the judgements once more, in the words of somebody who has to hand the project in.</summary>
/// <param name="Answer">One or two sentences.</param>
/// <param name="Gaps">In the order in which to close them; empty where nothing is left.</param>
public sealed record Readiness(string Answer, IReadOnlyList<ReadinessGap> Gaps)
{
    private const int MostNamed = 12;

    internal static Readiness Of(EvidencePack pack, IReadOnlyList<MissingMaterial> missing)
    {
        var stage = pack.Judgement.Gate.Stage.Name();
        return new Readiness(
            pack.Judgement.Gate.Outcome switch
            {
                GateOutcome.Passed => $"可以申请{stage}：技术预检没有发现阻碍，材料与待人工的事项都已有结论。正式结论仍以密评、等保测评和主管部门的意见为准。",
                GateOutcome.Failed => $"现在不能申请{stage}：有必须先解决的问题。下面按先后列出还差什么、由谁来补；补完后要重新检查。",
                _ => $"还不能确定能否申请{stage}：没有发现必须先整改的问题，但有事项没有查清或没有人确认。下面列出是哪些、由谁来补。",
            },
            [.. Defects(pack), .. Papers(missing), .. Periods(pack), .. Open(pack)]);
    }

    private static IEnumerable<ReadinessGap> Defects(EvidencePack pack)
    {
        var papers = pack.Candidate.Materials.Select(m => m.TargetId).ToHashSet(StringComparer.Ordinal);
        var open = pack.Judgement.Findings.Where(f => f.WaiverId is null && f.Severity >= Severity.Minor && !papers.Contains(f.TargetId)).ToList();
        foreach (var severity in new[] { Severity.Critical, Severity.Major, Severity.Minor })
        {
            var of = open.Where(f => f.Severity == severity).ToList();
            if (of.Count > 0)
            {
                yield return new ReadinessGap($"整改 {of.Count} 个“{severity.Name()}”的技术问题：{Named(of.Select(f => f.Title))}", "承建单位（业主单位督促并复核）");
            }
        }
    }

    private static IEnumerable<ReadinessGap> Papers(IReadOnlyList<MissingMaterial> missing)
    {
        foreach (var issuer in missing.Where(m => m.Gate != Gate.Advisory).GroupBy(m => m.Issuer, StringComparer.Ordinal))
        {
            yield return new ReadinessGap($"补交或更换：{Named(issuer.Select(m => m.State == MaterialState.Missing ? m.Material : $"{m.Material}（{m.State.Name()}）"))}", issuer.Key);
        }

        if (missing.Count(m => m.Gate == Gate.Advisory) is > 0 and var advisory)
        {
            yield return new ReadinessGap($"另有 {advisory} 份材料只供参考，不影响{Gate.Acceptance.Name()}：{Named(missing.Where(m => m.Gate == Gate.Advisory).Select(m => m.Material))}", "业主单位自行决定");
        }
    }

    private static IEnumerable<ReadinessGap> Periods(EvidencePack pack) => pack.Judgement.Clauses.Where(c => c.Gate != Gate.Advisory)
        .SelectMany(c => (c.Periods ?? []).Where(p => p.Verdict != Verdict.Satisfied)
            .Select(p => new ReadinessGap($"期限（{pack.Profile?.Clauses.FirstOrDefault(x => x.Id == c.ClauseId)?.Article ?? c.ClauseId}）{p.Title}：{p.Verdict.Name()}。{p.Sentence}", "业主单位")));

    private static IEnumerable<ReadinessGap> Open(EvidencePack pack)
    {
        var unverified = pack.Judgement.Judgements.Count(j => j.Reason.IsUnverified());
        if (unverified > 0)
        {
            yield return new ReadinessGap($"补测 {unverified} 项未核验的检查（网络、权限、工具或输入的原因没有查成）", "承建单位与运维单位配合，检查人员重测");
        }

        var items = pack.Judgement.Judgements.Where(j => j.Verdict == Verdict.NeedsReview && !j.Reason.IsUnverified()).ToList();
        if (items.Count > 0)
        {
            yield return new ReadinessGap($"由人核对 {items.Count} 项检查并附依据（见“未核验清单”）", "业主单位的责任人");
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
