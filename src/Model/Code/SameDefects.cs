using System.Globalization;

namespace SmartCity.SecurityCheck.Model;

/// <summary>What an engine points at, as far as it decides whether another one means the same.</summary>
/// <param name="File">Relative to the tree.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Cwe">Number of the weakness; null where the engine names none.</param>
/// <param name="RuleId">Of the engine.</param>
/// <param name="Engine">Its name.</param>
/// <param name="Severity">By the engine.</param>
/// <param name="IsOwn">Of an engine of ours, not of a scanner whose results were handed in.</param>
public sealed record PointedDefect(string File, int Line, int? Cwe, string RuleId, string Engine, Severity Severity, bool IsOwn = true);

/// <summary>Tells what of one line is one defect: the same weakness, and a wider name of it. Two narrow ones stay two, whoever takes in both. Every list and number goes by it.</summary>
public static class SameDefects
{
    /// <param name="all">What engines point at.</param>
    /// <param name="of">What of it decides.</param>
    /// <param name="kin">Wider and narrower names of one weakness.</param>
    public static IEnumerable<IReadOnlyList<T>> Split<T>(IEnumerable<T> all, Func<T, PointedDefect> of, IReadOnlyList<WeaknessKin> kin) =>
        all.Select(a => new One<T>(a, of(a))).GroupBy(p => (p.Defect.File, p.Defect.Line)).SelectMany(g => InLine([.. g], kin)).Select(g => g.ConvertAll(p => p.Item));

    private static List<List<One<T>>> InLine<T>(List<One<T>> here, IReadOnlyList<WeaknessKin> kin)
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
    private static List<List<One<T>>> Apart<T>(IEnumerable<One<T>> same)
    {
        var (parts, pointed) = (new List<List<One<T>>>(), new Dictionary<string, int>(StringComparer.Ordinal));
        foreach (var one in same)
        {
            var at = one.Defect.IsOwn ? pointed.GetValueOrDefault(one.Defect.Engine) : 0;
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
    private static List<One<T>>? Narrower<T>(List<One<T>> group, List<List<One<T>>> all, List<WeaknessKin> kin)
    {
        var narrow = kin.Where(k => k.Broad == group[0].Defect.Cwe).SelectMany(k => k.Narrow).ToHashSet();
        return narrow.Count == 0 ? null : all.Where(g => g != group && g[0].Defect.Cwe is { } cwe && narrow.Contains(cwe))
            .OrderByDescending(g => g.Exists(p => p.Defect.IsOwn)).ThenByDescending(g => g.Max(p => p.Defect.Severity)).ThenBy(g => g[0].Defect.Cwe).FirstOrDefault();
    }

    private sealed record One<T>(T Item, PointedDefect Defect);
}
