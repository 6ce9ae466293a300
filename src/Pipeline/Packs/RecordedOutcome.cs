using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>A file of observations/: one (probe, target) pair as JSON.</summary>
public sealed record RecordedOutcome
{
    /// <summary>Ten years.</summary>
    private const double MostSeconds = 3.2e8;

    public required string Probe { get; init; }

    public required string Version { get; init; }

    public required string Target { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required double ElapsedSeconds { get; init; }

    /// <summary>Set where the probe looked.</summary>
    public IReadOnlyList<Observation>? Observations { get; init; }

    /// <summary>Set where the question does not arise.</summary>
    public string? NotNeeded { get; init; }

    /// <summary>Set where it could not look.</summary>
    public RecordedFailure? Unable { get; init; }

    public static RecordedOutcome Of(ProbeRecord record) => new()
    {
        Probe = record.ProbeId,
        Version = record.ProbeVersion,
        Target = record.TargetId,
        StartedAt = record.StartedAt,
        ElapsedSeconds = Math.Round(record.Elapsed.TotalSeconds, 3),
        Observations = (record.Outcome as Observed)?.Observations,
        NotNeeded = (record.Outcome as NotNeeded)?.Why,
        Unable = record.Outcome is Unable unable ? new RecordedFailure(unable.Kind, unable.Message) : null,
    };

    /// <exception cref="PackException">None or several of the three ends are set, or a number is out of range.</exception>
    public ProbeRecord ToRecord() => new()
    {
        ProbeId = Probe,
        ProbeVersion = Version,
        TargetId = Target,
        StartedAt = StartedAt,
        Elapsed = ElapsedSeconds is >= 0 and < MostSeconds ? TimeSpan.FromSeconds(ElapsedSeconds) : throw new PackException($"观测文件 {Probe} {Target} 的用时 {ElapsedSeconds} 不可能"),
        Outcome = (Observations, NotNeeded, Unable) switch
        {
            ({ } observations, null, null) => new Observed(observations),
            (null, { } why, null) => new NotNeeded(why),
            (null, null, { } failure) => new Unable(failure.Kind, failure.Message),
            _ => throw new PackException($"观测文件 {Probe} {Target} 既没有观测也没有原因，或两者都有"),
        },
    };

    /// <summary>Below observations/.</summary>
    public static string FileName(ProbeRecord record) => $"{PackLayout.Observations}/{record.ProbeId}/{record.TargetId.Replace(':', '-')}.json";
}

public sealed record RecordedFailure(FailureKind Kind, string Message);
