using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// Rows of the INSERT statements of a dump, those of one table; everything else in the dump is passed over and nothing is executed.
/// Strings with doubled quotes or backslashes, N'…' and E'…', hexadecimal literals, NULL and numbers are read.
/// </summary>
internal sealed class InsertRows(CharFeed feed, TableOptions options) : RowSource
{
    private readonly StringBuilder _text = new();
    private List<string>? _names;
    private string? _table = options.Sheet;
    private bool _inValues;

    public override IReadOnlyList<string>? Names => _names ?? [];

    public override string?[]? Next()
    {
        while (true)
        {
            if (_inValues)
            {
                feed.SkipBlanks();
                if (feed.Peek() == ',')
                {
                    feed.Take();
                    continue;
                }

                if (feed.Peek() == '(')
                {
                    return Values();
                }

                _inValues = false;
            }

            if (!ToNextInsert())
            {
                return null;
            }
        }
    }

    public override void Dispose() => feed.Dispose();

    private string?[] Values()
    {
        feed.Take();
        var cells = new List<string?>();
        while (true)
        {
            cells.Add(Value());
            feed.SkipBlanks();
            var c = feed.Take();
            if (c == ')')
            {
                break;
            }

            if (c != ',' || cells.Count > options.MaxColumns)
            {
                throw feed.Fault("的值后面不是逗号或右括号", "INSERT INTO 表(列, …) VALUES (值, …);");
            }
        }

        _names ??= [];
        while (_names.Count < cells.Count)
        {
            _names.Add($"列{_names.Count + 1}");
        }

        return [.. cells];
    }

    private string? Value()
    {
        feed.SkipBlanks();
        _text.Clear();
        while (feed.Peek() is var c && c >= 0 && c is not (',' or ')' or '\'' or ' ' or '\n' or '\r' or '\t'))
        {
            Append(feed.Take());
        }

        if (feed.Peek() != '\'')
        {
            var bare = _text.ToString();
            return bare.Equals("NULL", StringComparison.OrdinalIgnoreCase) ? null
                : bare.StartsWith("0x", StringComparison.OrdinalIgnoreCase) ? bare[2..]
                : bare;
        }

        var prefix = _text.ToString();
        _text.Clear();
        Quoted(prefix.Equals("N", StringComparison.OrdinalIgnoreCase));
        return _text.ToString();
    }

    /// <param name="standard">No backslash escapes: Oracle and SQL Server write N'…'.</param>
    private void Quoted(bool standard)
    {
        var place = feed.Place;
        feed.Take();
        while (true)
        {
            var c = feed.Take();
            if (c < 0)
            {
                throw TableFault.Of(feed.File, $"{place}开始的字符串没有闭合", "成对的单引号");
            }

            if (c == '\'' && feed.Peek() != '\'')
            {
                return;
            }

            if (c == '\'')
            {
                feed.Take();
            }
            else if (c == '\\' && !standard && feed.Peek() >= 0)
            {
                c = feed.Take() switch { 'n' => '\n', 'r' => '\r', 't' => '\t', '0' => '\0', var other => other };
            }

            Append(c);
        }
    }

    /// <summary>Behind the next VALUES of the table that is read.</summary>
    private bool ToNextInsert()
    {
        while (Word() is { } word)
        {
            if (!word.Equals("INTO", StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var table = Word() ?? "";
            var names = NameList();
            if (Word()?.Equals("VALUES", StringComparison.OrdinalIgnoreCase) != true || (_table is not null && !table.Equals(_table, StringComparison.OrdinalIgnoreCase)))
            {
                continue;
            }

            (_table, _inValues) = (table, true);
            _names ??= names;
            return true;
        }

        return false;
    }

    private List<string>? NameList()
    {
        feed.SkipBlanks();
        if (feed.Peek() != '(')
        {
            return null;
        }

        feed.Take();
        var names = new List<string>();
        while (feed.Peek() is var c && c >= 0 && c != ')' && names.Count <= options.MaxColumns)
        {
            if (Word(inList: true) is { } name)
            {
                names.Add(name);
            }

            feed.SkipBlanks();
        }

        feed.Take();
        return names;
    }

    /// <summary>The next word, quoted or not, without the schema before a dot; strings and comments are passed over.</summary>
    /// <param name="inList">A right bracket ends it.</param>
    private string? Word(bool inList = false)
    {
        while (true)
        {
            feed.SkipBlanks();
            var c = feed.Peek();
            _text.Clear();
            switch (c)
            {
                case -1:
                    return null;
                case '\'':
                    Quoted(standard: false);
                    continue;
                case ')' when inList:
                    return null;
                case '-' or '/' or '#':
                    SkipComment(feed.Take());
                    continue;
            }

            while (feed.Peek() is var n && n >= 0 && (char.IsLetterOrDigit((char)n) || n is '_' or '$' or '`' or '"' or '[' or ']' or '.'))
            {
                Append(feed.Take());
            }

            if (_text.Length > 0)
            {
                var word = _text.ToString();
                return word[(word.LastIndexOf('.') + 1)..].Trim('`', '"', '[', ']');
            }

            feed.Take();
        }
    }

    private void SkipComment(int first)
    {
        if (first == '/' && feed.Peek() == '*')
        {
            for (var last = feed.Take(); feed.Peek() >= 0 && !(last == '*' && feed.Peek() == '/');)
            {
                last = feed.Take();
            }

            feed.Take();
        }
        else if (first == '#' || (first == '-' && feed.Peek() == '-'))
        {
            while (feed.Peek() is not (-1 or '\n'))
            {
                feed.Take();
            }
        }
    }

    private void Append(int c)
    {
        if (_text.Length >= options.MaxField)
        {
            throw feed.Fault($"的一个值超过 {options.MaxField} 个字符", "长度有限的值；可能有没有闭合的引号");
        }

        _text.Append((char)c);
    }
}
