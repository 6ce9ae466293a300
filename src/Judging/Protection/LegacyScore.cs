using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// The 2021 formula: from 100·y and 100·(1−y) every item loses f(ω)·(1−x)·100/n, neither part below 0; x is 1, 0.5 or 0 averaged over
/// objects, n the number of applicable items.
/// </summary>
public static class LegacyScore
{
    private const int Decimals = 3;

    /// <param name="formula">Its constants.</param>
    /// <param name="items">Part, weight f(ω) and x of every applicable item.</param>
    /// <returns>Null where nothing applies.</returns>
    public static decimal? Of(LegacyFormula formula, IReadOnlyCollection<(ControlPart Part, decimal Weight, decimal X)> items)
    {
        if (items.Count == 0)
        {
            return null;
        }

        var step = 100m / items.Count;
        decimal Part(ControlPart part, decimal share) => Math.Max(0, (100 * share) - items.Where(i => i.Part == part).Sum(i => i.Weight * (1 - i.X) * step));
        var total = Part(ControlPart.Technical, formula.TechnicalShare) + Part(ControlPart.Management, 1 - formula.TechnicalShare);
        return Math.Round(total, Decimals, MidpointRounding.AwayFromZero);
    }

    public static decimal? Of(LegacyFormula formula, LegacyExample example) => Of(
        formula,
        [.. Side(formula, ControlPart.Technical, example.Technical, example.FailingTechnical), .. Side(formula, ControlPart.Management, example.Management, example.FailingManagement)]);

    /// <summary>Every known result of every rule, recomputed.</summary>
    public static IReadOnlyList<(ProtectionRule Rule, LegacyExample Example, decimal? Actual)> Verify(StandardLibrary library) =>
        [.. library.Conclusions.SelectMany(r => r.Legacy.Examples.Select(e => (r, e, Of(r.Legacy, e))))];

    /// <summary>Over the items of an assessment; weights nobody knows count as the heaviest below and the lightest above.</summary>
    internal static ScoreRange? Of(LegacyFormula formula, IReadOnlyList<DecidedItem> items)
    {
        var lower = Of(formula, [.. items.Select(i => (i.Part, Weight(formula, i, formula.Weights.Max()), Mean(i, r => r.Worst)))]);
        var upper = Of(formula, [.. items.Select(i => (i.Part, Weight(formula, i, formula.Weights.Min()), Mean(i, r => r.Best)))]);
        return lower is null || upper is null ? null : new ScoreRange(lower.Value, upper.Value);
    }

    private static decimal Weight(LegacyFormula formula, DecidedItem item, decimal unknown) =>
        item.At.Importance is { } importance ? formula.Weights[(int)importance] : unknown;

    private static decimal Mean(DecidedItem item, Func<VerdictRange, Verdict> end) => item.Asked.Average(o => end(o.Range) switch
    {
        Verdict.Satisfied => 1m,
        Verdict.Partial => 0.5m,
        _ => 0m,
    });

    private static IEnumerable<(ControlPart, decimal, decimal)> Side(LegacyFormula formula, ControlPart part, int count, IReadOnlyList<ControlImportance> failing) =>
        Enumerable.Range(0, count).Select(i => (part, i < failing.Count ? formula.Weights[(int)failing[i]] : 1m, i < failing.Count ? 0m : 1m));
}
