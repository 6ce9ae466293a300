using System.Globalization;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Takes the known keys out of a mapping; what is left at <see cref="Finish"/> is a mistake.</summary>
public sealed class MappingReader(YamlMapping map, FaultList faults)
{
    private readonly List<string> _known = [];
    private readonly Dictionary<string, string> _examples = new(StringComparer.Ordinal);

    /// <summary>Opens the text of one file; null where it cannot be read at all, its mistakes added to <paramref name="faults"/>.</summary>
    public static MappingReader? Open(string shownAs, ReadOnlySpan<byte> bytes, FaultList faults)
    {
        try
        {
            return new MappingReader(YamlText.ReadMapping(shownAs, bytes), faults);
        }
        catch (InputFaultException broken)
        {
            faults.Add(broken);
            return null;
        }
    }

    public SourcePosition At => map.At;

    public FaultList Faults => faults;

    /// <summary>A value that is left to be taken; null where the key is absent.</summary>
    public YamlValue? Peek(string key) => map[key];

    /// <summary>Where the value of a key stands; the mapping itself where it is absent.</summary>
    public SourcePosition PlaceOf(string key) => map[key]?.At ?? map.At;

    /// <summary>The node under a key, or null; a missing required one is a fault.</summary>
    public YamlValue? Take(string key, bool required = false, string? expected = null, string? example = null)
    {
        _known.Add(key);
        if (example is not null)
        {
            _examples.TryAdd(key, example);
        }

        var value = map[key];
        if (value is YamlScalar { IsNull: true })
        {
            value = null;
        }

        if (value is null && required)
        {
            faults.Add(map.At, $"缺少 {key}", expected ?? "必填", example);
        }

        return value;
    }

    public string? Text(string key, bool required = false, string? example = null, int cap = 4000)
    {
        var value = Take(key, required, "文字", example);
        if (value is null)
        {
            return null;
        }

        if (value is YamlScalar scalar && scalar.Text.Trim().Length > 0 && scalar.Text.Length <= cap)
        {
            return scalar.Text.TrimEnd('\n');
        }

        faults.Add(value.At, $"{key} 的值不对", $"1–{cap} 个字的文字", example);
        return null;
    }

    /// <summary>Lower-case letters, digits, dots and hyphens; at most 64.</summary>
    public string? Identifier(string key, bool required, string example)
    {
        var value = Take(key, required, "编号", example);
        if (value is YamlScalar { Text: var text } && IsIdentifier(text))
        {
            return text;
        }

        if (value is not null)
        {
            faults.Add(value.At, $"{key} 不是合格的编号", "小写字母、数字、点和连字符，不超过 64 个字符，以字母或数字开头", example);
        }

        return null;
    }

    public int? Integer(string key, int atLeast, int atMost, bool required = false)
    {
        var value = Take(key, required, $"{atLeast} 到 {atMost} 的整数", $"{key}: {atLeast}");
        if (value is null)
        {
            return null;
        }

        if (value is YamlScalar { Text: var text }
            && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            && number >= atLeast && number <= atMost)
        {
            return number;
        }

        faults.Add(value.At, $"{key} 的值{Shown(value)}不对", $"{atLeast} 到 {atMost} 的整数", $"{key}: {atLeast}");
        return null;
    }

    public bool? Flag(string key, bool required = false)
    {
        var value = Take(key, required, "true 或 false", $"{key}: false");
        switch (value)
        {
            case null:
                return null;
            case YamlScalar { Text: "true", IsQuoted: false }:
                return true;
            case YamlScalar { Text: "false", IsQuoted: false }:
                return false;
            default:
                faults.Add(value.At, $"{key} 的值{Shown(value)}不对", "true 或 false", $"{key}: false");
                return null;
        }
    }

    public DateOnly? Date(string key, bool required = false)
    {
        var value = Take(key, required, "日期 yyyy-MM-dd", $"{key}: 2026-12-31");
        if (value is null)
        {
            return null;
        }

        if (value is YamlScalar { Text: var text } && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            return date;
        }

        faults.Add(value.At, $"{key} 的值{Shown(value)}不是日期", "日期 yyyy-MM-dd", $"{key}: 2026-12-31");
        return null;
    }

    /// <summary>One of a closed list of words.</summary>
    public T? Choice<T>(string key, IReadOnlyList<(string Word, T Value)> words, bool required = false)
        where T : struct
    {
        var allowed = string.Join("、", words.Select(w => w.Word));
        var value = Take(key, required, allowed, $"{key}: {words[0].Word}");
        if (value is null)
        {
            return null;
        }

        foreach (var (word, chosen) in words)
        {
            if (value is YamlScalar { Text: var text } && text == word)
            {
                return chosen;
            }
        }

        faults.Add(value.At, $"{key} 的值{Shown(value)}不在可选范围", $"其中之一：{allowed}", $"{key}: {words[0].Word}");
        return null;
    }

    /// <summary>The items of a list under a key; empty where absent. A required list has at least one: an empty one would ask nothing.</summary>
    public IReadOnlyList<YamlValue> Items(string key, bool required = false, string? example = null)
    {
        switch (Take(key, required, "列表", example))
        {
            case null:
                return [];
            case YamlSequence { Items.Count: 0 } empty when required:
                faults.Add(empty.At, $"{key} 是空的", "至少一项", example);
                return [];
            case YamlSequence { Items: var items }:
                return items;
            case { } other:
                faults.Add(other.At, $"{key} 不是列表", "以 - 开头的各项", example);
                return [];
        }
    }

    /// <summary>A list of mappings, each read by <paramref name="read"/>; nulls it returns are dropped.</summary>
    public IReadOnlyList<T> Each<T>(string key, Func<MappingReader, T?> read, bool required = false, string? example = null)
        where T : class
    {
        var found = new List<T>();
        foreach (var item in Items(key, required, example))
        {
            if (item is not YamlMapping mapping)
            {
                faults.Add(item.At, $"{key} 的这一项不是“键: 值”", "映射", example);
                continue;
            }

            var reader = new MappingReader(mapping, faults);
            if (read(reader) is { } one)
            {
                found.Add(one);
            }

            reader.Finish();
        }

        return found;
    }

    /// <summary>A list of short texts.</summary>
    public IReadOnlyList<string> Texts(string key, bool required = false, string? example = null)
    {
        var found = new List<string>();
        foreach (var item in Items(key, required, example))
        {
            if (item is YamlScalar { IsNull: false, Text: var text })
            {
                found.Add(text);
            }
            else
            {
                faults.Add(item.At, $"{key} 的这一项不是文字", "文字", example);
            }
        }

        return found;
    }

    /// <summary>Reports keys nobody asked for, with the nearest known one.</summary>
    public void Finish()
    {
        foreach (var (key, _) in map.Entries.Where(e => !_known.Contains(e.Key.Text)).Take(FaultList.Cap))
        {
            var near = _known.Select(k => (Word: k, Distance: EditDistance(k, key.Text))).Where(n => n.Distance <= 3).OrderBy(n => n.Distance).FirstOrDefault().Word;
            faults.Add(key.At, $"不认识的键 {Told(key.Text)}", near is null ? $"其中之一：{string.Join("、", _known)}" : $"{near}（其余可用：{string.Join("、", _known.Where(k => k != near))}）", ExampleOf(near));
        }
    }

    /// <summary>A line with the key that was probably meant; where none is near, one of those that may stand here. The value written is not
    /// repeated: it may be a secret under a misspelt name.</summary>
    private string? ExampleOf(string? near) =>
        near is not null ? _examples.GetValueOrDefault(near, $"{near}: …") : _known.Where(_examples.ContainsKey).Select(k => _examples[k]).FirstOrDefault();

    public static bool IsIdentifier(string text) =>
        text.Length is > 0 and <= 64 && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '.')
        && !text.Contains("..", StringComparison.Ordinal);

    /// <summary>Whoever points at the wrong file, a password file say, does not want its lines repeated.</summary>
    private static string Told(string key) =>
        key.Length <= 40 && key.All(c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ' ' or '/') ? key : $"{new string([.. key.TakeWhile(char.IsLetterOrDigit).Take(12)])}…（{key.Length} 个字符）";

    /// <summary>The known word with the fewest letters to change; the first of equals.</summary>
    /// <param name="known">At least one.</param>
    /// <param name="text">What was written.</param>
    public static string Nearest(IReadOnlyList<string> known, string text) => known.MinBy(k => EditDistance(k, text))!;

    private static string Shown(YamlValue value) => value is YamlScalar { Text.Length: <= 40 } scalar ? $" {scalar.Text} " : "";

    private static int EditDistance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 3 || a.Length > 64)
        {
            return int.MaxValue;
        }

        var previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var current = new int[b.Length + 1];
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var substitution = previous[j - 1] + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                current[j] = Math.Min(substitution, Math.Min(previous[j], current[j - 1]) + 1);
            }

            previous = current;
        }

        return previous[b.Length];
    }
}
