namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>How far an analysis of flows goes; what is cut is told.</summary>
internal sealed record FlowLimits
{
    public static FlowLimits Default { get; } = new();

    public TimeSpan Time { get; init; } = TimeSpan.FromMinutes(20);

    /// <summary>Statements of one method, with repetitions.</summary>
    public int Steps { get; init; } = 60_000;

    /// <summary>Expressions of one method, with repetitions and those looked at once more.</summary>
    public int Looks { get; init; } = 600_000;

    /// <summary>Methods in methods.</summary>
    public int Depth { get; init; } = 80;

    /// <summary>Summaries of one method for different constants.</summary>
    public int Contexts { get; init; } = 8;

    /// <summary>Repetitions of methods that call each other, and of loops.</summary>
    public int Rounds { get; init; } = 4;

    /// <summary>Repetitions of what rests on fields that came to hold more. Each is of fewer methods, and what a field holds only grows, to a bound.</summary>
    public int FieldRounds { get; init; } = 32;

    /// <summary>Everything is gone over again in them: slower, and the same comes out.</summary>
    public bool GoesOverAll { get; init; }

    /// <summary>Methods one call can mean.</summary>
    public int Targets { get; init; } = 12;

    public int Hits { get; init; } = 80;
}
