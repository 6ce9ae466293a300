using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>One labelled field of an observation as people read it.</summary>
/// <param name="Label">Labels on the way to it, joined by " · ".</param>
/// <param name="Value">Null where the field was not looked at; 无 where it was, and nothing was there.</param>
public sealed record SeenFact(string Label, string? Value)
{
    /// <summary>The value of what was looked for and is not there.</summary>
    public const string Absent = FieldWords.Absent;

    /// <summary>Longer values are cut; the whole stands in the observation.</summary>
    public const int ValueCap = 600;

    /// <summary>As <see cref="ValueCap"/> for a list of records, a line each.</summary>
    public const int ListCap = 2400;

    /// <summary>The labelled fields of an observation, missing ones included.</summary>
    public static IReadOnlyList<SeenFact> Read(IReadOnlyList<FieldLabel> labels, JsonElement data)
    {
        var facts = new List<SeenFact>();
        Add(facts, labels, data, "");
        return facts;
    }

    private static void Add(List<SeenFact> facts, IReadOnlyList<FieldLabel> labels, JsonElement data, string prefix)
    {
        foreach (var label in labels.Where(l => l.IsShown))
        {
            if (data.ValueKind != JsonValueKind.Object || !data.TryGetProperty(label.Field, out var value))
            {
                facts.Add(new SeenFact(prefix + label.Label, null));
            }
            else if (value.ValueKind == JsonValueKind.Object && label.Members.Any(m => m.IsShown))
            {
                Add(facts, label.Members, value, $"{prefix}{label.Label} · ");
            }
            else
            {
                facts.Add(new SeenFact(prefix + label.Label, Capped(FieldWords.Say(value, label, betweenRecords: "\n"), IsListOfRecords(value) ? ListCap : ValueCap)));
            }
        }
    }

    private static string Capped(string text, int cap) => text.Length > cap ? string.Concat(text.AsSpan(0, cap), "…") : text;

    private static bool IsListOfRecords(JsonElement value) => value.ValueKind == JsonValueKind.Array && value.GetArrayLength() > 0 && value[0].ValueKind == JsonValueKind.Object;
}
