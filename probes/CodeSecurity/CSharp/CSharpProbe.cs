using System.Runtime.CompilerServices;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Compiles the C# of a tree in memory, without building it, and lets analyzers look. Nothing of the candidate runs — no MSBuild, no generator, no analyzer of its own — unless the user asked for a build.</summary>
public sealed class CSharpProbe : Probe<SourceTree, CSharpAnalysis>
{
    private readonly Func<AnalysisSettings> _settings;

    public CSharpProbe()
        : this(static () => new AnalysisSettings())
    {
    }

    internal CSharpProbe(Func<AnalysisSettings> settings) => _settings = settings;

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "code.csharp",
        Pillar = Pillar.CodeSecurity,
        Title = "C# 代码缺陷",
        Question = "C# 源代码里有哪些安全缺陷，分析做到了什么程度？",
        Needs = typeof(SourceTree),
        Observes = typeof(CSharpAnalysis),
        Touches = Touches.Source,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromMinutes(45),
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(SourceTree target, ProbeContext context, CancellationToken cancellationToken)
    {
        var shared = await AnalysisOfAsync(target, context, cancellationToken);
        if (shared.Analysis is not { } analysis)
        {
            return new NotNeeded("源代码里没有 C# 文件");
        }

        var states = await DefectStates.OfAsync(target, await SourceSweep.OfAsync(target, context, cancellationToken), context, cancellationToken);
        var record = Tell(analysis, states, context);
        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "csharp-analysis.json", "application/json", ObservationJson.ToFile(record), "C# 分析的工程、分析器与逐处缺陷；代码行里的秘密已遮盖"));
        return Saw(target, context, record, evidence);
    }

    /// <summary>The analysis of this run; who asks for the same tree shares it.</summary>
    internal Task<SharedAnalysis> AnalysisOfAsync(SourceTree target, ProbeContext context, CancellationToken stop) => context.Shared.GetAsync(
        $"code.csharp {target.TargetId}",
        async token => new SharedAnalysis(await AnalyzeAsync(target, context, token)),
        stop);

    /// <summary>Apart, so that nobody loads the compiler who does not come here.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Task<CSharpAnalysis?> AnalyzeAsync(SourceTree target, ProbeContext context, CancellationToken stop) => new TreeAnalysis(_settings() with { CacheFolder = context.CacheFolder }, context.Tables.Engines, context.Clock, target.Build ? new CandidateBuild(context.Tools, context.Clock, context.Log) : null).RunAsync(target.Path, stop);

    private static CSharpAnalysis Tell(CSharpAnalysis analysis, DefectStates states, ProbeContext context) =>
        ClassesOfDefects.Tell(analysis, states.Of(analysis.Seen), new EngineWords(context.Tables.Engines));
}

/// <param name="Analysis">Null where the tree holds no C#.</param>
internal sealed record SharedAnalysis(CSharpAnalysis? Analysis);
