using System.Text.Json;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Lock files in JSON.</summary>
internal static class ManifestJson
{
    /// <exception cref="ManifestFaultException">No JSON object, or nested deeper than 64.</exception>
    public static JsonDocument Parse(string text)
    {
        try
        {
            var document = JsonDocument.Parse(text.TrimStart('\ufeff'), new JsonDocumentOptions { MaxDepth = 64, CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return document.RootElement.ValueKind == JsonValueKind.Object ? document : throw new ManifestFaultException("JSON 里不是一个对象");
        }
        catch (JsonException)
        {
            throw new ManifestFaultException("不是合格的 JSON，或嵌套超过 64 层");
        }
    }

    /// <summary>Fields of an object under a name; empty where there is none.</summary>
    public static IEnumerable<JsonProperty> Fields(this JsonElement at, string name) =>
        at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var inner) && inner.ValueKind == JsonValueKind.Object ? inner.EnumerateObject() : [];

    public static string? TextOf(this JsonElement at, string name)
    {
        try
        {
            return at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var inner) && inner.ValueKind == JsonValueKind.String ? inner.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // half a surrogate pair
        }
    }

    /// <summary>Name of a field; null where it is half a surrogate pair.</summary>
    public static string? NameOf(JsonProperty field)
    {
        try
        {
            return field.Name;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
