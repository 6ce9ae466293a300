using System.Globalization;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reports.Sarif;

/// <summary>
/// Where a result is (SARIF §3.28). A place in source code is a file and a line. Everything else is a logical location;
/// beside it stands candidate.yaml, where the target is declared, because consumers drop results without any file.
/// </summary>
internal static class SarifPlaces
{
    private const string Declaration = "candidate.yaml";

    public static void Write(Utf8JsonWriter json, SarifLog log, string targetId, string where)
    {
        var target = log.Target(targetId);
        json.WriteStartArray("locations");
        json.WriteStartObject();
        if (target is SourceTree && SourcePlace(where) is { } place)
        {
            WriteFile(json, place.Uri, SarifArtifacts.SourceBase, place.Line);
        }
        else
        {
            WriteFile(json, Declaration, SarifArtifacts.PackBase, target?.DeclaredAt ?? 1);
        }

        json.WriteStartArray("logicalLocations");
        json.WriteStartObject();
        json.WriteString("name", SarifText.Plain(log.Report.TargetName(targetId)));
        json.WriteString("fullyQualifiedName", SarifText.Plain(where.Length == 0 ? targetId : $"{targetId}/{where}"));
        json.WriteString("kind", target?.KindId ?? "candidate");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    public static void WriteAttachments(Utf8JsonWriter json, SarifLog log, IReadOnlyList<string> evidenceIds)
    {
        var indexes = evidenceIds.Select(log.ArtifactIndex).OfType<int>().Distinct().ToList();
        if (indexes.Count == 0)
        {
            return;
        }

        json.WriteStartArray("attachments");
        foreach (var index in indexes)
        {
            var evidence = log.Evidence[index];
            json.WriteStartObject();
            json.WriteMessage("description", evidence.Description);
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", SarifText.RelativeUri(evidence.RelativePath));
            json.WriteString("uriBaseId", SarifArtifacts.PackBase);
            json.WriteNumber("index", index);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary><c>file:line</c> or <c>file</c>.</summary>
    private static (string Uri, int Line)? SourcePlace(string where)
    {
        var colon = where.LastIndexOf(':');
        var hasLine = int.TryParse(where.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var line) && colon > 0 && line > 0;
        if (!hasLine)
        {
            (colon, line) = (where.Length, 1);
        }

        return SarifText.RelativeUri(where[..colon]) is { } uri ? (uri, line) : null;
    }

    internal static void WriteFile(Utf8JsonWriter json, string uri, string baseId, int line, string code = "")
    {
        json.WriteStartObject("physicalLocation");
        json.WriteStartObject("artifactLocation");
        json.WriteString("uri", uri);
        json.WriteString("uriBaseId", baseId);
        json.WriteEndObject();
        json.WriteStartObject("region");
        json.WriteNumber("startLine", line);
        if (code.Length > 0)
        {
            json.WriteStartObject("snippet");
            json.WriteString("text", SarifText.Plain(code));
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
