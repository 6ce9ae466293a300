using System.Text.Json.Serialization;

namespace SmartCity.SecurityCheck.Model;

/// <summary>Everything a report is written from; what the pack folder holds apart from the evidence bytes.</summary>
public sealed record EvidencePack
{
    public required RunInformation Run { get; init; }

    public required Candidate Candidate { get; init; }

    public AcceptanceProfile? Profile { get; init; }

    /// <summary>What judged, as the tool that assembles the pack knows it; run.json records what the run said.</summary>
    public required RulesUsed Rules { get; init; }

    public required IReadOnlyList<Requirement> Requirements { get; init; }

    /// <summary>What the rules know of algorithms, by name.</summary>
    public IReadOnlyList<CodeAlgorithm> Algorithms { get; init; } = [];

    /// <summary>Headings under which the rules count defects of source code.</summary>
    public IReadOnlyList<DefectClass> DefectClasses { get; init; } = [];

    /// <summary>Weaknesses under which engines may know one defect.</summary>
    public IReadOnlyList<WeaknessKin> Kin { get; init; } = [];

    /// <summary>Who usually makes a paper, by kind of paper; only kinds that are not the owner's.</summary>
    public IReadOnlyDictionary<string, string> PaperIssuers { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public required IReadOnlyList<ProbeRecord> Outcomes { get; init; }

    public required JudgementSet Judgement { get; init; }

    /// <summary>All evidence of all observations, by path.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>SVG drawings among the evidence that reports show, by id; small ones only. They hold text of strangers: never markup of a page.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Pictures { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
}

/// <summary>What judgement.json holds: the pure result of observations, rules and clock.</summary>
public sealed record JudgementSet
{
    public required DateTimeOffset JudgedAt { get; init; }

    public required IReadOnlyList<Judgement> Judgements { get; init; }

    public required IReadOnlyList<RequirementVerdict> Requirements { get; init; }

    public required IReadOnlyList<ClauseJudgement> Clauses { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public IReadOnlyList<Waiver> WaiversInEffect { get; init; } = [];

    public IReadOnlyList<Attestation> AttestationsInEffect { get; init; } = [];

    /// <summary>Shown beside judgements that stay 待人工, because a probe and not a person has to see it.</summary>
    public IReadOnlyList<Attestation> AttestationsOnRecord { get; init; } = [];

    /// <summary>Attestations without effect and why (a measured 不符合, a name no rule has).</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    /// <summary>字母等级, an aid; by target, then pillar.</summary>
    public IReadOnlyList<TargetGrade> Grades { get; init; } = [];

    /// <summary>What standards conclude, by catalogue; empty where the rules hold no catalogue.</summary>
    public IReadOnlyList<Assessment> Assessments { get; init; } = [];

    /// <summary>等级保护自评; null where the rules hold no catalogue for it.</summary>
    public ProtectionAssessment? Protection { get; init; }

    /// <summary>旁证 · other tools' results beside ours, disagreements first; null where the candidate names none of their reports.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ForeignOpinion>? Foreign { get; init; }

    public required GateResult Gate { get; init; }
}

/// <summary>门禁 · whether the run's gate opens.</summary>
/// <param name="Outcome">The exit code follows from it.</param>
/// <param name="FailOn">The threshold asked for.</param>
/// <param name="Stage">The step the clauses were held against.</param>
/// <param name="Blocking">Findings that close it.</param>
/// <param name="Open">待人工 judgements and clauses.</param>
/// <param name="Sentence">For people.</param>
public sealed record GateResult(GateOutcome Outcome, FailOn FailOn, Gate Stage, int Blocking, int Open, string Sentence);

public enum GateOutcome
{
    Passed,
    Failed,
    NeedsReview,
}

public enum FailOn
{
    Critical,
    Major,
    Minor,

    /// <summary>Minor findings and everything 未核验.</summary>
    Unverified,
}

public enum Completion
{
    Complete,

    /// <summary>Interrupted by the user or the run limit; what was not run is 未核验.</summary>
    Cancelled,
}

/// <summary>run.json: what ran, with what, when.</summary>
public sealed record RunInformation
{
    public required string ToolVersion { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset FinishedAt { get; init; }

    public required Completion Completion { get; init; }

    public required IReadOnlyList<RulesetReference> Rulesets { get; init; }

    public required IReadOnlyList<ProbeReference> Probes { get; init; }

    public IReadOnlyList<ToolReference> Tools { get; init; } = [];

    public required string OperatingSystem { get; init; }

    public required string Runtime { get; init; }

    public required FailOn FailOn { get; init; }

    public required Gate Stage { get; init; }

    /// <summary>The measure it was held against: candidate.yaml's own, or the one asked for instead.</summary>
    public string? Profile { get; init; }

    public bool AllowIntrusive { get; init; }
}

public sealed record RulesetReference(string Id, string Version, string File, string Sha256);

/// <param name="Id">As in observations.</param>
/// <param name="Version">Of the probe.</param>
/// <param name="Title">For people.</param>
/// <param name="Question">What it answers.</param>
/// <param name="Labels">How its fields are called in reports.</param>
public sealed record ProbeReference(string Id, string Version, string Title, string Question, IReadOnlyList<FieldLabel> Labels)
{
    public static ProbeReference To(ProbeManifest manifest) => new(manifest.Id, manifest.Version, manifest.Title, manifest.Question, FieldLabel.Of(manifest.Observes));
}

/// <summary>An outside program; <paramref name="Version"/> null where it was not found.</summary>
public sealed record ToolReference(string Name, string? Version);
