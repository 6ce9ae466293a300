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
        at.Child(name) is { ValueKind: JsonValueKind.Object } inner ? inner.EnumerateObject() : [];

    /// <summary>What an object holds under a name, whatever its other names are; null where it holds nothing.</summary>
    public static JsonElement? Child(this JsonElement at, string name)
    {
        try
        {
            return at.ValueKind == JsonValueKind.Object && at.TryGetProperty(name, out var inner) ? inner : null;
        }
        catch (InvalidOperationException)
        {
            return at.EnumerateObject().Where(f => NameOf(f) == name).Select(f => (JsonElement?)f.Value).LastOrDefault(); // another name is half a surrogate pair
        }
    }

    /// <summary>The text under a name; null where there is none.</summary>
    public static string? TextOf(this JsonElement at, string name) => at.Child(name)?.Text();

    /// <summary>Null where it is no text.</summary>
    public static string? Text(this JsonElement at)
    {
        try
        {
            return at.ValueKind == JsonValueKind.String ? at.GetString() : null;
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
