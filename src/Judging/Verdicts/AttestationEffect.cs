using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>人工确认 answers a 待人工. It never changes what was measured.</summary>
internal static class AttestationEffect
{
    public static (List<Judgement> Judgements, List<Attestation> InEffect, List<string> Remarks) Apply(JudgeInput input, List<Judgement> measured)
    {
        var judgements = measured.ToList();
        var inEffect = new List<Attestation>();
        var remarks = new List<string>();
        foreach (var attestation in InOrder(input.Candidate.Attestations))
        {
            if (attestation.On > input.Today)
            {
                remarks.Add($"人工确认 {attestation.Id} 的日期 {attestation.On:yyyy-MM-dd} 在将来，不生效。");
                continue;
            }

            if (ClauseJudge.IsMaterialOf(input.Profile, attestation.RequirementId))
            {
                inEffect.Add(attestation);
                continue;
            }

            if (attestation.Verdict == Verdict.NeedsReview)
            {
                remarks.Add($"人工确认 {attestation.Id} 没有给出结论，不生效。");
                continue;
            }

            if (Answer(attestation, judgements, remarks))
            {
                inEffect.Add(attestation);
            }
        }

        return (judgements, inEffect, remarks);
    }

    /// <summary>Where people contradict each other, the answer that holds is the worst, not the one with the first id.</summary>
    public static IEnumerable<Attestation> InOrder(IEnumerable<Attestation> answers) => answers
        .OrderBy(a => a.Verdict switch
        {
            Verdict.NotSatisfied => 0,
            Verdict.Partial => 1,
            Verdict.NeedsReview => 2,
            Verdict.Satisfied => 3,
            _ => 4,
        })
        .ThenBy(a => a.Id, StringComparer.Ordinal);

    private static bool Answer(Attestation attestation, List<Judgement> judgements, List<string> remarks)
    {
        var found = false;
        var used = false;
        for (var i = 0; i < judgements.Count; i++)
        {
            var judgement = judgements[i];
            if (judgement.RequirementId != attestation.RequirementId || (attestation.TargetId is { } only && only != judgement.TargetId))
            {
                continue;
            }

            found = true;
            if (judgement.Verdict != Verdict.NeedsReview)
            {
                remarks.Add($"人工确认 {attestation.Id} 对 {judgement.RequirementId}（{judgement.TargetId}）不生效：已有{judgement.Reason.Name()}结论“{judgement.Verdict.Name()}”。");
                continue;
            }

            used = true;
            judgements[i] = judgement with
            {
                Verdict = attestation.Verdict,
                Reason = VerdictReason.Attested,
                AttestationId = attestation.Id,
                Explanation = $"{attestation.Organisation} {attestation.By} 于 {attestation.On:yyyy-MM-dd} 确认为“{attestation.Verdict.Name()}”{(attestation.Statement is { } said ? $"：{said}" : "")}（原为{judgement.Reason.Name()}）",
            };
        }

        if (!found)
        {
            remarks.Add($"人工确认 {attestation.Id} 指向的 {attestation.RequirementId} 不在本次范围内，不生效。");
        }

        return used;
    }
}
