namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What the functions of a file give back, as far as it is written there: the places behind each <c>return</c>, and bodies that are one expression.</summary>
internal sealed class FunctionReturns
{
    private const int MostReturns = 20_000;
    private const int MostOfOne = 50;
    private const int MostBetween = 16;

    private static readonly HashSet<string> Control = new(StringComparer.Ordinal) { "if", "for", "while", "switch", "catch", "foreach", "using", "lock", "synchronized", "when", "elseif", "match", "return", "function", "fn", "func" };
    private static readonly HashSet<string> BeforeCall = new(StringComparer.Ordinal) { "return", "new", "throw", "else", "await", "yield", "in", "if", "for", "while", "switch", "and", "or", "not", "echo" };

    private readonly Dictionary<string, List<int>> _returns = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, bool), bool> _known = [];
    private readonly CodeView _code;
    private int _found;

    public FunctionReturns(CodeView code)
    {
        _code = code;
        if (code.Language == SourceLanguage.Python)
        {
            ReadPython();
        }
        else
        {
            ReadBraces();
        }
    }

    /// <summary>A function of that name is in the file, and gives something back.</summary>
    public bool Has(string name) => _returns.ContainsKey(name);

    /// <summary>Whether one of the things a function gives back is of a kind. Asked once for each name; a function that calls itself gives nothing by that. Functions of one name are not told apart.</summary>
    /// <param name="name">Of the function; false where none of that name is in the file.</param>
    /// <param name="isWithout">It is called without operands.</param>
    /// <param name="test">Of the first token of what is given back.</param>
    public bool Give(string name, bool isWithout, Func<int, bool> test)
    {
        if (!_returns.TryGetValue(name, out var all))
        {
            return false;
        }

        if (!_known.TryGetValue((name, isWithout), out var gives))
        {
            _known[(name, isWithout)] = false;
            _known[(name, isWithout)] = gives = all.Exists(r => test(r));
        }

        return gives;
    }

    private void ReadPython()
    {
        string? name = null;
        for (var i = 0; i + 1 < _code.Count; i++)
        {
            if (_code.IsWord(i) && _code.Span(i) is "def" && _code.IsWord(i + 1))
            {
                name = _code.Span(i + 1).ToString();
            }
            else if (_code.IsWord(i) && _code.Span(i) is "class")
            {
                name = null;
            }
            else if (name is not null && _code.IsWord(i) && _code.Span(i) is "return")
            {
                Add(name, i + 1);
            }
        }
    }

    private void ReadBraces()
    {
        var open = new Stack<(string Name, int To)>();
        for (var i = 0; i < _code.Count; i++)
        {
            while (open.TryPeek(out var inner) && i >= inner.To)
            {
                open.Pop();
            }

            if (!_code.IsWord(i))
            {
                continue;
            }

            if (_code.Span(i) is "return" && open.TryPeek(out var around))
            {
                Add(around.Name, i + 1);
            }
            else if ((_code.SignAt(i + 1) == '(' ? Body(i, i + 1) : Given(i)) is { } body)
            {
                var name = _code.Span(i).ToString();
                if (_code.SignAt(body) != '{')
                {
                    Add(name, body);
                }
                else if (_code.AfterPiece(body) is > 0 and var to)
                {
                    open.Push((name, to));
                }
            }
        }
    }

    /// <summary><c>key: () => "…"</c>, <c>key = function () { … }</c>.</summary>
    private int? Given(int at)
    {
        if (!_code.IsSign(at + 1, ":") && !_code.IsSign(at + 1, "="))
        {
            return null;
        }

        var open = at + 2;
        while (open < at + 5 && _code.IsWord(open) && _code.Span(open) is "async" or "function" or "fn" or "static")
        {
            open++;
        }

        return _code.SignAt(open) == '(' ? Body(at, open) : null;
    }

    /// <returns>The brace of its body, or the expression that is all of it; null where the name is only called.</returns>
    private int? Body(int at, int open)
    {
        if (Control.Contains(_code.Span(at).ToString()) || _code.IsSign(at - 1, ".") || _code.IsSign(at - 1, "->") || _code.IsSign(at - 1, "::") || (_code.IsWord(at - 1) && BeforeCall.Contains(_code.Span(at - 1).ToString())))
        {
            return null;
        }

        var close = _code.AfterPiece(open);
        if (close < 0)
        {
            return null;
        }

        for (var i = close; i < Math.Min(_code.Count, close + MostBetween); i++)
        {
            if (_code.SignAt(i) == '{')
            {
                return i;
            }

            if (_code.IsSign(i, "=>") || (_code.Language == SourceLanguage.Kotlin && _code.IsSign(i, "=")))
            {
                return i + 1;
            }

            if (!_code.IsWord(i) && !(_code.SignAt(i) is '[' or ']' or '*' or '&' or ':' or '?' or '<' or '>' or ',' or '.' or '|' or '-'))
            {
                return null;
            }
        }

        return null;
    }

    private void Add(string name, int at)
    {
        if (_found >= MostReturns || at >= _code.Count)
        {
            return;
        }

        if (!_returns.TryGetValue(name, out var all))
        {
            _returns[name] = all = [];
        }

        if (all.Count < MostOfOne)
        {
            _found++;
            all.Add(at);
        }
    }
}
