using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A software bill of materials, CycloneDX 1.6 (ECMA-424). No clock and no serial number: the same tree gives the same bytes.</summary>
internal static class CycloneDxBom
{
    private const int MostOccurrences = 1000;

    public static byte[] Write(string name, DependencySurvey survey, LicenceBook book, IReadOnlyList<ComponentFlaw> flaws)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.6.schema.json");
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.6");
            json.WriteNumber("version", 1);
            Metadata(json, name, survey);
            json.WriteStartArray("components");
            foreach (var same in survey.Components.GroupBy(Reference, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
            {
                Component(json, same.Key, [.. same], book);
            }

            json.WriteEndArray();
            Flaws(json, flaws);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>The package URL; where the version is open, the range tells two of them apart.</summary>
    private static string Reference(CodeComponent component) => component.Version is not null ? PackageNames.Url(component) : $"{PackageNames.Url(component)}#{component.Range}";

    private static void Metadata(Utf8JsonWriter json, string name, DependencySurvey survey)
    {
        json.WriteStartObject("metadata");
        json.WriteStartObject("component");
        json.WriteString("type", "application");
        json.WriteString("bom-ref", "root");
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WriteStartArray("properties");
        Property(json, "smartcity:manifests", survey.Manifests.Count.ToString(CultureInfo.InvariantCulture));
        Property(json, "smartcity:complete", survey.Gaps.Count == 0 && survey.WithoutTransitive.Count == 0 ? "true" : "false");
        foreach (var gap in survey.Gaps.Take(MostOccurrences))
        {
            Property(json, "smartcity:gap", $"{gap.File}: {gap.Reason}");
        }

        foreach (var file in survey.WithoutTransitive.Take(MostOccurrences))
        {
            Property(json, "smartcity:direct-only", file);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Component(Utf8JsonWriter json, string reference, IReadOnlyList<CodeComponent> same, LicenceBook book)
    {
        var first = same[0];
        var cut = first.Ecosystem == "Maven" ? first.Name.IndexOf(':', StringComparison.Ordinal) : first.Ecosystem == "npm" && first.Name[0] == '@' ? first.Name.IndexOf('/', StringComparison.Ordinal) : -1;
        json.WriteStartObject();
        json.WriteString("type", "library");
        json.WriteString("bom-ref", reference);
        if (cut > 0)
        {
            json.WriteString("group", first.Name[..cut]);
        }

        json.WriteString("name", first.Name[(cut + 1)..]);
        if (first.Version is { } version)
        {
            json.WriteString("version", version);
        }

        List<string> said = [.. same.Select(c => c.Licence).OfType<string>()];
        Licence(json, said.Select(s => book.Read(s).Class).Distinct().Count() == 1 ? said[0] : null, book);
        json.WriteString("purl", PackageNames.Url(first));
        json.WriteStartObject("evidence");
        json.WriteStartArray("occurrences");
        foreach (var one in same.Take(MostOccurrences))
        {
            json.WriteStartObject();
            json.WriteString("location", one.File);
            json.WriteNumber("line", one.Line);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteStartArray("properties");
        Property(json, "smartcity:direct", same.Any(c => c.IsDirect == true) ? "true" : same.All(c => c.IsDirect == false) ? "false" : "unknown");
        if (first.Range is { } range)
        {
            Property(json, "smartcity:version-range", range);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>As an identifier or an expression only where SPDX's list has it; else as a name.</summary>
    private static void Licence(Utf8JsonWriter json, string? said, LicenceBook book)
    {
        if (said is not { Length: > 0 and <= 300 } || book.Read(said) is not { } licence)
        {
            return;
        }

        json.WriteStartArray("licenses");
        json.WriteStartObject();
        if (licence.IsExpression)
        {
            json.WriteString("expression", licence.Written);
        }
        else
        {
            json.WriteStartObject("license");
            json.WriteString(licence.Id is null ? "name" : "id", licence.Id ?? licence.Written);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void Flaws(Utf8JsonWriter json, IReadOnlyList<ComponentFlaw> flaws)
    {
        json.WriteStartArray("vulnerabilities");
        foreach (var same in flaws.GroupBy(f => f.Id, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("bom-ref", same.Key);
            json.WriteString("id", same.Key);
            json.WriteStartArray("ratings");
            if (same.First().Severity is { } severity)
            {
                json.WriteStartObject();
                json.WriteString("severity", severity switch { Severity.Critical => "critical", Severity.Major => "high", Severity.Minor => "medium", _ => "low" });
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteString("description", same.First().Title);
            json.WriteStartArray("affects");
            foreach (var reference in same.Select(f => PackageNames.Url(new CodeComponent { Ecosystem = f.Ecosystem, Name = f.Component, Version = f.Version, File = f.File, Line = f.Line })).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
            {
                json.WriteStartObject();
                json.WriteString("ref", reference);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Property(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("value", value);
        json.WriteEndObject();
    }
}
