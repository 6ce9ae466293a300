using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probing.Tests;

public sealed record Sighting(string Said);

/// <summary>A probe that does what a test tells it to.</summary>
public sealed class ScriptedProbe(string id, Func<Endpoint, ProbeContext, CancellationToken, Task<ProbeOutcome>> script) : Probe<Endpoint, Sighting>
{
    public override ProbeManifest Manifest => new()
    {
        Id = id,
        Pillar = Pillar.Exposure,
        Title = id,
        Question = "?",
        Needs = typeof(Endpoint),
        Observes = typeof(Sighting),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness,
        Timeout = Timeout,
        ComesLast = ComesLast,
        Version = "1",
    };

    public Intrusiveness Intrusiveness { get; init; } = Intrusiveness.Safe;

    public bool ComesLast { get; init; }

    public Func<ProbeOutcome?> Gently { get; init; } = () => null;

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(10);

    public ProbeOutcome Seen(Endpoint target, ProbeContext context) => Saw(target, context, new Sighting("ok"));

    protected override ProbeOutcome? ConcludeGently(Endpoint target, ProbeContext context) => Gently();

    protected override Task<ProbeOutcome> ObserveAsync(Endpoint target, ProbeContext context, CancellationToken cancellationToken) =>
        script(target, context, cancellationToken);

    public static ScriptedProbe Good(string id) => new(id, (_, _, _) => Task.FromResult<ProbeOutcome>(new NotNeeded("看过了")));
}

internal static class Runs
{
    public static IReadOnlyList<Endpoint> Endpoints(int count) =>
        [.. Enumerable.Range(1, count).Select(i => new Endpoint { Id = $"e{i}", Host = "127.0.0.1", Port = i })];

    public static Task<IReadOnlyList<ProbeRecord>> RunAsync(
        IEnumerable<IProbe> probes, IReadOnlyList<Endpoint> endpoints, RunnerOptions? options = null, ProbeContext? context = null, CancellationToken cancellationToken = default)
    {
        var plan = ProbeCatalogue.Of(probes).Plan(endpoints);
        return new ProbeRunner(context ?? ProbeContexts.For(new KeptEvidence(), [.. endpoints]), options ?? new RunnerOptions(), new Progress<RunEvent>())
            .RunAsync(plan, cancellationToken);
    }
}
