namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Makes Java of a page of JSP, with what it includes.</summary>
/// <param name="files">Pages of the tree.</param>
internal sealed partial class JspPage(PageFiles files) : PageBuilder
{
    private const int DeepestInclude = 16;
    private const int MostIncludes = 300;
    private const int MostIncluded = 16_000_000;

    private readonly List<string> _open = [];
    private readonly Dictionary<string, string> _prefixes = new(StringComparer.Ordinal)
        { ["jsp"] = "jsp", ["c"] = "c", ["fmt"] = "fmt", ["sql"] = "sql", ["x"] = "x", ["spring"] = "spring", ["form"] = "form", ["s"] = "s", ["bean"] = "bean", ["html"] = "html", ["logic"] = "logic", ["sec"] = "sec", ["shiro"] = "shiro" };

    private readonly PageDialect _dialect = new(PageKind.Jsp, new Dictionary<string, string>(StringComparer.Ordinal));
    private string _path = string.Empty;
    private string _text = string.Empty;
    private bool _noExpressions;
    private int _includes;
    private int _names;

    /// <summary>Where what is written goes instead of the page: an attribute that is set, or a statement; null for the page.</summary>
    private string? _into;

    protected override void Fill(string path, string text)
    {
        foreach (var import in new[] { "javax.servlet.*", "javax.servlet.http.*", "javax.servlet.jsp.*" })
        {
            Imports.Make($"import {import};", new CodePlace(path, 0));
        }

        Body.Make("javax.servlet.jsp.JspWriter out; javax.servlet.http.HttpSession session = request.getSession(); javax.servlet.ServletContext application; javax.servlet.ServletConfig config; Throwable exception;"
            + $" javax.servlet.jsp.PageContext pageContext = {TranslatedPage.Values}.context(request);\n", new CodePlace(path, 0));
        Include(path, text);
    }

    private void Include(string path, string text)
    {
        var (before, beforeText) = (_path, _text);
        (_path, _text) = (path, text);
        _open.Add(path);
        Go();
        _open.RemoveAt(_open.Count - 1);
        (_path, _text) = (before, beforeText);
    }

    private CodePlace Place(int at) => new(_path, at);

    private void Go()
    {
        var text = _text;
        for (var at = 0; at < text.Length;)
        {
            var next = text.AsSpan(at).IndexOfAny('<', '$') is >= 0 and var ahead ? at + ahead : text.Length;
            Html(at, next);
            if (next >= text.Length)
            {
                return;
            }

            at = text[next] == '$' ? Dollar(next) : next + 1 < text.Length && text[next + 1] == '%' ? Script(next) : Tag(next);
        }
    }

    /// <summary>Text of the page ends a statement that waits for one.</summary>
    private void Html(int from, int to)
    {
        if (!_text.AsSpan(from, to - from).IsWhiteSpace())
        {
            Body.Make(";", Place(from));
        }
    }

    private int Dollar(int at)
    {
        if (_noExpressions || at + 1 >= _text.Length || _text[at + 1] != '{' || (at > 0 && _text[at - 1] == '\\') || JspText.EndOfExpression(_text, at) is not (> 0 and var end))
        {
            return at + 1;
        }

        Write(PageExpression.Of(_text[(at + 2)..(end - 1)], _dialect), at);
        return end;
    }

    private void Write(string java, int at) => Body.Make(_into is null ? $"out.print({java});\n" : string.Concat(_into, java, ");\n"), Place(at));

    private int Script(int at)
    {
        var text = _text;
        if (string.CompareOrdinal(text, at, "<%--", 0, 4) == 0)
        {
            return After("--%>", at);
        }

        var end = text.IndexOf("%>", at + 2, StringComparison.Ordinal);
        var to = end < 0 ? text.Length : end;
        if (end < 0)
        {
            Doubt(Place(at), "脚本没有结束");
        }

        switch (at + 2 < text.Length ? text[at + 2] : '\0')
        {
            case '=':
                Body.Make(_into is null ? "out.print(" : _into, Place(at));
                Body.Copy(text, Math.Min(at + 3, to), to, _path);
                Body.Make(");\n", Place(at));
                break;
            case '!':
                Members.Copy(text, Math.Min(at + 3, to), to, _path);
                Members.Make("\n", Place(at));
                break;
            case '@':
                Directive(Math.Min(at + 3, to), to);
                break;
            default:
                Body.Copy(text, at + 2, to, _path);
                Body.Make("\n", Place(at));
                break;
        }

        return end < 0 ? text.Length : end + 2;
    }

    private int After(string sign, int at)
    {
        var end = _text.IndexOf(sign, at, StringComparison.Ordinal);
        return end < 0 ? _text.Length : end + sign.Length;
    }

    private void Directive(int from, int to)
    {
        var name = _text.AsSpan(from, to - from).Trim();
        var attributes = JspText.Attributes(_text, from, to);
        string? Value(string key) => attributes.TryGetValue(key, out var at) ? _text[at.From..at.To] : null;
        if (name.StartsWith("include"))
        {
            IncludeText(Value("file"), from);
        }
        else if (name.StartsWith("taglib"))
        {
            if (Value("prefix") is { Length: > 0 } prefix && (Value("uri") ?? Value("tagdir")) is { } place)
            {
                _prefixes[prefix] = Value("tagdir") is null ? Library(place) : "/" + place.Trim('/');
            }
        }
        else
        {
            _noExpressions |= Value("isELIgnored") == "true";
            Import(Value("import"), from);
        }
    }

    private void Import(string? names, int at)
    {
        foreach (var name in (names ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Where(n => n.All(c => char.IsLetterOrDigit(c) || c is '.' or '*' or '_' or ' ')))
        {
            Imports.Make($"import {name};", Place(at));
        }
    }

    private void IncludeText(string? file, int at)
    {
        // That it is cut is told where the page is put together.
        if (Body.IsCut)
        {
            return;
        }

        if (file is null || files.Find(file, _path) is not { } found)
        {
            Doubt(Place(at), $"没有找到包含的文件 {file}");
        }
        else if (_open.Count >= DeepestInclude || _open.Contains(found.Path, StringComparer.Ordinal) || ++_includes > MostIncludes)
        {
            Doubt(Place(at), "包含的层数或次数过多");
        }
        else if ((Included += found.Text.Length) > MostIncluded)
        {
            Doubt(Place(at), "包含的文字过多");
        }
        else
        {
            Include(found.Path, found.Text);
        }
    }

    private static string Library(string uri) => uri switch
    {
        _ when uri.Contains("springframework.org/tags/form", StringComparison.Ordinal) => "form",
        _ when uri.Contains("springframework.org/tags", StringComparison.Ordinal) => "spring",
        _ when uri.Contains("springframework.org/security", StringComparison.Ordinal) => "sec",
        _ when uri.Contains("shiro", StringComparison.Ordinal) => "shiro",
        _ when uri.Contains("struts-tags", StringComparison.Ordinal) => "s",
        _ when uri.Contains("tags-bean", StringComparison.Ordinal) || uri.Contains("struts-bean", StringComparison.Ordinal) => "bean",
        _ when uri.Contains("tags-html", StringComparison.Ordinal) || uri.Contains("struts-html", StringComparison.Ordinal) => "html",
        _ when uri.Contains("tags-logic", StringComparison.Ordinal) || uri.Contains("struts-logic", StringComparison.Ordinal) => "logic",
        _ when uri.Contains("jstl", StringComparison.Ordinal) || uri.StartsWith("jakarta.tags", StringComparison.Ordinal) =>
            uri.EndsWith("core", StringComparison.Ordinal) || uri.EndsWith("core_rt", StringComparison.Ordinal) ? "c" : uri.EndsWith("sql", StringComparison.Ordinal) ? "sql" : uri.EndsWith("xml", StringComparison.Ordinal) ? "x" : "fmt",
        _ => uri,
    };
}
