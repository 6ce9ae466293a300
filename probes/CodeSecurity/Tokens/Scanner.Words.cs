namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Words, numbers and signs of code.</summary>
internal sealed partial class Scanner
{
    /// <summary>Longest letters before a quote: <c>u8R</c>.</summary>
    private const int LongestPrefix = 3;

    private void Word(LexicalRules rules)
    {
        var at = _at + 1;
        while (at < _end && rules.IsWordPart(_text[at]))
        {
            at++;
        }

        if (rules.CommentsContinue && IsSplitWord(rules, at))
        {
            Doubt("名字被续行符拆开");
        }

        if (rules.Prefixed is null || at >= _end || at - _at > LongestPrefix || _text[at] is not ('"' or '\'') || !TryPrefixed(rules, at))
        {
            _tokens.Add(new(CodeTokenKind.Word, _at, at - _at, _line));
            _at = at;
        }
    }

    /// <summary>C puts lines together before it looks for words.</summary>
    private bool IsSplitWord(LexicalRules rules, int at)
    {
        if (at + 2 >= _end || _text[at] != '\\')
        {
            return false;
        }

        var next = _text[at + 1] == '\n' ? at + 2 : _text[at + 1] == '\r' && _text[at + 2] == '\n' ? at + 3 : _end;
        return next < _end && rules.IsWordPart(_text[next]);
    }

    private bool TryPrefixed(LexicalRules rules, int quoteAt)
    {
        var quote = _text[quoteAt];
        var isTriple = quoteAt + 2 < _end && _text[quoteAt + 1] == quote && _text[quoteAt + 2] == quote;
        if (rules.Prefixed!(_text[_at..quoteAt], quote, isTriple) is not { } form)
        {
            return false;
        }

        if (form.Form == LiteralForm.CppRaw)
        {
            return TryCppRaw(quoteAt);
        }

        Literal(rules, form, quoteAt + form.Open.Length);
        return true;
    }

    private void Number(LexicalRules rules)
    {
        var at = _at + 1;
        var isHex = _text[_at] == '0' && at < _end && _text[at] is 'x' or 'X';
        for (; at < _end; at++)
        {
            var c = _text[at];
            if (char.IsAsciiLetterOrDigit(c) || c == '_')
            {
                continue;
            }

            var next = at + 1 < _end ? _text[at + 1] : '\0';
            var goesOn = c switch
            {
                '.' => char.IsAsciiDigit(next),
                '+' or '-' => char.IsAsciiDigit(next) && (isHex ? _text[at - 1] is 'p' or 'P' : _text[at - 1] is 'e' or 'E'),
                '\'' => rules.QuotedDigits && char.IsAsciiLetterOrDigit(next),
                _ => false,
            };
            if (!goesOn)
            {
                break;
            }
        }

        _tokens.Add(new(CodeTokenKind.Number, _at, at - _at, _line));
        _at = at;
    }

    private void Sign(LexicalRules rules, char c)
    {
        if (rules.Regexes)
        {
            Bracket(c);
            if (c == '<')
            {
                OpenTag();
            }

            FollowElement(c);
        }

        if (rules.Joins && c == '\\' && IsJoin())
        {
            _at++;
            return;
        }

        Mark(SignLength(c, Peek(1)));
    }

    /// <summary>A chain of members and calls that goes on in the next line; any other backslash stays a sign, which carries an expression on.</summary>
    private bool IsJoin()
    {
        var next = Peek(1) == '\n' ? _at + 2 : Peek(1) == '\r' && Peek(2) == '\n' ? _at + 3 : _end;
        while (next < _end && _text[next] is ' ' or '\t')
        {
            next++;
        }

        return next < _end && (_text[next] is '.' or '(' or '[' || Last(0, out _) is "." or "->" or "::");
    }

    private int SignLength(char c, char next) => (c, next) switch
    {
        ('=', '=') or ('!', '=') or ('?', '?') or ('*', '*') or ('|', '|') or ('&', '&') => Peek(2) == '=' ? 3 : 2,
        ('.', '.') => Peek(2) == '.' ? 3 : 2,
        ('=', '>') or ('-', '>') or (':', ':') or ('+', '+') or ('-', '-') or ('<', '<') or ('<', '-') or ('?', '.') => 2,
        ('+' or '-' or '*' or '/' or '%' or '&' or '|' or '^' or '<' or '>' or ':' or '~', '=') => 2,
        _ => 1,
    };
}
