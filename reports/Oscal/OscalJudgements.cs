using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Oscal;

/// <summary>Judgements as observations and findings, problems as risks.</summary>
internal static class OscalJudgements
{
    public static void Write(Utf8JsonWriter json, AcceptanceReport report, Dictionary<string, Requirement> requirements, CancellationToken stop)
    {
        var judgements = report.Pack.Judgement.Judgements;
        if (judgements.Count > 0)
        {
            var evidence = report.Evidence.DistinctBy(e => e.Id, StringComparer.Ordinal).ToDictionary(e => e.Id, StringComparer.Ordinal);
            json.List("observations", () => Each(judgements, j => Observation(json, report, requirements, evidence, j), stop));
        }

        if (report.Findings.Count > 0)
        {
            json.List("risks", () => Each(report.Findings, f => Risk(json, report, f), stop));
        }

        var risks = report.Findings.ToLookup(f => (f.Finding.RequirementId, f.Finding.TargetId), f => f.Finding.Fingerprint);
        var decided = judgements.Where(j => j.Verdict != Verdict.NotApplicable).ToList();
        if (decided.Count > 0)
        {
            json.List("findings", () => Each(decided, j => Finding(json, report, requirements, j, [.. risks[(j.RequirementId, j.TargetId)]]), stop));
        }
    }

    private static void Each<T>(IReadOnlyList<T> items, Action<T> write, CancellationToken stop)
    {
        foreach (var item in items)
        {
            stop.ThrowIfCancellationRequested();
            write(item);
        }
    }

    private static void Observation(Utf8JsonWriter json, AcceptanceReport report, Dictionary<string, Requirement> requirements, Dictionary<string, Evidence> evidence, Judgement judgement) => json.Record(() =>
    {
        json.WriteString("uuid", IdOf("observation", judgement));
        json.Text("title", $"{judgement.RequirementId} {requirements.GetValueOrDefault(judgement.RequirementId)?.Title}");
        json.Text("description", judgement.Explanation);
        json.Properties(("verdict", judgement.Verdict.Name()), ("reason", judgement.Reason.Name()), ("waiver", judgement.WaiverId), ("attestation", judgement.AttestationId));
        json.List("methods", () => json.WriteStringValue(judgement.Reason switch
        {
            VerdictReason.Attested or VerdictReason.AttestedUnseen or VerdictReason.ManualOnly => "INTERVIEW",
            VerdictReason.SelfReported or VerdictReason.ConditionNotMet => "EXAMINE",
            VerdictReason.ProbeUnable or VerdictReason.FieldMissing => "UNKNOWN",
            _ => "TEST",
        }));
        json.List("subjects", () => json.Record(() =>
        {
            json.WriteString("subject-uuid", OscalId.Of("component", judgement.TargetId));
            json.WriteString("type", "component");
            json.Text("title", report.TargetName(judgement.TargetId));
        }));
        var files = judgement.Evidence.Select(evidence.GetValueOrDefault).OfType<Evidence>().ToList();
        if (files.Count > 0)
        {
            json.List("relevant-evidence", () => files.ForEach(e => json.Record(() =>
            {
                json.WriteString("href", $"#{OscalId.Of("resource", e.RelativePath)}");
                json.Text("description", e.Description);
            })));
        }

        json.Moment("collected", report.Pack.Run.FinishedAt);
    });

    private static void Risk(Utf8JsonWriter json, AcceptanceReport report, FindingRow row) => json.Record(() =>
    {
        json.WriteString("uuid", OscalId.Of("risk", row.Finding.Fingerprint));
        json.Text("title", row.Finding.Title);
        json.Text("description", row.Finding.Message);
        json.Text("statement", row.Requirement?.Why ?? row.Finding.Severity.Meaning());
        json.Properties(("severity", row.Finding.Severity.Name()), ("where", row.Finding.Where), ("target", report.TargetName(row.Finding.TargetId)), ("fingerprint", row.Finding.Fingerprint), ("waiver", row.Finding.WaiverId));
        json.WriteString("status", row.Finding.WaiverId is null ? "open" : "deviation-approved");
        json.List("remediations", () => json.Record(() =>
        {
            json.WriteString("uuid", OscalId.Of("remediation", row.Finding.Fingerprint));
            json.WriteString("lifecycle", "recommendation");
            json.WriteString("title", "整改建议");
            json.Text("description", row.Finding.Remedy);
        }));
    });

    private static void Finding(Utf8JsonWriter json, AcceptanceReport report, Dictionary<string, Requirement> requirements, Judgement judgement, List<string> risks) => json.Record(() =>
    {
        var requirement = requirements.GetValueOrDefault(judgement.RequirementId);
        json.WriteString("uuid", IdOf("finding", judgement));
        json.Text("title", $"{judgement.RequirementId} {requirement?.Title}");
        json.Text("description", $"{report.TargetName(judgement.TargetId)}：{judgement.Verdict.Name()}。{judgement.Explanation}");
        json.Properties([("verdict", judgement.Verdict.Name()), ("reason", judgement.Reason.Name()), .. (requirement?.Basis ?? []).Select(b => ("basis", $"{b.Standard} {b.Clause}（{b.Confidence.Name()}）"))]);
        json.Record("target", () =>
        {
            json.WriteString("type", "objective-id");
            json.WriteString("target-id", OscalJson.Token(judgement.RequirementId));
            json.Record("status", () =>
            {
                json.WriteString("state", judgement.Verdict == Verdict.Satisfied ? "satisfied" : "not-satisfied");
                json.WriteString("reason", judgement.Verdict switch { Verdict.Satisfied => "pass", Verdict.NeedsReview => "other", _ => "fail" });
                if (judgement.Verdict == Verdict.NeedsReview)
                {
                    json.Text("remarks", $"{Verdict.NeedsReview.Name()}（{judgement.Reason.Name()}）：没有结论，不是测得的问题。");
                }
            });
        });
        json.List("related-observations", () => json.Record(() => json.WriteString("observation-uuid", IdOf("observation", judgement))));
        if (risks.Count > 0)
        {
            json.List("related-risks", () => risks.ForEach(r => json.Record(() => json.WriteString("risk-uuid", OscalId.Of("risk", r)))));
        }
    });

    private static string IdOf(string kind, Judgement judgement) => OscalId.Of(kind, judgement.RequirementId, judgement.TargetId);
}
