using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>What people's answers make of the judgements.</summary>
internal sealed record AttestedJudgements(List<Judgement> Judgements, List<Attestation> InEffect, List<Attestation> OnRecord, List<string> Remarks);

/// <summary>
/// 人工确认 answers what only people can see. It never changes what was measured, and never stands in for what was not: written
/// beforehand, it would turn every failed probe into 符合. There it is kept beside the judgement; 不符合 alone lowers it. For anything
/// better it names a document that was read: where a document itself is judged, that one or a file that came with the word.
/// </summary>
internal static class AttestationEffect
{
    private enum Use
    {
        None,
        OnRecord,
        InEffect,
    }

    public static AttestedJudgements Apply(JudgeInput input, List<Judgement> measured)
    {
        var attested = new AttestedJudgements([.. measured], [], [], []);
        var papers = new Papers(input);
        foreach (var attestation in InOrder(input.Candidate.Attestations))
        {
            if (IsOutOfDate(input, attestation))
            {
                attested.Remarks.Add($"人工确认 {attestation.Id} 的日期 {attestation.On:yyyy-MM-dd} {(attestation.On > input.AnswerDay ? "在将来" : $"距今超过 {Papers.Bound(input).ValidMonths} 个月")}，不生效。");
                continue;
            }

            if (ClauseJudge.IsMaterialOf(input.Profile, attestation.RequirementId))
            {
                Material(input, papers, attestation, attested);
                continue;
            }

            if (attestation.Verdict == Verdict.NeedsReview)
            {
                attested.Remarks.Add($"人工确认 {attestation.Id} 没有给出结论，不生效。");
                continue;
            }

            switch (Answer(papers, attestation, attested))
            {
                case Use.InEffect:
                    attested.InEffect.Add(attestation);
                    break;
                case Use.OnRecord:
                    attested.OnRecord.Add(attestation);
                    break;
            }
        }

        return attested;
    }

    /// <summary>Of tomorrow, or a favourable one of so long ago that it speaks of another system; a 不符合 does not age.</summary>
    public static bool IsOutOfDate(JudgeInput input, Attestation attestation) => attestation.On > input.AnswerDay
        || (attestation.Verdict != Verdict.NotSatisfied && attestation.On < input.AnswerDay.AddMonths(-Papers.Bound(input).ValidMonths));

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

    private static void Material(JudgeInput input, Papers papers, Attestation attestation, AttestedJudgements attested)
    {
        if (!ClauseJudge.IsUnseen(input, papers, attestation))
        {
            attested.InEffect.Add(attestation);
            return;
        }

        attested.OnRecord.Add(attestation);
        attested.Remarks.Add($"人工确认 {attestation.Id} 对 {attestation.RequirementId} 只作记录：未见文件（或文件没有读到、太小），请把依据的文件列入 candidate.yaml 的 materials，或在这条确认的 evidence 里写已列文件的 id（一份文件可以用于多项材料）。");
    }

    /// <summary>On every judgement it is about; the strongest use it was put to.</summary>
    private static Use Answer(Papers papers, Attestation attestation, AttestedJudgements attested)
    {
        var found = false;
        var strongest = Use.None;
        for (var i = 0; i < attested.Judgements.Count; i++)
        {
            var judgement = attested.Judgements[i];
            if (judgement.RequirementId != attestation.RequirementId || (attestation.TargetId is { } only && only != judgement.TargetId))
            {
                continue;
            }

            found = true;
            (attested.Judgements[i], var use, var remark) = Beside(judgement, papers, attestation);
            strongest = use > strongest ? use : strongest;
            attested.Remarks.AddRange(remark is null ? [] : [remark]);
        }

        if (!found)
        {
            attested.Remarks.Add($"人工确认 {attestation.Id} 指向的 {attestation.RequirementId} 不在本次范围内，不生效。");
        }

        return strongest;
    }

    private static (Judgement Judgement, Use Use, string? Remark) Beside(Judgement judgement, Papers papers, Attestation attestation)
    {
        var place = $"人工确认 {attestation.Id} 对 {judgement.RequirementId}（{judgement.TargetId}）";
        if (judgement.Verdict != Verdict.NeedsReview)
        {
            return (judgement, Use.None, $"{place}不生效：已有{judgement.Reason.Name()}结论“{judgement.Verdict.Name()}”。");
        }

        var said = $"{attestation.Organisation} {attestation.By} 于 {attestation.On:yyyy-MM-dd} 确认为“{attestation.Verdict.Name()}”{(attestation.Statement is { } statement ? $"：{statement}" : "")}";
        if (judgement.Reason.IsUnverified() && attestation.Verdict != Verdict.NotSatisfied)
        {
            var kept = judgement with { AttestationId = judgement.AttestationId ?? attestation.Id, Explanation = $"{judgement.Explanation}；{said}（只作记录，不能代替核验）" };
            return (kept, Use.OnRecord, $"{place}只作记录：该项{judgement.Reason.Name()}，判定不变。");
        }

        if (attestation.Verdict != Verdict.NotSatisfied && !papers.IsBacked(attestation, judgement.TargetId))
        {
            var kept = judgement with { AttestationId = judgement.AttestationId ?? attestation.Id, Explanation = $"{judgement.Explanation}；{said}（只作记录，没有附上证据文件）" };
            return (kept, Use.OnRecord, $"{place}只作记录：没有附上证据文件（evidence 应写{(papers.IsListed(judgement.TargetId) ? "所判的这份材料" : " materials 里一份已读出、不太小的文件")}的 id），判定不变。");
        }

        var answered = judgement with
        {
            Verdict = attestation.Verdict,
            Reason = judgement.Reason.IsUnverified() ? VerdictReason.AttestedUnseen : VerdictReason.Attested,
            AttestationId = attestation.Id,
            Explanation = $"{said}（原为{judgement.Reason.Name()}）",
        };
        return (answered, Use.InEffect, null);
    }
}
