using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Results of other scanners that name a tree, or that name none where it is the only one.</summary>
internal static class InspectedImports
{
    private const string Kind = "code.imported-sarif";

    public static List<JsonElement> Of(EvidencePack pack, SourceTree tree)
    {
        var ids = All(pack).Where(i => IsOf(pack, tree, i)).Select(i => i.TargetId).ToHashSet(StringComparer.Ordinal);
        return [.. pack.Outcomes.Where(o => ids.Contains(o.TargetId)).Select(o => o.Outcome).OfType<Observed>().SelectMany(o => o.Observations).Where(o => o.Kind == Kind).Select(o => o.Data)];
    }

    /// <returns>What of them is not among the defects of the tree.</returns>
    public static IEnumerable<string> Gaps(EvidencePack pack, SourceTree tree)
    {
        foreach (var import in All(pack))
        {
            var name = $"导入的 {ReportAssembly.TargetName(pack.Candidate, import.TargetId)}";
            if (IsOf(pack, tree, import))
            {
                foreach (var gap in GapsOf(pack, import))
                {
                    yield return $"{name}：{gap}";
                }
            }
            else if (import.SourceTreeId is null)
            {
                yield return $"{name}：没有写明属于哪个源代码目录，它的结果不在这里";
            }
        }
    }

    private static IEnumerable<string> GapsOf(EvidencePack pack, ImportedReport import)
    {
        var records = pack.Outcomes.Where(o => o.TargetId == import.TargetId).ToList();
        var seen = records.Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations).Where(o => o.Kind == Kind).Select(o => o.Data).ToList();
        var unable = records.Select(r => r.Outcome).OfType<Unable>().Select(u => $"{u.Kind.Name()}，{u.Message}").ToList();
        return seen.Count + unable.Count == 0 ? ["没有读"] : unable.Concat(seen.SelectMany(GapsOf));
    }

    private static IEnumerable<string> GapsOf(JsonElement data)
    {
        if (data.Flag("isFinished") is not true and var finished)
        {
            yield return finished is false ? "扫描器说它没有跑完" : "扫描器没有说它跑完了";
        }

        if (!data.HasList("defects"))
        {
            yield return "结果没有列全";
        }

        if (data.Number("open") is > 0 and var open)
        {
            yield return $"{InspectedScope.Say(open)} 处由扫描器留给人判断";
        }

        if (data.Number("withoutPlace") is > 0 and var placeless)
        {
            yield return $"{InspectedScope.Say(placeless)} 处没有写明位置";
        }
    }

    private static IEnumerable<ImportedReport> All(EvidencePack pack) => pack.Candidate.Imports.Where(i => i.Tool == ForeignTool.Sarif);

    private static bool IsOf(EvidencePack pack, SourceTree tree, ImportedReport import) => (import.SourceTreeId ?? (pack.Candidate.SourceTrees.Count == 1 ? tree.Id : null)) == tree.Id;
}
