using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>问题清单 · every 不符合 and 部分符合, and every waiver that ran out.</summary>
internal static class Findings
{
    public static IReadOnlyList<Finding> From(JudgeInput input, IReadOnlyList<Judgement> judgements, IReadOnlyList<Waiver> expired)
    {
        var requirements = input.Requirements.ToDictionary(r => r.Id, StringComparer.Ordinal);
        var places = input.Candidate.Targets().ToDictionary(t => t.TargetId, t => t.Place(), StringComparer.Ordinal);
        return
        [
            .. judgements
                .Where(j => j.Verdict is Verdict.NotSatisfied or Verdict.Partial)
                .Select(j => From(requirements[j.RequirementId], j, places.GetValueOrDefault(j.TargetId, input.Candidate.Name))),
            .. expired.Select(w => Expired(w, input.Candidate)),
        ];
    }

    private static Finding From(Requirement requirement, Judgement judgement, string place) => new()
    {
        Fingerprint = Fingerprint(requirement.Id, judgement.TargetId, place),
        RequirementId = requirement.Id,
        TargetId = judgement.TargetId,
        Severity = requirement.Severity,
        Verdict = judgement.Verdict,
        Title = requirement.Title,
        Message = judgement.Explanation,
        Remedy = requirement.Remedy,
        Where = place,
        Evidence = judgement.Evidence,
        WaiverId = judgement.WaiverId,
    };

    private static Finding Expired(Waiver waiver, Candidate candidate) => new()
    {
        Fingerprint = Fingerprint("waiver", waiver.Id, candidate.Id),
        RequirementId = waiver.RequirementId,
        TargetId = waiver.TargetId ?? candidate.Id,
        Severity = Severity.Major,
        Verdict = Verdict.NotSatisfied,
        Title = $"豁免 {waiver.Id} 已到期",
        Message = $"豁免 {waiver.Id} 于 {waiver.ExpiresOn:yyyy-MM-dd} 到期，批准人 {waiver.ApprovedBy}，理由“{waiver.Justification}”，已不生效。",
        Remedy = "整改对应问题并删除该豁免，或重新审批并更新到期日。",
        Where = $"candidate.yaml 豁免 {waiver.Id}",
    };

    private static string Fingerprint(params IEnumerable<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))).AsSpan(0, 16));
}
