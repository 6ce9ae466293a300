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

    /// <summary>Ports, pages and accounts the exposure probes look for.</summary>
    public IReadOnlyList<ServiceTable> Services { get; init; } = [];

    /// <summary>What the numbers of code analyzers mean.</summary>
    public IReadOnlyList<EngineRuleTable> Engines { get; init; } = [];

    /// <summary>Which results of other tools speak of which requirements.</summary>
    public IReadOnlyList<ForeignMapping> Mappings { get; init; } = [];

    /// <summary>What secrets in source look like.</summary>
    public IReadOnlyList<SecretTable> Secrets { get; init; } = [];

    /// <summary>Famous flaws of components.</summary>
    public IReadOnlyList<KnownFlawTable> KnownFlaws { get; init; } = [];

    /// <summary>What is looked for in source text.</summary>
    public IReadOnlyList<CodePatternTable> Patterns { get; init; } = [];

    public IEnumerable<RuleFile> Files() =>
    [
        .. Catalogues.Select(c => c.File), .. Scorings.Select(s => s.File), .. HighRisks.Select(h => h.File),
        .. Guidance.Select(g => g.File), .. Algorithms.Select(a => a.File), .. Conclusions.Select(c => c.File),
        .. Services.Select(s => s.File), .. Mappings.Select(m => m.File),
        .. Secrets.Select(s => s.File), .. KnownFlaws.Select(k => k.File),
        .. Engines.Select(e => e.File),
        .. Patterns.Select(p => p.File),
    ];
}
