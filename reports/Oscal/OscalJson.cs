using System.Globalization;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Oscal;

/// <summary>The small words of the format: text on one line and never empty, properties, tokens, moments.</summary>
internal static class OscalJson
{
    /// <summary>Of what OSCAL has no word for.</summary>
    private const string Space = "urn:smartcity-securitycheck:oscal";

    public static void Text(this Utf8JsonWriter json, string name, string text) => json.WriteString(name, Line(text));

    public static void Moment(this Utf8JsonWriter json, string name, DateTimeOffset moment) =>
        json.WriteString(name, moment.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));

    public static void List(this Utf8JsonWriter json, string name, Action write)
    {
        json.WriteStartArray(name);
        write();
        json.WriteEndArray();
    }

    public static void Record(this Utf8JsonWriter json, Action write)
    {
        json.WriteStartObject();
        write();
        json.WriteEndObject();
    }

    public static void Record(this Utf8JsonWriter json, string name, Action write)
    {
        json.WritePropertyName(name);
        json.Record(write);
    }

    public static void Properties(this Utf8JsonWriter json, params IReadOnlyList<(string Name, string? Value)> properties)
    {
        var said = properties.Where(p => !string.IsNullOrWhiteSpace(p.Value)).ToList();
        if (said.Count > 0)
        {
            json.List("props", () => said.ForEach(p => json.Record(() =>
            {
                json.WriteString("name", p.Name);
                json.WriteString("ns", Space);
                json.Text("value", p.Value!);
            })));
        }
    }

    /// <summary>A name without colons, slashes and blanks that begins with a letter.</summary>
    public static string Token(string text)
    {
        var token = new StringBuilder(text.Length + 1);
        foreach (var character in text)
        {
            token.Append(char.IsLetter(character) || char.IsNumber(character) || character is '.' or '-' or '_' ? character : '_');
        }

        return token.Length > 0 && char.IsLetter(token[0]) ? token.ToString() : $"_{token}";
    }

    /// <summary>A relative address of a file of the pack.</summary>
    public static string Address(string path) => string.Join('/', path.Split('/').Select(Uri.EscapeDataString));

    private static string Line(string text)
    {
        var line = VisibleText.OnOneLine(text).Trim();
        return line.Length == 0 ? "—" : line;
    }
}
