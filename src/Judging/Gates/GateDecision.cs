using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// 门禁. Closed by unwaived findings at or above the threshold, by a material that a person judged 不符合 or that was measured unfit, by a
/// period that was missed and by an assessment that a clause of the stage asks for and that cannot pass; held open for review while anything
/// is 待人工 or a clause of the stage is not met; open only when something was measured and nothing is left: people's answers alone are no
/// verification.
/// </summary>
internal static class GateDecision
{
    public static GateResult Decide(JudgeInput input, IReadOnlyList<Judgement> judgements, IReadOnlyList<ClauseJudgement> clauses, IReadOnlyList<Finding> findings, IReadOnlyList<LegConclusion> assessments)
    {
        var due = clauses.Where(c => c.Gate <= input.Stage && c.Gate != Gate.Advisory).ToList();
        var late = due.Count(c => c.Periods?.Any(p => p.Verdict == Verdict.NotSatisfied) == true);
        var closing = findings.Where(f => f.WaiverId is null && f.Severity >= Threshold(input.FailOn)).ToList();
        var rejected = due.Count(c => c.Materials.Any(m => IsUnfit(m, input, closing) || IsAnswered(m, input, v => v == Verdict.NotSatisfied)));
        var failed = assessments.Where(a => AssessmentLeg.IsFailed(a) && due.Any(c => c.Pillars.Any(p => p.Pillar == a.Pillar))).Select(a => a.Pillar).ToList();
        var unverified = judgements.Where(IsUnverified).ToList();
        var unseen = input.FailOn == FailOn.Unverified ? unverified.Count(j => !IsAmong(closing, j)) : 0;
        var blocking = closing.Count + rejected + late + failed.Count + unseen;
        var openItems = judgements.Count(j => j.Verdict == Verdict.NeedsReview || IsUnverified(j));
        var openClauses = due.Count(c => IsOpen(c, input, judgements));
        // With a profile the clauses that ask for an assessment are open with it.
        var undecided = input.Profile is null ? assessments.Where(a => a.Conclusion == AssessmentConclusion.Undecided).Select(a => a.Pillar).ToList() : [];
        var open = openItems + openClauses + undecided.Count;
        var verified = judgements.Count(j => j is { Reason: VerdictReason.Measured, Verdict: Verdict.Satisfied or Verdict.Partial or Verdict.NotSatisfied });
        var outcome = blocking > 0 ? GateOutcome.Failed : open > 0 || verified == 0 ? GateOutcome.NeedsReview : GateOutcome.Passed;
        return new GateResult(outcome, input.FailOn, input.Stage, blocking, open, Say(outcome, input, $"{blocking} 个必须先整改的问题{Parts(closing.Count, rejected, late, failed, unseen)}", (openItems, openClauses, unverified.Count, undecided), verified));
    }

    private static bool IsUnverified(Judgement judgement) => judgement.Reason.IsUnverified();

    /// <summary>One problem is counted once.</summary>
    private static bool IsAmong(List<Finding> findings, Judgement judgement) =>
        judgement.Verdict == Verdict.NotSatisfied && findings.Exists(f => f.RequirementId == judgement.RequirementId && f.TargetId == judgement.TargetId);

    /// <summary>Not where what is wrong with it is counted as a finding already.</summary>
    private static bool IsUnfit(MaterialStatus material, JudgeInput input, List<Finding> closing) =>
        material.State == MaterialState.Unfit && !input.Candidate.Materials.Any(d => material.Files.Contains(d.Path, StringComparer.Ordinal) && closing.Exists(f => f.TargetId == d.TargetId));

    private static bool IsAnswered(MaterialStatus material, JudgeInput input, Func<Verdict, bool> how) =>
        material is { State: MaterialState.Attested, AttestationId: { } id } && input.Candidate.Attestations.Any(a => a.Id == id && how(a.Verdict));

    /// <summary>待人工, or not met for a reason that no waiver covers.</summary>
    private static bool IsOpen(ClauseJudgement clause, JudgeInput input, IReadOnlyList<Judgement> judgements)
    {
        if (clause.Verdict is Verdict.Satisfied or Verdict.NotApplicable)
        {
            return false;
        }

        var inClause = clause.Pillars.Select(p => p.Pillar).ToHashSet();
        var pillars = input.Requirements.Where(r => inClause.Contains(r.Pillar)).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        return clause.Verdict == Verdict.NeedsReview
            || clause.Materials.Any(m => !IsAnswered(m, input, v => v is Verdict.Satisfied or Verdict.NotApplicable))
            || clause.Periods?.Any(p => p.Verdict != Verdict.Satisfied) == true
            || clause.Pillars.Any(p => p.Verdict == Verdict.NeedsReview)
            || judgements.Any(j => pillars.Contains(j.RequirementId) && j.WaiverId is null && j.Verdict is Verdict.NotSatisfied or Verdict.Partial or Verdict.NeedsReview);
    }

    private static Severity Threshold(FailOn failOn) => failOn switch
    {
        FailOn.Critical => Severity.Critical,
        FailOn.Major => Severity.Major,
        _ => Severity.Minor,
    };

    /// <summary>What the number is made of, where it is more than the findings a reader can count in the report.</summary>
    private static string Parts(int findings, int rejected, int late, List<Pillar> failed, int unseen)
    {
        string?[] parts =
        [
            findings > 0 ? $"达到门槛的问题 {findings} 个" : null,
            rejected > 0 ? $"材料不合要求或经人工判为{Verdict.NotSatisfied.Name()}的条款 {rejected} 条" : null,
            late > 0 ? $"期限不合要求的条款 {late} 条" : null,
            failed.Count > 0 ? $"不能通过的测评结论 {failed.Count} 项（{string.Join("、", failed.Select(p => p.Title()))}）" : null,
            unseen > 0 ? $"未核验 {unseen} 项" : null,
        ];
        return rejected + late + failed.Count + unseen == 0 ? "" : $"（{string.Join("，", parts.OfType<string>())}）";
    }

    private static string Say(GateOutcome outcome, JudgeInput input, string blocking, (int Items, int Clauses, int Unverified, List<Pillar> Undecided) open, int verified)
    {
        var stage = input.Profile is null ? "技术预检" : $"{input.Stage.Name()}前预检";
        var unseen = open.Unverified > 0 ? $"（其中 {open.Unverified} 项未核验：没能看到数据，不代表没有问题）" : "";
        var clauses = open.Clauses > 0 ? $"、{open.Clauses} 条{input.Stage.Name()}条款尚未满足" : "";
        var undecided = open.Undecided.Count > 0 ? $"、{open.Undecided.Count} 项测评自评还没有结论（{string.Join("、", open.Undecided.Select(p => p.Title()))}）" : "";
        var left = $"{open.Items} 项核查待人工{unseen}{clauses}{undecided}";
        return outcome switch
        {
            GateOutcome.Failed => $"{stage}未通过：有 {blocking}；另有 {left}。",
            GateOutcome.NeedsReview when verified == 0 => $"{stage}不能下结论：没有任何一项得到核验；{left}。",
            GateOutcome.NeedsReview => $"{stage}尚不能下结论：没有达到门槛的问题，但还有 {left}。",
            _ => $"{stage}通过：{verified} 项实测已判定，没有达到门槛的问题，也没有遗留的待人工项。",
        };
    }
}
