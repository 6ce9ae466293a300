using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Reads a tree, divides it into projects, runs every engine over each, and says what was seen and how far it went.</summary>
/// <param name="settings">How far it goes.</param>
/// <param name="tables">What the numbers of the engines mean.</param>
/// <param name="clock">Of the run.</param>
/// <param name="build">Builds a copy of the tree first; null where nobody asked for it, and then nothing of the candidate runs.</param>
internal sealed class TreeAnalysis(AnalysisSettings settings, IReadOnlyList<EngineRuleTable> tables, TimeProvider clock, CandidateBuild? build = null)
{
    private const int FewCalls = 20;

    private readonly EngineWords _words = new(tables);

    /// <returns>Null where the tree holds no C#.</returns>
    /// <exception cref="UnableException">The tree cannot be read, or not wholly while no C# is seen, or no table says which numbers matter.</exception>
    public async Task<CSharpAnalysis?> RunAsync(string root, CancellationToken stop)
    {
        var source = CSharpSource.Read(root, stop);
        if (source.Sources.Count == 0 && !source.Unread.Any(u => IsCode(u.File) && Path.GetExtension(u.File).ToLowerInvariant() is not (".vb" or ".vbhtml")))
        {
            return source.IsWhole ? null : throw new UnableException(FailureKind.BadInput, "没有看到 C# 文件，但目录没有列全或有链接，不能说没有");
        }

        if (tables.Count == 0)
        {
            throw new UnableException(FailureKind.BadInput, "规则目录里没有分析器的规则表（code-security/engines），没有什么可找");
        }

        var set = ProjectDiscovery.Find(source);
        var references = ReferenceAssemblySet.Find(settings.UsePacks);
        var cache = build is not null ? null : AnalysisCache.Open(settings.CacheFolder, Path.GetFullPath(root), source, path => Library(FileTree.Open(root), path, ProjectCompilation.LibraryCap), settings, tables, references);
        if (cache?.Find() is { } known)
        {
            return known;
        }

        var engines = AnalyzerEngine.Known.Select(e => AnalyzerEngine.Open(settings.EngineFolder, e.Folder, e.Libraries, tables)).ToList();
        var built = build is null ? null : await build.RunAsync(root, set, settings, engines, stop);
        var (results, unread) = await AnalyzeAsync(FileTree.Open(root), source, set, references, built, engines, stop);
        var said = Say(source, set, references, engines, results, [.. source.Unread, .. set.Unread, .. unread], built);
        cache?.Keep(said);
        return said;
    }

    private async Task<(List<ProjectResult> Results, List<UnreadSource> Unread)> AnalyzeAsync(FileTree tree, CSharpSource source, ProjectSet set, ReferenceAssemblySet references, BuildOutcome? built, IReadOnlyList<AnalyzerEngine> engines, CancellationToken stop)
    {
        var numbers = engines.SelectMany(e => e.All.Select(id => KeyValuePair.Create(id, e.Enabled.Contains(id, StringComparer.Ordinal) ? ReportDiagnostic.Warn : ReportDiagnostic.Suppress))).DistinctBy(p => p.Key, StringComparer.Ordinal).ToImmutableDictionary(StringComparer.Ordinal);
        var (compiled, results, unread) = (new Dictionary<string, ProjectCompilation>(StringComparer.OrdinalIgnoreCase), new List<ProjectResult>(), new List<UnreadSource>());
        var began = clock.GetTimestamp();
        foreach (var project in set.Projects)
        {
            stop.ThrowIfCancellationRequested();
            var one = ProjectCompilation.Create(project, source, (path, cap) => Library(tree, path, cap), built?.References.GetValueOrDefault(project.Path) is { } real ? references.With(real) : references, compiled, numbers, stop);
            compiled[project.Path] = one;
            unread.AddRange(one.Unread);
            var left = settings.TotalCap - clock.GetElapsedTime(began);

            // The first one also waits for the engines themselves to be compiled.
            var cap = results.Count == 0 ? 2 * settings.ProjectCap : settings.ProjectCap;
            results.Add(left > TimeSpan.Zero ? await new ProjectAnalysis(one, engines, left < cap ? left : cap, settings.Diagnostics).RunAsync(stop) : Skipped(one));
        }

        return (results, unread);
    }

    private static ProjectResult Skipped(ProjectCompilation one) => new(
        new AnalyzedProject { Path = one.Project.Path, Files = one.Project.Files.Count, Lines = one.Lines, Stubs = one.Stubs, Engines = [], IsTest = one.Project.IsTest, CutBecause = "整棵源码树的时限已到" },
        [],
        new Dictionary<string, int>(StringComparer.Ordinal));

    private CSharpAnalysis Say(CSharpSource source, ProjectSet set, ReferenceAssemblySet references, IReadOnlyList<AnalyzerEngine> engines, List<ProjectResult> results, List<UnreadSource> unread, BuildOutcome? built)
    {
        var found = results.SelectMany(r => r.Found).Concat(built?.Found.Where(f => source.Sources.ContainsKey(f.File)) ?? []).DistinctBy(f => f.Identity).ToList();
        var lines = new SourceLines(source);
        var defects = DefectMerging.Merge(found.Select(f => _words.Defect(f, lines.At(f.File, f.Line))));
        var spoken = engines.Select(e => Describe(e, results)).ToList();
        var isComplete = source.IsWhole && set.IsWhole && !unread.Exists(u => IsCode(u.File)) && spoken.TrueForAll(e => e.HasRun && e.Crashes == 0) && results.TrueForAll(r => r.Project.CutBecause is null);
        return ClassesOfDefects.Tell(
            new CSharpAnalysis
            {
                Files = source.Sources.Count,
                Lines = source.Sources.Values.Sum(LineEnds.CountLines),
                Projects = [.. results.Select(r => r.Project).OrderBy(p => p.Path, StringComparer.Ordinal)],
                Engines = spoken,
                IsComplete = isComplete,
                LowestResolutionPercent = Lowest([.. results.Select(r => r.Project)]),
                HasWebConfig = source.HasWebConfig,
                UntracedInjection = UntracedCalls.Say(results.SelectMany(r => r.Untraced), WeaknessClass.Injection),
                UntracedFileAccess = UntracedCalls.Say(results.SelectMany(r => r.Untraced), WeaknessClass.File),
                SeenSoFar = [],
                Unread = [.. unread.OrderBy(u => u.File, StringComparer.Ordinal)],
                CutReferences = set.Cuts,
                ReferenceAssemblies = references.Origin,
                Build = built?.Said,
            },
            defects,
            _words);
    }

    private static AnalysisEngine Describe(AnalyzerEngine engine, List<ProjectResult> results) => new()
    {
        Name = engine.Name,
        Version = engine.Version,
        Rules = engine.Enabled.Count,
        HasRun = engine.Trouble is null && results.Exists(r => r.Project.Engines.Contains(engine.Name, StringComparer.Ordinal)),
        Crashes = engine.NotLoaded + results.Sum(r => r.Crashes.GetValueOrDefault(engine.Name)),
        Trouble = engine.Trouble,
    };

    private static Fact<int?> Lowest(IReadOnlyList<AnalyzedProject> projects)
    {
        if (projects.Any(p => !p.ResolutionPercent.IsKnown))
        {
            return default;
        }

        var weighty = projects.Where(p => !p.IsTest && p.Calls.Value >= FewCalls).ToList();
        var files = projects.Where(p => !p.IsTest || weighty.Count == 0).Select(p => p.LowestFilePercent.Value);
        return new((weighty.Count > 0 ? weighty : projects).Select(p => p.ResolutionPercent.Value).Concat(files).Min());
    }

    private static byte[]? Library(FileTree tree, string path, int cap)
    {
        try
        {
            return tree.Read(path, cap);
        }
        catch (UnableException)
        {
            return null;
        }
    }

    private static bool IsCode(string path) => path.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) || CSharpSource.IsForeign(path);
}
