using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Runs the engines over one project, one after the other, under one clock.</summary>
internal sealed class ProjectAnalysis(ProjectCompilation project, IReadOnlyList<AnalyzerEngine> engines, TimeSpan cap, int mostDiagnostics)
{
    private const int MostSteps = 20;

    /// <summary>A share of fewer says little.</summary>
    private const int FewCallsInFile = 10;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly List<FoundDiagnostic> _found = [];
    private readonly List<string> _finished = [];
    private readonly Dictionary<string, int> _crashes = new(StringComparer.Ordinal);
    private IReadOnlyList<(string File, int Calls, int Bound)>? _calls;
    private IReadOnlyList<UntracedCall> _untraced = [];
    private bool _hasTooMany;

    /// <param name="stop">The probe's clock; the project's own cut is a result and no exception.</param>
    public async Task<ProjectResult> RunAsync(CancellationToken stop)
    {
        using var clock = CancellationTokenSource.CreateLinkedTokenSource(stop);
        clock.CancelAfter(cap);
        string? cut = null;
        try
        {
            // An analyzer that does not look at its token is left behind.
            await Task.Run(() => GoAsync(clock.Token), CancellationToken.None).WaitAsync(cap + Grace, stop);
        }
        catch (Exception late) when (late is OperationCanceledException or TimeoutException && !stop.IsCancellationRequested)
        {
            cut = string.Create(CultureInfo.InvariantCulture, $"超过每个工程 {cap.TotalSeconds:0} 秒的时限");
        }
        catch (Exception broken) when (broken is not OperationCanceledException)
        {
            cut = $"编译器内部出错：{broken.GetType().Name}";
        }

        lock (_found)
        {
            return new ProjectResult(Describe(cut ?? (_hasTooMany ? $"一个分析器的发现超过 {mostDiagnostics} 处，其余未列" : null)), [.. _found], new Dictionary<string, int>(_crashes, StringComparer.Ordinal)) { Untraced = _untraced };
        }
    }

    private async Task GoAsync(CancellationToken stop)
    {
        var (calls, untraced) = (project.Resolve(stop), UntracedCalls.In(project.Compilation, stop));
        lock (_found)
        {
            (_calls, _untraced) = (calls, untraced);
        }

        foreach (var engine in engines.Where(e => e.Trouble is null))
        {
            var options = new CompilationWithAnalyzersOptions(
                new AnalyzerOptions([EngineSettings.ForSonar(engine.Enabled), EngineSettings.Sinks()]),
                (_, _, diagnostic) => Crashed(engine, diagnostic),
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false,
                reportSuppressedDiagnostics: true);
            var said = await project.Compilation.WithAnalyzers(engine.Analyzers, options).GetAnalyzerDiagnosticsAsync(stop);
            var plain = said.Where(d => d.Id != "AD0001").Select(d => Plain(engine, d)).OfType<FoundDiagnostic>().Take(mostDiagnostics + 1).ToList();
            lock (_found)
            {
                _found.AddRange(plain.Take(mostDiagnostics));
                _hasTooMany |= plain.Count > mostDiagnostics;
                _finished.Add(engine.Name);
            }
        }
    }

    private void Crashed(AnalyzerEngine engine, Diagnostic diagnostic)
    {
        lock (_found)
        {
            _crashes[engine.Name] = _crashes.GetValueOrDefault(engine.Name) + (diagnostic.Id.Length > 0 ? 1 : 0);
        }
    }

    private static FoundDiagnostic? Plain(AnalyzerEngine engine, Diagnostic diagnostic)
    {
        var span = diagnostic.Location.GetLineSpan();
        return span.Path.Length == 0
            ? null
            : new FoundDiagnostic(engine.Name, diagnostic.Id, diagnostic.Descriptor.Title.ToString(CultureInfo.InvariantCulture), diagnostic.GetMessage(CultureInfo.InvariantCulture), span.Path, span.StartLinePosition.Line + 1, diagnostic.IsSuppressed) { Steps = StepsOf(diagnostic) };
    }

    /// <summary>The place of the defect itself is not one of them.</summary>
    private static IReadOnlyList<FlowStep> StepsOf(Diagnostic diagnostic) =>
    [
        .. diagnostic.AdditionalLocations.Take(MostSteps).Select(l => l.GetLineSpan()).Where(s => s.IsValid && s.Path.Length > 0)
            .Select(s => new FlowStep(s.Path, s.StartLinePosition.Line + 1, "")).Distinct(),
    ];

    private static int? Percent(int calls, int bound) => calls == 0 ? null : (int)(100L * bound / calls);

    private AnalyzedProject Describe(string? cut) => new()
    {
        Path = project.Project.Path,
        Files = project.Project.Files.Count,
        Lines = project.Lines,
        Calls = _calls is { } seen ? seen.Sum(f => f.Calls) : default(Fact<int>),
        ResolutionPercent = _calls is { } known ? new(Percent(known.Sum(f => f.Calls), known.Sum(f => f.Bound))) : default,
        LowestFilePercent = _calls is { } files ? new(files.Where(f => f.Calls >= FewCallsInFile).Min(f => Percent(f.Calls, f.Bound))) : default,
        LowestFile = _calls?.Where(f => f.Calls >= FewCallsInFile).OrderBy(f => Percent(f.Calls, f.Bound)).Select(f => f.File).FirstOrDefault(),
        Stubs = project.Stubs,
        Engines = [.. _finished],
        IsTest = project.Project.IsTest,
        CutBecause = cut,
    };
}

/// <param name="Project">How far it went.</param>
/// <param name="Found">As the engines say it.</param>
/// <param name="Crashes">Failures inside analyzers, by engine.</param>
internal sealed record ProjectResult(AnalyzedProject Project, IReadOnlyList<FoundDiagnostic> Found, IReadOnlyDictionary<string, int> Crashes)
{
    /// <summary>Calls that no engine follows.</summary>
    public IReadOnlyList<UntracedCall> Untraced { get; init; } = [];
}
