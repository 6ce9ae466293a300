using System.Text.Json;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Cbom;

/// <summary>Of what, by which tool, and what the list does not hold.</summary>
internal static class CbomMetadata
{
    public static void Write(Utf8JsonWriter json, AcceptanceReport report)
    {
        json.WriteStartObject("metadata");
        json.WriteString("timestamp", report.Pack.Run.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ"));
        json.WriteStartObject("tools");
        json.WriteStartArray("components");
        json.WriteStartObject();
        json.WriteString("type", "application");
        json.WriteString("name", "SmartCity.SecurityCheck");
        json.WriteString("version", CbomText.Plain(report.Pack.Run.ToolVersion));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartObject("component");
        json.WriteString("type", "application");
        json.WriteString("bom-ref", "candidate");
        json.WriteString("name", CbomText.Plain(report.Pack.Candidate.Name));
        json.WriteEndObject();
        json.WriteStartArray("properties");
        foreach (var tally in report.Crypto.Tallies)
        {
            json.WriteProperty($"smartcity:gm:{JsonNamingPolicy.CamelCase.ConvertName(tally.Place.ToString())}", tally.Say());
        }

        foreach (var gap in report.Crypto.Gaps)
        {
            json.WriteProperty("smartcity:gap", gap);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
