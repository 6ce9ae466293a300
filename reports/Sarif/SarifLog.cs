using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Sarif;

/// <summary>The report with the numbers SARIF refers to its parts by.</summary>
internal sealed class SarifLog
{
    private readonly Dictionary<string, int> _ruleIndexes;
    private readonly Dictionary<string, int> _artifactIndexes;
    private readonly Dictionary<string, Target> _targets;

    public SarifLog(AcceptanceReport report)
    {
        Report = report;
        Rules = RulesOf(report);
        Evidence = [.. report.Evidence.DistinctBy(e => e.Id, StringComparer.Ordinal).Where(e => SarifText.RelativeUri(e.RelativePath) is not null)];
        _ruleIndexes = Rules.Select((r, i) => (r.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        _artifactIndexes = Evidence.Select((e, i) => (e.Id, i)).ToDictionary(p => p.Id, p => p.i, StringComparer.Ordinal);
        _targets = report.Pack.Candidate.Targets().DistinctBy(t => t.TargetId, StringComparer.Ordinal).ToDictionary(t => t.TargetId, StringComparer.Ordinal);
    }

    public AcceptanceReport Report { get; }

    public IReadOnlyList<SarifRule> Rules { get; }

    public IReadOnlyList<Evidence> Evidence { get; }

    public int RuleIndex(string id) => _ruleIndexes[id];

    public int? ArtifactIndex(string evidenceId) => _artifactIndexes.TryGetValue(evidenceId, out var index) ? index : null;

    public Target? Target(string targetId) => _targets.GetValueOrDefault(targetId);

    /// <summary>The requirements asked, then what findings name besides (clauses, expired waivers), each once.</summary>
    private static List<SarifRule> RulesOf(AcceptanceReport report)
    {
        var asked = report.Pillars.SelectMany(p => p.Requirements).Select(r => r.Requirement)
            .Select(r => new SarifRule(r.Id, r.Title, r.Remedy, r.Severity, r.Pillar, r.Basis))
            .ToList();
        var known = asked.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        var others = report.Findings.Select(f => f.Finding)
            .Where(f => known.Add(f.RequirementId))
            .Select(f => new SarifRule(f.RequirementId, f.Title, f.Remedy, f.Severity, null, []));
        return [.. asked.Concat(others.ToList()).OrderBy(r => r.Id, StringComparer.Ordinal)];
    }
}

/// <param name="Id">Requirement id, or what a finding names instead.</param>
/// <param name="Title">One line.</param>
/// <param name="Remedy">Help.</param>
/// <param name="Severity">Of the requirement.</param>
/// <param name="Pillar">Null for what is no requirement.</param>
/// <param name="Basis">Standard clauses.</param>
internal sealed record SarifRule(string Id, string Title, string Remedy, Severity Severity, Pillar? Pillar, IReadOnlyList<Basis> Basis);
