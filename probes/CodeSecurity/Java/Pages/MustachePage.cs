namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Makes Java of a template of Mustache or Handlebars.</summary>
internal sealed class MustachePage : TemplatePage
{
    private const string This = "this";
    private const int LongestTag = 2_000;

    private readonly PageDialect _dialect = new(PageKind.Mustache, new Dictionary<string, string>(StringComparer.Ordinal));

    protected override void Fill(string path, string text)
    {
        Begin(path);
        for (var at = 0; (at = text.IndexOf("{{", at, StringComparison.Ordinal)) >= 0;)
        {
            if (string.CompareOrdinal(text, at, "{{!--", 0, 5) == 0)
            {
                var comment = text.IndexOf("--}}", at, StringComparison.Ordinal);
                at = comment < 0 ? text.Length : comment + 4;
                continue;
            }

            var isRaw = at + 2 < text.Length && text[at + 2] == '{';
            var end = text.IndexOf(isRaw ? "}}}" : "}}", at, Math.Min(LongestTag, text.Length - at), StringComparison.Ordinal);
            if (end < 0)
            {
                at += 2;
                continue;
            }

            Tag(text[(at + (isRaw ? 3 : 2))..end].Trim().Trim('~'), isRaw, at);
            at = end + 2;
        }

        End(text.Length);
    }

    private void Tag(string inner, bool isRaw, int at)
    {
        if (isRaw || inner.StartsWith('&'))
        {
            Write(Java(inner.TrimStart('&').Trim()), at);
        }
        else if (inner.StartsWith('#'))
        {
            var words = inner[1..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is ["if" or "unless", ..])
            {
                OpenChoice("block", at);
            }
            else
            {
                OpenLoop("block", Java(words.Length > 0 ? words[^1] : This), [This], at);
            }
        }
        else if (inner.StartsWith('^'))
        {
            OpenChoice("block", at);
        }
        else if (inner == "else")
        {
            Other(isChoice: false, at);
        }
        else if (inner.StartsWith('/'))
        {
            Shut("block", at);
        }
        else if (inner.StartsWith('>'))
        {
            Say($"request.getRequestDispatcher({PageDialect.JavaText(inner[1..].Trim().Split(' ')[0])}).include(request, response);", at);
        }
    }

    /// <summary>A name is first looked for in what a block is about.</summary>
    private string Java(string path)
    {
        var name = path.Split(' ')[^1].Trim('.', '/');
        return name is This or "" || Innermost is null ? PageExpression.Of(name.Length == 0 ? This : name, _dialect) : $"{TranslatedPage.Values}.either({PageExpression.Of($"{This}.{name}", _dialect)}, {PageExpression.Of(name, _dialect)})";
    }
}
