using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// What nothing but a project's own word stops: the tree is gone through once more without its sanitizers, and what is found only then is told with the name of the
/// one on its way. A mark on values could not say it, as of a value that comes by two ways only one is remembered.
/// </summary>
internal sealed class DeclaredCleaning(ProjectFlows project, IReadOnlyList<FlowTable> tables, FlowLimits? limits)
{
    /// <returns>Flows with the name of the declaration.</returns>
    public IReadOnlyDictionary<FoundFlow, string> Of(FlowResult believed, List<(string Path, JavaUnit Unit)> units, JavaSources sources, JavaPages pages, CancellationToken stop)
    {
        var stopped = new Dictionary<FoundFlow, string>(ReferenceEqualityComparer.Instance);
        if (project.Sanitizers.Count == 0)
        {
            return stopped;
        }

        var apis = new ApiIndex(tables, new ProjectApis(project, tables.SelectMany(t => t.Weaknesses), believesSanitizers: false));
        var bare = pages.Written(FlowAnalysis.Run(new JavaProgram(units, apis, sources.Properties) { Views = pages.Views }, sources.Markup.Select(m => (m.Key, m.Value)), limits, stop));
        var texts = new FlowTexts(sources);
        var known = believed.Found.Select(f => (f.Weakness, f.Site.File, texts.LineOf(f.Site))).ToHashSet();
        foreach (var flow in bare.Found.Where(f => !known.Contains((f.Weakness, f.Site.File, texts.LineOf(f.Site)))))
        {
            stopped[flow] = Name(flow, apis.Weaknesses[flow.Weakness], texts);
        }

        return stopped;
    }

    /// <summary>Of those that clean it the one whose call is on the way; where none is seen there, the first of them.</summary>
    private string Name(FoundFlow flow, FlowWeakness weakness, FlowTexts texts)
    {
        var cleaning = project.Sanitizers.Where(s => s.Cleans.Concat(s.Guards).Any(w => w == weakness.Id || w == weakness.Rule)).ToList();
        for (var step = flow.Way; step is not null; step = step.Before)
        {
            var line = texts.Line(step.Place);
            if (cleaning.Find(s => s.Calls.Any(c => line.Contains(c == "new" ? $"new {s.Type[(s.Type.LastIndexOf('.') + 1)..]}" : $"{c}(", StringComparison.Ordinal))) is { } found)
            {
                return found.Name;
            }
        }

        return (cleaning.FirstOrDefault() ?? project.Sanitizers[0]).Name;
    }

    /// <summary>The declarations in a sentence each.</summary>
    public static IReadOnlyList<string> Say(ProjectFlows project) =>
    [
        .. project.Sources.Select(s => $"来源 {s.Type}.{string.Join('/', s.Calls)}（{s.Kind}）"),
        .. project.Entries.Select(e => $"入口 @{e.Annotation}（{e.Kind}）"),
        .. project.Sinks.Select(s => $"汇点 {s.Type}.{string.Join('/', s.Calls)}（{s.Weakness}）"),
        .. project.Sanitizers.Select(s => $"净化 {s.Name}（{string.Join('、', s.Cleans.Concat(s.Guards))}；理由：{s.Reason}；负责：{s.Author}；到期：{s.Until:yyyy-MM-dd}）"),
    ];
}
