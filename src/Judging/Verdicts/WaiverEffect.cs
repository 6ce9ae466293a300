using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>豁免 marks a 不符合 or 部分符合 as accepted until a day; the verdict stays.</summary>
internal static class WaiverEffect
{
    /// <summary>Days.</summary>
    private const int LongestUnreviewed = 366;

    public static (List<Judgement> Judgements, List<Waiver> InEffect, List<Waiver> Expired, List<string> Remarks) Apply(JudgeInput input, List<Judgement> before)
    {
        var judgements = before.ToList();
        var inEffect = new List<Waiver>();
        var expired = new List<Waiver>();
        var remarks = new List<string>();
        foreach (var waiver in input.Candidate.Waivers.OrderBy(w => w.Id, StringComparer.Ordinal))
        {
            if (waiver.ExpiresOn < input.AnswerDay)
            {
                expired.Add(waiver);
                remarks.Add($"豁免 {waiver.Id} 已于 {waiver.ExpiresOn:yyyy-MM-dd} 到期，不生效。");
            }
            else if (Mark(waiver, judgements))
            {
                inEffect.Add(waiver);
                if (waiver.ExpiresOn.DayNumber - input.AnswerDay.DayNumber > LongestUnreviewed)
                {
                    remarks.Add($"豁免 {waiver.Id} 到 {waiver.ExpiresOn:yyyy-MM-dd} 才到期，期限超过一年，请定期复核是否仍有必要。");
                }
            }
            else
            {
                remarks.Add($"豁免 {waiver.Id} 没有对应的问题（{waiver.RequirementId}），可以删除。");
            }
        }

        return (judgements, inEffect, expired, remarks);
    }

    private static bool Mark(Waiver waiver, List<Judgement> judgements)
    {
        var used = false;
        for (var i = 0; i < judgements.Count; i++)
        {
            var judgement = judgements[i];
            if (judgement.RequirementId == waiver.RequirementId
                && (waiver.TargetId is null || waiver.TargetId == judgement.TargetId)
                && judgement.Verdict is Verdict.NotSatisfied or Verdict.Partial
                && judgement.WaiverId is null)
            {
                judgements[i] = judgement with { WaiverId = waiver.Id };
                used = true;
            }
        }

        return used;
    }
}
