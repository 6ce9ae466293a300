using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// What a score rests on, by weight: measured, answered or neither. More knowledge never lowers the measured share, and taking an answer
/// back never raises it, as the whole is what applies and not what is known.
/// </summary>
internal static class Grounding
{
    private const int Decimals = 4;

    public static ScoreGrounds Of(ScoringRule rule, ControlCatalogue catalogue, IReadOnlyList<ScoredControl> scored)
    {
        var counting = scored.Where(TotalScoring.Counts).ToList();
        var weights = Weights(rule, catalogue, counting);
        var shares = counting.ConvertAll(Share);
        var whole = weights.Sum();
        var measured = Portion(shares.Zip(weights, (s, w) => s.Measured * w).Sum(), whole);
        var answered = Math.Min(1 - measured, Portion(shares.Zip(weights, (s, w) => s.Answered * w).Sum(), whole));
        var measurable = counting.Zip(weights).Where(c => IsMeasurable(c.First.Decided)).ToList();
        return new ScoreGrounds
        {
            Measured = measured,
            Answered = answered,
            Untested = 1 - measured - answered,
            AnswersAlone = [.. counting.Zip(shares).Where(c => c.Second is { Measured: 0, Answered: > 0 }).Select(c => c.First.Decided.Control.Key)],
            Units = counting.Count,
            MeasurableMeasured = measurable.Count == 0 ? null : Portion(measurable.Sum(c => Touched(c.First.Decided) * c.Second), measurable.Sum(c => c.Second)),
            Floor = rule.MeasuredFloor,
            FloorSource = rule.MeasuredFloorSource,
            FloorConfidence = rule.MeasuredFloorConfidence,
        };
    }

    /// <summary>Points of the total each control can earn.</summary>
    private static List<decimal> Weights(ScoringRule rule, ControlCatalogue catalogue, List<ScoredControl> counting)
    {
        var groups = counting.GroupBy(c => c.Decided.Control.GroupId, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => (Group: catalogue.Groups.First(c => c.Id == g.Key), Sum: g.Sum(c => c.Decided.Level.Weight!.Value)), StringComparer.Ordinal);
        decimal Points(ControlPart part) => rule.TechnicalPoints is not { } technical ? 100 : part == ControlPart.Technical ? technical : 100 - technical;
        decimal Rivals(ControlPart part) => groups.Values.Where(g => rule.TechnicalPoints is null || g.Group.Part == part).Sum(g => g.Group.Weight);
        return counting.ConvertAll(c =>
        {
            var (group, sum) = groups[c.Decided.Control.GroupId];
            return sum == 0 || Rivals(group.Part) == 0 ? 0 : Points(group.Part) * group.Weight / Rivals(group.Part) * c.Decided.Level.Weight!.Value / sum;
        });
    }

    private static (decimal Measured, decimal Answered) Share(ScoredControl control)
    {
        var decided = control.Decided;
        if (decided.Applicability != ControlApplicability.Applies)
        {
            return (0, 0);
        }

        var parts = decided.Objects.SelectMany(o => decided.HasAspects ? o.Aspects.Select(IsMeasured) : [IsMeasured(o)]).ToList();
        return ((decimal)parts.Count(p => p == true) / parts.Count, (decimal)parts.Count(p => p == false) / parts.Count);
    }

    /// <summary>Objects on which at least one of D, A, K was measured, 0–1 of all.</summary>
    private static decimal Touched(DecidedControl decided) => decided.Applicability == ControlApplicability.Applies
        ? (decimal)decided.Objects.Count(o => o.Aspects.Any(a => IsMeasured(a) == true)) / decided.Objects.Count
        : 0;

    private static bool IsMeasurable(DecidedControl decided) =>
        decided.HasAspects && decided.Control.Reach is (ToolReach.Full or ToolReach.Partial or ToolReach.Sample or ToolReach.Register);

    /// <summary>Null: unknown.</summary>
    private static bool? IsMeasured(AspectJudgement aspect) => aspect.Holds is null ? null
        : aspect.Sources.Any(s => s.Kind == SourceKind.Measured && s.Says == aspect.Holds);

    private static bool? IsMeasured(DecidedObject of) => of.Verdict is not { } v || v.Worst != v.Best ? null
        : of.Sources.Any(s => s.Kind == SourceKind.Measured);

    private static decimal Portion(decimal part, decimal whole) => whole == 0 ? 0 : Math.Round(part / whole, Decimals, MidpointRounding.AwayFromZero);
}
