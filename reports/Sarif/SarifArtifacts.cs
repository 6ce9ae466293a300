using System.Text.Json;

namespace SmartCity.SecurityCheck.Reports.Sarif;

/// <summary><c>run.artifacts</c> (SARIF §3.14.15): the evidence with its digests, relative to the pack folder.</summary>
internal static class SarifArtifacts
{
    public const string PackBase = "PACK";

    public const string SourceBase = "SOURCE";

    public static void Write(Utf8JsonWriter json, SarifLog log)
    {
        WriteBases(json);
        json.WriteStartArray("artifacts");
        foreach (var evidence in log.Evidence)
        {
            json.WriteStartObject();
            json.WriteStartObject("location");
            json.WriteString("uri", SarifText.RelativeUri(evidence.RelativePath));
            json.WriteString("uriBaseId", PackBase);
            json.WriteEndObject();
            json.WriteMessage("description", evidence.Description);
            json.WriteNumber("length", evidence.Bytes);
            json.WriteString("mimeType", SarifText.Plain(evidence.MediaType));
            json.WriteStartObject("hashes");
            json.WriteString("sha-256", SarifText.Plain(evidence.Sha256));
            json.WriteString("sm3", SarifText.Plain(evidence.Sm3));
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>What the ids of bases stand for.</summary>
    public static void WriteBases(Utf8JsonWriter json)
    {
        json.WriteStartObject("originalUriBaseIds");
        json.WriteStartObject(PackBase);
        json.WriteMessage("description", "证据包目录，即本文件所在的目录");
        json.WriteEndObject();
        json.WriteStartObject(SourceBase);
        json.WriteMessage("description", "被测系统的源代码目录");
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
