namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Makes Java of a template of Velocity.</summary>
/// <param name="properties">Settings of the tree, which may turn escaping on.</param>
internal sealed class VelocityPage(IReadOnlyDictionary<string, string> properties) : TemplatePage
{
    private readonly PageDialect _dialect = new(PageKind.Velocity, new Dictionary<string, string>(StringComparer.Ordinal));
    private readonly Dictionary<string, List<string>> _macros = new(StringComparer.Ordinal);
    private string _text = string.Empty;
    private bool _isEscaped;

    protected override void Fill(string path, string text)
    {
        Begin(path);
        _text = text;
        _isEscaped = properties.Any(p => p.Key.Contains("eventhandler.reference", StringComparison.Ordinal) && p.Value.Contains("Escape", StringComparison.Ordinal));
        FindMacros();
        for (var at = 0; at < text.Length;)
        {
            var next = text.AsSpan(at).IndexOfAny('$', '#') is >= 0 and var ahead ? at + ahead : text.Length;
            if (next + 1 >= text.Length)
            {
                break;
            }

            at = text[next] == '$' ? Dollar(next) : Hash(next);
        }

        End(text.Length);
    }

    private int Dollar(int at)
    {
        var name = at + 1;
        name += name < _text.Length && _text[name] == '!' ? 1 : 0;
        name += name < _text.Length && _text[name] == '{' ? 1 : 0;
        if (name >= _text.Length || !(char.IsLetter(_text[name]) || _text[name] == '_') || (at > 0 && _text[at - 1] == '\\'))
        {
            return at + 1;
        }

        var java = PageExpression.At(_text, at, _dialect, out var end);
        if (!_isEscaped || Into is not null)
        {
            Write(java, at);
        }

        return end;
    }

    private int Hash(int at)
    {
        switch (_text[at + 1])
        {
            case '#':
                var line = _text.IndexOf('\n', at);
                return line < 0 ? _text.Length : line;
            case '*':
                return After("*#", at);
            case '[' when at + 2 < _text.Length && _text[at + 2] == '[':
                return After("]]#", at);
        }

        var name = at + (_text[at + 1] == '{' ? 2 : 1);
        var end = name;
        while (end < _text.Length && (char.IsLetterOrDigit(_text[end]) || _text[end] == '_'))
        {
            end++;
        }

        var word = _text[name..end];
        end += _text[at + 1] == '{' && end < _text.Length && _text[end] == '}' ? 1 : 0;
        switch (word)
        {
            case "end":
                if (!IsInMacro(Blocks) || !ShutMacro(at))
                {
                    Shut(null, at);
                    Into = Innermost == "define" ? Into : null;
                }

                return end;
            case "else":
                Other(isChoice: false, at);
                return end;
            case "" or "stop" or "break":
                return end;
        }

        var open = end;
        while (open < _text.Length && _text[open] is ' ' or '\t')
        {
            open++;
        }

        if (open >= _text.Length || _text[open] != '(' || !(IsDirective(word) || _macros.ContainsKey(word)))
        {
            return end;
        }

        if (EndOf(_text, open, '(', ')') is not (> 0 and var close))
        {
            Doubt(Place(at), "指令没有结束");
            return end;
        }

        Directive(word, _text[(open + 1)..(close - 1)], at);
        return close;
    }

    private static bool IsDirective(string word) => word is "set" or "if" or "elseif" or "foreach" or "parse" or "include" or "macro" or "define" or "evaluate";

    private void Directive(string word, string inner, int at)
    {
        switch (word)
        {
            case "set" when inner.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals && Name(inner[..equals]) is { Length: > 0 } set:
                Say(SetTo(set, PageExpression.Of(inner[(equals + 1)..], _dialect)), at);
                break;
            case "if":
                OpenChoice("if", at);
                break;
            case "elseif":
                Other(isChoice: true, at);
                break;
            case "foreach" when inner.IndexOf(" in ", StringComparison.Ordinal) is > 0 and var behind:
                OpenLoop("foreach", PageExpression.Of(inner[(behind + 4)..], _dialect), [Name(inner[..behind])], at);
                break;
            case "foreach":
                OpenChoice("foreach", at);
                break;
            case "parse" or "include":
                Say($"request.getRequestDispatcher({PageExpression.Of(inner, _dialect)}).include(request, response);", at);
                break;
            case "macro":
                OpenMacro(inner.Split([' ', '\t', '\r', '\n', ','], StringSplitOptions.RemoveEmptyEntries) is [var name, ..] ? name : string.Empty, at);
                break;
            case "define":
                Open("define", "{", at);
                Into = Name(inner);
                break;
            case "evaluate":
                Say($"{TranslatedPage.Values}.evaluate({PageExpression.Of(inner, _dialect)});", at);
                break;
            default:
                Use(word, inner, at);
                break;
        }
    }

    private void Use(string word, string inner, int at)
    {
        var (from, parameters) = (0, _macros[word]);
        foreach (var parameter in parameters)
        {
            while (from < inner.Length && (char.IsWhiteSpace(inner[from]) || inner[from] == ','))
            {
                from++;
            }

            if (from >= inner.Length)
            {
                break;
            }

            Say(SetTo(parameter, PageExpression.First(inner, from, inner.Length, _dialect, out from)), at);
        }

        Say($"{MethodOf(word)}(request, response);", at);
    }

    private void FindMacros()
    {
        for (var at = 0; (at = _text.IndexOf("#macro", at, StringComparison.Ordinal)) >= 0 && _macros.Count < 500;)
        {
            at += "#macro".Length;
            var open = _text.AsSpan(at).TrimStart();
            var end = open.Length > 0 && open[0] == '(' ? open[..Math.Min(open.Length, 2_000)].IndexOf(')') : -1;
            if (end > 0 && open[1..end].ToString().Split([' ', '\t', '\r', '\n', ','], StringSplitOptions.RemoveEmptyEntries) is [var name, .. var parameters])
            {
                _macros[name] = [.. parameters.Select(p => Name(p.Split('=')[0]))];
            }
        }
    }

    private int After(string sign, int at)
    {
        var end = _text.IndexOf(sign, at, StringComparison.Ordinal);
        return end < 0 ? _text.Length : end + sign.Length;
    }

    private static string Name(string written) => written.Trim().TrimStart('$').Trim('!', '{', '}', ' ');
}
