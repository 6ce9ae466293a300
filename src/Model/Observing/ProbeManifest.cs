namespace SmartCity.SecurityCheck.Model;

/// <summary>What a probe says of itself before it is run.</summary>
public sealed record ProbeManifest
{
    /// <summary><c>pillar.question</c>, such as <c>tls.protocol-versions</c>; also the kind of its observations.</summary>
    public required string Id { get; init; }

    public required Pillar Pillar { get; init; }

    public required string Title { get; init; }

    /// <summary>The question it answers, as a sentence for people.</summary>
    public required string Question { get; init; }

    /// <summary>The case of <see cref="Target"/> it looks at.</summary>
    public required Type Needs { get; init; }

    /// <summary>The only samples it looks at, where it needs a <see cref="CryptoSample"/>; null for all.</summary>
    public CryptoSampleKind? Samples { get; init; }

    /// <summary>The record type of its observations.</summary>
    public required Type Observes { get; init; }

    public required Touches Touches { get; init; }

    public required Intrusiveness Intrusiveness { get; init; }

    /// <summary>A probe that takes longer ends as <see cref="FailureKind.TimedOut"/>.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>Run when all others of the run have ended, because what they saw of all targets is what it looks at.</summary>
    public bool ComesLast { get; init; }

    /// <summary>Connections it makes at most on one target.</summary>
    public int Connections { get; init; }

    /// <summary>What it reads somebody filled in, and nothing was looked at to compare it with: its judgements are 自报 and no measurement.</summary>
    public bool IsSelfReport { get; init; }

    /// <summary>Outside programs it calls.</summary>
    public IReadOnlyList<string> Tools { get; init; } = [];

    /// <summary>Raised when the same system would be seen differently.</summary>
    public required string Version { get; init; }

    /// <summary>Whether the question arises for a target.</summary>
    public bool Concerns(Target target) => Needs.IsInstanceOfType(target) && (Samples is null || (target is CryptoSample sample && sample.SampleKind == Samples));
}

[Flags]
public enum Touches
{
    None = 0,
    Network = 1,
    Host = 2,
    Files = 4,
    Source = 8,
    Browser = 16,
}

/// <summary>侵扰程度. <see cref="Intrusive"/> runs alone and only when allowed.</summary>
public enum Intrusiveness
{
    Safe,
    Noisy,
    Intrusive,
}
