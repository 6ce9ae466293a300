using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// What nothing but a project's own word stops: the tree is gone through once more without its sanitizers, and what is found only then is told with the names of
/// those that may have stopped it. A mark on values could not say it, as of a value that comes by two ways only one is remembered.
/// </summary>
internal sealed class DeclaredCleaning(ProjectFlows project, IReadOnlyList<FlowTable> tables, FlowLimits? limits)
{
    /// <summary>Stands between names of declarations, in none of which it can be.</summary>
    public const char Between = '、';

    /// <returns>Flows with the names of the declarations, and what the second time did not come to the end of.</returns>
    public DeclaredStops Of(FlowResult believed, List<(string Path, JavaUnit Unit)> units, JavaSources sources, JavaPages pages, FlowTexts texts, CancellationToken stop)
    {
        var stopped = new Dictionary<FoundFlow, string?>(ReferenceEqualityComparer.Instance);
        if (project.Sanitizers.Count == 0)
        {
            return new DeclaredStops(stopped, []);
        }

        var apis = new ApiIndex(tables, new ProjectApis(project, tables.SelectMany(t => t.Weaknesses), believesSanitizers: false));
        var bare = pages.Written(FlowAnalysis.Run(new JavaProgram(units, apis, sources.Properties) { Views = pages.Views, Texts = sources.Texts, LineOf = place => texts.LineOf(pages.Written(place)) }, sources.Markup.Select(m => (m.Key, m.Value)), limits, stop: stop));
        var known = believed.Found.Select(f => (f.Weakness, f.Site.File, texts.LineOf(f.Site))).ToHashSet();
        foreach (var flow in bare.Found.Where(f => !known.Contains((f.Weakness, f.Site.File, texts.LineOf(f.Site)))))
        {
            var names = Names(flow, apis.Weaknesses[flow.Weakness], texts, sources.Java);
            stopped[flow] = names.Count == 0 ? null : string.Join(Between, names.Select(s => s.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        }

        return new DeclaredStops(stopped, bare.Cut);
    }

    /// <summary>Those that clean it and are called on the way, a check wherever its file is on the way; where none is seen there, all that clean it; none where nothing is said to. Which of several it was nobody can tell, so that all of them have to be in effect.</summary>
    private List<ProjectSanitizer> Names(FoundFlow flow, FlowWeakness weakness, FlowTexts texts, SortedDictionary<string, string> files)
    {
        bool Means(string word) => word == weakness.Id || word == weakness.Rule;
        var (lines, paths) = (new List<string> { texts.Line(flow.Site) }, new HashSet<string>(StringComparer.Ordinal) { flow.Site.File });
        for (var step = flow.Way; step is not null; step = step.Before)
        {
            lines.Add(texts.Line(step.Place));
            paths.Add(step.Place.File);
        }

        var cleaning = project.Sanitizers.Where(s => s.Cleans.Concat(s.Guards).Any(Means)).ToList();
        var seen = cleaning.FindAll(s => lines.Exists(l => IsCalled(s, l)) || (s.Guards.Any(Means) && paths.Any(p => files.TryGetValue(p, out var text) && IsCalled(s, text))));
        return seen.Count > 0 ? seen : cleaning;
    }

    private static bool IsCalled(ProjectSanitizer sanitizer, string text) =>
        sanitizer.Calls.Any(c => IsNamed(c == "new" ? sanitizer.Type[(sanitizer.Type.LastIndexOf('.') + 1)..] : c, text));

    /// <summary>As a whole name: <c>sql</c> is not in <c>mysql(…)</c>.</summary>
    private static bool IsNamed(string name, string text)
    {
        static bool IsPart(char c) => char.IsLetterOrDigit(c) || c is '_' or '$';
        for (var at = 0; (at = text.IndexOf(name, at, StringComparison.Ordinal)) >= 0; at++)
        {
            if ((at == 0 || !IsPart(text[at - 1])) && (at + name.Length == text.Length || !IsPart(text[at + name.Length])))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The declarations in a sentence each.</summary>
    public static IReadOnlyList<string> Say(ProjectFlows project) =>
    [
        .. project.Sources.Select(s => $"来源 {s.Type}.{string.Join('/', s.Calls)}（{s.Kind}）"),
        .. project.Entries.Select(e => $"入口 @{e.Annotation}（{e.Kind}）"),
        .. project.Sinks.Select(s => $"汇点 {s.Type}.{string.Join('/', s.Calls)}（{s.Weakness}）"),
        .. project.Sanitizers.Select(s => $"净化 {s.Name}（{string.Join('、', s.Cleans.Concat(s.Guards))}；理由：{SuppressionWords.Shown(s.Reason)}；负责：{SuppressionWords.Shown(s.Author)}；到期：{s.Until:yyyy-MM-dd}）"),
    ];
}

/// <param name="Flows">That are only seen without the declarations, with the names of those that may stop them; null where none is said to.</param>
/// <param name="Cut">Methods that were not gone through to their end without them: what they stop there nobody saw.</param>
internal sealed record DeclaredStops(IReadOnlyDictionary<FoundFlow, string?> Flows, IReadOnlyList<(ProgramMethod Method, string Why)> Cut);
