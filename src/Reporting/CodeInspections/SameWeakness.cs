using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Tells what of one line is one defect: the same weakness, and a wider name of it. Two narrow ones stay two, whoever takes in both.</summary>
internal static class SameWeakness
{
    /// <param name="here">All that stand in one line.</param>
    /// <param name="kin">Wider and narrower names.</param>
    public static IEnumerable<List<(SeenDefect Defect, bool IsOwn)>> Split(List<(SeenDefect Defect, bool IsOwn)> here, IReadOnlyList<WeaknessKin> kin)
    {
        var groups = here.GroupBy(p => p.Defect.Cwe is { } cwe ? string.Create(CultureInfo.InvariantCulture, $"CWE-{cwe}") : p.Defect.RuleId, StringComparer.Ordinal).SelectMany(Apart).ToList();
        var wide = groups.Count < 2 ? [] : kin.Where(k => groups.Exists(g => g[0].Defect.Cwe == k.Broad)).ToList();
        var into = groups.ToDictionary(g => g, g => Narrower(g, groups, wide));
        foreach (var (group, first) in into.Where(p => p.Value is not null).ToList())
        {
            // The relation leads from wide to narrow and the rules may name a circle: no way is longer than the groups.
            var target = first;
            for (var steps = 0; target is not null && into[target] is { } next && steps < groups.Count; steps++)
            {
                target = next;
            }

            if (target is not null && target != group && into[target] is null)
            {
                target.AddRange(group);
                groups.Remove(group);
            }
        }

        return groups;
    }

    /// <summary>What one engine of ours points at twice is two defects, which every list and number has; several engines and scanners of others see the same one.</summary>
    private static IEnumerable<List<(SeenDefect Defect, bool IsOwn)>> Apart(IEnumerable<(SeenDefect Defect, bool IsOwn)> same)
    {
        var (parts, pointed) = (new List<List<(SeenDefect Defect, bool IsOwn)>>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var one in same)
        {
            var at = one.IsOwn ? pointed.GetValueOrDefault(one.Defect.Engine) : 0;
            pointed[one.Defect.Engine] = at + 1;
            if (at == parts.Count)
            {
                parts.Add([]);
            }

            parts[at].Add(one);
        }

        return parts;
    }

    /// <summary>One of ours before one of others, the gravest, the smallest number.</summary>
    private static List<(SeenDefect Defect, bool IsOwn)>? Narrower(List<(SeenDefect Defect, bool IsOwn)> group, List<List<(SeenDefect Defect, bool IsOwn)>> all, List<WeaknessKin> kin)
    {
        var narrow = kin.Where(k => k.Broad == group[0].Defect.Cwe).SelectMany(k => k.Narrow).ToHashSet();
        return narrow.Count == 0 ? null : all.Where(g => g != group && g[0].Defect.Cwe is { } cwe && narrow.Contains(cwe))
            .OrderByDescending(g => g.Exists(p => p.IsOwn)).ThenByDescending(g => g.Max(p => p.Defect.Severity)).ThenBy(g => g[0].Defect.Cwe).FirstOrDefault();
    }
}
