using System.Globalization;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Suites of one protocol version and one class: every suite of a port stands in one of them, however many there are.</summary>
/// <param name="Version">Such as TLSv1.2, with the number of its suites and whose order counts.</param>
/// <param name="IsFirst">The first row of its version.</param>
/// <param name="Class">With the number of its suites; the weakest class comes first.</param>
/// <param name="Names">As the server prefers them, with the place in its order where it has one.</param>
public sealed record SuiteRow(string Version, bool IsFirst, string Class, IReadOnlyList<string> Names)
{
    /// <summary>The observations these rows are made of.</summary>
    public const string Kind = "tls.cipher-suites";

    /// <summary>The field that the rows stand for.</summary>
    public const string Field = "versions";

    /// <summary>From nothing to what is asked for today, with what people call them.</summary>
    private static readonly (string Class, string Word)[] Classes =
    [
        ("unencrypted", "不加密（NULL）"), ("anonymous", "匿名"), ("export", "出口级"), ("broken", "已被攻破"), ("weak", "弱"), ("dated", "陈旧"), ("modern", "现代"),
    ];

    /// <summary>Empty for other kinds of observations, and where nothing readable is there.</summary>
    public static IReadOnlyList<SuiteRow> Read(Observation observation)
    {
        if (observation.Kind != Kind || observation.Data.ValueKind != JsonValueKind.Object || !observation.Data.TryGetProperty(Field, out var versions))
        {
            return [];
        }

        return [.. Items(versions).SelectMany(OfVersion)];
    }

    private static IEnumerable<SuiteRow> OfVersion(JsonElement version)
    {
        var isWhole = version.TryGetProperty("suites", out var listed) && listed.ValueKind == JsonValueKind.Array;
        var offers = (isWhole ? Items(listed) : version.TryGetProperty("confirmed", out var confirmed) ? Items(confirmed) : []).ToList();
        var hasOrder = isWhole && version.TryGetProperty("serverPrefers", out var prefers) && prefers.ValueKind == JsonValueKind.True;
        var heading = string.Create(CultureInfo.InvariantCulture, $"{Text(version, "version")} {(isWhole ? "共" : "至少")} {offers.Count} 个");
        heading += isWhole ? Order(version) : $"，{Text(version, "trouble") ?? "没有枚举完"}";
        var ranked = offers.Select((offer, i) => (Class: Text(offer, "class"), Name: hasOrder ? string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {Text(offer, "name")}") : Text(offer, "name")));
        var isFirst = true;
        foreach (var group in ranked.GroupBy(o => o.Class, o => o.Name, StringComparer.Ordinal).OrderBy(g => Array.FindIndex(Classes, c => c.Class == g.Key)))
        {
            var word = Array.Find(Classes, c => c.Class == group.Key).Word ?? group.Key;
            yield return new SuiteRow(heading, isFirst, string.Create(CultureInfo.InvariantCulture, $"{word} {group.Count()} 个"), [.. group.OfType<string>()]);
            isFirst = false;
        }

        if (isFirst)
        {
            yield return new SuiteRow(heading, isFirst, "—", []);
        }
    }

    private static string Order(JsonElement version) =>
        !version.TryGetProperty("serverPrefers", out var prefers) || prefers.ValueKind is not (JsonValueKind.True or JsonValueKind.False) ? ""
        : prefers.ValueKind == JsonValueKind.True ? "，按服务器的顺序" : "，按客户端的顺序";

    private static IEnumerable<JsonElement> Items(JsonElement list) =>
        list.ValueKind == JsonValueKind.Array ? list.EnumerateArray().Where(i => i.ValueKind == JsonValueKind.Object) : [];

    private static string? Text(JsonElement record, string field) =>
        record.TryGetProperty(field, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
