namespace SmartCity.SecurityCheck.Model;

/// <summary>What probes look for, where that is data of the rules. A new kind of table is a member here and a reader.</summary>
public sealed record ProbeTables
{
    public static ProbeTables None { get; } = new();

    /// <summary>Ports, pages and accounts.</summary>
    public IReadOnlyList<ServiceTable> Services { get; init; } = [];

    /// <summary>What secrets in source look like.</summary>
    public IReadOnlyList<SecretTable> Secrets { get; init; } = [];

    /// <summary>Famous flaws of components.</summary>
    public IReadOnlyList<KnownFlawTable> KnownFlaws { get; init; } = [];

    /// <summary>Licences of components.</summary>
    public IReadOnlyList<LicenceTable> Licences { get; init; } = [];

    /// <summary>What the numbers of code analyzers mean.</summary>
    public IReadOnlyList<EngineRuleTable> Engines { get; init; } = [];

    /// <summary>What is looked for in source text.</summary>
    public IReadOnlyList<CodePatternTable> Patterns { get; init; } = [];

    /// <summary>Where foreign input must not go, and what methods of libraries do with values.</summary>
    public IReadOnlyList<FlowTable> Flows { get; init; } = [];

    /// <summary>Which settings and configuration code of Java applications leave a door open.</summary>
    public IReadOnlyList<SettingTable> Settings { get; init; } = [];

    /// <summary>How packages are built.</summary>
    public IReadOnlyList<PackageProfile> Packages { get; init; } = [];

    /// <summary>What their metadata holds.</summary>
    public IReadOnlyList<MetadataScheme> Schemes { get; init; } = [];

    /// <summary>How papers are recognised.</summary>
    public IReadOnlyList<MaterialKindTable> MaterialKinds { get; init; } = [];

    /// <summary>Which weaknesses may be two names of one defect; the files that say so are those of the headings of reports.</summary>
    public IReadOnlyList<WeaknessKin> Kin { get; init; } = [];

    public IEnumerable<RuleFile> Files() =>
        [.. Services.Select(s => s.File), .. Secrets.Select(s => s.File), .. KnownFlaws.Select(k => k.File), .. Licences.Select(l => l.File), .. Engines.Select(e => e.File), .. Patterns.Select(p => p.File), .. Flows.Select(f => f.File), .. Settings.Select(s => s.File), .. Packages.Select(p => p.File), .. Schemes.Select(s => s.File), .. MaterialKinds.Select(m => m.File)];
}
