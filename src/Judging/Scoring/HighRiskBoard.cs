using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// 高风险 · proven, suspected, open, or decided by a named person; never a silent yes or no. Whoever excludes an item cannot do so
/// against a measurement, nor while a judgement that could prove it is 待人工, nor before D is known to hold on every object.
/// </summary>
internal sealed class HighRiskBoard(AssessmentInput input, HighRiskGuide guide, int level, IReadOnlyList<DecidedControl> controls)
{
    private readonly Dictionary<string, DecidedControl> _controls = controls.ToDictionary(c => c.Control.Key, StringComparer.Ordinal);

    public IReadOnlyList<HighRiskState> Decide()
    {
        var states = guide.Items.Select(Basic).ToList();
        foreach (var afterAll in new[] { false, true })
        {
            // What leans on all others is decided when they are.
            for (var i = 0; i < states.Count; i++)
            {
                states[i] = Mitigate(guide.Items[i], states[i], states, afterAll);
            }
        }

        return states;
    }

    private HighRiskState Basic(HighRiskItem item)
    {
        var (standing, reasons) = Stand(item);
        return new HighRiskState
        {
            Code = item.Code,
            Control = item.Control,
            Title = item.Title,
            Standing = standing,
            Reasons = reasons,
            Triggers = item.Triggers,
            Mitigations = [.. item.Mitigations.Where(m => IsForLevel(m)).Select(m => $"{m.Id}：{m.Asks}")],
            Precondition = item.Precondition,
            ToolSees = item.ToolSees,
            Questions = input.Guidance.QuestionsOf(item),
        };
    }

    private (HighRiskStanding, IReadOnlyList<AspectSource>) Stand(HighRiskItem item)
    {
        var control = item.Control is null ? null : _controls.GetValueOrDefault(item.Control);
        if (!item.Levels.Contains(level) || (item.Control is not null && control is null))
        {
            return (HighRiskStanding.NotApplicable, [Note("本级没有这一项")]);
        }

        if (control is { Applicability: ControlApplicability.NotApplicable })
        {
            return (HighRiskStanding.NotApplicable, [Note($"指标不适用：{control.ApplicabilityNote}")]);
        }

        var answer = AnswerTo(item);
        List<AspectSource> proven = [.. Measured(item.Code, c => c.Triggers, Verdict.NotSatisfied, false), .. control is null ? [] : Failing(control)];
        var isBacked = answer is not null && input.IsBacked(answer);
        if (answer is { Claim: HighRiskClaim.Present } && isBacked)
        {
            proven.Add(Statements.Source(answer, SourceKind.Answered, false, "确认存在"));
        }

        if (proven.Count > 0)
        {
            return (HighRiskStanding.Confirmed, [.. proven.DistinctBy(s => (s.Kind, s.Id, s.Sentence)), .. answer is { Claim: HighRiskClaim.Absent } ? [Statements.Source(answer, SourceKind.OnRecord, true, "认为不存在（与上列证据不符，只作记录）")] : Array.Empty<AspectSource>()]);
        }

        List<AspectSource> seen = [.. Measured(item.Code, c => c.Suspects, Verdict.NotSatisfied, null), .. Said(item.Code), .. control is null ? [] : Unshown(control)];
        if (answer is { Claim: HighRiskClaim.Present })
        {
            seen.Add(Statements.Source(answer, SourceKind.Unbacked, null, "认为存在（没有附上证据文件）"));
        }

        List<AspectSource> suspected = [.. seen, .. control is null ? [] : General(control)];
        List<AspectSource> waiting = [.. Measured(item.Code, c => [.. c.Triggers, .. c.Suspects], Verdict.NeedsReview, null), .. control is null ? [] : Unknown(control)];
        var standing = answer is { Claim: HighRiskClaim.Absent } && isBacked && waiting.Count + seen.Count == 0 ? HighRiskStanding.Excluded
            : suspected.Count > 0 ? HighRiskStanding.Suspected : HighRiskStanding.Open;
        return (standing, [.. suspected, .. waiting, .. answer is { Claim: HighRiskClaim.Absent } ? [Statements.Source(answer, standing == HighRiskStanding.Excluded ? SourceKind.Answered : isBacked ? SourceKind.OnRecord : SourceKind.Unbacked, true, isBacked ? "认为不存在" : "认为不存在（没有附上证据文件）")] : Array.Empty<AspectSource>()]);
    }

    private HighRiskState Mitigate(HighRiskItem item, HighRiskState state, IReadOnlyList<HighRiskState> all, bool afterAll)
    {
        if (AnswerTo(item) is not { Claim: HighRiskClaim.Mitigated } answer || state.Standing is not (HighRiskStanding.Confirmed or HighRiskStanding.Suspected or HighRiskStanding.Open))
        {
            return state;
        }

        var mitigation = item.Mitigations.FirstOrDefault(m => m.Id == answer.Mitigation && IsForLevel(m));
        if (afterAll != (mitigation is null || mitigation.NeedsClear.Contains(Mitigation.AllOthers, StringComparer.Ordinal)))
        {
            return state;
        }

        var needs = mitigation is null ? [] : mitigation.NeedsClear.Contains(Mitigation.AllOthers, StringComparer.Ordinal) ? all.Where(s => s.Code != item.Code) : all.Where(s => mitigation.NeedsClear.Contains(s.Code, StringComparer.Ordinal));
        var missing = needs.Where(s => s.Standing is not (HighRiskStanding.Excluded or HighRiskStanding.NotApplicable)).Select(s => s.Code).ToList();
        var (counts, says) = !input.IsBacked(answer)
            ? (false, $"说以缓解措施 {answer.Mitigation} 降低风险，没有附上证据文件")
            : mitigation is null
            ? (false, "指引里没有这条缓解措施，或不用于本级")
            : missing.Count > 0 ? (false, $"缓解措施 {mitigation.Id} 要求先排除 {string.Join("、", missing)}") : (true, $"以缓解措施 {mitigation.Id} 降低风险");
        return state with
        {
            Standing = counts ? HighRiskStanding.Mitigated : state.Standing,
            Reasons = [.. state.Reasons, Statements.Source(answer, counts ? SourceKind.Answered : SourceKind.OnRecord, counts ? true : null, says)],
        };
    }

    private bool IsForLevel(Mitigation mitigation) => mitigation.Levels.Count == 0 || mitigation.Levels.Contains(level);

    private HighRiskAnswer? AnswerTo(HighRiskItem item) => input.Candidate.Crypto.HighRisks
        .Where(a => input.IsInEffect(a) && a.Items.Contains(item.Code, StringComparer.Ordinal))
        .OrderByDescending(a => a.Claim == HighRiskClaim.Present).ThenBy(a => a.Id, StringComparer.Ordinal).FirstOrDefault();

    /// <summary>What people said of a requirement without a document; it proves nothing and is not talked away either.</summary>
    private IEnumerable<AspectSource> Said(string code) =>
        input.AllClaims.Where(c => c.Judgement is { Verdict: Verdict.NotSatisfied, Reason: VerdictReason.AttestedUnseen } && c.Claim.Triggers.Contains(code, StringComparer.Ordinal))
            .Select(c => c.Judgement).DistinctBy(j => (j.RequirementId, j.TargetId)).Select(j => AspectDecision.Source(j, null));

    private IEnumerable<AspectSource> Measured(string code, Func<ControlClaim, IReadOnlyList<string>> codes, Verdict verdict, bool? says) =>
        input.AllClaims.Where(c => c.Judgement.Verdict == verdict && (says is null || c.Judgement.Reason != VerdictReason.AttestedUnseen) && codes(c.Claim).Contains(code, StringComparer.Ordinal))
            .Select(c => c.Judgement).DistinctBy(j => (j.RequirementId, j.TargetId)).Select(j => AspectDecision.Source(j, says));

    /// <summary>Cryptography missing or void on one of its objects, or a management item not met.</summary>
    private static IEnumerable<AspectSource> Failing(DecidedControl control) => control.Objects.SelectMany(o => control.HasAspects
        ? o.Aspects.Where(a => a is { Aspect: Aspect.D, Holds: false }).SelectMany(a => a.Sources.Where(s => s is { Says: false, Kind: not SourceKind.Unbacked }))
        : o.Verdict is { Best: Verdict.NotSatisfied } && o.IsFailureShown ? o.Sources : []);

    /// <summary>The same said by people alone who showed nothing for it.</summary>
    private static IEnumerable<AspectSource> Unshown(DecidedControl control) => control.Objects.SelectMany(o => control.HasAspects
        ? o.Aspects.Where(a => a.Aspect == Aspect.D).SelectMany(a => a.Sources.Where(s => s is { Says: false, Kind: SourceKind.Unbacked }))
        : o.Verdict is { Best: Verdict.NotSatisfied } && !o.IsFailureShown ? o.Sources : []);

    private static IEnumerable<AspectSource> Unknown(DecidedControl control)
    {
        foreach (var of in control.Objects)
        {
            if (control.HasAspects && of.Holds(Aspect.D) is null)
            {
                yield return Note($"{control.Control.Key} {of.Object.Title}：{Aspect.D.Meaning()}（D）还不知道");
            }
            else if (!control.HasAspects && of.Verdict is { Worst: Verdict.NotSatisfied, Best: not Verdict.NotSatisfied })
            {
                yield return Note($"{control.Control.Key} 还没有结论");
            }
        }
    }

    /// <summary>A general problem on one of its objects is a trigger in itself; whether it is one here, people say.</summary>
    private IEnumerable<AspectSource> General(DecidedControl control)
    {
        var targets = control.Objects.SelectMany(o => o.Object.Targets).ToHashSet(StringComparer.Ordinal);
        foreach (var item in guide.Items.Where(i => i.Control is null))
        {
            foreach (var seen in input.AllClaims.Where(c => targets.Contains(c.Judgement.TargetId) && c.Judgement.Verdict == Verdict.NotSatisfied && c.Claim.Triggers.Contains(item.Code, StringComparer.Ordinal)).Select(c => c.Judgement).DistinctBy(j => (j.RequirementId, j.TargetId)))
            {
                yield return new AspectSource(SourceKind.Measured, null, seen.RequirementId, $"对象上已有 {item.Code}：{seen.Explanation}", seen.Evidence);
            }
        }
    }

    private static AspectSource Note(string says) => new(SourceKind.Declared, null, "", says, []);
}
