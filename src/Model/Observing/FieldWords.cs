using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Model;

/// <summary>Values of observations as people read them: closed lists in words, instants in Beijing time.</summary>
public static partial class FieldWords
{
    /// <summary>The label at the end of a path with dots, positions in lists aside; null where a part of it has none.</summary>
    public static FieldLabel? Find(IReadOnlyList<FieldLabel> labels, string path)
    {
        FieldLabel? found = null;
        foreach (var name in ListPosition().Replace(path, "").Split('.'))
        {
            found = labels.FirstOrDefault(l => l.Field == name);
            if (found is null)
            {
                return null;
            }

            labels = found.Members;
        }

        return found;
    }

    /// <summary>A path as people call it; positions in lists aside. A value that needs no label goes by that of its record, and what has none by its path.</summary>
    public static string Called(IReadOnlyList<FieldLabel> labels, string path)
    {
        var end = path.LastIndexOf('.');
        return Find(labels, path) switch
        {
            { Label.Length: > 0 } label => label.Label,
            { } when end > 0 => Called(labels, path[..end]),
            _ => path,
        };
    }

    [GeneratedRegex(@"\[\d+\]", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ListPosition();

    /// <summary>What was looked for and is not there.</summary>
    public const string Absent = "无";

    /// <param name="value">Of the field.</param>
    /// <param name="label">Its label; null where the field is not for people.</param>
    /// <param name="betweenRecords">Goes between the records of a list.</param>
    /// <param name="shown">Elements of a list that are spelled out.</param>
    /// <param name="members">Members of a record that are spelled out; the first ones tell which record it is.</param>
    public static string Say(JsonElement value, FieldLabel? label, string betweenRecords, int shown = int.MaxValue, int members = int.MaxValue) => value.ValueKind switch
    {
        JsonValueKind.Null => Absent,
        JsonValueKind.True => "是",
        JsonValueKind.False => "否",
        JsonValueKind.String => Text(value.GetString()!, label),
        JsonValueKind.Array when value.GetArrayLength() == 0 => Absent,
        JsonValueKind.Array => string.Join(value[0].ValueKind == JsonValueKind.Object ? betweenRecords : "、", value.EnumerateArray().Take(shown).Select(v => Say(v, label, betweenRecords, shown, members)))
            + (value.GetArrayLength() > shown ? $" 等 {value.GetArrayLength()} 项" : ""),
        JsonValueKind.Object => Record(value, label?.Members ?? [], betweenRecords, (shown, members)),
        _ => value.GetRawText(),
    };

    private static string Text(string text, FieldLabel? label) =>
        label is not null && label.Words.TryGetValue(text, out var word) ? word
        : IsInstant(text, out var instant) ? $"{BeijingTime.ClockOf(instant):yyyy-MM-dd HH:mm:ss}（北京时间）"
        : text;

    /// <summary>A record with a <c>note</c> for people is shown by it where few words are wanted, or none of its members is labelled.</summary>
    private static string Record(JsonElement value, IReadOnlyList<FieldLabel> members, string betweenRecords, (int Elements, int Members) shown)
    {
        var note = value.TryGetProperty("note", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        if (members.Any(m => m.IsShown) && (note is null || shown.Members == int.MaxValue))
        {
            return string.Join(
                "  ",
                members
                    .Where(m => m.IsShown && value.TryGetProperty(m.Field, out var member) && member.ValueKind is not (JsonValueKind.Null or JsonValueKind.Object))
                    .Take(shown.Members)
                    .Select(m => $"{m.Label} {Say(value.GetProperty(m.Field), m, betweenRecords, shown.Elements, shown.Members)}".TrimStart()));
        }

        return note ?? $"({string.Join("，", value.EnumerateObject().Take(shown.Members).Select(m => $"{m.Name} {Say(m.Value, null, betweenRecords, shown.Elements, shown.Members)}"))})";
    }

    /// <summary>As records write instants: a date, a T and an offset.</summary>
    private static bool IsInstant(string text, out DateTimeOffset instant)
    {
        instant = default;
        return text.Length is >= 20 and <= 35 && text[10] == 'T'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
    }
}
