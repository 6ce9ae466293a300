using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Engines that point at one weakness in one line, or at a wider name of it, have found one defect, whoever brought the engine; all of them are named.</summary>
public static class MergedDefects
{
    /// <param name="own">Of our engines.</param>
    /// <param name="foreign">Of scanners whose results were handed in, paths from whatever root.</param>
    /// <param name="kin">Wider and narrower names of one weakness.</param>
    /// <returns>In the order of <see cref="DefectKey"/>. Suppressed only where nobody points at it without a suppression in effect; what another scanner suppressed is told and counts.</returns>
    public static IReadOnlyList<SeenDefect> Of(IEnumerable<SeenDefect> own, IEnumerable<SeenDefect> foreign, IReadOnlyList<WeaknessKin>? kin = null)
    {
        var ours = own.DistinctBy(d => d.Fingerprint, StringComparer.Ordinal).ToList();
        var theirs = foreign.ToList();
        var places = new SamePlaces(ours.Select(d => d.File), theirs.Select(d => d.File));
        return
        [
            .. ours.Select(d => (Defect: d, IsOwn: true)).Concat(theirs.Select(d => (Defect: d with { File = places.Align(d.File), Suppression = d.Suppression is { } written ? written with { Standing = "imported" } : null }, IsOwn: false)))
                .GroupBy(p => (p.Defect.File, p.Defect.Line))
                .SelectMany(g => SameWeakness.Split([.. g], kin ?? []))
                .Select(One)
                .OrderBy(d => d.Key),
        ];
    }

    /// <summary>Ours speaks where there is one, so that the fingerprint stays when another scanner comes or goes. What any of them calls new is.</summary>
    private static SeenDefect One(List<(SeenDefect Defect, bool IsOwn)> same)
    {
        var all = same.ConvertAll(p => p.Defect);
        var first = same.OrderBy(p => p.Defect.IsSuppressed).ThenByDescending(p => p.IsOwn).ThenByDescending(p => p.Defect.Severity).ThenByDescending(p => p.Defect.Rank)
            .ThenBy(p => p.Defect.RuleId, StringComparer.Ordinal).ThenBy(p => p.Defect.Fingerprint, StringComparer.Ordinal).First().Defect;
        return first with
        {
            Baseline = first.Baseline is null || !all.Exists(d => d.IsSuppressed == first.IsSuppressed && d.Baseline == "new") ? first.Baseline : "new",
            Severity = all.Where(d => d.IsSuppressed == first.IsSuppressed).Max(d => d.Severity),
            Engine = string.Join('、', all.SelectMany(d => EnginesOf(d, first.Cwe)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            Code = all.Select(d => d.Code).FirstOrDefault(c => c.Length > 0) ?? "",
            Flow = first.Flow.Count > 0 ? first.Flow : all.Select(d => d.Flow).MaxBy(f => f.Count) ?? [],
        };
    }

    /// <summary>Who knows it under another number says so.</summary>
    private static IEnumerable<string> EnginesOf(SeenDefect defect, int? shown) => defect.Engine.Split('、').Where(e => e.Length > 0)
        .Select(e => defect.Cwe is { } cwe && cwe != shown ? string.Create(CultureInfo.InvariantCulture, $"{e}［记作 CWE-{cwe}］") : e);

    /// <summary>Paths of another root, led to ours: the one they end with, or the only one that ends with them. Time grows with the paths, not with their product.</summary>
    private sealed class SamePlaces
    {
        private readonly HashSet<string> _files;
        private readonly int _longest;

        /// <summary>Paths of the other root, each with the only one of ours that ends with it; null where several do.</summary>
        private readonly Dictionary<string, string?> _ends = new(StringComparer.Ordinal);

        public SamePlaces(IEnumerable<string> files, IEnumerable<string> foreign)
        {
            _files = files.ToHashSet(StringComparer.Ordinal);
            _longest = _files.Select(f => f.Length).DefaultIfEmpty(0).Max();
            var wanted = foreign.Select(Plain).Where(f => !_files.Contains(f)).ToHashSet(StringComparer.Ordinal);
            var lookup = wanted.GetAlternateLookup<ReadOnlySpan<char>>();
            foreach (var file in _files)
            {
                for (var slash = file.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = file.IndexOf('/', slash + 1))
                {
                    if (lookup.TryGetValue(file.AsSpan(slash + 1), out var end))
                    {
                        _ends[end] = _ends.ContainsKey(end) ? null : file;
                    }
                }
            }
        }

        public string Align(string file)
        {
            var plain = Plain(file);
            if (_files.Contains(plain))
            {
                return plain;
            }

            var ours = _files.GetAlternateLookup<ReadOnlySpan<char>>();
            for (var slash = plain.IndexOf('/', Math.Max(0, plain.Length - _longest - 1)); slash >= 0; slash = plain.IndexOf('/', slash + 1))
            {
                if (ours.TryGetValue(plain.AsSpan(slash + 1), out var inner))
                {
                    return inner;
                }
            }

            return _ends.GetValueOrDefault(plain) ?? plain;
        }

        private static string Plain(string file) => file.Replace('\\', '/');
    }
}
