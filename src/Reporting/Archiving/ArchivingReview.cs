using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>电子文件归档 · what a reviewer of the archive reads: functions, the items of DA/T 70 with both values, OFD files, and what is open.</summary>
public sealed record ArchivingReview
{
    /// <summary>The pillar was judged; without it nothing here says anything.</summary>
    public required bool IsJudged { get; init; }

    /// <summary>F-01 to F-12 and B-01 to B-04, all of them always.</summary>
    public required IReadOnlyList<ReviewedFunction> Functions { get; init; }

    /// <summary>One a folder or file of packages.</summary>
    public required IReadOnlyList<ReviewedPackage> Packages { get; init; }

    /// <summary>Why there are no <see cref="Packages"/>; null where there are.</summary>
    public string? NoPackages { get; init; }

    /// <summary>Judgements of the pillar that are neither functions nor items of DA/T 70, such as those of OFD files.</summary>
    public required IReadOnlyList<ReviewedRule> Others { get; init; }

    /// <summary>Of the pillar, highest severity first.</summary>
    public required IReadOnlyList<FindingRow> Findings { get; init; }

    public required IReadOnlyList<OpenPoint> Open { get; init; }

    /// <summary>All judgements of the pillar.</summary>
    public required VerdictCounts Counts { get; init; }

    public static ArchivingReview Of(EvidencePack pack, IReadOnlyList<FindingRow> findings)
    {
        var requirements = pack.Requirements.Where(r => r.Pillar == Pillar.ElectronicArchives).ToDictionary(r => r.Id, StringComparer.Ordinal);
        var judgements = pack.Judgement.Judgements.Where(j => requirements.ContainsKey(j.RequirementId)).ToList();
        var functions = ReviewedFunction.Of(pack, requirements, judgements);
        var packages = pack.Candidate.ArchivePackages.Where(t => judgements.Exists(j => j.TargetId == t.TargetId)).Select(t => ReviewedPackage.Of(pack, t, judgements)).ToList();
        var none = packages.Count > 0 ? null
            : pack.Candidate.ArchivePackages.Count == 0 ? "没有给归档信息包（archivePackages）"
            : "给了归档信息包，但所用的规则里没有一项判它";
        return new ArchivingReview
        {
            IsJudged = judgements.Count > 0,
            Functions = functions,
            Packages = packages,
            NoPackages = none,
            Others = [.. judgements.Where(j => ReviewedFunction.IdOf(j.RequirementId) is null && ReviewedItem.IdOf(j.RequirementId) is null).Select(j => new ReviewedRule(requirements[j.RequirementId], j))],
            Findings = [.. findings.Where(f => requirements.ContainsKey(f.Finding.RequirementId))],
            Open = OpenPoint.Of(pack, functions, packages, none, requirements, judgements),
            Counts = VerdictCounts.Of(judgements.Select(j => j.Verdict)),
        };
    }

    internal static IEnumerable<Observation> Observations(EvidencePack pack, string targetId, string kind) => pack.Outcomes
        .Where(o => o.TargetId == targetId).Select(o => o.Outcome).OfType<Observed>().SelectMany(o => o.Observations).Where(o => o.Kind == kind);

    internal static JsonElement Part(JsonElement record, string field) =>
        record.ValueKind == JsonValueKind.Object && record.TryGetProperty(field, out var part) && part.ValueKind == JsonValueKind.Object ? part : default;

    /// <summary>Why a probe has nothing to tell; null where it observed, or was not planned.</summary>
    internal static string? Trouble(EvidencePack pack, string targetId, string probe) => pack.Outcomes.FirstOrDefault(o => o.TargetId == targetId && o.ProbeId == probe)?.Outcome switch
    {
        Unable unable => $"{VerdictReason.ProbeUnable.Name()}：{unable.Message}",
        NotNeeded spared => spared.Why,
        null => $"{VerdictReason.ProbeUnable.Name()}：没有运行",
        _ => null,
    };
}

/// <param name="Requirement">What was asked.</param>
/// <param name="Judgement">Of one target.</param>
public sealed record ReviewedRule(Requirement Requirement, Judgement Judgement);
