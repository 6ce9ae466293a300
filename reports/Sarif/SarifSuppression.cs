using System.Text.Json;

namespace SmartCity.SecurityCheck.Reports.Sarif;

/// <summary><c>result.suppressions</c> (SARIF §3.27.23) of a defect. One without effect is a rejected one: a consumer that looks at the status counts the defect.</summary>
internal static class SarifSuppression
{
    public static void Write(Utf8JsonWriter json, JsonElement? suppression)
    {
        if (suppression is not { } written)
        {
            return;
        }

        string Said(string name) => SarifDefect.Text(written, name) is { Length: > 0 } text ? SarifText.Plain(text) : "未写";
        var isInEffect = SarifDefect.Text(written, "standing") == "inEffect";
        json.WriteStartArray("suppressions");
        json.WriteStartObject();
        json.WriteString("kind", SarifDefect.Text(written, "kind") == "inSource" ? "inSource" : "external");
        json.WriteString("status", isInEffect ? "accepted" : "rejected");
        json.WriteString("justification", $"{Said("reason")}（复核人 {Said("reviewer")}，到期日 {Said("until")}，写在 {Said("place")}{(isInEffect ? "；须评估人员认可" : "；不起作用")}）");
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
