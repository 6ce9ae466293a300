using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Lays what all engines found beside what people wrote of it and beside the baseline.</summary>
public sealed class DefectRegisterProbe : Probe<SourceTree, DefectRegister>
{
    /// <summary>Name of the evidence that a later look takes for its baseline.</summary>
    public const string BaselineName = "code-baseline.json";

    private const int MostListed = 5000;

    private readonly CSharpProbe _csharp;
    private readonly HistoryLimits _history;
    private readonly TimeSpan _patience;

    public DefectRegisterProbe()
        : this(new CSharpProbe(), new HistoryLimits())
    {
    }

    /// <param name="csharp">Analyzes C#.</param>
    /// <param name="history">How much of a history is read.</param>
    /// <param name="patience">With engines and history; the register is written whatever came of them.</param>
    internal DefectRegisterProbe(CSharpProbe csharp, HistoryLimits history, TimeSpan? patience = null) => (_csharp, _history, _patience) = (csharp, history, patience ?? TimeSpan.FromMinutes(30));

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "code.defect-register",
        Pillar = Pillar.CodeSecurity,
        Title = "代码缺陷台账",
        Question = "缺陷里哪些被抑制、谁复核过，哪些是新增的，哪些已经消失？",
        Needs = typeof(SourceTree),
        Observes = typeof(DefectRegister),
        Touches = Touches.Source,
        Intrusiveness = Intrusiveness.Safe,
        Timeout = TimeSpan.FromMinutes(31),
        Connections = 0,
        Tools = ["git"],
        Version = "1",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(SourceTree target, ProbeContext context, CancellationToken cancellationToken)
    {
        var began = context.Clock.GetTimestamp();
        var swept = await SourceSweep.OfAsync(target, context, cancellationToken);
        if (swept.Files.Count == 0 && swept.LeftOutCounts.Count == 0)
        {
            return new NotNeeded("源代码目录是空的");
        }

        var (analysis, trouble) = await AnalysisAsync(target, context, cancellationToken);
        var (java, javaTrouble) = await JavaAsync(target, context, cancellationToken);
        var history = await HistoryAsync(target, context, _patience - context.Clock.GetElapsedTime(began), cancellationToken);
        List<string> doubts = [.. DoubtsOf(swept), .. history.Doubts.Select(d => $"版本历史：{d}"), .. trouble is null ? [] : new[] { trouble }, .. analysis is { IsComplete: false } ? ["C# 分析没有做完"] : Array.Empty<string>(), .. javaTrouble is null ? [] : new[] { javaTrouble }, .. java is { IsComplete: false } ? ["Java 数据流分析没有做完"] : Array.Empty<string>()];
        var states = await DefectStates.OfAsync(target, swept, context, cancellationToken);
        doubts.AddRange(states.BaselineTrouble is { } broken ? [broken] : []);
        doubts.AddRange(!target.History && states.Baseline?.Defects.Count(d => d.IsOfHistory) is > 0 and var unseen ? [$"基线里有 {unseen} 处来自版本历史，这次没有要求查看版本历史（--history）"] : []);
        List<CodeDefect> inTree =
        [
            .. swept.Findings.Values.SelectMany(f => f).SelectMany(f => f.Findings.Defects).Where(d => d.RuleId != SecretExaminer.UnfinishedId),
            .. analysis?.Seen ?? [],
            .. java?.Seen ?? [],
        ];
        List<CodeDefect> found = [.. states.Of(inTree).Concat(states.Of(history.Found, history.IsShallow)).OrderBy(d => d.Key)];
        var bytes = CodeBaseline.Write(found, context.Clock, $"SmartCity.SecurityCheck {ToolBuild.Version}");
        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, BaselineName, "application/json", bytes, "本次全部代码缺陷的指纹，可作以后检测的基线"));
        return Saw(target, context, Describe(found, states, doubts, hasUnseenHistory: !target.History && Path.Exists(Path.Combine(target.Path, ".git"))), evidence);
    }

    /// <param name="found">Of all engines, with their states.</param>
    /// <param name="states">What people wrote, and the baseline.</param>
    /// <param name="doubts">Why there may be more.</param>
    /// <param name="hasUnseenHistory">A suppression may mean a finding in a history that nobody asked for.</param>
    internal static DefectRegister Describe(IReadOnlyList<CodeDefect> found, DefectStates states, IReadOnlyList<string> doubts, bool hasUnseenHistory = false)
    {
        var isWhole = doubts.Count == 0;
        List<CodeDefect> suppressed = [.. found.Where(d => d.IsSuppressed)];
        List<CodeDefect> added = [.. found.Where(d => d is { Baseline: BaselineStanding.New, IsSuppressed: false })];
        var baseline = states.Baseline;
        var prints = found.SelectMany(d => d.Fold?.Places ?? [d]).Select(d => d.Fingerprint).ToHashSet(StringComparer.Ordinal);
        var byFile = found.ToLookup(d => d.File, StringComparer.Ordinal);
        bool IsMet(WrittenSuppression written) => written.Declared is not null ? found.Any(written.Means) : written.Fingerprint is { } print ? prints.Contains(print) : byFile[written.File ?? ""].Any(written.Means);
        bool MayMeanHistory(WrittenSuppression written) => hasUnseenHistory && (written.Fingerprint is not null || HistorySearch.IsPlace(written.File ?? ""));
        IReadOnlyList<DefectSuppression> Said(IEnumerable<WrittenSuppression> some) => [.. some.Select(w => w.On(states.Today)).OrderBy(s => s.Place, StringComparer.Ordinal)];
        var without = Said(states.Written).Where(s => s.Standing != SuppressionStanding.InEffect).ToList();
        List<WrittenSuppression> unmet = [.. states.Written.Where(w => !IsMet(w))];
        var isNewKnown = baseline is not null && !found.Any(d => d.Baseline is null);
        IReadOnlyList<BaselineDefect> gone = baseline is null ? [] : [.. baseline.Defects.Where(d => !prints.Contains(d.Fingerprint) && d.Places?.Any(prints.Contains) != true)];
        return new DefectRegister
        {
            Defects = found.Count,
            Doubts = doubts,
            Suppressed = suppressed.Count,
            SuppressedDefects = [.. suppressed.Take(MostListed)],
            WithoutEffect = [.. without.Take(MostListed)],
            WithoutEffectCount = without.Count,
            WithoutDefect = isWhole && unmet.Count <= MostListed && !unmet.Exists(MayMeanHistory) ? new(Said(unmet)) : default,
            BaselineOf = states.BaselineTrouble is null ? new(baseline?.WrittenOn) : default,
            New = isNewKnown && added.Count <= MostListed ? new(added) : default,
            Known = isNewKnown ? found.Count(d => d.Baseline == BaselineStanding.Known) : default(Fact<int>),
            VanishedCount = baseline is not null && isWhole ? gone.Count : default(Fact<int>),
            Vanished = baseline is not null && isWhole && gone.Count <= MostListed ? new(gone) : default,
        };
    }

    private async Task<(CSharpAnalysis? Analysis, string? Trouble)> AnalysisAsync(SourceTree target, ProbeContext context, CancellationToken stop)
    {
        try
        {
            return ((await _csharp.AnalysisOfAsync(target, context, stop)).Analysis, null);
        }
        catch (UnableException unable)
        {
            return (null, $"C# 没有分析：{unable.Message}");
        }
    }

    private static async Task<(JavaAnalysis? Analysis, string? Trouble)> JavaAsync(SourceTree target, ProbeContext context, CancellationToken stop)
    {
        try
        {
            return ((await JavaProbe.AnalysisOfAsync(target, context, new JavaTreeAnalysis(context.Tables.Flows, settings: context.Tables.Settings, project: target.Flows), stop)).Analysis, null);
        }
        catch (UnableException unable)
        {
            return (null, $"Java 没有分析：{unable.Message}");
        }
    }

    private async Task<HistoryFindings> HistoryAsync(SourceTree target, ProbeContext context, TimeSpan left, CancellationToken stop)
    {
        if (!target.History)
        {
            return HistoryFindings.NotAsked;
        }

        using var own = CancellationTokenSource.CreateLinkedTokenSource(stop);
        own.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        try
        {
            return await HistoryLook.OfAsync(target, context, _history, own.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return HistoryFindings.None("时间到，没有看完");
        }
        catch (UnableException unable)
        {
            return HistoryFindings.None(unable.Message);
        }
    }

    private static IEnumerable<string> DoubtsOf(SweptTree swept)
    {
        if (!swept.IsWhole)
        {
            yield return "目录没有走完";
        }

        foreach (var fault in swept.Faults.Take(20))
        {
            yield return $"{fault.Path}：{fault.What}";
        }

        foreach (var reason in LeftOutReasons.Unseen.Where(r => swept.LeftOutCounts.GetValueOrDefault(r) > 0))
        {
            yield return $"{swept.LeftOutCounts[reason]} 个文件或目录没有看：{EnumWords.Say(reason)}";
        }

        foreach (var unfinished in swept.Findings.Values.SelectMany(f => f).SelectMany(f => f.Findings.Defects).Where(d => d.RuleId == SecretExaminer.UnfinishedId).Take(20))
        {
            yield return $"{unfinished.File}：{unfinished.Message}";
        }
    }
}
