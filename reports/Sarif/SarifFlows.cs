using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Sarif;

/// <summary><c>result.codeFlows</c> (SARIF §3.36) with every step, and the other places a flow begins at as <c>relatedLocations</c>.</summary>
internal static class SarifFlows
{
    /// <summary><c>result.rank</c> (§3.27.25): what is surer goes first, among equals what is graver.</summary>
    public static double Rank(SeenDefect defect) => (30 * defect.Rank) + defect.Severity switch { Severity.Critical => 9, Severity.Major => 6, Severity.Minor => 3, _ => 0 };

    public static void Write(Utf8JsonWriter json, SeenDefect defect)
    {
        var steps = defect.Flow.ToList();
        if (steps.Count > 0 && (steps[^1].File != defect.File || steps[^1].Line != defect.Line))
        {
            steps.Add(new SeenStep(defect.File, defect.Line, defect.Title));
        }

        if (steps.Count > 0 && steps.TrueForAll(s => SarifText.RelativeUri(s.File) is not null))
        {
            WriteSteps(json, steps);
        }

        WriteOthers(json, defect);
    }

    private static void WriteSteps(Utf8JsonWriter json, List<SeenStep> steps)
    {
        json.WriteStartArray("codeFlows");
        json.WriteStartObject();
        json.WriteStartArray("threadFlows");
        json.WriteStartObject();
        json.WriteStartArray("locations");
        for (var i = 0; i < steps.Count; i++)
        {
            json.WriteStartObject();
            json.WriteStartObject("location");
            WriteStep(json, steps[i]);
            json.WriteEndObject();
            json.WriteNumber("executionOrder", i + 1);
            json.WriteString("importance", i == 0 || i == steps.Count - 1 ? "essential" : steps[i].File != steps[i - 1].File ? "important" : "unimportant");
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteOthers(Utf8JsonWriter json, SeenDefect defect)
    {
        var others = (defect.OtherEntries?.First ?? []).Where(o => SarifText.RelativeUri(o.File) is not null).ToList();
        if (others.Count == 0)
        {
            return;
        }

        json.WriteStartArray("relatedLocations");
        for (var i = 0; i < others.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("id", i + 1);
            WriteStep(json, others[i] with { Message = $"另一个入口：{others[i].Message}" });
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteStep(Utf8JsonWriter json, SeenStep step)
    {
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", SarifText.RelativeUri(step.File));
        json.WriteString("uriBaseId", SarifArtifacts.SourceBase);
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", step.Line);
        if (step.Code is { Length: > 0 } code)
        {
            json.WriteNumber("startColumn", code.Column);
            json.WriteNumber("endColumn", code.Column + code.Length);
            WriteSnippet(json, code.Parts.Piece);
        }

        json.WriteEndObject();
        if (step.Code is { } shown)
        {
            json.WriteStartObject("contextRegion");
            json.WriteNumber("startLine", step.Line);
            WriteSnippet(json, shown.Text);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        if (step.Message.Length > 0)
        {
            json.WriteMessage("message", step.Message);
        }
    }

    private static void WriteSnippet(Utf8JsonWriter json, string text)
    {
        if (text.Length > 0)
        {
            json.WriteStartObject("snippet");
            json.WriteString("text", SarifText.Plain(text));
            json.WriteEndObject();
        }
    }
}
