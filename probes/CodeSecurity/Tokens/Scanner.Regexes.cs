namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The slash of JavaScript and Groovy that begins a regular expression, and the one that divides.</summary>
internal sealed partial class Scanner
{
    /// <summary>Brackets that are remembered; code in deeper ones is read as if they were plain.</summary>
    private const int MostBrackets = 4096;

    /// <summary>For each open bracket, whether what follows its end begins a statement.</summary>
    private readonly List<bool> _brackets = [];

    /// <summary>Brackets of the code around a hole, which nothing in the hole closes.</summary>
    private int _floor;

    /// <summary>Up to here no slash closes a regular expression: lines full of slashes are not read again for each.</summary>
    private int _noRegexBefore;

    /// <summary>The last bracket that was closed ended a head such as <c>if (…)</c> or a block.</summary>
    private bool _endedHead;

    /// <summary>Told of each sign before it becomes a token.</summary>
    private void Bracket(char c)
    {
        if (c is '(' or '[' or '{')
        {
            if (_brackets.Count < MostBrackets)
            {
                _brackets.Add(c == '(' ? IsHead() : c == '{' && IsBlock());
            }
        }
        else if (c is ')' or ']' or '}')
        {
            _endedHead = _brackets.Count > _floor && _brackets[^1];
            if (_brackets.Count > _floor)
            {
                _brackets.RemoveAt(_brackets.Count - 1);
            }
        }
    }

    private ReadOnlySpan<char> Last(int back, out CodeTokenKind kind)
    {
        var tokens = _tokens.AsSpan();
        for (var i = tokens.Length - 1; i >= 0; i--)
        {
            if (tokens[i].Kind != CodeTokenKind.Comment && back-- == 0)
            {
                kind = tokens[i].Kind;
                return _text.AsSpan(tokens[i].Start, tokens[i].Length);
            }
        }

        kind = CodeTokenKind.Comment;
        return [];
    }

    private bool IsHead() => Last(0, out _) is "if" or "while" or "for" or "with" && Last(1, out _) is not ("." or "?.");

    private bool IsBlock()
    {
        var last = Last(0, out var kind);
        return kind switch
        {
            CodeTokenKind.Comment => true,
            CodeTokenKind.Sign => last is ";" or "{" or "}" or ")" or "=>",
            CodeTokenKind.Word => last is "else" or "do" or "try" or "finally" or "static" || Last(1, out _) is ":" or "class" or "extends" or "interface" or "enum" or "namespace",
            _ => false,
        };
    }

    /// <summary>After a value a slash divides; elsewhere it begins a regular expression, if the line closes it.</summary>
    private bool TryRegex()
    {
        if (_at < _noRegexBefore || Peek(1) == '/' || IsAfterValue())
        {
            return false;
        }

        var inClass = false;
        var at = _at + 1;
        for (; at < _end && _text[at] is not ('\n' or '\r'); at++)
        {
            switch (_text[at])
            {
                case '\\':
                    at++;
                    break;
                case '[':
                    inClass = true;
                    break;
                case ']':
                    inClass = false;
                    break;
                case '/' when !inClass:
                    TakeText(AfterFlags(at + 1), LiteralForm.Regex, LiteralEnds.Both);
                    return true;
            }
        }

        _noRegexBefore = at;
        return false;
    }

    private int AfterFlags(int at)
    {
        while (at < _end && char.IsAsciiLetter(_text[at]))
        {
            at++;
        }

        return at;
    }

    private bool IsAfterValue()
    {
        var tokens = _tokens.AsSpan();
        for (var i = tokens.Length - 1; i >= 0; i--)
        {
            var word = _text.AsSpan(tokens[i].Start, tokens[i].Length);
            switch (tokens[i].Kind)
            {
                case CodeTokenKind.Comment:
                    continue;
                case CodeTokenKind.Word:
                    return !IsOperatorWord(word);
                case CodeTokenKind.Sign:
                    return word switch
                    {
                        ")" => !_endedHead,
                        "}" => !_endedHead || Peek(1) == '>',
                        _ => word is "]" or "++" or "--" or "<" or ">" or "/",
                    };
                default:
                    return true;
            }
        }

        return false;
    }

    /// <summary>Words after which a value stands.</summary>
    private static bool IsOperatorWord(ReadOnlySpan<char> word) =>
        word is "return" or "typeof" or "case" or "in" or "of" or "delete" or "void" or "throw" or "new" or "else" or "do" or "await" or "yield" or "instanceof";
}
