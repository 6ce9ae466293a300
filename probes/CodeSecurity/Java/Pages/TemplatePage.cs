namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What templates of every kind have in common: values, variables, blocks and macros. Variables are attributes of the request.</summary>
internal abstract class TemplatePage : PageBuilder
{
    private const int MostBlocks = 400;

    private readonly Stack<string> _blocks = new();
    private readonly Stack<(PageWriter Body, int Blocks)> _outer = new();
    private int _names;
    private bool _isDeep;

    protected string Path { get; private set; } = string.Empty;

    /// <summary>What of the text is written where: an attribute that is being filled; null for the page.</summary>
    protected string? Into { get; set; }

    protected CodePlace Place(int at) => new(Path, at);

    protected void Begin(string path) => Path = path;

    protected void Say(string java, int at) => Body.Make(java + "\n", Place(at));

    /// <summary>Writes a value into the page as it is.</summary>
    protected void Write(string java, int at) => Say(Into is { } name ? SetTo(name, java) : $"{TranslatedPage.Values}.unescaped({java});", at);

    protected static string SetTo(string name, string java) => $"request.setAttribute({PageDialect.JavaText(name)}, {java});";

    /// <summary>A block that may or may not be gone through.</summary>
    protected void OpenChoice(string kind, int at) => Open(kind, $"if ({TranslatedPage.Values}.truth()) {{", at);

    /// <summary>A block for every element of a list.</summary>
    protected void OpenLoop(string kind, string list, IEnumerable<string> variables, int at)
    {
        var element = Element();
        Open(kind, $"for (var {element} : {list}) {{", at);
        foreach (var variable in variables)
        {
            Say(SetTo(variable, element), at);
        }
    }

    protected string Element() => $"e{_names++}$";

    protected void Open(string kind, string java, int at)
    {
        _isDeep |= _blocks.Count >= MostBlocks;
        _blocks.Push(_isDeep ? string.Empty : kind);
        if (!_isDeep)
        {
            Say(java, at);
        }
    }

    protected string? Innermost => _blocks.TryPeek(out var kind) ? kind : null;

    /// <summary>Ends the innermost block of a kind; any where it is null.</summary>
    /// <returns>False where none is open.</returns>
    protected bool Shut(string? kind, int at)
    {
        if (_blocks.Count <= (_outer.TryPeek(out var outer) ? outer.Blocks : 0) || (kind is not null && _blocks.Peek() != kind && _blocks.Peek().Length > 0))
        {
            return false;
        }

        if (_blocks.Pop().Length > 0)
        {
            Say("}", at);
        }

        return true;
    }

    /// <summary>The other branch of the innermost choice.</summary>
    protected void Other(bool isChoice, int at)
    {
        if (Innermost is { Length: > 0 })
        {
            Say(isChoice ? $"}} else if ({TranslatedPage.Values}.truth()) {{" : "} else {", at);
        }
    }

    protected void OpenMacro(string name, int at)
    {
        _outer.Push((Body, _blocks.Count));
        Body = new PageWriter();
        Say($"public static void {MethodOf(name)}({TranslatedPage.Request} request, javax.servlet.http.HttpServletResponse response) throws Exception {{", at);
    }

    protected bool ShutMacro(int at)
    {
        if (!_outer.TryPeek(out var outer))
        {
            return false;
        }

        var isOpen = true;
        while (isOpen && _blocks.Count > outer.Blocks)
        {
            isOpen = Shut(null, at);
        }

        Say("}", at);
        Members.Take(Body);
        Body = _outer.Pop().Body;
        return true;
    }

    protected bool IsInMacro(int blocks) => _outer.TryPeek(out var outer) && outer.Blocks == blocks;

    protected int Blocks => _blocks.Count;

    /// <summary>Closes what the page left open.</summary>
    protected void End(int at)
    {
        if (_isDeep || _blocks.Count > 0 || _outer.Count > 0)
        {
            Doubt(Place(at), _isDeep ? "嵌套过深" : "有没有结束的块");
        }

        var isOpen = true;
        while (isOpen)
        {
            isOpen = ShutMacro(at) || Shut(null, at);
        }
    }

    protected static string MethodOf(string name) => "m_" + new string([.. name.Take(60).Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')]);

    /// <summary>Behind the sign that closes a bracket, minding texts; −1 where none does.</summary>
    protected static int EndOf(string text, int at, char open, char close)
    {
        var depth = 0;
        for (var i = at; i < text.Length && i - at < 8_000; i++)
        {
            if (text[i] is '"' or '\'')
            {
                var end = i + 1;
                while (end < text.Length && end - at < 8_000 && text[end] != text[i])
                {
                    end += text[end] == '\\' ? 2 : 1;
                }

                if (end >= text.Length || end - at >= 8_000)
                {
                    return -1;
                }

                i = end;
            }
            else if (text[i] == open)
            {
                depth++;
            }
            else if (text[i] == close && --depth == 0)
            {
                return i + 1;
            }
        }

        return -1;
    }
}
