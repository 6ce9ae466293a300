using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>差距到通过: what to do, in the order in which it helps most.</summary>
internal sealed class GapPlanning(ProtectionRule rule, StandardLibrary library, ItemDecision decision, IReadOnlyList<DecidedItem> items, IReadOnlyList<HighRiskState> risks)
{
    private const int LineCap = 160;

    private readonly HashSet<string> _risky = [.. risks.Where(r => r.Standing is HighRiskStanding.Confirmed or HighRiskStanding.Suspected).Select(r => r.Control).OfType<string>()];

    public GapPlan Plan(ItemCounts total)
    {
        var left = items.Where(i => i.Applies && i.Range.Worst != Verdict.Satisfied).ToList();
        var efforts = left.ToLookup(EffortOf);
        List<GapStep> steps = [.. Configurations(left), .. Papers(left), .. Works(left)];
        return new GapPlan(
            Missing(total),
            efforts[ControlEffort.Configuration].Count(),
            efforts[ControlEffort.Document].Count(),
            efforts[ControlEffort.Works].Count(),
            [
                .. steps.OrderByDescending(s => s.HighRisk).ThenBy(s => s.Effort).ThenByDescending(s => s.Objects.Count).ThenByDescending(s => s.Items.Count).ThenBy(s => s.Id, StringComparer.Ordinal),
            ]);
    }

    /// <summary>Least number of further items that brings the rate above the line.</summary>
    private int Missing(ItemCounts total) =>
        total.Applicable == 0 ? 0 : Math.Max(0, (int)Math.Floor(rule.SatisfiedAbove * total.Applicable / 100) + 1 - total.Satisfied);

    private IEnumerable<(ItemObject Object, Judgement Judgement, Requirement Requirement)> Failures(DecidedItem item) => item.Item.Objects
        .SelectMany(o => decision.Speaking(item.Item, o).Where(c => c.Judgement.Verdict is Verdict.NotSatisfied or Verdict.Partial)
            .Select(c => (item.Objects.First(x => x.ObjectId == o.Id), c.Judgement, c.Requirement)));

    private static bool IsSaidAgainst(DecidedItem item) => item.Asked.Any(o => o.Sources.Any(s => s is { Kind: SourceKind.Answered, Says: false }));

    /// <summary>Somebody said that it is not met: that takes what the item takes. What a check found is a setting. All else waits for a paper.</summary>
    private ControlEffort EffortOf(DecidedItem item) =>
        IsSaidAgainst(item) ? item.Control.Effort ?? ControlEffort.Works : Failures(item).Any() ? ControlEffort.Configuration : ControlEffort.Document;

    private IEnumerable<GapStep> Configurations(List<DecidedItem> left) => left.SelectMany(i => Failures(i).Select(f => (Item: i, f.Object, f.Requirement)))
        .GroupBy(f => f.Requirement.Id, StringComparer.Ordinal)
        .Select(g => new GapStep(
            g.Key,
            g.First().Requirement.Title,
            FirstLine(g.First().Requirement.Remedy),
            ControlEffort.Configuration,
            "系统运维",
            g.First().Requirement.Severity == Severity.Critical || g.Any(f => _risky.Contains(f.Item.Control.Key)),
            Sorted(g.Select(f => f.Item.Control.Key)),
            Sorted(g.Select(f => f.Object.Title))));

    /// <summary>Items that wait for people, by the first document that can answer them.</summary>
    private IEnumerable<GapStep> Papers(List<DecidedItem> left)
    {
        var documents = library.Catalogues.SelectMany(c => c.Documents).GroupBy(d => d.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        return left.Where(i => EffortOf(i) == ControlEffort.Document).GroupBy(i => i.Control.Documents.Count > 0 ? i.Control.Documents[0] : "", StringComparer.Ordinal)
            .Select(g => (Items: g.ToList(), Document: documents.GetValueOrDefault(g.Key), g.Key))
            .Select(g => new GapStep(
                g.Key,
                g.Document?.Title ?? "由责任人回答",
                "交来文件并在答题文件里逐条回答；内容不足的先补齐",
                ControlEffort.Document,
                g.Document?.Holder ?? g.Items[0].Control.Holder,
                g.Items.Exists(i => _risky.Contains(i.Control.Key)),
                Sorted(g.Items.Select(i => i.Control.Key)),
                Sorted(g.Items.SelectMany(i => i.Asked.Where(o => o.Range.Worst != Verdict.Satisfied)).Select(o => o.Title))));
    }

    private IEnumerable<GapStep> Works(List<DecidedItem> left) => left.Where(IsSaidAgainst).Select(i => new GapStep(
        i.Control.Key,
        i.At.Title ?? i.Control.Title,
        $"按条目整改，再补证据：{i.Control.Evidence}",
        i.Control.Effort ?? ControlEffort.Works,
        i.Control.Holder,
        _risky.Contains(i.Control.Key),
        [i.Control.Key],
        Sorted(i.Asked.Where(o => o.Range.Worst != Verdict.Satisfied).Select(o => o.Title))));

    private static List<string> Sorted(IEnumerable<string> words) => [.. words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static string FirstLine(string text)
    {
        var line = text.Split('\n', 2)[0].Trim();
        return line.Length > LineCap ? string.Concat(line.AsSpan(0, LineCap - 1), "…") : line;
    }
}
