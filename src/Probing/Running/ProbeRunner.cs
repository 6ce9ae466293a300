using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing;

/// <param name="MaxParallel">(probe, target) pairs under way at once.</param>
/// <param name="RunLimit">The whole run; what has not ended by then is <see cref="FailureKind.Cancelled"/>.</param>
public sealed record RunnerOptions(int MaxParallel = 8, TimeSpan? RunLimit = null)
{
    /// <summary>How long a probe that ignores its token is waited for before it is left behind.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(2);
}

/// <summary>
/// Runs a plan. Every pair ends as exactly one <see cref="ProbeRecord"/>, whatever the probe does; one probe never stops another.
/// </summary>
public sealed class ProbeRunner(ProbeContext context, RunnerOptions options, IProgress<RunEvent> progress)
{
    /// <exception cref="EvidenceLostException">The pack folder cannot be written: the only trouble that ends a run.</exception>
    /// <returns>One record a pair, sorted by probe and target.</returns>
    public async Task<IReadOnlyList<ProbeRecord>> RunAsync(IReadOnlyList<PlannedProbe> plan, CancellationToken cancellationToken)
    {
        using var run = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (options.RunLimit is { } limit)
        {
            run.CancelAfter(limit);
        }

        progress.Report(new ProbingStarted(plan.Count));
        var records = new ConcurrentBag<ProbeRecord>();
        async Task Run(PlannedProbe pair)
        {
            progress.Report(new ProbeStarted(pair.Probe.Manifest.Id, pair.Probe.Manifest.Title, pair.Target.TargetId));
            var record = await RunOneAsync(pair, run.Token);
            records.Add(record);
            progress.Report(new ProbeEnded(record, records.Count, plan.Count));
        }

        Task Together(IEnumerable<PlannedProbe> pairs) =>
            Parallel.ForEachAsync(pairs, new ParallelOptions { MaxDegreeOfParallelism = options.MaxParallel }, async (pair, _) => await Run(pair));
        await Together(plan.Where(p => p.Probe.Manifest is { Intrusiveness: not Intrusiveness.Intrusive, ComesLast: false }));
        foreach (var pair in plan.Where(p => p.Probe.Manifest.Intrusiveness == Intrusiveness.Intrusive))
        {
            await Run(pair);
        }

        await Together(plan.Where(p => p.Probe.Manifest is { Intrusiveness: not Intrusiveness.Intrusive, ComesLast: true }));

        return [.. records.OrderBy(r => r.ProbeId, StringComparer.Ordinal).ThenBy(r => r.TargetId, StringComparer.Ordinal)];
    }

    private async Task<ProbeRecord> RunOneAsync(PlannedProbe pair, CancellationToken run)
    {
        var manifest = pair.Probe.Manifest;
        var started = context.Clock.GetUtcNow();
        var clock = context.Clock.GetTimestamp();
        var outcome = Redacted(await EndAsync(pair, run));
        if (outcome is Unable unable)
        {
            context.Log.LogWarning("{Probe} {Target}: {Kind} {Message} {Detail}", manifest.Id, pair.Target.TargetId, unable.Kind, unable.Message, unable.Detail);
        }

        return new ProbeRecord
        {
            ProbeId = manifest.Id,
            ProbeVersion = manifest.Version,
            TargetId = pair.Target.TargetId,
            Outcome = outcome,
            StartedAt = started,
            Elapsed = context.Clock.GetElapsedTime(clock),
        };
    }

    /// <summary>What a probe says of a failure may quote the other side, and the other side may quote what it was sent.</summary>
    private ProbeOutcome Redacted(ProbeOutcome outcome) => outcome switch
    {
        Unable unable => unable with { Message = context.Redactor.Redact(unable.Message), Detail = unable.Detail is { } detail ? context.Redactor.Redact(detail) : null },
        NotNeeded notNeeded => new NotNeeded(context.Redactor.Redact(notNeeded.Why)),
        _ => outcome,
    };

    private async Task<ProbeOutcome> EndAsync(PlannedProbe pair, CancellationToken run)
    {
        var manifest = pair.Probe.Manifest;
        if (run.IsCancellationRequested)
        {
            return new Unable(FailureKind.Cancelled, "运行被中断，未探测");
        }

        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(run);
        bounded.CancelAfter(manifest.Timeout);
        var work = Task.Run(() => LookAsync(pair, bounded.Token), CancellationToken.None);
        try
        {
            await ((Task)work).WaitAsync(bounded.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!work.IsCompleted)
            {
                await Task.WhenAny(work, Task.Delay(options.Grace, CancellationToken.None));
            }

            return work.IsCompleted ? await work : OutOfTime(manifest, run);
        }
        catch (OperationCanceledException) when (bounded.IsCancellationRequested)
        {
            return OutOfTime(manifest, run);
        }
        catch (Exception bug) when (bug is not EvidenceLostException)
        {
            context.Log.LogError(bug, "{Probe} {Target}", manifest.Id, pair.Target.TargetId);
            return new Unable(FailureKind.ProbeBug, $"探测程序出错（{bug.GetType().Name}），结果未知", bug.Message);
        }
    }

    private Task<ProbeOutcome> LookAsync(PlannedProbe pair, CancellationToken cancellationToken) =>
        context.AllowIntrusive || pair.Probe.Manifest.Intrusiveness != Intrusiveness.Intrusive
            ? pair.Probe.ObserveAsync(pair.Target, context, cancellationToken)
            : Task.FromResult(pair.Probe.Spares(pair.Target) as ProbeOutcome
                ?? pair.Probe.ConcludeGently(pair.Target, context)
                ?? new Unable(FailureKind.Refused, "此项可能影响业务，需要 --allow-intrusive 才会执行"));

    private static Unable OutOfTime(ProbeManifest manifest, CancellationToken run) => run.IsCancellationRequested
        ? new Unable(FailureKind.Cancelled, "运行被中断，未完成")
        : new Unable(FailureKind.TimedOut, $"{manifest.Timeout.TotalSeconds:0.#} 秒内没有完成");
}
