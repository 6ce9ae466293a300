using System.Globalization;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Engines that point at one weakness in one line have found one defect, whoever brought the engine; all of them are named.</summary>
public static class MergedDefects
{
    /// <param name="own">Of our engines.</param>
    /// <param name="foreign">Of scanners whose results were handed in, paths from whatever root.</param>
    /// <returns>Gravest first, then by place. Suppressed only where nobody points at it without a suppression in effect; what another scanner suppressed is told and counts.</returns>
    public static IReadOnlyList<SeenDefect> Of(IEnumerable<SeenDefect> own, IEnumerable<SeenDefect> foreign)
    {
        var ours = own.DistinctBy(d => d.Fingerprint, StringComparer.Ordinal).ToList();
        var places = new SamePlaces(ours.Select(d => d.File));
        return
        [
            .. ours.Select(d => (Defect: d, IsOwn: true)).Concat(foreign.Select(d => (Defect: d with { File = places.Align(d.File), Suppression = d.Suppression is { } written ? written with { Standing = "imported" } : null }, IsOwn: false)))
                .GroupBy(p => (p.Defect.File, p.Defect.Line, Weakness: p.Defect.Cwe is { } cwe ? string.Create(CultureInfo.InvariantCulture, $"CWE-{cwe}") : p.Defect.RuleId))
                .Select(g => One([.. g]))
                .OrderByDescending(d => d.Severity).ThenBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Line).ThenBy(d => d.RuleId, StringComparer.Ordinal).ThenBy(d => d.Fingerprint, StringComparer.Ordinal),
        ];
    }

    /// <summary>Ours speaks where there is one, so that the fingerprint stays when another scanner comes or goes.</summary>
    private static SeenDefect One(List<(SeenDefect Defect, bool IsOwn)> same)
    {
        var all = same.ConvertAll(p => p.Defect);
        var first = same.OrderBy(p => p.Defect.IsSuppressed).ThenByDescending(p => p.IsOwn).ThenByDescending(p => p.Defect.Severity).ThenByDescending(p => Rank(p.Defect.Confidence))
            .ThenBy(p => p.Defect.RuleId, StringComparer.Ordinal).ThenBy(p => p.Defect.Fingerprint, StringComparer.Ordinal).First().Defect;
        return first with
        {
            Severity = all.Where(d => d.IsSuppressed == first.IsSuppressed).Max(d => d.Severity),
            Engine = string.Join('、', all.SelectMany(d => d.Engine.Split('、')).Where(e => e.Length > 0).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            Code = all.Select(d => d.Code).FirstOrDefault(c => c.Length > 0) ?? "",
            Flow = all.Select(d => d.Flow).MaxBy(f => f.Count) ?? [],
        };
    }

    private static int Rank(string confidence) => confidence switch { "high" => 2, "medium" => 1, _ => 0 };

    /// <summary>Paths of another root, led to ours: the one they end with, or the only one that ends with them.</summary>
    private sealed class SamePlaces
    {
        private readonly HashSet<string> _files;
        private readonly ILookup<string, string> _byName;

        public SamePlaces(IEnumerable<string> files)
        {
            _files = [.. files];
            _byName = _files.ToLookup(NameOf, StringComparer.Ordinal);
        }

        public string Align(string file)
        {
            var plain = file.Replace('\\', '/');
            if (_files.Contains(plain))
            {
                return plain;
            }

            var named = _byName[NameOf(plain)].ToList();
            if (named.Where(f => EndsWith(plain, f)).MaxBy(f => f.Length) is { } inner)
            {
                return inner;
            }

            return named.Where(f => EndsWith(f, plain)).Take(2).ToList() is [var only] ? only : plain;
        }

        private static bool EndsWith(string longer, string shorter) => longer.EndsWith("/" + shorter, StringComparison.Ordinal);

        private static string NameOf(string file) => file[(file.LastIndexOf('/') + 1)..];
    }
}
