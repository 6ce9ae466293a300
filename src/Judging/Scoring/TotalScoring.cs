using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>From controls to groups to the total.</summary>
internal static class TotalScoring
{
    public static IReadOnlyList<GroupScore> Groups(ScoringRule rule, ControlCatalogue catalogue, IReadOnlyList<ScoredControl> controls) =>
        [.. catalogue.Groups.Select(g => Group(rule, g, [.. controls.Where(c => c.Decided.Control.GroupId == g.Id && Counts(c))]))];

    public static ScoreRange? Total(ScoringRule rule, ControlCatalogue catalogue, IReadOnlyList<GroupScore> groups)
    {
        var scored = groups.Where(g => g.Score is not null).Select(g => (g.Score!, Group: catalogue.Groups.First(c => c.Id == g.Id))).ToList();
        var lower = ScoreFormulas.Total(rule, [.. scored.Select(s => (s.Item1.Lower, s.Group))]);
        var upper = ScoreFormulas.Total(rule, [.. scored.Select(s => (s.Item1.Upper, s.Group))]);
        return lower is null || upper is null ? null : new ScoreRange(lower.Value, upper.Value);
    }

    /// <summary>It has a share in the score of this level.</summary>
    public static bool Counts(ScoredControl control) => control.Decided.Level.Weight is not null && control.Decided.Applicability != ControlApplicability.NotApplicable;

    public static bool IsKnown(ScoredControl control) => control.Possible.IsExact && control.Decided.Applicability == ControlApplicability.Applies;

    private static GroupScore Group(ScoringRule rule, ControlGroup group, IReadOnlyList<ScoredControl> controls)
    {
        var score = controls.Count == 0
            ? null
            : new ScoreRange(
                ScoreFormulas.Group(rule, [.. controls.Select(c => (c.Possible.Lower, c.Decided.Level.Weight!.Value))]),
                ScoreFormulas.Group(rule, [.. controls.Select(c => (c.Possible.Upper, c.Decided.Level.Weight!.Value))]));
        return new GroupScore(group.Id, group.Title, group.Part, group.Weight, score, controls.Count, controls.Count(IsKnown));
    }
}
