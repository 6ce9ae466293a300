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

    /// <returns>Begins with a full-width semicolon; empty where nothing was left.</returns>
    public static string Say(JsonElement? data, IReadOnlyList<FieldLabel> labels)
    {
        if (data is not { ValueKind: JsonValueKind.Object } record)
        {
            return "";
        }

        var inside = record.EnumerateObject().SelectMany(m => Records(m.Value).Select(r => (m.Name, Value: r)))
            .SelectMany(m => Lists(m.Value).Select(l => (List: l, Label: FieldWords.Find(labels, $"{m.Name}.{l.Name}"))));
        return string.Concat(Lists(record).Select(l => (List: l, Label: FieldWords.Find(labels, l.Name))).Concat(inside)
            .Select(f => $"；{f.Label?.Label ?? f.List.Name}：{FieldWords.Say(f.List.Value, f.Label, "；", Named)}"));
    }

    private static IEnumerable<JsonElement> Records(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => [value],
        JsonValueKind.Array => value.EnumerateArray().Where(e => e.ValueKind == JsonValueKind.Object).Take(Named),
        _ => [],
    };

    private static IEnumerable<JsonProperty> Lists(JsonElement record) => record.EnumerateObject()
        .Where(m => (m.Name.StartsWith("unread", StringComparison.Ordinal) || m.Name == "cut") && m.Value.ValueKind == JsonValueKind.Array && m.Value.GetArrayLength() > 0);
}
