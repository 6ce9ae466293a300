namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Tags of JSP and of the usual libraries.</summary>
internal sealed partial class JspPage
{
    private static readonly HashSet<string> Silent = new(StringComparer.Ordinal) { "fmt", "form", "html", "logic", "sec", "shiro", "bean", "s", "spring", "c", "jsp", "x", "sql" };

    private readonly HashSet<string> _unknown = new(StringComparer.Ordinal);

    /// <summary>Attributes of the tag that is read.</summary>
    private Dictionary<string, (int From, int To)> _attributes = [];

    private int Tag(int at)
    {
        var name = at + 1;
        var isClose = name < _text.Length && _text[name] == '/';
        name += isClose ? 1 : 0;
        var end = name;
        while (end < _text.Length && (char.IsLetterOrDigit(_text[end]) || _text[end] is ':' or '-' or '_' or '.'))
        {
            end++;
        }

        var full = _text[name..end];
        if (full.IndexOf(':', StringComparison.Ordinal) is not (> 0 and var colon) || JspText.EndOfTag(_text, at) is not (> 0 and var close))
        {
            // A tag of HTML: what stands in it is text of the page.
            Html(at, at + 1);
            return at + 1;
        }

        var library = _prefixes.GetValueOrDefault(full[..colon], string.Empty);
        var tag = $"{library}:{full[(colon + 1)..]}";
        if (isClose)
        {
            Close(tag, at);
            return close;
        }

        _attributes = JspText.Attributes(_text, end, close - 1);
        return Element(tag, library, full, at, close);
    }

    private int Element(string tag, string library, string full, int at, int close)
    {
        var isAlone = _text[close - 2] == '/';
        switch (tag)
        {
            case "jsp:scriptlet" or "jsp:expression" or "jsp:declaration" when !isAlone:
                return Code(full, tag, close);
            case "jsp:directive.include" or "jsp:directive.page":
                Import(Value("import"), at);
                if (tag == "jsp:directive.include")
                {
                    IncludeText(Value("file"), at);
                }

                return close;
            case "jsp:root":
                foreach (var (name, (from, to)) in _attributes.Where(a => a.Key.StartsWith("xmlns:", StringComparison.Ordinal)))
                {
                    _prefixes[name["xmlns:".Length..]] = _text[from..to] is var uri && uri.Contains("JSP/Page", StringComparison.Ordinal) ? "jsp" : Library(uri);
                }

                return close;
        }

        if (!Open(tag, at, isAlone) && !Silent.Contains(library))
        {
            Other(library, full, at, close);
        }

        return close;
    }

    private int Code(string full, string tag, int from)
    {
        var end = _text.IndexOf($"</{full}", from, StringComparison.Ordinal);
        var to = end < 0 ? _text.Length : end;
        var code = JspText.Plain(_text[from..to]);
        if (tag == "jsp:expression")
        {
            Write(code, from);
        }
        else
        {
            (tag == "jsp:declaration" ? Members : Body).Make(code + "\n", Place(from));
        }

        return end < 0 ? _text.Length : After(">", end);
    }

    private string? Value(string name) => _attributes.TryGetValue(name, out var at) ? _text[at.From..at.To] : null;

    /// <summary>What an attribute holds, in Java; null where the tag has none of the name.</summary>
    private string? Java(string name)
    {
        if (!_attributes.TryGetValue(name, out var value))
        {
            return null;
        }

        var parts = new List<string>();
        for (var at = value.From; at < value.To;)
        {
            if (_text.AsSpan(at, value.To - at).StartsWith("<%=") && _text.IndexOf("%>", at, value.To - at, StringComparison.Ordinal) is > 0 and var end)
            {
                parts.Add($"({_text[(at + 3)..end]})");
                at = end + 2;
            }
            else if (!_noExpressions && _text.AsSpan(at, value.To - at).StartsWith("${") && JspText.EndOfExpression(_text, at) is > 0 and var close && close <= value.To)
            {
                parts.Add(PageExpression.Of(_text[(at + 2)..(close - 1)], _dialect));
                at = close;
            }
            else
            {
                var next = _text.AsSpan(at + 1, value.To - at - 1).IndexOfAny('<', '$') is >= 0 and var ahead ? at + 1 + ahead : value.To;
                parts.Add(PageDialect.JavaText(_text[at..next]));
                at = next;
            }
        }

        return parts.Count switch { 0 => "\"\"", 1 => parts[0], _ => $"({string.Join(" + ", parts)})" };
    }

    private void Say(string java, int at) => Body.Make(java + "\n", Place(at));

    private void Other(string library, string full, int at, int close)
    {
        var isFile = library.StartsWith('/');
        foreach (var name in _attributes.Keys.ToList())
        {
            if (isFile)
            {
                Say($"request.setAttribute({PageDialect.JavaText(name)}, {Java(name)});", at);
            }
        }

        if (isFile)
        {
            Say($"request.getRequestDispatcher({PageDialect.JavaText($"{library}/{full[(full.IndexOf(':', StringComparison.Ordinal) + 1)..]}.tag")}).include(request, response);", at);
        }
        else if (_text.AsSpan(at, close - at).Contains("${", StringComparison.Ordinal) && _unknown.Add(full))
        {
            Doubt(Place(at), $"不认识标签 {full}，不知道它怎样输出");
        }
    }
}
