using System.Runtime.CompilerServices;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Compiles the C# of a tree in memory, without building it, and lets analyzers look. Nothing of the candidate runs: no MSBuild, no generator, no analyzer of its own.</summary>
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
        Timeout = TimeSpan.FromMinutes(30),
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(SourceTree target, ProbeContext context, CancellationToken cancellationToken)
    {
        return await AnalyzeAsync(target.Path, context, cancellationToken) is { } analysis ? Saw(target, context, analysis) : new NotNeeded("源代码里没有 C# 文件");
    }

    /// <summary>Apart, so that nobody loads the compiler who does not come here.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Task<CSharpAnalysis?> AnalyzeAsync(string root, ProbeContext context, CancellationToken stop) => new TreeAnalysis(_settings(), context.Tables.Engines, context.Clock).RunAsync(root, stop);
}
