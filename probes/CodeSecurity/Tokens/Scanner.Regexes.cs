namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The slash of JavaScript and Groovy that begins a regular expression, and the one that divides.</summary>
internal sealed partial class Scanner
{
    /// <summary>Brackets that are remembered; code in deeper ones is read as if they were plain.</summary>
    private const int MostBrackets = 4096;

    /// <summary>What the end of a bracket is to a slash behind it.</summary>
    private enum Bracketing : byte
    {
        /// <summary>A value.</summary>
        Plain,

        /// <summary>A head such as <c>if (…)</c> or a block: a statement begins.</summary>
        Head,

        /// <summary>A body: a statement begins, unless it is that of a function or class used as a value.</summary>
        Body,
    }

    /// <summary>One for each open bracket.</summary>
    private readonly List<Bracketing> _brackets = [];

    /// <summary>Brackets of the code around a hole, which nothing in the hole closes.</summary>
    private int _floor;

    /// <summary>Up to here no slash closes a regular expression: lines full of slashes are not read again for each.</summary>
    private int _noRegexBefore;

    /// <summary>Of the last bracket that was closed.</summary>
    private Bracketing _ended;

    /// <summary>Told of each sign before it becomes a token.</summary>
    private void Bracket(char c)
    {
        if (c is '(' or '[' or '{')
        {
            if (_brackets.Count < MostBrackets)
            {
                _brackets.Add(c == '(' && IsHead() ? Bracketing.Head : c == '{' ? OfBlock() : Bracketing.Plain);
            }
            else
            {
                Doubt("括号嵌套过深");
            }
        }
        else if (c is ')' or ']' or '}')
        {
            _ended = _brackets.Count > _floor ? _brackets[^1] : Bracketing.Plain;
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

    private bool IsHead() => Last(0, out _) switch
    {
        "if" or "while" or "for" or "with" => Last(1, out _) is not ("." or "?." or "#"),
        "await" => Last(1, out _) is "for",
        _ => false,
    };

    private Bracketing OfBlock()
    {
        var last = Last(0, out var kind);
        return kind switch
        {
            CodeTokenKind.Comment => Bracketing.Head,
            CodeTokenKind.Sign when last is ")" => _ended == Bracketing.Head ? Bracketing.Head : Bracketing.Body,
            CodeTokenKind.Sign when last is "}" => _ended == Bracketing.Plain ? Bracketing.Plain : Bracketing.Head,
            CodeTokenKind.Sign => last is "{" or "=>" || (last is ";" && Last(2, out _) is not "&") ? Bracketing.Head : Bracketing.Plain,
            CodeTokenKind.Word when last is "else" or "do" or "try" or "finally" or "static" => Bracketing.Head,
            CodeTokenKind.Word => Last(1, out _) is ":" or "class" or "extends" or "interface" or "enum" or "namespace" ? Bracketing.Body : Bracketing.Plain,
            _ => Bracketing.Plain,
        };
    }

    /// <summary>After a value a slash divides; elsewhere it begins a regular expression, if the line closes it.</summary>
    private bool TryRegex()
    {
        if (_at < _noRegexBefore || Peek(1) == '/')
        {
            return false;
        }

        var isDivision = IsAfterValue(out var isGuess);
        if (isDivision && (!isGuess || Doubted is not null))
        {
            return false;
        }

        var (end, limit) = (_at + 1, isDivision ? Math.Min(_end, _at + MostGuessed) : _end);
        if (!EndsRegex(ref end, limit))
        {
            if (end == limit && limit < _end)
            {
                Doubt(SlashDoubt);
            }
            else
            {
                _noRegexBefore = end;
            }

            return false;
        }

        if (isDivision)
        {
            DoubtSlash(end);
            return false;
        }

        if (isGuess)
        {
            Doubt(SlashDoubt);
        }

        TakeText(AfterFlags(end + 1), LiteralForm.Regex, LiteralEnds.Both);
        return true;
    }

    /// <param name="at">Behind the slash; moved to the slash that closes the expression, or to where there is none.</param>
    /// <param name="limit">Not read beyond.</param>
    private bool EndsRegex(ref int at, int limit)
    {
        var inClass = false;
        for (; at < limit && _text[at] is not ('\n' or '\r'); at++)
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
                    return true;
            }
        }

        at = Math.Min(at, limit);
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

    /// <param name="isGuess">It may also be the other way round.</param>
    private bool IsAfterValue(out bool isGuess)
    {
        isGuess = false;
        var tokens = _tokens.AsSpan();
        for (var i = tokens.Length - 1; i >= 0; i--)
        {
            if (tokens[i].Kind != CodeTokenKind.Comment)
            {
                return tokens[i].Kind == CodeTokenKind.Sign ? IsValue(tokens, i, out isGuess) : IsOperand(tokens[i]);
            }
        }

        return false;
    }

    private bool IsOperand(CodeToken token) => token.Kind != CodeTokenKind.Word || !IsOperatorWord(_text.AsSpan(token.Start, token.Length));

    private bool IsValue(ReadOnlySpan<CodeToken> tokens, int at, out bool isGuess)
    {
        isGuess = false;
        switch (_text.AsSpan(tokens[at].Start, tokens[at].Length))
        {
            case "]":
                return true;
            case ")":
                return _ended == Bracketing.Plain;
            case "}":
                isGuess = _ended != Bracketing.Head || Peek(1) == '>';
                return _ended == Bracketing.Plain || Peek(1) == '>';
            case "++" or "--":
                return at > 0 && tokens[at - 1] is { Kind: not CodeTokenKind.Comment } before && before.Line == tokens[at].Line
                    && (before.Kind == CodeTokenKind.Sign ? _text[before.Start] is ')' or ']' : IsOperand(before));
            case "<" or ">" or "/":
                isGuess = true;
                return true;
            default:
                return false;
        }
    }

    /// <summary>Words after which a value stands.</summary>
    private static bool IsOperatorWord(ReadOnlySpan<char> word) =>
        word is "return" or "typeof" or "case" or "in" or "of" or "delete" or "void" or "throw" or "new" or "else" or "do" or "await" or "yield" or "instanceof";
}
