using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reports.Tests;

/// <summary>150 requirements on 20 endpoints.</summary>
internal static class LargePack
{
    private const int Requirements = 150;
    private const int Endpoints = 20;

    public static EvidencePack Create()
    {
        var requirements = Enumerable.Range(0, Requirements).Select(Requirement).ToList();
        var evidence = Enumerable.Range(0, Requirements * 2).Select(i => SampleEvidence.Of($"ev-{i:x16}", $"evidence/tls/ep{i % Endpoints:d2}/record-{i:d4}.json", "握手记录")).ToList();
        var judgements = (from r in Enumerable.Range(0, Requirements) from t in Enumerable.Range(0, Endpoints) select Judgement(r, t)).ToList();
        var findings = judgements.Where(j => j.Verdict is Verdict.NotSatisfied or Verdict.Partial).Select(j => Finding(j, requirements)).ToList();
        return SamplePacks.Pack(
            new Candidate
            {
                Id = "large",
                Name = "大型综合业务平台",
                Kind = SystemKind.BusinessSystem,
                IsClassified = false,
                ProtectionLevel = 3,
                Endpoints = [.. Enumerable.Range(0, Endpoints).Select(i => new Endpoint { Id = $"ep{i:d2}", Title = $"业务端点 {i + 1}", Host = $"10.0.{i}.8", Port = 443 })],
            },
            profile: null,
            requirements,
            SamplePacks.Judged(judgements, findings, [], requirements, new GateResult(GateOutcome.Failed, FailOn.Major, Gate.Acceptance, findings.Count, 300, $"有 {findings.Count} 个问题没有解决。")),
            evidence);
    }

    private static Requirement Requirement(int index) => SamplePacks.Requirement(
        $"REQ-{index:d3}",
        (Pillar)(index % 5),
        $"第 {index + 1} 项要求：协议与配置应当满足规定",
        (Severity)(index % 4),
        "tls.protocol-versions",
        [new("GB/T 22239-2019", $"8.1.{index % 9}.{index % 7}", BasisConfidence.Unchecked)],
        "按规定修改配置后重新检查。");

    private static Judgement Judgement(int requirement, int target)
    {
        var mixed = ((requirement * 7) + (target * 3)) % 20;
        var verdict = mixed switch
        {
            < 12 => Verdict.Satisfied,
            < 14 => Verdict.Partial,
            < 16 => Verdict.NotSatisfied,
            < 18 => Verdict.NotApplicable,
            _ => Verdict.NeedsReview,
        };
        return SampleJudgements.Judge(
            $"REQ-{requirement:d3}",
            $"endpoint:ep{target:d2}",
            verdict,
            $"业务端点 {target + 1} 的判定说明",
            [new("offered", "不得包含 TLSv1.0", "[\"TLSv1.2\",\"TLSv1.3\"]"), new("count", "至少 1", $"{mixed}")],
            [$"ev-{requirement * 2:x16}", $"ev-{(requirement * 2) + 1:x16}"]);
    }

    private static Finding Finding(Judgement judgement, List<Requirement> requirements)
    {
        var requirement = requirements.First(r => r.Id == judgement.RequirementId);
        return SampleJudgements.Find(requirement.Id, judgement.TargetId, requirement.Severity, judgement.Verdict, requirement.Title, judgement.Explanation, requirement.Remedy, judgement.TargetId, judgement.Evidence);
    }
}
