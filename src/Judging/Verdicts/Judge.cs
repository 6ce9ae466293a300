using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// From observations to judgements. Pure. Invariant: one judgement for every applicable (requirement, target) pair, seen or not.
/// </summary>
public static class Judge
{
    public static JudgementSet All(JudgeInput input)
    {
        var measured = Measure(input);
        var attested = AttestationEffect.Apply(input, measured);
        var waived = WaiverEffect.Apply(input, attested.Judgements);
        var judgements = waived.Judgements;
        var assessments = Assessing.All(input, judgements);
        var foreign = new ForeignComparison(input, judgements);
        var protection = ProtectionAssessing.Of(input, judgements, foreign);
        var conclusions = LegConclusion.Of(assessments, protection);
        var clauses = input.Profile is null ? [] : ClauseJudge.JudgeAll(input, judgements, conclusions);
        var findings = Findings.From(input, judgements, waived.Expired);
        // A letter for a port in clear would praise a channel it does not have.
        var inClear = input.Candidate.Endpoints.Where(e => e.Protocol == EndpointProtocol.Http).Select(e => e.TargetId).ToHashSet(StringComparer.Ordinal);
        return new JudgementSet
        {
            JudgedAt = input.Now,
            Judgements = judgements,
            Requirements = [.. judgements.GroupBy(j => j.RequirementId, StringComparer.Ordinal).Select(g => VerdictCombination.Summarise(g.Key, [.. g]))],
            Clauses = clauses,
            Findings = findings,
            WaiversInEffect = waived.InEffect,
            AttestationsInEffect = attested.InEffect,
            AttestationsOnRecord = attested.OnRecord,
            Remarks = [.. attested.Remarks, .. waived.Remarks, .. OfFutureMaterials(input), .. OfUnseenTargets(input), .. foreign.Remarks],
            Grades = GradeDecision.Of(input.Requirements, [.. judgements.Where(j => !inClear.Contains(j.TargetId))]),
            Assessments = assessments,
            Protection = protection,
            Foreign = foreign.Opinions,
            Gate = GateDecision.Decide(input, judgements, clauses, findings, conclusions),
        };
    }

    private static IEnumerable<string> OfFutureMaterials(JudgeInput input) => input.Candidate.Materials
        .Where(d => d.IssuedOn > input.Today)
        .OrderBy(d => d.Id, StringComparer.Ordinal)
        .Select(d => $"材料 {d.Id}（{d.MaterialKind}）的出具日期 {d.IssuedOn:yyyy-MM-dd} 在将来，不作为已提交。");

    /// <summary>What is declared and nobody looks at would otherwise be passed over in silence.</summary>
    private static IEnumerable<string> OfUnseenTargets(JudgeInput input)
    {
        var seen = input.Records.Select(r => r.TargetId).ToHashSet(StringComparer.Ordinal);
        return new (string Key, IEnumerable<Target> Targets)[]
            {
                ("sourceTrees", input.Candidate.SourceTrees), ("archivePackages", input.Candidate.ArchivePackages), ("webFlows", input.Candidate.WebFlows),
            }
            .Select(d => (d.Key, Count: d.Targets.Count(t => !seen.Contains(t.TargetId))))
            .Where(d => d.Count > 0)
            .Select(d => $"{d.Key} 里声明的 {d.Count} 项没有任何探测看过：本版本还没有这类探测，一律未核验。");
    }

    private static List<Judgement> Measure(JudgeInput input)
    {
        var facts = EvaluationScope.FactsOf(input.Candidate);
        var records = input.Records.ToDictionary(r => (r.ProbeId, r.TargetId));
        var judgements = new List<Judgement>();
        foreach (var requirement in input.Requirements.OrderBy(r => r.Id, StringComparer.Ordinal))
        {
            foreach (var target in Targets(input, requirement))
            {
                var outcome = requirement.Observes is { } kind ? records.GetValueOrDefault((kind, target.Id))?.Outcome : null;
                judgements.Add(RequirementJudge.Judge(requirement, target, outcome, facts, input.Now, requirement.Observes is { } of ? input.Kinds[of].Labels : null));
            }
        }

        return judgements;
    }

    /// <summary>The targets a requirement is asked of, in id order.</summary>
    private static IEnumerable<(string Id, string Name)> Targets(JudgeInput input, Requirement requirement)
    {
        var observed = requirement.Observes is { } observes ? input.Kinds[observes] : null;
        var kind = observed?.TargetKind ?? requirement.AsksOf;
        return kind is null
            ? [(input.Candidate.Id, input.Candidate.Name)]
            : input.Candidate.Targets()
                .Where(t => t.KindId == kind && (observed?.Samples is not { } samples || t is CryptoSample sample && sample.SampleKind == samples))
                .OrderBy(t => t.TargetId, StringComparer.Ordinal)
                .Select(t => (t.TargetId, t.DisplayName));
    }
}
