namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Makes Java of a template of FreeMarker.</summary>
/// <param name="files">Templates of the tree.</param>
/// <param name="properties">Settings of the tree, which may turn escaping on.</param>
internal sealed partial class FreeMarkerPage(PageFiles files, IReadOnlyDictionary<string, string> properties) : TemplatePage
{
    private readonly PageDialect _dialect = new(PageKind.FreeMarker, new Dictionary<string, string>(StringComparer.Ordinal));
    private readonly Dictionary<string, (string Path, string Text)> _imports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Dictionary<string, List<string>>> _macros = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);
    private readonly Stack<bool> _escaping = new();
    private string _text = string.Empty;
    private char _open = '<';
    private char _close = '>';
    private bool _isEscaped;

    protected override void Fill(string path, string text)
    {
        Begin(path);
        _text = text;
        if (text.Contains("[#ftl", StringComparison.Ordinal) || (!text.Contains("<#", StringComparison.Ordinal) && (text.Contains("[#if", StringComparison.Ordinal) || text.Contains("[#list", StringComparison.Ordinal))))
        {
            (_open, _close) = ('[', ']');
        }

        _isEscaped = path.EndsWith(".ftlh", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".ftlx", StringComparison.OrdinalIgnoreCase)
            || properties.Any(p => p.Key.Contains("output_format", StringComparison.OrdinalIgnoreCase) && p.Value.Contains("HTML", StringComparison.OrdinalIgnoreCase));
        for (var at = 0; at < text.Length;)
        {
            var next = text.AsSpan(at).IndexOfAny(_open, '$') is >= 0 and var ahead ? at + ahead : text.Length;
            if (next + 1 >= text.Length)
            {
                break;
            }

            at = text[next] == '$' ? Dollar(next) : text[next + 1] is '#' or '@' || (text[next + 1] == '/' && next + 2 < text.Length && text[next + 2] is '#' or '@') ? Directive(next) : next + 1;
        }

        End(text.Length);
    }

    private int Dollar(int at)
    {
        if (_text[at + 1] != '{')
        {
            return at + 1;
        }

        var end = EndOf(_text, at + 1, '{', '}');
        if (end < 0)
        {
            return at + 2;
        }

        var expression = _text[(at + 2)..(end - 1)];
        var java = PageExpression.Of(expression, _dialect);
        if (!_isEscaped || expression.Contains("?no_esc", StringComparison.Ordinal) || Into is not null)
        {
            Write(java, at);
        }
        else if (java.Contains(".evaluate(", StringComparison.Ordinal))
        {
            Say($"var {Element()} = {java};", at);
        }

        return end;
    }

    private int Directive(int at)
    {
        if (string.CompareOrdinal(_text, at + 1, "#--", 0, 3) == 0)
        {
            return After($"--{_close}", at);
        }

        var isEnd = _text[at + 1] == '/';
        var name = at + (isEnd ? 3 : 2);
        var to = name;
        while (to < _text.Length && (char.IsLetterOrDigit(_text[to]) || _text[to] is '_' or '.' or '-'))
        {
            to++;
        }

        var close = EndOfDirective(to);
        if (close < 0)
        {
            Doubt(Place(at), "指令没有结束");
            return at + 2;
        }

        var word = _text[name..to];
        if (_text[name - 1] == '@')
        {
            if (!isEnd)
            {
                Use(word, to, _text[close - 2] == '/' ? close - 2 : close - 1, at);
            }

            return close;
        }

        if (word is "noparse" or "comment" && !isEnd)
        {
            return After($"{_open}/#{word}", at);
        }

        if (isEnd)
        {
            Close(word, at);
        }
        else
        {
            OpenDirective(word, to, _text[close - 2] == '/' ? close - 2 : close - 1, at);
        }

        return close;
    }

    private int After(string sign, int at)
    {
        var end = _text.IndexOf(sign, at, StringComparison.Ordinal);
        return end < 0 ? _text.Length : end + sign.Length;
    }

    private int EndOfDirective(int at)
    {
        var depth = 0;
        for (var i = at; i < _text.Length && i - at < 8_000; i++)
        {
            switch (_text[i])
            {
                case '"' or '\'':
                    var quote = _text[i];
                    for (i++; i < _text.Length && _text[i] != quote; i++)
                    {
                        i += _text[i] == '\\' ? 1 : 0;
                    }

                    break;
                case '(' or '{' or '[' when _text[i] != _open:
                    depth++;
                    break;
                case ')' or '}' or ']' when _text[i] != _close:
                    depth--;
                    break;
                case var sign when sign == _close && depth <= 0 && _text[i - 1] != '-':
                    return i + 1;
            }
        }

        return -1;
    }

    private string Expression(int from, int to, out int end) => PageExpression.First(_text, from, to, _dialect, out end);
}
