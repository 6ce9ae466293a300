namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>How far an analysis goes.</summary>
internal sealed record AnalysisSettings
{
    public TimeSpan ProjectCap { get; init; } = TimeSpan.FromSeconds(60);

    public TimeSpan TotalCap { get; init; } = TimeSpan.FromMinutes(25);

    /// <summary>What one engine says of one project; more is cut off.</summary>
    public int Diagnostics { get; init; } = 50_000;

    /// <summary>Where the engines' folders lie.</summary>
    public string EngineFolder { get; init; } = Path.Combine(AppContext.BaseDirectory, "engines");

    /// <summary>False to leave the reference packs of an SDK aside.</summary>
    public bool UsePacks { get; init; } = true;

    /// <summary>Where an analysis may be kept for the next run; null for nowhere.</summary>
    public string? CacheFolder { get; init; }
}
