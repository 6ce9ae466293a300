using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>YAML out of words that nobody has checked yet: everything is quoted, empty words are left out.</summary>
internal sealed class YamlLines
{
    private readonly StringBuilder _text = new();
    private string _indent = "";

    private static readonly (string Key, string Table)[] Tables = [("documents:", "文档"), ("items:", "条目"), ("highRisks:", "高风险")];

    /// <summary>“条目”表 PES-PL-a 一行： of a line this class wrote; empty where it belongs to no row.</summary>
    /// <param name="lines">The text.</param>
    /// <param name="number">From 1.</param>
    public static string RowOf(string[] lines, int number)
    {
        var before = lines.Take(number).ToList();
        var head = before.FindLastIndex(l => l.StartsWith("- ", StringComparison.Ordinal));
        var list = before.FindLastIndex(l => Array.Exists(Tables, t => l == t.Key));
        return head <= list || list < 0 ? "" : $"“{Tables.First(t => t.Key == before[list]).Table}”表 {before[head][(before[head].IndexOf(':', StringComparison.Ordinal) + 1)..].Trim(' ', '[', ']').Replace("\"", "", StringComparison.Ordinal)} 一行：";
    }

    public void List<T>(string name, IReadOnlyList<T> rows, Action<YamlLines, T> write)
    {
        _indent = "";
        _text.Append(name).Append(rows.Count == 0 ? ": []\n" : ":\n");
        foreach (var row in rows)
        {
            write(this, row);
        }
    }

    public YamlLines Pair(string key, string value)
    {
        if (value.Length > 0)
        {
            _text.Append(_indent).Append(key).Append(": ").Append(Quote(value)).Append('\n');
        }

        return this;
    }

    public YamlLines First(string key, string value)
    {
        _text.Append("- ").Append(key).Append(": ").Append(Quote(value)).Append('\n');
        _indent = "  ";
        return this;
    }

    public YamlLines FirstList(string key, string words)
    {
        _text.Append("- ").Append(key).Append(": [").AppendJoin(", ", Split(words).Select(Quote)).Append("]\n");
        _indent = "  ";
        return this;
    }

    public YamlLines Words(string key, string words)
    {
        var found = Split(words);
        if (found.Length > 0)
        {
            _text.Append(_indent).Append(key).Append(": [").AppendJoin(", ", found.Select(Quote)).Append("]\n");
        }

        return this;
    }

    public YamlLines Attachments(IReadOnlyList<string[]> files)
    {
        if (files.Count > 0)
        {
            _text.Append(_indent).Append("evidence:\n");
        }

        foreach (var file in files)
        {
            _text.Append(_indent).Append("- file: ").Append(Quote(file[0])).Append('\n');
            if (file.Length > 1 && file[1].Length > 0)
            {
                _text.Append(_indent).Append("  sha256: ").Append(Quote(file[1])).Append('\n');
            }
        }

        return this;
    }

    public override string ToString() => _text.ToString();

    private static string[] Split(string words) => words.Split([' ', '\n', '\t', '、', '，', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string Quote(string text) => JsonSerializer.Serialize(text, ObservationJson.Compact);
}
