using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>An item with what is known of it on every object.</summary>
/// <param name="Item">As asked.</param>
/// <param name="Objects">Worst first; those a person took out included.</param>
internal sealed record DecidedItem(AskedItem Item, IReadOnlyList<ItemObject> Objects)
{
    public Control Control => Item.Control;

    public ControlLevel At => Item.At;

    public ControlPart Part => Item.Part;

    /// <summary>Objects that count.</summary>
    public IReadOnlyList<ItemObject> Asked { get; } = [.. Objects.Where(o => o.NotApplicableBecause is null)];

    public bool Applies => Asked.Count > 0;

    public VerdictRange Range { get; } = Over([.. Objects.Where(o => o.NotApplicableBecause is null).Select(o => o.Range)]);

    public string? NotApplicableBecause => Item.NotApplicable ?? (Applies ? null : string.Join("；", Objects.Select(o => $"{o.Title}：{o.NotApplicableBecause}")));

    /// <summary>符合 where all are, 不符合 where all are not, 部分符合 between; each end for itself.</summary>
    private static VerdictRange Over(IReadOnlyList<VerdictRange> ranges) => ranges.Count == 0
        ? new VerdictRange(Verdict.NotApplicable, Verdict.NotApplicable)
        : new VerdictRange(VerdictCombination.Combine(ranges.Select(r => r.Worst)), VerdictCombination.Combine(ranges.Select(r => r.Best)));
}

/// <summary>
/// What is known of an item on its objects. A measurement can fail it whatever people say; only on hosts, and only where the item is
/// one the tool decides, can it meet it alone. People's answers meet it where every bearing check was read.
/// </summary>
internal sealed class ItemDecision
{
    private readonly AssessmentInput _facts;
    private readonly ProtectionRule _rule;
    private readonly AnswerStanding _standing;
    private readonly ForeignComparison _foreign;
    private readonly ILookup<(string Item, string Object), ItemAnswer> _answers;

    public ItemDecision(AssessmentInput facts, ProtectionRule rule, AnswerSheet sheet, AnswerStanding standing, ForeignComparison foreign)
    {
        (_facts, _rule, _standing, _foreign) = (facts, rule, standing, foreign);
        _answers = sheet.Answers.Where(a => !AnswerStanding.IsBlank(a)).ToLookup(a => (a.Item, a.Object ?? ""));
    }

    public DecidedItem Decide(AskedItem item) => new(item, [.. item.Objects.Select(o => On(item, o)).OrderBy(o => Order(o)).ThenBy(o => o.ObjectId, StringComparer.Ordinal)]);

    /// <summary>Judgements that speak of an object under an item.</summary>
    public IEnumerable<(Judgement Judgement, Requirement Requirement, ControlClaim Claim)> Speaking(AskedItem item, AskedObject of)
    {
        var claims = of.Kind is null && of.Targets.Count == 0 ? _facts.AllClaims : of.Targets.SelectMany(_facts.ClaimsOn);
        return claims.Where(c => c.Claim.Controls.Contains(item.Control.Key, StringComparer.Ordinal) && !IsOfAnother(item, of, c.Judgement.TargetId, c.Requirement.Observes))
            .OrderBy(c => c.Judgement.RequirementId, StringComparer.Ordinal).ThenBy(c => c.Judgement.TargetId, StringComparer.Ordinal);
    }

    /// <summary>What is seen of a database speaks of the database, where one is listed and the item is asked of it; else of the host.</summary>
    private bool IsOfAnother(AskedItem item, AskedObject of, string targetId, string? observes)
    {
        if (of.Kind is not { } kind || _rule.Observations.FirstOrDefault(o => o.Kind == observes) is not { } preferred || preferred.Of.Contains(kind))
        {
            return false;
        }

        return item.Objects.Any(o => o.Kind is { } other && preferred.Of.Contains(other) && o.Targets.Contains(targetId, StringComparer.Ordinal));
    }

    private ItemObject On(AskedItem item, AskedObject of)
    {
        var claims = Speaking(item, of).Where(c => c.Judgement.Verdict != Verdict.NotApplicable).ToList();
        var answers = _answers[(item.Control.Key, of.Id)].OrderBy(a => Rank(a.Verdict!.Value)).ThenBy(a => a.On).ThenBy(a => a.By, StringComparer.Ordinal).ThenBy(a => a.Statement, StringComparer.Ordinal).ToList();
        if (claims.Count == 0 && Excluded(answers) is { } excluded)
        {
            return Of(of, new VerdictRange(Verdict.NotApplicable, Verdict.NotApplicable), excluded, [.. answers.Select(a => Source(a, SourceKind.Answered))]);
        }

        var isUnread = claims.Exists(c => c.Judgement.Reason.IsUnverified());
        var sources = claims.ConvertAll(c => AspectDecision.Source(c.Judgement, Says(c.Judgement.Verdict)));
        var (failed, partial, satisfied) = (Count(claims, Verdict.NotSatisfied), Count(claims, Verdict.Partial), Count(claims.FindAll(c => !c.Claim.OnlyAgainst), Verdict.Satisfied));
        var decidesAlone = item.Control.Reach == ToolReach.Full && of.Kind is AssetKind.Server or AssetKind.Terminal && failed + partial + satisfied > 0;
        var against = of.Targets.SelectMany(t => _foreign.Against(item.Control.Key, t)).Distinct(StringComparer.Ordinal).ToList();
        sources.AddRange(against.Select(w => new AspectSource(SourceKind.OnRecord, null, "", w, [])));
        var isAnswered = false;
        foreach (var answer in answers)
        {
            var counts = answer.Verdict == Verdict.NotSatisfied ? !_standing.IsAhead(answer)
                : answer.Verdict != Verdict.NotApplicable && !isUnread && _standing.Faults(answer).Count == 0;
            sources.Add(Source(answer, counts ? SourceKind.Answered : SourceKind.OnRecord));
            isAnswered |= counts;
            failed += counts && answer.Verdict == Verdict.NotSatisfied ? 1 : 0;
            partial += counts && answer.Verdict == Verdict.Partial ? 1 : 0;
            satisfied += counts && answer.Verdict == Verdict.Satisfied ? 1 : 0;
        }

        var isOpen = claims.Exists(c => c.Judgement.Verdict == Verdict.NeedsReview && (c.Judgement.Reason.IsUnverified() || !isAnswered)) || against.Count > 0 || !(decidesAlone || isAnswered);
        return Of(of, Range(failed, partial, satisfied, isOpen), null, sources);
    }

    private static VerdictRange Range(int failed, int partial, int satisfied, bool isOpen)
    {
        var known = failed > 0 ? satisfied + partial > 0 ? Verdict.Partial : Verdict.NotSatisfied
            : partial > 0 ? Verdict.Partial
            : Verdict.Satisfied;
        return isOpen
            ? new VerdictRange(Verdict.NotSatisfied, failed + partial > 0 ? Verdict.Partial : Verdict.Satisfied)
            : new VerdictRange(known, known);
    }

    private string? Excluded(List<ItemAnswer> answers) =>
        answers.Count > 0 && answers.TrueForAll(a => a.Verdict == Verdict.NotApplicable && _standing.Faults(a).Count == 0)
            ? string.Join("；", answers.Select(a => $"{a.Organisation} {a.By} 于 {a.On:yyyy-MM-dd}：{a.Statement}"))
            : null;

    private AspectSource Source(ItemAnswer answer, SourceKind kind)
    {
        var faults = kind == SourceKind.OnRecord ? _standing.Faults(answer) : [];
        var why = kind != SourceKind.OnRecord ? "" : faults.Count > 0 ? $"（{string.Join("，", faults)}，不计）" : "（有核查没有读到或与实测不符，不计）";
        var papers = answer.Documents.Concat(answer.Evidence.Select(e => e.Path)).ToList();
        return new AspectSource(kind, kind == SourceKind.OnRecord ? null : Says(answer.Verdict!.Value), "", $"{answer.Organisation} {answer.By} 于 {answer.On:yyyy-MM-dd} 回答“{answer.Verdict!.Value.Name()}”{why}{(answer.Statement is { } says ? $"：{says}" : "")}{(papers.Count > 0 ? $" [{string.Join("、", papers)}]" : "")}", []);
    }

    private static int Count(List<(Judgement Judgement, Requirement, ControlClaim)> claims, Verdict verdict) => claims.Count(c => c.Judgement.Verdict == verdict);

    private static bool? Says(Verdict verdict) => verdict switch
    {
        Verdict.Satisfied => true,
        Verdict.Partial or Verdict.NotSatisfied => false,
        _ => null,
    };

    private static ItemObject Of(AskedObject of, VerdictRange range, string? because, IReadOnlyList<AspectSource> sources) => new()
    {
        ObjectId = of.Id,
        Title = of.Title,
        Verdict = range.Shown,
        Range = range,
        NotApplicableBecause = because,
        Sources = sources,
    };

    /// <summary>Worst first, what could still be worst before what cannot.</summary>
    private static int Order(ItemObject of) => of.NotApplicableBecause is not null ? 100 : (VerdictCombination.Rank(of.Range.Worst) * 10) + VerdictCombination.Rank(of.Range.Best);

    private static int Rank(Verdict verdict) => VerdictCombination.Rank(verdict);
}
