using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>What a run is asked to do; everything in it has been read and found right.</summary>
public sealed record RunRequest
{
    public required Candidate Candidate { get; init; }

    /// <summary>The bytes of candidate.yaml as they go into the pack.</summary>
    public required byte[] CandidateFile { get; init; }

    /// <summary>Folder the rules were read from; the files used are copied into the pack.</summary>
    public required string RulesetsPath { get; init; }

    public required RulesetFolder Rulesets { get; init; }

    public required ProbeCatalogue Probes { get; init; }

    public required string OutputFolder { get; init; }

    /// <summary>Verifies seals of papers whose format another room knows.</summary>
    public IPaperSeals Seals { get; init; } = NoPaperSeals.Instance;

    public IReadOnlyList<IReportWriter> Writers { get; init; } = [];

    public IReadOnlyList<ToolReference> Tools { get; init; } = [];

    public Sm2PrivateKey? SignKey { get; init; }

    public FailOn FailOn { get; init; } = FailOn.Critical;

    public Gate Stage { get; init; } = Gate.Acceptance;

    public bool AllowIntrusive { get; init; }

    /// <summary>Folder where looks at source code are kept for the next run; null for nowhere.</summary>
    public string? CacheFolder { get; init; }

    public TimeSpan RunLimit { get; init; } = TimeSpan.FromHours(2);

    public required string ToolVersion { get; init; }
}

/// <param name="Folder">The pack.</param>
/// <param name="Pack">Its content.</param>
/// <param name="Manifest">Its seal.</param>
/// <param name="Reports">File names that were written.</param>
public sealed record RunResult(string Folder, EvidencePack Pack, PackManifest Manifest, IReadOnlyList<string> Reports);
