using System.Text.Json;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Sarif;

/// <summary>Text of a candidate in places where SARIF gives characters a meaning.</summary>
internal static class SarifText
{
    public static string Plain(string text) => VisibleText.Of(text);

    /// <summary>
    /// For <c>message.text</c>: braces are doubled (SARIF §3.11.5, placeholders) and no embedded link can arise (§3.11.6).
    /// </summary>
    public static string Message(string text)
    {
        var message = VisibleText.Of(text)
            .Replace("{", "{{", StringComparison.Ordinal)
            .Replace("}", "}}", StringComparison.Ordinal)
            .Replace("](", "] (", StringComparison.Ordinal);
        return message.Length == 0 ? "（没有说明）" : message;
    }

    public static void WriteMessage(this Utf8JsonWriter json, string property, string text)
    {
        json.WriteStartObject(property);
        json.WriteString("text", Message(text));
        json.WriteEndObject();
    }

    /// <summary>A file as a relative URI reference (RFC 3986 §4.2) that no consumer can take for an absolute one.</summary>
    public static string? RelativeUri(string path)
    {
        var segments = path.Replace('\\', '/').Split('/');
        return path.Length == 0 || segments.Any(s => s is "" or "." or "..") || path.Any(char.IsControl)
            ? null
            : string.Join('/', segments.Select(s => Uri.EscapeDataString(VisibleText.Of(s))));
    }
}
