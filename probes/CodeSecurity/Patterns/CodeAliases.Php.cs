namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>PHP, where a text in a variable can be called.</summary>
internal sealed partial class CodeAliases
{
    private static readonly HashSet<string> Callers = new(StringComparer.OrdinalIgnoreCase)
    {
        "call_user_func", "call_user_func_array", "forward_static_call", "forward_static_call_array", "array_map", "ReflectionFunction", "fromCallable",
    };

    private void ReadPhp(int at)
    {
        if (_code.SignAt(at + 1) == '(' && IsComputedCall(at))
        {
            if (_open.Count < MostNames)
            {
                _open.Add(_code.Tokens[at]);
            }
        }
        else if (_code.IsWord(at) && _code.SignAt(at + 1) == '(' && Callers.Contains(Word(at)) && IsComputed(_code.IsSign(at - 1, "->") ? -1 : at + 2) && _open.Count < MostNames)
        {
            _open.Add(_code.Tokens[at]);
        }
    }

    /// <summary><c>$f(…)</c>, <c>$o->$m(…)</c>, <c>'md5'(…)</c>, <c>('m' . 'd5')(…)</c>, <c>[$o, 'm'](…)</c>; not a closure that this file shows.</summary>
    private bool IsComputedCall(int at)
    {
        if (_code.Kind(at) == CodeTokenKind.Text)
        {
            return true;
        }

        if (_code.IsWord(at))
        {
            return Word(at) is ['$', _, ..] name && name != "$this" && !Is(at - 1, "function") && !Is(at - 1, "fn") && !(!IsMember(at) && Named(at, name));
        }

        return _code.SignAt(at) is ')' or ']' or '}' && OpeningOf(at) is >= 0 and var open && IsGroup(open) && !(_code.IsWord(open + 1) && Word(open + 1) is "function" or "fn" or "static" or "new" or "clone");
    }

    /// <summary>Set to a closure, or to a text: under that name it is looked for as if it were called by it.</summary>
    private bool Named(int at, string name)
    {
        if (_code.Names.ValueOf(name, at) is not { } value)
        {
            return false;
        }

        if (OperandValue.Literal(_code, value, _code.EndOfExpression(value)) is { Length: > 0 and < 200 } literal)
        {
            Add(at, [literal]);
            return true;
        }

        return _code.IsWord(value) && Word(value) is "function" or "fn" or "static";
    }

    /// <summary>The first operand is neither a text nor a closure nor a list of an object and a text.</summary>
    private bool IsComputed(int operand) =>
        operand >= 0 && _code.IsWord(operand) && Word(operand) is ['$', _, ..] name && _code.SignAt(operand + 1) is ',' or ')' && !(_code.Names.ValueOf(name, operand) is { } value && _code.IsWord(value) && Word(value) is "function" or "fn" or "static");

    private bool IsMember(int at) => _code.IsSign(at - 1, "->") || _code.IsSign(at - 1, "::");

    /// <summary>Not the operands of a call, nor the place of an element, nor a block.</summary>
    private bool IsGroup(int open) => _code.SignAt(open) switch
    {
        '(' => !_code.IsWord(open - 1) || IsBeforeOperand(open - 1),
        '[' => _code.IsWord(open - 1) ? IsBeforeOperand(open - 1) : _code.SignAt(open - 1) is not (']' or ')'),
        _ => IsMember(open),
    };

    private bool IsBeforeOperand(int at) => Word(at) is "return" or "echo" or "print" or "and" or "or" or "yield";

    private int OpeningOf(int close)
    {
        const int most = 200;
        var depth = 0;
        for (var at = close; at >= 0 && close - at < most; at--)
        {
            depth += _code.SignAt(at) is ')' or ']' or '}' ? 1 : _code.SignAt(at) is '(' or '[' or '{' ? -1 : 0;
            if (depth == 0)
            {
                return at;
            }
        }

        return -1;
    }
}
