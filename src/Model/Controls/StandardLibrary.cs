namespace SmartCity.SecurityCheck.Model;

/// <summary>Everything of the rules folder that is not a ruleset or a profile.</summary>
public sealed record StandardLibrary
{
    public static StandardLibrary Empty { get; } = new();

    public IReadOnlyList<ControlCatalogue> Catalogues { get; init; } = [];

    public IReadOnlyList<ScoringRule> Scorings { get; init; } = [];

    public IReadOnlyList<HighRiskGuide> HighRisks { get; init; } = [];

    public IReadOnlyList<Guidance> Guidance { get; init; } = [];

    public IReadOnlyList<AlgorithmTable> Algorithms { get; init; } = [];

    /// <summary>How items conclude where no scoring rule does.</summary>
    public IReadOnlyList<ProtectionRule> Conclusions { get; init; } = [];

    /// <summary>Which results of other tools speak of which requirements.</summary>
    public IReadOnlyList<ForeignMapping> Mappings { get; init; } = [];

    /// <summary>Under which headings defects of source code are counted.</summary>
    public IReadOnlyList<DefectClassTable> DefectClasses { get; init; } = [];

    /// <summary>What probes look for.</summary>
    public ProbeTables Tables { get; init; } = ProbeTables.None;

    public IEnumerable<RuleFile> Files() =>
    [
        .. Catalogues.Select(c => c.File), .. Scorings.Select(s => s.File), .. HighRisks.Select(h => h.File),
        .. Guidance.Select(g => g.File), .. Algorithms.Select(a => a.File), .. Conclusions.Select(c => c.File),
        .. Mappings.Select(m => m.File), .. DefectClasses.Select(c => c.File), .. Tables.Files(),
    ];
}
