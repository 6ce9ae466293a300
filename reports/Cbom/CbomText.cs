using System.Text.Json;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Cbom;

internal static class CbomText
{
    private const int Cap = 2000;

    /// <summary>Nothing invisible and no half characters, which no JSON could carry.</summary>
    public static string Plain(string text)
    {
        var shown = VisibleText.OnOneLine(text);
        return shown.Length > Cap ? string.Concat(shown.AsSpan(0, Cap), "…") : shown;
    }

    public static void WriteOptional(this Utf8JsonWriter json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(name, Plain(text));
        }
    }

    public static void WriteProperty(this Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
        {
            json.WriteStartObject();
            json.WriteString("name", name);
            json.WriteString("value", Plain(value));
            json.WriteEndObject();
        }
    }
}
