using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// Judges one requirement on one target. Order: manual → 待人工, but 不适用 where the probe it names says that the question does not arise; AppliesWhen fails → 不适用, unknown → 待人工; no observation
/// → 待人工(未核验); SatisfiedWhen holds → 符合; PartialWhen holds → 部分符合; anything unknown → 待人工, for people to decide where their acceptance alone is missing; else 不符合.
/// Several observations of the target: the worst counts.
/// </summary>
public static class RequirementJudge
{
    /// <param name="requirement">The requirement.</param>
    /// <param name="target">Id and shown name of the target.</param>
    /// <param name="outcome">How the probe ended; null where it was not run.</param>
    /// <param name="candidate">Facts of the candidate.</param>
    /// <param name="now">The run clock.</param>
    /// <param name="labels">Of the observed record, for explanations.</param>
    public static Judgement Judge(
        Requirement requirement, (string Id, string Name) target, ProbeOutcome? outcome, JsonElement candidate, DateTimeOffset now, IReadOnlyList<FieldLabel>? labels = null)
    {
        var unobserved = new EvaluationScope(null, candidate, now) { Labels = labels ?? [] };
        if (requirement.IsManual && !(requirement.Observes is not null && outcome is NotNeeded))
        {
            return Of(requirement, target.Id, JudgeObservation(requirement, target.Name, unobserved), []);
        }

        return outcome switch
        {
            Observed observed when Own(requirement, target.Id, observed) is { Count: > 0 } own => Combine(requirement, target, own, unobserved),
            NotNeeded notNeeded => Of(requirement, target.Id, new(Verdict.NotApplicable, VerdictReason.ConditionNotMet, $"{target.Name}：{notNeeded.Why}", []), []),
            Unable unable => Of(requirement, target.Id, Unseen(requirement, target.Name, unobserved, $"{unable.Kind.Name()}——{unable.Message}"), []),
            _ => Of(requirement, target.Id, Unseen(requirement, target.Name, unobserved, "没有观测数据"), []),
        };
    }

    /// <summary>A record of another kind or about another target says nothing here, wherever it was filed.</summary>
    private static List<Observation> Own(Requirement requirement, string targetId, Observed observed) =>
        [.. observed.Observations.Where(o => o.Kind == requirement.Observes && o.TargetId == targetId)];

    /// <summary>The verdict on one observation, with what was compared.</summary>
    internal static (Verdict Verdict, VerdictReason Reason, string Explanation, IReadOnlyList<Reading> Readings) JudgeObservation(
        Requirement requirement, string targetName, EvaluationScope scope)
    {
        var readings = new List<Reading>();
        var recording = scope with { Readings = readings };
        if (requirement.AppliesWhen is { } condition)
        {
            switch (PredicateEvaluation.Evaluate(condition, recording))
            {
                case Truth.Fails:
                    return (Verdict.NotApplicable, VerdictReason.ConditionNotMet, $"{targetName}：适用条件不成立（{PredicateWords.Say(condition, scope.Labels)}）", readings);
                case Truth.Unknown:
                    return (Verdict.NeedsReview, VerdictReason.FieldMissing, $"{targetName}：缺少{Missing(readings, scope.Labels)}，不知道这一项是否适用", readings);
            }
        }

        if (requirement.IsManual || requirement.SatisfiedWhen is null)
        {
            return (Verdict.NeedsReview, VerdictReason.ManualOnly, ExplanationTemplate.Fill(requirement.Explain, targetName, scope), readings);
        }

        var seen = requirement.IsSelfReport ? VerdictReason.SelfReported : VerdictReason.Measured;
        var satisfied = PredicateEvaluation.Evaluate(requirement.SatisfiedWhen, recording);
        if (satisfied == Truth.Holds)
        {
            return TooLittle(requirement, targetName, recording) is { } few
                ? (Verdict.NeedsReview, VerdictReason.FieldMissing, few, readings)
                : (Verdict.Satisfied, seen, requirement.Met is { } met
                    ? $"{targetName}：{requirement.Title}——{ExplanationTemplate.Fill(met, targetName, scope)}"
                    : $"{targetName}：{requirement.Title}——{ByDefault(readings, scope.Labels)}判定条件成立，依据所列 {readings.Count} 项比对", readings);
        }

        var partial = requirement.PartialWhen is { } partialWhen ? PredicateEvaluation.Evaluate(partialWhen, recording) : Truth.Fails;
        var explanation = ExplanationTemplate.Fill(requirement.Explain, targetName, scope);
        return (satisfied, partial) switch
        {
            (_, Truth.Holds) => (Verdict.Partial, seen, explanation, readings),
            (Truth.Fails, Truth.Fails) => (Verdict.NotSatisfied, seen, explanation, readings),
            (Truth.Unknown, _) when AwaitsPeople(requirement, recording) => ToPeople(requirement, targetName, recording, readings),
            _ => (Verdict.NeedsReview, VerdictReason.FieldMissing, $"{targetName}：缺少{Missing(readings, scope.Labels)}，不能下结论{UnreadParts.Say(scope.Data, scope.Labels)}", readings),
        };
    }

    /// <summary>What people decide of what was seen; of what was left unread they cannot, so that data is missing there, unless they are asked to look at that very thing. What they are to accept is told to its end.</summary>
    private static (Verdict Verdict, VerdictReason Reason, string Explanation, IReadOnlyList<Reading> Readings) ToPeople(Requirement requirement, string targetName, EvaluationScope scope, IReadOnlyList<Reading> readings)
    {
        if (TooLittle(requirement, targetName, scope) is { } few)
        {
            return (Verdict.NeedsReview, VerdictReason.FieldMissing, few, readings);
        }

        var unread = UnreadParts.Say(scope.Data, scope.Labels, requirement.Acceptance!.Covers);
        return (Verdict.NeedsReview, unread.Length > 0 ? VerdictReason.FieldMissing : VerdictReason.ManualOnly, $"{targetName}：{ExplanationTemplate.Fill(requirement.Acceptance.Say, targetName, scope, isWhole: true)}{unread}", readings);
    }

    /// <summary>What was seen is not enough to confirm or refute it, and there is something of it that people are to accept: what they set aside, or what is doubted.</summary>
    private static bool AwaitsPeople(Requirement requirement, EvaluationScope scope) =>
        requirement.Acceptance is { } acceptance && PredicateEvaluation.Evaluate(acceptance.When, scope) == Truth.Holds;

    /// <summary>One record that is right says nothing of the others: which count falls short of what number, and whose number it is.</summary>
    private static string? TooLittle(Requirement requirement, string targetName, EvaluationScope scope)
    {
        if (requirement.Enough is not { } enough)
        {
            return null;
        }

        var before = scope.Readings!.Count;
        if (PredicateEvaluation.Evaluate(enough.When, scope) == Truth.Holds)
        {
            return null;
        }

        var counts = scope.Readings.Skip(before).Select(r => $"{r.Called} {r.Actual}（要求 {r.Expected}）");
        return $"{targetName}：所见都合要求，但数量不够，不下“{Verdict.Satisfied.Name()}”的结论：{string.Join("；", counts)}；出处：{enough.Source}{UnreadParts.Say(scope.Data, scope.Labels)}";
    }

    private static Judgement Combine(Requirement requirement, (string Id, string Name) target, IReadOnlyList<Observation> observations, EvaluationScope unobserved)
    {
        // By content, so that the order in which a probe wrote them down cannot matter.
        var each = observations
            .OrderBy(o => JsonSerializer.Serialize(o.Data), StringComparer.Ordinal)
            .ThenBy(o => string.Join('\n', o.Evidence.Select(e => e.Id)), StringComparer.Ordinal)
            .Select(o => (Judged: JudgeObservation(requirement, target.Name, unobserved with { Data = o.Data }), o.Evidence))
            .ToList();
        var evidence = each.SelectMany(e => e.Evidence).Select(e => e.Id).Distinct(StringComparer.Ordinal).ToList();
        var worst = each.MinBy(e => VerdictCombination.Rank(e.Judged.Verdict)).Judged;
        return Of(requirement, target.Id, worst with { Readings = [.. each.SelectMany(e => e.Judged.Readings)] }, evidence);
    }

    /// <summary>Whether it applies can still be known from the candidate alone; what was not seen never is 不适用 by itself.</summary>
    private static (Verdict, VerdictReason, string, IReadOnlyList<Reading>) Unseen(Requirement requirement, string targetName, EvaluationScope scope, string why)
    {
        if (requirement.AppliesWhen is { } condition && PredicateEvaluation.Evaluate(condition, scope) == Truth.Fails)
        {
            return (Verdict.NotApplicable, VerdictReason.ConditionNotMet, $"{targetName}：适用条件不成立（{PredicateWords.Say(condition, scope.Labels)}）", []);
        }

        return (Verdict.NeedsReview, VerdictReason.ProbeUnable, $"{targetName}：未核验，{why}", []);
    }

    /// <summary>缺省合规: what nobody wrote down holds only until the program or its version changes, so that it is said.</summary>
    private static string ByDefault(List<Reading> readings, IReadOnlyList<FieldLabel> labels)
    {
        const string source = ".source";
        var names = readings.Where(r => r.Field.EndsWith(source, StringComparison.Ordinal) && r.Actual == (FieldWords.Find(labels, r.Field)?.Words.GetValueOrDefault("default") ?? "\"default\"")).Select(r => r.Field[..^source.Length]).Distinct(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? "" : $"缺省合规（{string.Join("、", names)} 未显式配置，取程序缺省值），";
    }

    /// <summary>What was not seen, as people call it; a field without a label by its own name.</summary>
    private static string Missing(List<Reading> readings, IReadOnlyList<FieldLabel> labels)
    {
        var names = readings.Where(r => r.Actual == "未观测").Select(r => FieldWords.Called(labels, r.Field)).Distinct(StringComparer.Ordinal).ToList();
        return names.Count == 0 ? "足够的数据" : $"“{string.Join("”“", names)}”的数据";
    }

    private static Judgement Of(
        Requirement requirement, string targetId, (Verdict Verdict, VerdictReason Reason, string Explanation, IReadOnlyList<Reading> Readings) judged, IReadOnlyList<string> evidence) => new()
        {
            RequirementId = requirement.Id,
            TargetId = targetId,
            Verdict = judged.Verdict,
            Reason = judged.Reason,
            Explanation = judged.Explanation,
            Readings = judged.Readings,
            Evidence = evidence,
        };
}
