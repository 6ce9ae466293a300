using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Html;

/// <summary>Answers the questions "who refers to whom" once, so that a page of thousands of rows stays quick.</summary>
public sealed class ReportIndex
{
    private readonly Dictionary<string, string> _targetNames;
    private readonly Dictionary<string, Evidence> _evidence;
    private readonly Dictionary<string, string> _requirements;
    private readonly HashSet<string> _clauses;
    private readonly HashSet<(string, string)> _judgements;
    private readonly HashSet<string> _waivers;
    private readonly HashSet<string> _attestations;
    private readonly ILookup<string, string> _usesOfEvidence;
    private readonly ILookup<(string, string), FindingRow> _findings;

    public ReportIndex(AcceptanceReport report, PageUse use)
    {
        Report = report;
        Use = use;
        var judgements = report.Pack.Judgement.Judgements;
        _targetNames = report.Pack.Candidate.Targets().Select(t => t.TargetId).Append(report.Pack.Candidate.Id)
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(id => id, report.TargetName, StringComparer.Ordinal);
        _evidence = report.Evidence.DistinctBy(e => e.Id, StringComparer.Ordinal).ToDictionary(e => e.Id, StringComparer.Ordinal);
        _requirements = report.Pillars.SelectMany(p => p.Requirements).DistinctBy(r => r.Requirement.Id, StringComparer.Ordinal)
            .ToDictionary(r => r.Requirement.Id, r => r.Requirement.Title, StringComparer.Ordinal);
        _clauses = [.. report.Clauses.Select(c => c.Clause.Id)];
        _judgements = [.. judgements.Select(j => (j.RequirementId, j.TargetId))];
        _waivers = [.. report.Waivers.Select(w => w.Id)];
        _attestations = [.. report.Attestations.Concat(report.AttestationsOnRecord).Select(a => a.Id)];
        _usesOfEvidence = judgements
            .SelectMany(j => j.Evidence, (j, id) => (id, j.RequirementId))
            .Distinct()
            .ToLookup(u => u.id, u => u.RequirementId, StringComparer.Ordinal);
        _findings = report.Findings.ToLookup(f => (f.Finding.RequirementId, f.Finding.TargetId));
    }

    public AcceptanceReport Report { get; }

    public PageUse Use { get; }

    public string TargetName(string targetId) => _targetNames.GetValueOrDefault(targetId, targetId);

    /// <summary>Of a requirement; its id where the report has no such one.</summary>
    public string RequirementTitle(string id) => _requirements.GetValueOrDefault(id, id);

    public Evidence? Evidence(string id) => _evidence.GetValueOrDefault(id);

    public IEnumerable<string> RequirementsUsing(string evidenceId) => _usesOfEvidence[evidenceId];

    public IEnumerable<FindingRow> FindingsOf(Judgement judgement) => _findings[(judgement.RequirementId, judgement.TargetId)];

    public IEnumerable<ClauseRow> ClausesAsking(Pillar pillar) => Report.Clauses.Where(c => c.Clause.Pillars.Contains(pillar));

    /// <summary>Address in the page of a requirement or a clause; null where the page has no such place.</summary>
    public string? LinkTo(string id)
    {
        if (_requirements.ContainsKey(id))
        {
            return "#" + Anchor.Requirement(id);
        }

        return _clauses.Contains(id) ? "#" + Anchor.Clause(id) : null;
    }

    public string? LinkToJudgement(string requirementId, string targetId) =>
        _judgements.Contains((requirementId, targetId)) && _requirements.ContainsKey(requirementId)
            ? "#" + Anchor.Judgement(requirementId, targetId)
            : LinkTo(requirementId);

    public string? LinkToWaiver(string id) => _waivers.Contains(id) ? "#" + Anchor.Waiver(id) : null;

    public string? LinkToAttestation(string id) => _attestations.Contains(id) ? "#" + Anchor.Attestation(id) : null;

    /// <summary>Address of the file beside the page; null on paper and for paths that leave the pack.</summary>
    public string? LinkToFile(Evidence evidence) => Use == PageUse.Screen ? Anchor.PackFile(evidence.RelativePath) : null;
}
