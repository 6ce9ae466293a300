using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Several engines that point at one weakness in one line have found one defect; all of them are named.</summary>
internal static class DefectMerging
{
    /// <param name="defects">Of any engines, with file, line and weakness; where the weakness is not named, the number of the engine stands for it.</param>
    /// <returns>By file, line and weakness; of equals the gravest and surest speaks.</returns>
    public static IReadOnlyList<CodeDefect> Merge(IEnumerable<CodeDefect> defects)
    {
        var merged = defects
            .GroupBy(d => (d.File, d.Line, Weakness: WeaknessOf(d)))
            .OrderBy(g => g.Key.File, StringComparer.Ordinal).ThenBy(g => g.Key.Line).ThenBy(g => g.Key.Weakness, StringComparer.Ordinal)
            .Select(One).ToList();
        return Fingerprint(merged);
    }

    private static CodeDefect One(IEnumerable<CodeDefect> group)
    {
        var ordered = group.OrderByDescending(d => d.Severity).ThenByDescending(d => d.Confidence).ThenBy(d => d.Engine, StringComparer.Ordinal).ThenBy(d => d.RuleId, StringComparer.Ordinal).ToList();
        var engines = ordered.SelectMany(d => d.Engine.Split('、')).Distinct(StringComparer.Ordinal).ToList();
        return ordered[0] with
        {
            Engine = string.Join('、', engines),
            Confidence = ordered.Max(d => d.Confidence),
            Flow = ordered.Select(d => d.Flow).FirstOrDefault(f => f.Count > 0) ?? [],
            Fingerprint = ordered.Select(d => d.Fingerprint).Where(f => f.Length > 0).Order(StringComparer.Ordinal).FirstOrDefault() ?? "",
        };
    }

    /// <summary>By which people may name it: its own rule, those of all engines that point at it, and its weakness.</summary>
    public static IEnumerable<string> RulesOf(CodeDefect defect) =>
        [defect.RuleId, .. defect.Engine.Split('、').Select(e => e[(e.LastIndexOf('（') + 1)..].TrimEnd('）')), .. defect.Cwe is null ? Array.Empty<string>() : [WeaknessOf(defect)]];

    private static string WeaknessOf(CodeDefect defect) => defect.Cwe is { } cwe ? string.Create(CultureInfo.InvariantCulture, $"CWE-{cwe}") : defect.RuleId;

    /// <summary>An engine more or less leaves the defect what it is; what an engine of ours has named already keeps its name.</summary>
    private static List<CodeDefect> Fingerprint(IEnumerable<CodeDefect> defects)
    {
        var prints = new DefectFingerprints();
        return [.. defects.Select(d => d.Fingerprint.Length > 0 ? d : d with { Fingerprint = prints.Next(WeaknessOf(d), d.File, d.Code) })];
    }
}
