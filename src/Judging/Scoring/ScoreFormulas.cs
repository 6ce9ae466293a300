using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>The arithmetic of a scoring rule, in exact decimals. Every step is monotone in every score, so that ranges go through it end by end.</summary>
internal static class ScoreFormulas
{
    /// <param name="rule">The factors.</param>
    /// <param name="d">Cryptography is used with effect; without it nothing counts.</param>
    /// <param name="a">The algorithm is compliant.</param>
    /// <param name="k">Keys are managed safely.</param>
    /// <param name="ra">Counts where <paramref name="a"/> is missing.</param>
    /// <param name="rk">Counts where <paramref name="k"/> is missing.</param>
    public static decimal Object(ScoringRule rule, bool d, bool a, bool k, decimal ra, decimal rk) => (d, a, k) switch
    {
        (false, _, _) => 0,
        (_, true, true) => 1,
        (_, false, true) => rule.Object.WithoutA * ra,
        (_, true, false) => rule.Object.WithoutK * rk,
        _ => rule.Object.WithoutBoth * ra * rk,
    };

    public static decimal Ra(ScoringRule rule, int bits) => rule.Ra.FirstOrDefault(t => bits >= t.AtLeastBits)?.Value ?? 1;

    public static decimal Mean(ScoringRule rule, IReadOnlyCollection<decimal> scores) => Round(scores.Sum() / scores.Count, rule.Decimals);

    public static decimal Compensated(ScoringRule rule, decimal from, decimal to) => Round(Math.Max(rule.CompensationFactor * from, to), rule.Decimals);

    public static decimal Group(ScoringRule rule, IReadOnlyCollection<(decimal Score, decimal Weight)> controls) =>
        Round(controls.Sum(c => c.Score * c.Weight) / controls.Sum(c => c.Weight), rule.Decimals);

    /// <summary>Of 100; null where a part has nothing that applies (0/0).</summary>
    /// <param name="rule">The parts.</param>
    /// <param name="groups">Those with a score.</param>
    public static decimal? Total(ScoringRule rule, IReadOnlyCollection<(decimal Score, ControlGroup Group)> groups)
    {
        if (rule.TechnicalPoints is not { } technical)
        {
            return Part(groups, 100) is { } all ? Round(all, rule.TotalDecimals) : null;
        }

        var first = Part([.. groups.Where(g => g.Group.Part == ControlPart.Technical)], technical);
        var second = Part([.. groups.Where(g => g.Group.Part == ControlPart.Management)], 100 - technical);
        return first is null || second is null ? null : Round(first.Value + second.Value, rule.TotalDecimals);
    }

    private static decimal? Part(IReadOnlyCollection<(decimal Score, ControlGroup Group)> groups, decimal points)
    {
        var weight = groups.Sum(g => g.Group.Weight);
        return weight == 0 ? null : points * groups.Sum(g => g.Score * g.Group.Weight) / weight;
    }

    /// <summary>Half up; nothing here is negative.</summary>
    private static decimal Round(decimal value, int decimals) => Math.Round(value, decimals, MidpointRounding.AwayFromZero);
}
