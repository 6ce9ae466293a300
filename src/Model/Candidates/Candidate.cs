using System.Text.Json.Serialization;

namespace SmartCity.SecurityCheck.Model;

/// <summary>被测系统 · what candidate.yaml says of the system that is about to be accepted.</summary>
public sealed record Candidate
{
    /// <summary>Lower-case letters, digits and hyphens; part of folder names.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    /// <summary>项目业主单位.</summary>
    public string? OwnerUnit { get; init; }

    /// <summary>系统版本 as papers should name it, such as V2.1; null where it was not given.</summary>
    public string? SystemVersion { get; init; }

    /// <summary>项目节点.</summary>
    public ProjectMilestones Milestones { get; init; } = ProjectMilestones.None;

    /// <summary>承建单位.</summary>
    public string? Builder { get; init; }

    public required SystemKind Kind { get; init; }

    /// <summary>等级保护定级, 1–4 (GB/T 22239-2019); null where not yet graded.</summary>
    public int? ProtectionLevel { get; init; }

    /// <summary>密码应用等级, 1–4 (GB/T 39786-2021); null where not yet graded.</summary>
    public int? CryptoLevel { get; init; }

    /// <summary>涉密: true stops every run, such systems follow secrecy rules and not this tool.</summary>
    public required bool IsClassified { get; init; }

    public Deployment? Deployment { get; init; }

    /// <summary>Id of the acceptance profile; null judges the rulesets alone.</summary>
    public string? Profile { get; init; }

    public IReadOnlyList<Endpoint> Endpoints { get; init; } = [];

    public IReadOnlyList<Host> Hosts { get; init; } = [];

    public IReadOnlyList<SourceTree> SourceTrees { get; init; } = [];

    public IReadOnlyList<ArchivePackage> ArchivePackages { get; init; } = [];

    public IReadOnlyList<CryptoSample> CryptoSamples { get; init; } = [];

    public IReadOnlyList<Document> Materials { get; init; } = [];

    public IReadOnlyList<WebFlow> WebFlows { get; init; } = [];

    public IReadOnlyList<ExposedHost> Exposure { get; init; } = [];

    public IReadOnlyList<ImportedReport> Imports { get; init; } = [];

    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    public IReadOnlyList<Attestation> Attestations { get; init; } = [];

    /// <summary>Files that answers given after the run brought with them. No targets: nothing probes them.</summary>
    [JsonIgnore]
    public IReadOnlyList<AttachedDocument> Attached { get; init; } = [];

    /// <summary>The day of the last answer given after the run, in Beijing time; null where none was.</summary>
    [JsonIgnore]
    public DateOnly? AnsweredOn { get; init; }

    /// <summary>What people say of its cryptography, for 密评.</summary>
    public CryptoStatements Crypto { get; init; } = CryptoStatements.None;

    /// <summary>What people say of it for 等级保护.</summary>
    public ProtectionStatements Protection { get; init; } = ProtectionStatements.None;

    /// <summary>Every target, in the order of the file, kind by kind.</summary>
    public IEnumerable<Target> Targets() =>
        [.. Endpoints, .. Hosts, .. SourceTrees, .. ArchivePackages, .. CryptoSamples, .. Materials, .. WebFlows, .. Exposure, .. Imports];

    /// <summary>All values that must not reach a log, a report or evidence.</summary>
    public IEnumerable<Secret> Secrets() => Endpoints.Select(e => e.Authorization).OfType<Secret>().Concat(CryptoSamples.SelectMany(s => s.Secrets.Values))
        .Concat(WebFlows.Select(f => f.Flow).OfType<BrowserFlow>().SelectMany(f => f.Secrets.Values));
}

/// <summary>A paper handed in with an answer.</summary>
/// <param name="Document">Its id is its SHA-256, its path the place in the pack.</param>
/// <param name="Bytes">Length as read; 0 where it is missing, changed or blank, and then it carries nothing.</param>
public sealed record AttachedDocument(Document Document, long Bytes);

/// <summary>系统类别. 政务服务办理系统 carries duties of its own (归档功能).</summary>
public enum SystemKind
{
    GovernmentService,
    BusinessSystem,
    DataPlatform,
    Infrastructure,
    Website,
    Other,
}

/// <summary>部署方式.</summary>
public enum Deployment
{
    OwnRoom,
    GovernmentCloud,
    Mixed,
}
