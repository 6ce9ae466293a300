using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Recomputes the known results that a scoring rule carries.</summary>
public static class ScoringVerification
{
    /// <returns>Every example of every rule; the result is null where the formula is undefined.</returns>
    public static IReadOnlyList<(ScoringRule Rule, ScoringExample Example, decimal? Actual)> Verify(StandardLibrary library) =>
    [
        .. library.Scorings.SelectMany(r => r.Examples.Select(e => (r, e, Compute(r, e, library.Catalogues.First(c => c.File.Id == r.Catalogue))))),
    ];

    private static decimal? Compute(ScoringRule rule, ScoringExample example, ControlCatalogue catalogue)
    {
        decimal Input(string name, decimal otherwise) => example.Inputs.Where(i => i.Key == name).Select(i => (decimal?)i.Value).FirstOrDefault() ?? otherwise;
        List<decimal> Numbered(char letter) =>
            [.. example.Inputs.Where(i => i.Key.Length > 1 && i.Key[0] == letter && char.IsAsciiDigit(i.Key[1])).OrderBy(i => i.Key.Length).ThenBy(i => i.Key, StringComparer.Ordinal).Select(i => i.Value)];

        var (scores, weights) = (Numbered('s'), Numbered('w'));
        return example.Step switch
        {
            ScoringStep.Object => ScoreFormulas.Object(rule, Input("d", 0) == 1, Input("a", 0) == 1, Input("k", 0) == 1, Input("ra", 1), Input("rk", 1)),
            ScoringStep.Compensation => ScoreFormulas.Compensated(rule, Input("from", 0), Input("to", 0)),
            ScoringStep.Mean => scores.Count == 0 ? null : ScoreFormulas.Mean(rule, scores),
            ScoringStep.Group => scores.Count == 0 || scores.Count != weights.Count ? null : ScoreFormulas.Group(rule, [.. scores.Zip(weights)]),
            _ => ScoreFormulas.Total(rule, [.. catalogue.Groups.Where(g => example.Inputs.Any(i => i.Key == g.Id)).Select(g => (Input(g.Id, 0), g))]),
        };
    }
}
