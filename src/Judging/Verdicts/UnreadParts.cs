using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// What an observation says it left unread: lists whose name begins with <c>unread</c> or is <c>cut</c>, in the record or a record in it or in a list of it. Whoever is told that
/// something is missing should not have to look for which part.
/// </summary>
internal static class UnreadParts
{
    private const int Named = 10;

    /// <param name="data">The record.</param>
    /// <param name="labels">Of its fields.</param>
    /// <param name="isCovered">Of the path of a list whether it is told elsewhere; null where none is.</param>
    /// <returns>Begins with a full-width semicolon; empty where nothing was left.</returns>
    public static string Say(JsonElement? data, IReadOnlyList<FieldLabel> labels, Func<string, bool>? isCovered = null)
    {
        if (data is not { ValueKind: JsonValueKind.Object } record)
        {
            return "";
        }

        var inside = record.EnumerateObject().SelectMany(m => Records(m.Value).Select(r => (m.Name, Value: r)))
            .SelectMany(m => Lists(m.Value).Select(l => (List: l, Path: $"{m.Name}.{l.Name}")));
        List<string> said = [.. Lists(record).Select(l => (List: l, Path: l.Name)).Concat(inside).Where(l => isCovered?.Invoke(l.Path) != true)
            .Select(l => (l.List, Label: FieldWords.Find(labels, l.Path)))
            .Select(f => $"；{f.Label?.Label ?? f.List.Name}：{FieldWords.Say(f.List.Value, f.Label, "；", Named)}").Distinct(StringComparer.Ordinal)];
        return string.Concat(said.Take(Named)) + (said.Count > Named ? $"；等 {said.Count} 处" : "");
    }

    private static IEnumerable<JsonElement> Records(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => [value],
        JsonValueKind.Array => value.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object),
        _ => [],
    };

    private static IEnumerable<JsonProperty> Lists(JsonElement record) => record.EnumerateObject()
        .Where(m => (m.Name.StartsWith("unread", StringComparison.Ordinal) || m.Name == "cut") && m.Value.ValueKind == JsonValueKind.Array && m.Value.GetArrayLength() > 0);
}
