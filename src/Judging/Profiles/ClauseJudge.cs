using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>条款对照 · both legs of every clause: the formal materials and our technical pre-check.</summary>
internal static class ClauseJudge
{
    public static IReadOnlyList<ClauseJudgement> JudgeAll(JudgeInput input, IReadOnlyList<Judgement> judgements, IReadOnlyList<LegConclusion> assessments)
    {
        var pillars = input.Requirements.ToDictionary(r => r.Id, r => r.Pillar, StringComparer.Ordinal);
        var byPillar = judgements.ToLookup(j => pillars[j.RequirementId]);
        var papers = new Papers(input);
        var measured = new MeasuredPapers(input, [.. byPillar[Pillar.Materials]]);
        return [.. input.Profile!.Clauses.Select(c => JudgeOne(input, papers, measured, c, byPillar, assessments))];
    }

    /// <summary>Whether an attestation's subject is <c>clause/material</c> of the profile.</summary>
    public static bool IsMaterialOf(AcceptanceProfile? profile, string subject) =>
        profile?.Clauses.Any(c => c.Materials.Any(m => subject == Subject(c, m))) == true;

    /// <summary>
    /// A word about a document that is not there: whoever says that it satisfies, or that the clause asks for none, shows what that
    /// stands on. That it falls short can be said of nothing.
    /// </summary>
    public static bool IsUnseen(JudgeInput input, Papers papers, Attestation attestation) =>
        attestation.Verdict is Verdict.Satisfied or Verdict.Partial or Verdict.NotApplicable
        && !input.Profile!.Clauses.Any(c => c.Materials.Any(m => attestation.RequirementId == Subject(c, m) && FilesOf(input, m, attestation).Exists(papers.IsThere)));

    /// <summary>
    /// What was handed in before the day of the run: documents of the kind, and those the answer names by id, so that one document can
    /// serve several materials.
    /// </summary>
    private static List<Document> FilesOf(JudgeInput input, string material, Attestation? answer) =>
    [
        .. input.Candidate.Materials
            .Where(d => !(d.IssuedOn > input.Today) && (d.MaterialKind == material || answer?.EvidenceIds.Any(e => e == d.Id || e == d.TargetId) == true))
            .Concat(input.Candidate.Attached.Select(a => a.Document).Where(d => answer?.EvidenceIds.Contains(d.Id, StringComparer.Ordinal) == true))
            .OrderBy(d => d.Path, StringComparer.Ordinal),
    ];

    private static string Subject(Clause clause, string material) => $"{clause.Id}/{material}";

    private static ClauseJudgement JudgeOne(JudgeInput input, Papers papers, MeasuredPapers measured, Clause clause, ILookup<Pillar, Judgement> byPillar, IReadOnlyList<LegConclusion> assessments)
    {
        var applies = clause.AppliesWhen is { } condition
            ? PredicateEvaluation.Evaluate(condition, new EvaluationScope(null, EvaluationScope.FactsOf(input.Candidate), input.Now))
            : Truth.Holds;
        if (applies == Truth.Fails)
        {
            return new ClauseJudgement { ClauseId = clause.Id, Gate = clause.Gate, Verdict = Verdict.NotApplicable, Explanation = $"本系统不适用（{PredicateWords.Say(clause.AppliesWhen!)}）" };
        }

        var materials = clause.Materials.Select(m => (Status: Status(input, papers, measured, clause, m, out var verdict), Verdict: verdict)).ToList();
        var legs = assessments.Where(a => clause.Pillars.Contains(a.Pillar)).ToList();
        var pillars = clause.Pillars.Select(p => Status(p, byPillar[p], legs.FindAll(a => a.Pillar == p))).ToList();
        var periods = clause.Periods.Select(p => ClausePeriods.Judge(input, measured, papers, p)).ToList();
        var verdict = legs.Exists(AssessmentLeg.IsFailed)
            ? Verdict.NotSatisfied
            : VerdictCombination.Combine([.. materials.Select(m => m.Verdict), .. pillars.Select(p => p.Verdict), .. periods.Select(p => p.Verdict)]);
        return new ClauseJudgement
        {
            ClauseId = clause.Id,
            Gate = clause.Gate,
            Verdict = applies == Truth.Unknown && verdict == Verdict.Satisfied ? Verdict.NeedsReview : verdict,
            Explanation = Explain(materials, pillars, periods, applies, input.Requirements.Select(r => r.Pillar).ToHashSet()),
            Materials = materials.ConvertAll(m => m.Status),
            Pillars = pillars,
            Periods = periods.Count == 0 ? null : periods,
        };
    }

    private static MaterialStatus Status(JudgeInput input, Papers papers, MeasuredPapers measured, Clause clause, string material, out Verdict verdict)
    {
        var attestation = AttestationEffect
            .InOrder(input.Candidate.Attestations.Where(a => a.RequirementId == Subject(clause, material) && !AttestationEffect.IsOutOfDate(input, a)))
            .FirstOrDefault();
        var files = FilesOf(input, material, attestation);
        var listed = files.FindAll(f => !input.Candidate.Attached.Any(a => a.Document == f));
        var own = listed.FindAll(f => f.MaterialKind == material);
        var state = IsUnfit(measured, own.Count > 0 ? own : listed, attestation) ? MaterialState.Unfit
            : attestation is null ? files.Exists(papers.IsThere) ? MaterialState.Listed : files.Count > 0 ? MaterialState.Scant : MaterialState.Missing
            : IsUnseen(input, papers, attestation) ? MaterialState.AttestedUnseen
            : MaterialState.Attested;
        verdict = state == MaterialState.Attested ? attestation!.Verdict : state == MaterialState.Unfit ? Verdict.NotSatisfied : Verdict.NeedsReview;
        return new MaterialStatus(material, state, files.ConvertAll(f => f.Path), attestation?.Id);
    }

    /// <summary>
    /// A word of people never lifts what was measured, nor does a file that came with the word and that no probe saw, nor a paper of another
    /// kind where there are some of this one; that none is asked for is not about the files, and 不符合 needs no help.
    /// </summary>
    private static bool IsUnfit(MeasuredPapers measured, List<Document> files, Attestation? answer) =>
        files.Count > 0 && files.TrueForAll(measured.IsUnfit) && answer?.Verdict is null or Verdict.Satisfied or Verdict.Partial or Verdict.NeedsReview;

    private static PillarStatus Status(Pillar pillar, IEnumerable<Judgement> judgements, IReadOnlyList<LegConclusion> assessments)
    {
        var all = judgements.ToList();
        return new PillarStatus(
            pillar,
            AssessmentLeg.Combine(VerdictCombination.Combine(all.Select(j => j.Verdict)), assessments),
            all.Count(j => j.Verdict == Verdict.Satisfied),
            all.Count(j => j.Verdict is Verdict.NotSatisfied or Verdict.Partial),
            all.Count(j => j.Verdict == Verdict.NeedsReview),
            AssessmentLeg.Say(assessments));
    }

    private static string Explain(List<(MaterialStatus Status, Verdict Verdict)> materials, List<PillarStatus> pillars, List<PeriodStatus> periods, Truth applies, HashSet<Pillar> probed)
    {
        var parts = new List<string>();
        if (applies == Truth.Unknown)
        {
            parts.Add("是否适用尚不清楚");
        }

        parts.AddRange(materials
            .GroupBy(m => (m.Status.State, Said: m.Status.State == MaterialState.Attested ? m.Verdict : Verdict.Satisfied))
            .OrderBy(g => g.Key.State).ThenBy(g => g.Key.Said)
            .Select(g => $"{g.Key.State.Name()}{(g.Key.Said == Verdict.Satisfied ? "" : $"为“{g.Key.Said.Name()}”")}：{string.Join("、", g.Select(m => m.Status.Material))}"));
        parts.AddRange(pillars.Select(p => (p.Satisfied + p.NotSatisfied + p.NeedsReview == 0
            ? $"{p.Pillar.Title()}：{(probed.Contains(p.Pillar) ? "candidate.yaml 没有列出要看的对象" : "尚无探测")}，未核验"
            : $"{p.Pillar.Title()}：{p.Verdict.Name()}（符合 {p.Satisfied}、有问题 {p.NotSatisfied}、待人工 {p.NeedsReview}）") + (p.Assessment is { } says ? $"；{says}" : "")));
        parts.AddRange(periods.Select(p => $"{p.Title}：{p.Verdict.Name()}，{p.Sentence}"));
        return string.Join("；", parts);
    }
}
