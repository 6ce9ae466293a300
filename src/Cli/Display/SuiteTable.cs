using System.Text.Json;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>The suites of a port for people: all of them, a row a version and class, the weakest class first.</summary>
internal static class SuiteTable
{
    public const string Kind = "tls.cipher-suites";

    /// <summary>The field that the rows stand for.</summary>
    public const string Field = "versions";

    /// <summary>From nothing to what is asked for today, with what people call them.</summary>
    private static readonly (string Class, string Word)[] Classes =
    [
        ("unencrypted", "不加密（NULL）"), ("anonymous", "匿名"), ("export", "出口级"), ("broken", "已被攻破"), ("weak", "弱"), ("dated", "陈旧"), ("modern", "现代"),
    ];

    /// <param name="versions">Of the observation.</param>
    /// <returns>Label and value of each row.</returns>
    public static IEnumerable<(string Label, string Value)> Rows(JsonElement versions)
    {
        foreach (var version in versions.EnumerateArray())
        {
            var name = version.GetProperty("version").GetString()!;
            var isWhole = version.TryGetProperty("suites", out var suites);
            var offers = (isWhole ? suites : version.GetProperty("confirmed")).EnumerateArray().ToList();
            var count = $"{name} 共 {offers.Count} 个";
            yield return (isWhole ? count : $"{name} 至少 {offers.Count} 个", isWhole ? Order(version) : Text(version, "trouble") ?? "没有枚举完");
            foreach (var group in offers.GroupBy(o => Text(o, "class"), StringComparer.Ordinal).OrderBy(g => Array.FindIndex(Classes, c => c.Class == g.Key)))
            {
                var word = Array.Find(Classes, c => c.Class == group.Key).Word ?? group.Key;
                yield return ($"  {word} {group.Count()} 个", string.Join('\n', group.Select(o => Text(o, "name"))));
            }
        }
    }

    private static string Order(JsonElement version) =>
        !version.TryGetProperty("serverPrefers", out var prefers) || prefers.ValueKind is not (JsonValueKind.True or JsonValueKind.False) ? "—"
        : prefers.GetBoolean() ? $"按服务器的顺序，首选 {Text(version, "preferred") ?? "未观测"}" : "按客户端的顺序";

    private static string? Text(JsonElement record, string field) =>
        record.TryGetProperty(field, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    public static void AddTo(Table table, JsonElement versions)
    {
        foreach (var (label, value) in Rows(versions))
        {
            table.AddRow(new Text(Printable.Of(label)), new Text(Printable.Of(value)));
        }
    }
}
