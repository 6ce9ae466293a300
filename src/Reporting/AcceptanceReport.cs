using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>The report as every format shows it, sections in the order in which they are read.</summary>
public sealed record AcceptanceReport
{
    public required EvidencePack Pack { get; init; }

    /// <summary>结论一页.</summary>
    public required Conclusion Conclusion { get; init; }

    /// <summary>条款对照; empty without a profile.</summary>
    public required IReadOnlyList<ClauseRow> Clauses { get; init; }

    /// <summary>What was read of each document of <c>materials:</c>, by path.</summary>
    public required IReadOnlyDictionary<string, MaterialFacts> Papers { get; init; }

    /// <summary>各支柱, in the order of <see cref="Pillar"/>; only those in which something was asked or is asked by a clause.</summary>
    public required IReadOnlyList<PillarSection> Pillars { get; init; }

    /// <summary>What standards conclude, shown within their pillar.</summary>
    public required IReadOnlyList<AssessmentSection> Assessments { get; init; }

    /// <summary>密码资产.</summary>
    public required CryptoInventory Crypto { get; init; }

    /// <summary>代码安全检测, a part for each source tree.</summary>
    public required IReadOnlyList<CodeInspection> Code { get; init; }

    /// <summary>电子文件归档.</summary>
    public required ArchivingReview Archiving { get; init; }

    /// <summary>问题清单, highest severity first.</summary>
    public required IReadOnlyList<FindingRow> Findings { get; init; }

    /// <summary>豁免与人工确认.</summary>
    public required IReadOnlyList<Waiver> Waivers { get; init; }

    public required IReadOnlyList<Attestation> Attestations { get; init; }

    /// <summary>Statements that decide nothing: a probe has to see it.</summary>
    public required IReadOnlyList<Attestation> AttestationsOnRecord { get; init; }

    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>未核验清单: what nobody knows yet, and why.</summary>
    public required IReadOnlyList<UnverifiedRow> Unverified { get; init; }

    /// <summary>证据目录.</summary>
    public required IReadOnlyList<Evidence> Evidence { get; init; }

    /// <summary>与上次相比; null where no earlier pack was given.</summary>
    public PackComparison? Comparison { get; init; }

    public static AcceptanceReport From(EvidencePack pack) => ReportAssembly.Assemble(pack);

    /// <summary>What people call a target; its id where the candidate does not know it.</summary>
    public string TargetName(string targetId) => ReportAssembly.TargetName(Pack.Candidate, targetId);
}

/// <summary>Page one.</summary>
public sealed record Conclusion
{
    /// <summary>The outcome in a few words.</summary>
    public required string Headline { get; init; }

    /// <summary>The gate's sentence.</summary>
    public required string Sentence { get; init; }

    public required GateResult Gate { get; init; }

    /// <summary>Banners: interrupted run, expired or draft measure, findings covered by waivers.</summary>
    public required IReadOnlyList<string> Notices { get; init; }

    /// <summary>能否申请, 还差什么, 谁来补.</summary>
    public required Readiness Readiness { get; init; }

    /// <summary>Materials some applicable clause asks for and nobody handed in, once each: those of acceptance and go-live first, then of filing, then what is only for reference.</summary>
    public required IReadOnlyList<MissingMaterial> MissingMaterials { get; init; }

    public required VerdictCounts Counts { get; init; }

    /// <summary>Unwaived findings by severity, highest first; zeros included.</summary>
    public required IReadOnlyList<SeverityCount> Severities { get; init; }

    /// <summary>Judgements that are 未核验 or 待人工, 0–1 of all applicable ones; null where nothing was asked.</summary>
    public double? UntestedShare { get; init; }
}

/// <param name="Material">Its kind, as the clause names it.</param>
/// <param name="ClauseId">Which clause asks; of several the one whose step presses most.</param>
/// <param name="Article">第 N 条.</param>
/// <param name="Gate">At which step it is asked for.</param>
/// <param name="State">Missing, or why what is there does not do.</param>
/// <param name="Issuer">Who usually makes it.</param>
public sealed record MissingMaterial(string Material, string ClauseId, string Article, Gate Gate, MaterialState State, string Issuer);

public sealed record SeverityCount(Severity Severity, int Count);

/// <summary>Judgements by verdict.</summary>
public sealed record VerdictCounts(int Satisfied, int Partial, int NotSatisfied, int NotApplicable, int NeedsReview)
{
    public int Total => Satisfied + Partial + NotSatisfied + NotApplicable + NeedsReview;

    public int Of(Verdict verdict) => verdict switch
    {
        Verdict.Satisfied => Satisfied,
        Verdict.Partial => Partial,
        Verdict.NotSatisfied => NotSatisfied,
        Verdict.NotApplicable => NotApplicable,
        _ => NeedsReview,
    };

    public static VerdictCounts Of(IEnumerable<Verdict> verdicts)
    {
        var counts = new int[5];
        foreach (var verdict in verdicts)
        {
            counts[(int)verdict]++;
        }

        return new VerdictCounts(counts[0], counts[1], counts[2], counts[3], counts[4]);
    }
}

public sealed record ClauseRow(Clause Clause, ClauseJudgement Judgement);

/// <param name="Pillar">Which.</param>
/// <param name="Counts">Its judgements.</param>
/// <param name="Targets">逐个对象, in the order of candidate.yaml.</param>
/// <param name="Requirements">逐项要求.</param>
public sealed record PillarSection(Pillar Pillar, VerdictCounts Counts, IReadOnlyList<TargetPage> Targets, IReadOnlyList<RequirementRow> Requirements);

/// <summary>One requirement with its judgements on every target.</summary>
public sealed record RequirementRow(Requirement Requirement, RequirementVerdict Verdict, IReadOnlyList<Judgement> Judgements);

public sealed record FindingRow(int Number, Finding Finding, Requirement? Requirement, Judgement? Judgement);

/// <param name="What">Requirement id or clause id.</param>
/// <param name="Title">Its title.</param>
/// <param name="Target">On what.</param>
/// <param name="Reason">Why it is open.</param>
/// <param name="Detail">The sentence of the judgement.</param>
public sealed record UnverifiedRow(string What, string Title, string Target, string Reason, string Detail);
