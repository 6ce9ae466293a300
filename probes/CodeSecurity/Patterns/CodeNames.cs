namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A place where a name gets a value.</summary>
/// <param name="At">Token of the name.</param>
/// <param name="Value">First token of the value; -1 where it cannot be seen, as of a parameter.</param>
/// <param name="Declares">It makes a name of its own, and does not set one that is already there.</param>
/// <param name="From">First token of the block the name is seen in.</param>
/// <param name="To">Token after that block.</param>
internal readonly record struct NameBinding(int At, int Value, bool Declares, int From, int To);

/// <summary>
/// Names of a file that are set once, with what they are set to. No compiler: whatever is not plain (set twice, a parameter, another file) stays unknown.
/// </summary>
internal sealed class CodeNames
{
    private const int BindingCap = 200_000;

    private static readonly HashSet<string> Control = new(StringComparer.Ordinal) { "if", "for", "while", "switch", "catch", "foreach", "using", "lock", "synchronized", "when", "elseif" };
    private static readonly HashSet<string> NoType = new(StringComparer.Ordinal) { "return", "new", "throw", "else", "case", "in", "await", "yield", "not", "and", "or", "is", "as", "typeof", "out", "ref", "echo", "import" };

    private static readonly string[] Writers = ["rand", "fill", "copy", "cpy", "read", "nextbytes", "generate", "derive", "final", "recv", "gets", "scanf", "memmove", "getrandom", "nonce", "getbytes"];

    private readonly Dictionary<string, List<NameBinding>> _bindings = new(StringComparer.Ordinal);
    private readonly CodeView _code;
    private readonly int[] _blockEnd;
    private readonly CodeIndents? _indents;
    private readonly Dictionary<int, bool> _touched = [];

    /// <exception cref="InvalidDataException">More names are set than in any file that people write.</exception>
    public CodeNames(CodeView code)
    {
        _code = code;
        _indents = code.Language == SourceLanguage.Python ? new CodeIndents(code) : null;
        _blockEnd = new int[code.Count];
        var enclosing = Blocks();
        var found = 0;
        for (var i = 0; i < code.Count; i++)
        {
            if (code.Kind(i) == CodeTokenKind.Word && Binding(i, enclosing) is { } binding)
            {
                if (++found > BindingCap)
                {
                    throw new InvalidDataException($"设值的地方超过 {BindingCap} 处");
                }

                Add(code.Span(binding.At).ToString(), binding);
            }
        }
    }

    /// <summary>First token of the only value a name can have at a place; null where that is not plain.</summary>
    public int? ValueOf(string name, int use)
    {
        if (!_bindings.TryGetValue(name, out var all) || all.Count > 500)
        {
            return null;
        }

        NameBinding? best = null;
        foreach (var binding in all)
        {
            if (binding.From <= use && use < binding.To && (best is null || binding.From > best.Value.From || (binding.From == best.Value.From && binding.Declares && !best.Value.Declares)))
            {
                best = binding;
            }
        }

        return best is { Value: >= 0 } winner && all.TrueForAll(b => b.At == winner.At || b.At < winner.From || b.At >= winner.To || (b.Declares && b.From > winner.From)) ? winner.Value : null;
    }

    /// <summary>Whether anywhere in its block the name is handed to something that may fill it.</summary>
    public bool IsTouched(string name, int value)
    {
        if (!_touched.TryGetValue(value, out var isTouched))
        {
            _touched[value] = isTouched = Touches(name, _bindings[name].Find(b => b.Value == value));
        }

        return isTouched;
    }

    private bool Touches(string name, NameBinding block)
    {
        _code.Spend((block.To - block.From) / 8);
        for (var i = block.From; i < block.To; i++)
        {
            if (i != block.At && _code.Kind(i) == CodeTokenKind.Word && _code.Span(i).SequenceEqual(name) && IsHandedToWriter(i))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsHandedToWriter(int at)
    {
        var open = at - 1;
        for (var depth = 0; open > 0 && at - open < 40; open--)
        {
            var sign = _code.SignAt(open);
            if (sign is ')' or ']')
            {
                depth++;
            }
            else if (sign is '(' or '[' && --depth < 0)
            {
                break;
            }
            else if (sign is ';' or '{' or '}')
            {
                return false;
            }
        }

        if (open <= 0 || !_code.IsWord(open - 1))
        {
            return false;
        }

        foreach (var writer in Writers)
        {
            if (_code.Span(open - 1).Contains(writer, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>For each token the one that opens its block; the ends of blocks beside it.</summary>
    private int[] Blocks()
    {
        var enclosing = new int[_code.Count];
        var open = new Stack<int>();
        for (var i = 0; i < _code.Count; i++)
        {
            enclosing[i] = open.Count > 0 ? open.Peek() : -1;
            switch (_code.SignAt(i))
            {
                case '{':
                    open.Push(i);
                    _blockEnd[i] = _code.Count;
                    break;
                case '}' when open.Count > 0:
                    _blockEnd[open.Pop()] = i;
                    break;
            }
        }

        return enclosing;
    }

    private void Add(string name, NameBinding binding)
    {
        if (!_bindings.TryGetValue(name, out var list))
        {
            list = [];
            _bindings.Add(name, list);
        }

        list.Add(binding);
    }

    private NameBinding? Binding(int at, int[] enclosing)
    {
        if (_code.IsSign(at + 1, "=") || _code.IsSign(at + 1, ":="))
        {
            var name = _code.Language == SourceLanguage.Go && _code.IsWord(at - 1) && _code.IsWord(at - 2) && _code.Span(at - 2) is "var" or "const" ? at - 1 : at;
            return Seen(name, at + 2, IsDeclared(at) || _code.IsSign(at + 1, ":="), enclosing[at]);
        }

        if (_code.Span(at) is "define" && Defined(at) is { } defined)
        {
            return new NameBinding(defined.Name, defined.Value, true, 0, _code.Count);
        }

        if ((_code.IsSign(at + 1, ":") ? Typed(at) : Array(at)) is { } value)
        {
            return Seen(at, value, true, enclosing[at]);
        }

        if (IsParameter(at, out var body))
        {
            return _indents is not null ? new NameBinding(at, -1, true, at, _indents.EndOfBody(at)) : new NameBinding(at, -1, true, at, body < 0 ? at + 1 : _blockEnd[body]);
        }

        return Changes(at) ? Seen(at, -1, false, enclosing[at]) : null;
    }

    private NameBinding Seen(int at, int value, bool declares, int block)
    {
        if (_indents is not null)
        {
            return _indents.ColumnOf(at) == 0 ? new NameBinding(at, value, true, 0, _code.Count) : new NameBinding(at, value, true, at, _indents.EndOfBlock(at));
        }

        return new NameBinding(at, value, declares, block < 0 ? 0 : block, block < 0 ? _code.Count : _blockEnd[block]);
    }

    private bool IsDeclared(int at) =>
        (_code.IsWord(at - 1) && !NoType.Contains(_code.Span(at - 1).ToString())) || _code.SignAt(at - 1) is ']' or '>' or '*' || (_code.Language == SourceLanguage.Php && !_code.IsSign(at - 1, "->") && !_code.IsSign(at - 1, "::"));

    /// <summary><c>name: Type = value</c>.</summary>
    private int? Typed(int at)
    {
        for (var i = at + 2; i < Math.Min(_code.Count, at + 12); i++)
        {
            if (_code.IsSign(i, "="))
            {
                return i > at + 2 ? i + 1 : null;
            }

            if (!(_code.Kind(i) == CodeTokenKind.Word || _code.SignAt(i) is '<' or '>' or '.' or '?' or '[' or ']' or '|'))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary><c>char name[16] = {…}</c>.</summary>
    private int? Array(int at)
    {
        if (_code.SignAt(at + 1) != '[' || !(_code.IsWord(at - 1) || _code.SignAt(at - 1) == '*'))
        {
            return null;
        }

        var after = _code.AfterPiece(at + 1);
        return after > 0 && _code.IsSign(after, "=") ? after + 1 : null;
    }

    /// <summary>A constant of the preprocessor, or of PHP's function.</summary>
    private (int Name, int Value)? Defined(int at) =>
        _code.IsWord(at + 1) && at + 2 < _code.Count && _code.Tokens[at + 2].Line == _code.Tokens[at].Line ? (at + 1, at + 2) : null;

    private bool Changes(int at) =>
        at + 1 < _code.Count && _code.Kind(at + 1) == CodeTokenKind.Sign && (_code.Span(at + 1) is "+=" or "-=" or "++" or "--" or "^=" or "|=" or "??=" or "||=" or "&&=" or "*=" || (_code.SignAt(at + 1) == '[' && IsElementSet(at + 1)));

    private bool IsElementSet(int bracket)
    {
        var after = _code.AfterPiece(bracket);
        return after > 0 && after < _code.Count && (_code.IsSign(after, "=") || _code.IsSign(after, "^=") || _code.IsSign(after, "+="));
    }

    /// <summary>Whether a name stands in the brackets of a function's head; the body is what opens next.</summary>
    private bool IsParameter(int at, out int body)
    {
        body = -1;
        if (!(_code.SignAt(at + 1) is ',' or ')' or ':' || (_code.Language == SourceLanguage.Go && (_code.IsWord(at + 1) || _code.SignAt(at + 1) is '[' or '*'))))
        {
            return false;
        }

        var open = at - 1;
        for (var depth = 0; open >= 0 && at - open < 80; open--)
        {
            var sign = _code.SignAt(open);
            if (sign is ')' or ']')
            {
                depth++;
            }
            else if (sign is '(' or '[' && --depth < 0)
            {
                break;
            }
            else if (sign is ';' or '{' or '}')
            {
                return false;
            }
        }

        return open > 0 && at - open < 80 && _code.SignAt(open) == '(' && IsHead(open, out body);
    }

    private bool IsHead(int open, out int body)
    {
        body = -1;
        var close = _code.AfterPiece(open);
        if (close < 0)
        {
            return false;
        }

        if (_indents is not null)
        {
            return _code.IsWord(open - 2) && _code.Span(open - 2) is "def";
        }

        for (var i = close; i < Math.Min(_code.Count, close + 16) && !(_code.SignAt(i) is ';' or ')' or ','); i++)
        {
            if (_code.SignAt(i) == '{')
            {
                body = i;
                return !(_code.IsWord(open - 1) && Control.Contains(_code.Span(open - 1).ToString()));
            }
        }

        return false;
    }
}
