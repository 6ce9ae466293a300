using System.Globalization;
using System.Text;

namespace SmartCity.SecurityCheck.TestKit;

/// <summary>How well an analysis told real defects from their twins, by category of a labelled suite.</summary>
public static class FlowScore
{
    /// <param name="Case">Name of the case; that of its file.</param>
    /// <param name="Category">Of the suite.</param>
    /// <param name="IsReal">Whether it is a defect.</param>
    /// <param name="Cwe">Which weakness it is, or looks like.</param>
    public sealed record Expected(string Case, string Category, bool IsReal, int Cwe);

    /// <param name="Category">Of the suite.</param>
    /// <param name="Found">Real defects that were found, of <paramref name="Real"/>.</param>
    /// <param name="Mistaken">Twins that were taken for defects, of <paramref name="Twins"/>.</param>
    /// <param name="Wrong">Cases that were judged wrongly.</param>
    public sealed record Line(string Category, int Found, int Real, int Mistaken, int Twins, IReadOnlyList<string> Wrong)
    {
        /// <summary>In percent.</summary>
        public double TruePositives => Real == 0 ? 0 : 100.0 * Found / Real;

        public double FalsePositives => Twins == 0 ? 0 : 100.0 * Mistaken / Twins;

        /// <summary>−100 to 100; what guessing gives is 0.</summary>
        public double Youden => TruePositives - FalsePositives;
    }

    /// <summary>Lines of name, category, true or false, CWE; what stands behind is passed over, as are comments and lines of another shape.</summary>
    public static IReadOnlyList<Expected> Read(IEnumerable<string> lines) =>
    [
        .. lines.Where(l => !l.StartsWith('#')).Select(l => l.Split(',')).Where(c => c.Length >= 4 && int.TryParse(c[3], CultureInfo.InvariantCulture, out _) && bool.TryParse(c[2], out _))
            .Select(c => new Expected(c[0].Trim(), c[1].Trim(), bool.Parse(c[2]), int.Parse(c[3], CultureInfo.InvariantCulture))),
    ];

    /// <param name="expected">Of the suite.</param>
    /// <param name="isFound">Whether the weakness was found in the case.</param>
    public static IReadOnlyList<Line> Score(IEnumerable<Expected> expected, Func<Expected, bool> isFound) =>
    [
        .. expected.GroupBy(e => e.Category, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
        {
            var judged = g.Select(e => (Case: e, IsFound: isFound(e))).ToList();
            return new Line(
                g.Key,
                judged.Count(j => j.Case.IsReal && j.IsFound),
                judged.Count(j => j.Case.IsReal),
                judged.Count(j => !j.Case.IsReal && j.IsFound),
                judged.Count(j => !j.Case.IsReal),
                [.. judged.Where(j => j.Case.IsReal != j.IsFound).Select(j => j.Case.Case)]);
        }),
    ];

    /// <summary>A table for people, with the mean over the categories in the last line.</summary>
    public static string Say(IReadOnlyList<Line> lines)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{line.Category,-14} TPR {line.TruePositives,6:F1}  FPR {line.FalsePositives,6:F1}  Youden {line.Youden,6:F1}  ({line.Found}/{line.Real}, {line.Mistaken}/{line.Twins})  {string.Join(' ', line.Wrong.Take(6))}");
        }

        return text.AppendLine(CultureInfo.InvariantCulture, $"{"mean",-14} Youden {lines.Average(l => l.Youden):F1}").ToString();
    }
}
