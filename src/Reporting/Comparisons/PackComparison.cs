using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>与上次相比 · what became of every judgement and every finding of an earlier pack of the same system. Pure.</summary>
/// <param name="Earlier">When, with what and at which gate.</param>
/// <param name="Warnings">What makes the two less comparable: other rules, versions, scope, targets.</param>
/// <param name="Pairs">By class, then requirement and target; unchanged ones included.</param>
/// <param name="Findings">By class, then severity.</param>
/// <param name="Conclusions">Clauses, materials, periods and assessments by class; unchanged ones included.</param>
public sealed record PackComparison(ComparedRun Earlier, IReadOnlyList<string> Warnings, IReadOnlyList<ComparedPair> Pairs, IReadOnlyList<ComparedFinding> Findings, IReadOnlyList<ComparedConclusion> Conclusions)
{
    /// <param name="earlier">The pack of then, as it judged itself.</param>
    /// <param name="now">The pack of now.</param>
    /// <param name="earlierByRulesOfNow">The observations of then judged by the rules of now; null where the rules are the same.</param>
    public static PackComparison Of(EvidencePack earlier, EvidencePack now, EvidencePack? earlierByRulesOfNow)
    {
        var (then, later) = (new JudgedPlaces(earlier), new JudgedPlaces(now));
        var again = earlierByRulesOfNow is null ? then : new JudgedPlaces(earlierByRulesOfNow);
        var pairs = then.Keys.Union(later.Keys).Select(k => Pair(k, then, again, later)).OrderBy(p => p.Change).ThenBy(p => p.RequirementId, StringComparer.Ordinal)
            .ThenBy(p => p.TargetId, StringComparer.Ordinal).ThenBy(p => p.Place, StringComparer.Ordinal).ToList();
        return new PackComparison(
            new ComparedRun(earlier.Run.StartedAt, earlier.Run.ToolVersion, earlier.Judgement.Gate),
            ComparisonWarnings.Of(earlier, now),
            pairs,
            ComparedFindings.Of(earlier, now, pairs),
            ComparedConclusions.Of(earlier, now, earlierByRulesOfNow, isMended: pairs.TrueForAll(p => !IsLost(p.Change))));
    }

    /// <summary>Something worsened, whether or not a gate minds.</summary>
    public bool IsWorse => Pairs.Any(p => IsBad(p.Change)) || Findings.Any(f => IsBad(f.Change)) || Conclusions.Any(c => IsBad(c.Change));

    /// <summary>Something has no conclusion that can be held against the earlier one.</summary>
    public bool HasLost => Pairs.Any(p => IsLost(p.Change)) || Findings.Any(f => f.Change == Change.OtherRules) || Conclusions.Any(c => c.IsDue && IsLost(c.Change));

    /// <summary>How many pairs there are of every class, worst first.</summary>
    public IReadOnlyList<(Change Change, int Count)> Counts => [.. Enum.GetValues<Change>().Select(c => (c, Pairs.Count(p => p.Change == c)))];

    /// <summary>整改证据: what was wrong and is right, with both values and the files that show them.</summary>
    public IEnumerable<ComparedPair> Fixed => Pairs.Where(p => p.Change == Change.Fixed);

    private static bool IsBad(Change change) => change is Change.New or Change.Worse;

    private static bool IsLost(Change change) => change is Change.Undecided or Change.Gone or Change.OtherRules;

    private static ComparedPair Pair(PlaceKey key, JudgedPlaces then, JudgedPlaces again, JudgedPlaces later)
    {
        var (was, isNow) = (then.Find(key), later.Find(key));
        var change = was is not null && again.Find(key) is var redone && redone?.Verdict != was.Verdict && isNow is not null && isNow.Verdict != was.Verdict && redone is not null
            ? Change.OtherRules
            : ChangeDecision.Of(was, isNow);
        return new ComparedPair
        {
            Change = change,
            RequirementId = key.RequirementId,
            TargetId = key.TargetId,
            Place = key.Place,
            Title = later.TitleOf(key.RequirementId) ?? then.TitleOf(key.RequirementId) ?? key.RequirementId,
            TargetName = isNow is null ? then.NameOf(key.TargetId) : later.NameOf(key.TargetId),
            Earlier = was,
            Now = isNow,
            EarlierEvidence = then.EvidenceOf(was),
            NowEvidence = later.EvidenceOf(isNow),
        };
    }
}

/// <param name="StartedAt">Of the run.</param>
/// <param name="ToolVersion">With which it was made.</param>
/// <param name="Gate">As it ended.</param>
public sealed record ComparedRun(DateTimeOffset StartedAt, string ToolVersion, GateResult Gate);

/// <summary>One requirement on one target at one place, then and now.</summary>
public sealed record ComparedPair
{
    public required Change Change { get; init; }

    public required string RequirementId { get; init; }

    public required string TargetId { get; init; }

    /// <summary>A target of the same name at another place is another one.</summary>
    public required string Place { get; init; }

    public required string Title { get; init; }

    public required string TargetName { get; init; }

    /// <summary>Null where it was not asked.</summary>
    public Judgement? Earlier { get; init; }

    /// <summary>Null where it is not asked any more.</summary>
    public Judgement? Now { get; init; }

    public required IReadOnlyList<Evidence> EarlierEvidence { get; init; }

    public required IReadOnlyList<Evidence> NowEvidence { get; init; }
}
