using System.Globalization;
using System.Security.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>What the readers of rule data have in common: a head, numbers, and lists of words.</summary>
internal static class RuleDataReader
{
    public static readonly (string, BasisConfidence)[] Confidences = [("待核", BasisConfidence.Unchecked), ("已核", BasisConfidence.Checked)];

    /// <param name="head">The file.</param>
    /// <param name="key">Of the id: catalogue, scoring, guide, guidance, table.</param>
    /// <param name="shownAs">Path below the rulesets folder.</param>
    /// <param name="bytes">Of the file.</param>
    /// <returns>Null where a fault was added.</returns>
    public static RuleFile? Head(MappingReader head, string key, string shownAs, byte[] bytes)
    {
        var id = head.Identifier(key, required: true, $"{key}: gbt39786-2021");
        var version = head.Text("version", required: true, "version: \"2026.1\"");
        var title = head.Text("title", required: true);
        var source = head.Text("source", required: true, "source: 数值从哪里来");
        var confidence = head.Choice("confidence", Confidences, required: true);
        return id is null || version is null || title is null || source is null || confidence is null
            ? null
            : new RuleFile(id, version, title, source, confidence.Value, shownAs, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    /// <summary>A decimal within bounds; at most six digits after the point.</summary>
    public static decimal? Number(MappingReader reader, string key, decimal atLeast, decimal atMost, bool required = false)
    {
        var value = reader.Take(key, required, $"{atLeast} 到 {atMost} 的数", $"{key}: {atMost}");
        if (value is null)
        {
            return null;
        }

        if (AsNumber(value) is { } number && number >= atLeast && number <= atMost)
        {
            return number;
        }

        reader.Faults.Add(value.At, $"{key} 的值不对", $"{atLeast} 到 {atMost} 的数", $"{key}: {atMost}");
        return null;
    }

    /// <summary>Null where it is no plain decimal.</summary>
    public static decimal? AsNumber(YamlValue value) =>
        value is YamlScalar { Text: { Length: <= 20 } text }
        && decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && decimal.Round(number, 6) == number
            ? number
            : null;

    /// <summary>Levels 1–4 without repetition; a required list has at least one.</summary>
    public static IReadOnlyList<int> Levels(MappingReader reader, string key, bool required)
    {
        var found = new List<int>();
        foreach (var item in reader.Items(key, required, "levels: [3, 4]"))
        {
            if (item is YamlScalar { Text: ['1' or '2' or '3' or '4'] digit } && !found.Contains(digit[0] - '0'))
            {
                found.Add(digit[0] - '0');
            }
            else
            {
                reader.Faults.Add(item.At, "级别不对", "1、2、3、4，不重复", "levels: [3, 4]");
            }
        }

        return found;
    }

    /// <summary>The entries of a mapping under a key; empty where absent.</summary>
    public static IReadOnlyList<KeyValuePair<YamlScalar, YamlValue>> Entries(MappingReader reader, string key, bool required = false)
    {
        switch (reader.Take(key, required, "键: 值"))
        {
            case null:
                return [];
            case YamlMapping map:
                return map.Entries;
            case { } other:
                reader.Faults.Add(other.At, $"{key} 不是“键: 值”", "映射");
                return [];
        }
    }

    /// <summary>Adds a fault for every key used twice.</summary>
    public static void RefuseDoubles(MappingReader reader, IEnumerable<string> keys, string what)
    {
        foreach (var twice in keys.GroupBy(k => k, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            reader.Faults.Add(reader.At, $"{what} {twice.Key} 重复", "唯一的编号");
        }
    }
}
