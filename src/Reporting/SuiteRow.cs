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
        return observation.Kind == Kind ? [.. observation.Data.Items(Field).SelectMany(OfVersion)] : [];
    }

    private static IEnumerable<SuiteRow> OfVersion(JsonElement version)
    {
        var isWhole = version.HasList("suites");
        var offers = version.Items(isWhole ? "suites" : "confirmed").ToList();
        var hasOrder = isWhole && version.Flag("serverPrefers") == true;
        var heading = string.Create(CultureInfo.InvariantCulture, $"{version.Text("version")} {(isWhole ? "共" : "至少")} {offers.Count} 个");
        heading += isWhole ? Order(version) : $"，{version.Text("trouble") ?? "没有枚举完"}";
        var ranked = offers.Select((offer, i) => (Class: offer.Text("class"), Name: hasOrder ? string.Create(CultureInfo.InvariantCulture, $"{i + 1}. {offer.Text("name")}") : offer.Text("name")));
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

    private static string Order(JsonElement version) => version.Flag("serverPrefers") switch { true => "，按服务器的顺序", false => "，按客户端的顺序", null => "" };
}
