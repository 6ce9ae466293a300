using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// A register written as a YAML list of flat entries, with or without one key above it. Nothing else of YAML is read: nested values, anchors,
/// tags and block texts are refused by line.
/// </summary>
internal sealed class YamlRows(CharFeed feed, TableOptions options) : RowSource
{
    private const int LongestLine = 100_000;

    private readonly List<string> _names = [];
    private string? _ahead;
    private long _line;
    private long _aheadLine;

    public override IReadOnlyList<string> Names => _names;

    public override string?[]? Next()
    {
        var line = Line();
        if (line is not null && _names.Count == 0 && IsHeading(line))
        {
            line = Line();
        }

        if (line is null)
        {
            return null;
        }

        var start = line.TrimStart();
        if (!start.StartsWith("- ", StringComparison.Ordinal) && start != "-")
        {
            throw Fault("不是“- 键: 值”", "每个产品以“- ”开头的列表");
        }

        var cells = new List<string?>();
        var indent = line.Length - start.Length;
        Member(start[1..], cells);
        while (Line() is { } next)
        {
            if (next.TrimStart() is var inner && (next.Length - inner.Length <= indent || inner.StartsWith("- ", StringComparison.Ordinal)))
            {
                (_ahead, _aheadLine) = (next, _line);
                break;
            }

            Member(next, cells);
        }

        return [.. cells];
    }

    public override void Dispose() => feed.Dispose();

    private static bool IsHeading(string line) => !line.TrimStart().StartsWith('-') && line.TrimEnd().EndsWith(':') && line[0] != ' ';

    private void Member(string text, List<string?> cells)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            return;
        }

        var colon = trimmed.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0 || (colon + 1 < trimmed.Length && trimmed[colon + 1] != ' '))
        {
            throw Fault("里没有“键: 值”", "“键: 值”，冒号后面有一个空格");
        }

        var at = Place(trimmed[..colon].Trim().Trim('"', '\''));
        while (cells.Count <= at)
        {
            cells.Add(null);
        }

        cells[at] = Value(trimmed[(colon + 1)..].Trim());
    }

    private string? Value(string text)
    {
        if (text.Length == 0 || text is "~" or "null" || text[0] == '#')
        {
            return null;
        }

        if (text[0] is '"' or '\'')
        {
            return Quoted(text);
        }

        if (text[0] is '{' or '[' or '&' or '*' or '!' or '|' or '>' or '%' or '@' or '`')
        {
            throw Fault($"的值以 {text[0]} 开头", "一行之内的普通文字；含特殊字符的加引号");
        }

        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? text : text[..comment].TrimEnd();
    }

    private string Quoted(string text)
    {
        var (quote, value) = (text[0], new StringBuilder());
        for (var i = 1; i < text.Length; i++)
        {
            if (text[i] == quote && quote == '\'' && i + 1 < text.Length && text[i + 1] == '\'')
            {
                value.Append(text[i++]);
            }
            else if (text[i] == quote)
            {
                return text[(i + 1)..].TrimStart() is "" or ['#', ..] ? value.ToString() : throw Fault("的引号后面还有文字", "引号闭合后换行");
            }
            else if (text[i] == '\\' && quote == '"' && i + 1 < text.Length)
            {
                value.Append(text[++i] switch { 'n' => '\n', 't' => '\t', var other => other });
            }
            else
            {
                value.Append(text[i]);
            }
        }

        throw Fault("的引号没有在本行闭合", "成对的引号");
    }

    private int Place(string name)
    {
        var at = _names.IndexOf(name);
        if (at >= 0)
        {
            return at;
        }

        if (_names.Count == options.MaxColumns)
        {
            throw Fault($"的键多于 {options.MaxColumns} 种", "键有限的登记表");
        }

        _names.Add(name);
        return _names.Count - 1;
    }

    /// <summary>The next line with content; marks of documents and comments are passed over.</summary>
    private string? Line()
    {
        if (_ahead is { } kept)
        {
            (_ahead, _line) = (null, _aheadLine);
            return kept;
        }

        var text = new StringBuilder();
        while (feed.Peek() >= 0)
        {
            text.Clear();
            _line = feed.Line;
            for (var c = feed.Take(); c is not (-1 or '\n'); c = feed.Take())
            {
                if (text.Length >= LongestLine)
                {
                    throw Fault($"超过 {LongestLine} 个字符", "长度有限的行");
                }

                text.Append(c == '\t' ? ' ' : (char)c);
            }

            var line = text.ToString().TrimEnd();
            if (line.Length > 0 && line.TrimStart()[0] != '#' && line is not ("---" or "..."))
            {
                return line;
            }
        }

        return null;
    }

    private Probing.UnableException Fault(string found, string expected) => TableFault.Of(feed.File, $"第 {_line} 行{found}", expected);
}
