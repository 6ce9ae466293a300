using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reports.Sarif;

/// <summary><c>run.tool</c> (SARIF §3.14.6): the driver and one rule per requirement.</summary>
internal static class SarifTool
{
    public static string Level(Severity severity) => severity switch
    {
        Severity.Critical or Severity.Major => "error",
        Severity.Minor => "warning",
        _ => "note",
    };

    public static void Write(Utf8JsonWriter json, SarifLog log)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "SmartCity.SecurityCheck");
        json.WriteString("version", SarifText.Plain(log.Report.Pack.Run.ToolVersion));
        json.WriteString("language", "zh-CN");
        json.WriteStartArray("rules");
        foreach (var rule in log.Rules)
        {
            WriteRule(json, rule);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteRule(Utf8JsonWriter json, SarifRule rule)
    {
        json.WriteStartObject();
        json.WriteString("id", SarifText.Plain(rule.Id));
        json.WriteString("name", SarifText.Plain(rule.Title));
        json.WriteMessage("shortDescription", rule.Title);
        if (rule.Basis.Count > 0)
        {
            json.WriteMessage("fullDescription", "依据：" + string.Join('；', rule.Basis.Select(Words)));
        }

        json.WriteMessage("help", rule.Remedy);
        json.WriteStartObject("defaultConfiguration");
        json.WriteString("level", Level(rule.Severity));
        json.WriteEndObject();
        json.WriteStartObject("properties");
        json.WriteString("security-severity", Score(rule.Severity));
        json.WriteString("severity", rule.Severity.Name());
        json.WriteStartArray("tags");
        json.WriteStringValue("security");
        if (rule.Pillar is { } pillar)
        {
            json.WriteStringValue(pillar.Id());
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Bands of common consumers: above 9.0 critical, from 7.0 high, from 4.0 medium, below low.</summary>
    public static string Score(Severity severity) => severity switch
    {
        Severity.Critical => "9.5",
        Severity.Major => "7.5",
        Severity.Minor => "5.0",
        _ => "2.0",
    };

    private static string Words(Basis basis) =>
        basis.Confidence == BasisConfidence.Unchecked ? $"{basis.Standard} {basis.Clause}（{basis.Confidence.Name()}）" : $"{basis.Standard} {basis.Clause}";
}
