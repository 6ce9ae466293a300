using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Follows foreign input through the Java of a tree, from where it enters to where it does harm. Nothing is built and nothing of the candidate runs.</summary>
public sealed class JavaProbe : Probe<SourceTree, JavaAnalysis>
{
    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "code.java",
        Pillar = Pillar.CodeSecurity,
        Title = "Java 代码缺陷",
        Question = "Java 源代码里外部输入流到了哪些危险的地方，分析做到了什么程度？",
        Needs = typeof(SourceTree),
        Observes = typeof(JavaAnalysis),
        Touches = Touches.Source,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromMinutes(45),
        Version = "2",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(SourceTree target, ProbeContext context, CancellationToken cancellationToken)
    {
        var analysis = new JavaTreeAnalysis(context.Tables.Flows, settings: context.Tables.Settings, project: target.Flows);
        var shared = await AnalysisOfAsync(target, context, analysis, cancellationToken);
        if (shared.Analysis is not { } seen)
        {
            return new NotNeeded("源代码里没有 Java 文件");
        }

        var states = await DefectStates.OfAsync(target, await SourceSweep.OfAsync(target, context, cancellationToken), context, cancellationToken);
        var record = analysis.Tell(seen, states);
        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "java-analysis.json", "application/json", ObservationJson.ToFile(record), "Java 数据流分析的范围与逐处缺陷；代码行里的秘密已遮盖"));
        return Saw(target, context, record, evidence);
    }

    /// <summary>The analysis of this run; who asks for the same tree shares it.</summary>
    internal static Task<SharedJavaAnalysis> AnalysisOfAsync(SourceTree target, ProbeContext context, JavaTreeAnalysis analysis, CancellationToken stop) => context.Shared.GetAsync(
        $"code.java {target.TargetId}",
        token => Task.Run(() => new SharedJavaAnalysis(analysis.Run(target.Path, token, context.CacheFolder)), token),
        stop);
}

/// <param name="Analysis">Null where the tree holds no Java.</param>
internal sealed record SharedJavaAnalysis(JavaAnalysis? Analysis);
