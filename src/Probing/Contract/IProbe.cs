using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>探测 · answers one question about one kind of target. Stateless: one instance serves all targets at once.</summary>
public interface IProbe
{
    ProbeManifest Manifest { get; }

    /// <summary>Why there is nothing to look at, told without touching the target and before asking for any permission; null = it has to be looked at.</summary>
    NotNeeded? Spares(Target target) => null;

    /// <summary>
    /// What an intrusive probe that may not run can still say from what others of the run have seen, without touching the target; null = it has to run.
    /// </summary>
    ProbeOutcome? ConcludeGently(Target target, ProbeContext context) => null;

    /// <summary>Looks. Expected trouble comes back as <see cref="Unable"/>; only the runner's token may surface as a cancellation.</summary>
    Task<ProbeOutcome> ObserveAsync(Target target, ProbeContext context, CancellationToken cancellationToken);
}

/// <summary>A probe with its kind of target and its record in the type.</summary>
/// <typeparam name="TTarget">The case of <see cref="Target"/> it looks at.</typeparam>
/// <typeparam name="TRecord">The record whose fields rules may name.</typeparam>
public abstract class Probe<TTarget, TRecord> : IProbe
    where TTarget : Target
    where TRecord : class
{
    public abstract ProbeManifest Manifest { get; }

    public virtual NotNeeded? Spares(Target target) => null;

    public ProbeOutcome? ConcludeGently(Target target, ProbeContext context) => target is TTarget own ? ConcludeGently(own, context) : null;

    public async Task<ProbeOutcome> ObserveAsync(Target target, ProbeContext context, CancellationToken cancellationToken)
    {
        if (target is not TTarget own)
        {
            return new NotNeeded($"{Manifest.Title}只看{typeof(TTarget).Name}");
        }

        if (Spares(target) is { } spared)
        {
            return spared;
        }

        try
        {
            return await ObserveAsync(own, context, cancellationToken);
        }
        catch (UnableException unable)
        {
            return new Unable(unable.Kind, unable.Message, unable.InnerException?.Message);
        }
    }

    /// <inheritdoc cref="IProbe.ConcludeGently"/>
    protected virtual ProbeOutcome? ConcludeGently(TTarget target, ProbeContext context) => null;

    protected abstract Task<ProbeOutcome> ObserveAsync(TTarget target, ProbeContext context, CancellationToken cancellationToken);

    /// <summary>Wraps the record as the observation of this probe.</summary>
    protected Observed Saw(TTarget target, ProbeContext context, TRecord record, params IReadOnlyList<Evidence> evidence) =>
        new([
            new Observation
            {
                Kind = Manifest.Id,
                ProbeId = Manifest.Id,
                ProbeVersion = Manifest.Version,
                TargetId = target.TargetId,
                Data = context.Redactor.Redact(ObservationJson.ToElement(record)),
                Evidence = evidence,
                ObservedAt = context.Clock.GetUtcNow(),
            },
        ]);
}

/// <summary>Carries an expected failure up to the probe's edge, where it becomes <see cref="Unable"/>.</summary>
public sealed class UnableException : Exception
{
    public UnableException(FailureKind kind, string message, Exception? cause = null)
        : base(message, cause)
    {
        Kind = kind;
    }

    public FailureKind Kind { get; }
}
