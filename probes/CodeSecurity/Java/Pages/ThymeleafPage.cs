namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Makes Java of a template of Thymeleaf. Elements that repeat set their variable for all that follows.</summary>
internal sealed class ThymeleafPage : TemplatePage
{
    private const int MostNames = 20;

    private readonly PageDialect _dialect = new(PageKind.Thymeleaf, new Dictionary<string, string>(StringComparer.Ordinal));
    private string _text = string.Empty;

    protected override void Fill(string path, string text)
    {
        Begin(path);
        _text = text;
        var tags = new MarkupTags(text);
        foreach (var piece in tags.All())
        {
            if (piece.Kind == MarkupKind.Text)
            {
                Inline(piece.From, piece.To);
            }
            else if (piece.Kind is MarkupKind.Open or MarkupKind.Alone)
            {
                Element(tags, piece);
            }
        }

        if (tags.IsCut)
        {
            Doubt(Place(text.Length), "有没有结束的标签，后面没有读");
        }

        End(text.Length);
    }

    private void Element(MarkupTags tags, MarkupPiece piece)
    {
        if (_text.IndexOf("th", piece.From, piece.To - piece.From, StringComparison.Ordinal) < 0)
        {
            return;
        }

        var all = tags.Attributes(piece).Select(a => (Name: a.Name.StartsWith("data-th-", StringComparison.Ordinal) ? string.Concat("th:", a.Name.AsSpan("data-th-".Length)) : a.Name, a.From, a.To)).Where(a => a.Name.StartsWith("th:", StringComparison.Ordinal)).ToList();

        // Thymeleaf takes them in this order whatever the order in the tag.
        foreach (var (name, from, to) in all.OrderBy(a => a.Name switch { "th:each" => 0, "th:object" => 1, "th:with" => 2, _ => 3 }))
        {
            Attribute(name, JspText.Plain(_text[from..to]), from);
        }
    }

    private void Attribute(string name, string value, int at)
    {
        Preprocess(value, at);
        switch (name)
        {
            case "th:utext":
                Write(Java(value), at);
                break;
            case "th:each" when value.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon:
                OpenLoop("each", Java(value[(colon + 1)..]), value[..colon].Split(',')[..1].Select(v => v.Trim()), at);
                Shut("each", at);
                break;
            case "th:object":
                Say(SetTo("*", Java(value)), at);
                break;
            case "th:with":
                With(value, at);
                break;
            case "th:include" or "th:replace" or "th:insert":
                Include(value, at);
                break;
        }
    }

    /// <summary><c>__${…}__</c> is put into an expression as text before that is evaluated.</summary>
    private void Preprocess(string value, int at)
    {
        for (var from = 0; (from = value.IndexOf("__${", from, StringComparison.Ordinal)) >= 0;)
        {
            var end = value.IndexOf("}__", from, StringComparison.Ordinal);
            if (end < 0)
            {
                return;
            }

            Say($"{TranslatedPage.Values}.evaluate({Java(value[(from + 2)..(end + 1)])});", at);
            from = end + 3;
        }
    }

    private void With(string value, int at)
    {
        for (var (from, count) = (0, 0); from < value.Length && count < MostNames; count++)
        {
            var equals = value.IndexOf('=', from);
            if (equals < 0)
            {
                return;
            }

            var name = value[from..equals].Trim(' ', ',', '\r', '\n', '\t');
            Say(SetTo(name, PageExpression.First(value, equals + 1, value.Length, _dialect, out from)), at);
            from = value.IndexOf(',', Math.Min(from, value.Length - 1)) is >= 0 and var comma ? comma + 1 : value.Length;
        }
    }

    private void Include(string value, int at)
    {
        var fragment = value.Trim().TrimStart('~').Trim('{', '}', ' ').Split("::")[0].Trim();
        if (fragment.Length > 0 && !fragment.Contains("${", StringComparison.Ordinal) && fragment != "this")
        {
            Say($"request.getRequestDispatcher({PageDialect.JavaText(fragment.Trim('\'', ' '))}).include(request, response);", at);
        }
    }

    /// <summary><c>[(${…})]</c> in text is written as it is.</summary>
    private void Inline(int from, int to)
    {
        for (var at = from; at < to && (at = _text.IndexOf("[(", at, to - at, StringComparison.Ordinal)) >= 0;)
        {
            var end = _text.IndexOf(")]", at, to - at, StringComparison.Ordinal);
            if (end < 0)
            {
                return;
            }

            if (_text.AsSpan(at + 2, end - at - 2).TrimStart() is [('$' or '*' or '|' or '\''), ..] and var inner && inner.Contains('{'))
            {
                Write(Java(inner.ToString()), at);
            }

            at = end + 2;
        }
    }

    private string Java(string value) => PageExpression.Of(value, _dialect);
}
