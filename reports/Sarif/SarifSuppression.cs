using System.Text.Json;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Sarif;

/// <summary><c>result.suppressions</c> (SARIF §3.27.23) of a defect. No tool accepts one, people do: it is under review until they have, and one without effect is rejected.</summary>
internal static class SarifSuppression
{
    public static void Write(Utf8JsonWriter json, SeenSuppression? written)
    {
        if (written is null)
        {
            return;
        }

        static string Said(string? text) => string.IsNullOrEmpty(text) ? "未写" : SarifText.Plain(text);
        var isInEffect = written.Standing == "inEffect";
        json.WriteStartArray("suppressions");
        json.WriteStartObject();
        json.WriteString("kind", written.Kind == "inSource" ? "inSource" : "external");
        json.WriteString("status", isInEffect ? "underReview" : "rejected");
        json.WriteString("justification", $"{Said(written.Reason)}（{(written.Kind == "declared" ? "负责" : "复核人")} {Said(written.Reviewer)}，到期日 {Said(written.Until)}，写在 {Said(written.Place)}{(isInEffect ? "；须评估人员认可" : "；不起作用")}）");
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
