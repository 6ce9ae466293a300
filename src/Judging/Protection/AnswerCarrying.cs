using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>A sheet that was filled in before, brought up to what is asked today. Nothing a person wrote is dropped unsaid.</summary>
/// <param name="Sheet">Answers kept, new questions behind them in the order asked.</param>
/// <param name="Kept">Rows with an answer that are still asked.</param>
/// <param name="Added">Questions the old sheet did not have.</param>
/// <param name="Removed">Rows with an answer that are asked no longer, for people; they are left out.</param>
public sealed record CarriedAnswers(AnswerSheet Sheet, int Kept, int Added, IReadOnlyList<string> Removed)
{
    /// <param name="old">As filled in.</param>
    /// <param name="blank">What is to be asked now, perhaps only what is still open.</param>
    /// <param name="isAsked">Whether an item is asked of an object of the system at all.</param>
    /// <param name="isCase">Whether a high-risk case is.</param>
    public static CarriedAnswers Of(AnswerSheet old, AnswerSheet blank, Func<ItemAnswer, bool> isAsked, Func<string, bool> isCase)
    {
        var answered = old.Answers.Where(a => !IsEmpty(a) || a.Verdict is not null).ToList();
        var claims = old.Cases.Where(c => c.Claim is not null || !IsEmpty(c)).ToList();
        var keptItems = answered.FindAll(a => isAsked(a));
        var keptCases = claims.FindAll(c => c.Cases.Any(isCase));
        var items = keptItems.Select(a => (a.Item, a.Object)).ToHashSet();
        var codes = keptCases.SelectMany(c => c.Cases).ToHashSet(StringComparer.Ordinal);
        var freshItems = blank.Answers.Where(a => !items.Contains((a.Item, a.Object))).ToList();
        var freshCases = blank.Cases.Where(c => !c.Cases.Any(codes.Contains)).ToList();
        var papers = old.Documents.Where(d => d.File is not null || d.IssuedOn is not null || d.ExpiresOn is not null).ToList();
        var used = keptItems.SelectMany(a => a.Documents).Concat(keptCases.SelectMany(c => c.Documents)).ToHashSet(StringComparer.Ordinal);
        papers.AddRange(old.Documents.Where(d => used.Contains(d.Id) && !papers.Contains(d)));
        var known = old.Answers.Select(a => (a.Item, a.Object)).ToHashSet();
        var knownCodes = old.Cases.SelectMany(c => c.Cases).ToHashSet(StringComparer.Ordinal);
        return new CarriedAnswers(
            new AnswerSheet
            {
                System = blank.System,
                Documents = [.. papers, .. blank.Documents.Where(d => papers.TrueForAll(p => p.Id != d.Id && p.Kind != d.Kind))],
                Answers = InOrder(blank.Answers.Select(a => (a.Item, a.Object)), keptItems, freshItems),
                Cases = [.. keptCases, .. freshCases],
            },
            keptItems.Count + keptCases.Count,
            freshItems.Count(a => !known.Contains((a.Item, a.Object))) + freshCases.Count(c => !c.Cases.Any(knownCodes.Contains)),
            [
                .. answered.Where(a => !isAsked(a)).Select(a => $"条目 {a.Item}{(a.Object is { } o ? $"（{o}）" : "")}：{(a.Verdict is { } v ? v.Name() : "只写了说明")}"),
                .. claims.Where(c => !c.Cases.Any(isCase)).Select(c => $"高风险 {string.Join('、', c.Cases)}"),
            ]);
    }

    /// <summary>Where the new sheet asks them; what it does not ask again comes last, as it stood.</summary>
    private static IReadOnlyList<ItemAnswer> InOrder(IEnumerable<(string, string?)> order, List<ItemAnswer> kept, List<ItemAnswer> fresh)
    {
        var place = order.Distinct().Select((k, i) => (k, i)).ToDictionary(p => p.k, p => p.i);
        return [.. kept.Concat(fresh).Select((a, i) => (a, i)).OrderBy(p => place.GetValueOrDefault((p.a.Item, p.a.Object), int.MaxValue)).ThenBy(p => p.i).Select(p => p.a)];
    }

    private static bool IsEmpty(SheetRow row) =>
        row.Statement is null && row.Documents.Count == 0 && row.Evidence.Count == 0 && row.By is null && row.Organisation is null && row.On is null;
}
