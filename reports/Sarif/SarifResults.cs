using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reports.Sarif;

/// <summary><c>run.results</c> (SARIF §3.27): findings first, then what waits for a person.</summary>
internal static class SarifResults
{
    private const string FingerprintName = "securitycheck/v1";

    public static void Write(Utf8JsonWriter json, SarifLog log)
    {
        var waivers = log.Report.Waivers.DistinctBy(w => w.Id, StringComparer.Ordinal).ToDictionary(w => w.Id, StringComparer.Ordinal);
        json.WriteStartArray("results");
        foreach (var row in log.Report.Findings)
        {
            WriteFinding(json, log, row.Finding, waivers);
        }

        foreach (var judgement in log.Report.Pillars.SelectMany(p => p.Requirements).SelectMany(r => r.Judgements))
        {
            if (judgement.Verdict == Verdict.NeedsReview)
            {
                WriteReview(json, log, judgement);
            }
        }

        json.WriteEndArray();
    }

    private static void WriteFinding(Utf8JsonWriter json, SarifLog log, Finding finding, Dictionary<string, Waiver> waivers)
    {
        json.WriteStartObject();
        WriteRule(json, log, finding.RequirementId);
        json.WriteString("kind", "fail");
        json.WriteString("level", SarifTool.Level(finding.Severity));
        json.WriteMessage("message", finding.Message);
        SarifPlaces.Write(json, log, finding.TargetId, finding.Where);
        json.WriteStartObject("partialFingerprints");
        json.WriteString(FingerprintName, SarifText.Plain(finding.Fingerprint));
        json.WriteEndObject();
        SarifPlaces.WriteAttachments(json, log, finding.Evidence);
        if (finding.WaiverId is { } waiver)
        {
            WriteSuppression(json, waiver, waivers.GetValueOrDefault(waiver));
        }

        WriteProperties(json, finding.Verdict, finding.Severity.Name(), finding.Remedy);
        json.WriteEndObject();
    }

    private static void WriteReview(Utf8JsonWriter json, SarifLog log, Judgement judgement)
    {
        json.WriteStartObject();
        WriteRule(json, log, judgement.RequirementId);
        json.WriteString("kind", "review");
        json.WriteString("level", "none");
        json.WriteMessage("message", $"{judgement.Reason.Name()}：{judgement.Explanation}");
        SarifPlaces.Write(json, log, judgement.TargetId, "");
        SarifPlaces.WriteAttachments(json, log, judgement.Evidence);
        WriteProperties(json, judgement.Verdict, null, null);
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, SarifLog log, string id)
    {
        json.WriteString("ruleId", SarifText.Plain(id));
        json.WriteNumber("ruleIndex", log.RuleIndex(id));
    }

    private static void WriteSuppression(Utf8JsonWriter json, string id, Waiver? waiver)
    {
        json.WriteStartArray("suppressions");
        json.WriteStartObject();
        json.WriteString("kind", "external");
        json.WriteString("status", "accepted");
        json.WriteString("justification", SarifText.Plain(waiver is null
            ? $"豁免 {id}"
            : $"豁免 {id}：{waiver.Justification}（批准人 {waiver.ApprovedBy}，有效至 {waiver.ExpiresOn:yyyy-MM-dd}）"));
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteProperties(Utf8JsonWriter json, Verdict verdict, string? severity, string? remedy)
    {
        json.WriteStartObject("properties");
        json.WriteString("verdict", verdict.Name());
        if (severity is not null)
        {
            json.WriteString("severity", severity);
        }

        if (remedy is not null)
        {
            json.WriteString("remedy", SarifText.Plain(remedy));
        }

        json.WriteEndObject();
    }
}
