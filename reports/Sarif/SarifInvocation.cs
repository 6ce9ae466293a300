using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Sarif;

/// <summary><c>run.invocations</c> (SARIF §3.20): an interrupted run did not succeed; rules other than the tool's own and every probe that could not look are notifications.</summary>
internal static class SarifInvocation
{
    public static void Write(Utf8JsonWriter json, AcceptanceReport report)
    {
        var run = report.Pack.Run;
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", run.Completion == Completion.Complete);
        json.WriteString("startTimeUtc", Utc(run.StartedAt));
        json.WriteString("endTimeUtc", Utc(run.FinishedAt));
        if (ReportWords.OtherRules(report.Pack.Rules) is { } otherRules)
        {
            json.WriteStartArray("toolConfigurationNotifications");
            json.WriteStartObject();
            json.WriteString("level", "warning");
            json.WriteMessage("message", otherRules);
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteStartArray("toolExecutionNotifications");
        foreach (var record in report.Pack.Outcomes)
        {
            if (record.Outcome is Unable unable)
            {
                WriteNotification(json, record, unable, report.TargetName(record.TargetId));
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    /// <summary>Of a look at one source tree: it did not succeed where an engine could not look, and says what else it may not have seen. Without results, none was found where it looked.</summary>
    public static void Write(Utf8JsonWriter json, CodeInspection inspection)
    {
        json.WriteStartArray("invocations");
        json.WriteStartObject();
        json.WriteBoolean("executionSuccessful", inspection.Failures.Count == 0);
        json.WriteStartArray("toolExecutionNotifications");
        foreach (var (level, words) in inspection.Failures.Select(f => ("error", f)).Concat(inspection.Doubts.Select(d => ("warning", d))))
        {
            json.WriteStartObject();
            json.WriteString("level", level);
            json.WriteMessage("message", words);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteNotification(Utf8JsonWriter json, ProbeRecord record, Unable unable, string target)
    {
        json.WriteStartObject();
        json.WriteStartObject("descriptor");
        json.WriteString("id", JsonNamingPolicy.CamelCase.ConvertName(unable.Kind.ToString()));
        json.WriteEndObject();
        json.WriteString("level", unable.Kind == FailureKind.ProbeBug ? "error" : "warning");
        json.WriteMessage("message", $"{record.ProbeId} · {target}：{unable.Kind.Name()}，{unable.Message}");
        json.WriteEndObject();
    }

    private static string Utc(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ");
}
