using System.Text.Json;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Fields of recorded observations as they may be: absent, null, or of another kind than the probe writes today.</summary>
internal static class ObservedJson
{
    public static IEnumerable<JsonElement> Items(this JsonElement record, string field) =>
        record.Field(field) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object) : [];

    /// <summary>The list is there, empty or not.</summary>
    public static bool HasList(this JsonElement record, string field) => record.Field(field) is { ValueKind: JsonValueKind.Array };

    public static string? Text(this JsonElement record, string field) => record.Field(field) is { ValueKind: JsonValueKind.String } text ? text.GetString() : null;

    public static int? Number(this JsonElement record, string field) => record.Field(field) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : null;

    public static bool? Flag(this JsonElement record, string field) => record.Field(field) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => null,
    };

    public static DateTimeOffset? Moment(this JsonElement record, string field) => record.Field(field) is { ValueKind: JsonValueKind.String } text && text.TryGetDateTimeOffset(out var moment) ? moment : null;

    /// <summary>Present, and be it null: looked at.</summary>
    public static bool Has(this JsonElement record, string field) => record.Field(field) is not null;

    public static IEnumerable<string> Texts(this JsonElement record, string field) =>
        record.Field(field) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.String).Select(i => i.GetString()!) : [];

    private static JsonElement? Field(this JsonElement record, string field) => record.ValueKind == JsonValueKind.Object && record.TryGetProperty(field, out var value) ? value : null;
}
