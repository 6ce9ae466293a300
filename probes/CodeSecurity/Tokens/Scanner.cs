namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What ends a stretch of code.</summary>
internal enum CodeStop
{
    None,

    /// <summary><c>}</c> of a hole.</summary>
    Brace,

    /// <summary><c>}</c> of a hole in which a colon begins a format.</summary>
    Format,

    /// <summary><c>)</c> of a command in a text.</summary>
    Paren,

    /// <summary>The back quote of one.</summary>
    BackQuote,

    /// <summary><c>?&gt;</c>.</summary>
    PhpClose,
}

/// <summary>
/// Takes a text apart in one pass. It never fails: what is left open ends with its line or with the text. No stretch is read more than a fixed
/// number of times, and holes in literals nest to a fixed depth, below which they are part of the literal.
/// </summary>
internal sealed partial class Scanner
{
    private const int MaxDepth = 48;
    private readonly string _text;
    private readonly TokenList _tokens;
    private readonly bool _hasLoneReturns;
    private readonly NextPlace _lineEnds;
    private readonly NextPlace _blockEnds;
    private int _at;
    private int _end;
    private int _line = 1;
    private int _depth;

    public Scanner(string text, TokenList tokens)
    {
        (_text, _tokens, _end) = (text, tokens, text.Length);
        _hasLoneReturns = text.Contains('\r', StringComparison.Ordinal) && LineEnds.HasLoneReturns(text);
        _lineEnds = new(from => text.AsSpan(from).IndexOfAny(Ends) is >= 0 and var hop ? from + hop : text.Length);
        _blockEnds = new(from => text.AsSpan(from).IndexOf("*/") is >= 0 and var hop ? from + hop : text.Length);
    }

    /// <summary>Reads the whole text as code.</summary>
    public void Code(LexicalRules rules) => Code(rules, CodeStop.None);

    private void Code(LexicalRules rules, CodeStop stop)
    {
        var depth = 0;
        while (_at < _end)
        {
            var c = _text[_at];
            switch (rules.ClassOf(c))
            {
                case CharClass.Space:
                    _at++;
                    break;
                case CharClass.LineEnd:
                    LineEnd(c);
                    break;
                case CharClass.Word:
                    Word(rules);
                    break;
                case CharClass.Digit:
                    Number(rules);
                    break;
                case CharClass.Quote when TryQuote(rules, c):
                case CharClass.Mark when TryMark(rules, c):
                    break;
                default:
                    if (stop != CodeStop.None && Stops(stop, c, ref depth))
                    {
                        return;
                    }

                    Sign(rules, c);
                    break;
            }
        }
    }

    private bool Stops(CodeStop stop, char c, ref int depth)
    {
        if (stop == CodeStop.PhpClose)
        {
            return c == '?' && Peek(1) == '>';
        }

        if (depth == 0 && c == (stop switch { CodeStop.Paren => ')', CodeStop.BackQuote => '`', _ => '}' }))
        {
            return true;
        }

        if (c is '(' or '[' or '{')
        {
            depth++;
        }
        else if (c is ')' or ']' or '}')
        {
            depth = Math.Max(0, depth - 1);
        }
        else if (stop == CodeStop.Format && c == ':' && depth == 0 && Peek(1) != ':')
        {
            FormatOfHole();
            return true;
        }

        return false;
    }

    /// <summary>From the colon to the brace that ends the hole, at most to the end of the line.</summary>
    private void FormatOfHole()
    {
        Mark(1);
        var (start, open) = (_at, 0);
        for (; _at < _end && _text[_at] is not ('\n' or '\r'); _at++)
        {
            if (_text[_at] == '{')
            {
                open++;
            }
            else if (_text[_at] == '}' && open-- == 0)
            {
                break;
            }
        }

        if (_at > start)
        {
            _tokens.Add(new(CodeTokenKind.Text, start, _at - start, _line) { Form = LiteralForm.Bare });
        }
    }

    private bool TryMark(LexicalRules rules, char c) =>
        (c == '<' && TryIsland())
        || TryComment(rules, c)
        || (c == '/' && rules.Regexes && TryRegex())
        || (c == '<' && rules.HereDocuments == HereDocuments.Php && TryPhpHereDocument(rules))
        || (rules.Dollars && c is '$' or '@' && TryDollars(rules, c));

    private char Peek(int ahead) => _at + ahead < _end ? _text[_at + ahead] : '\0';

    private bool Stands(string mark) => Stands(mark, _at);

    private bool Stands(string mark, int at) => at <= _end - mark.Length && string.CompareOrdinal(_text, at, mark, 0, mark.Length) == 0;

    private void LineEnd(char c)
    {
        _at++;
        if (c == '\n' || _at >= _text.Length || _text[_at] != '\n')
        {
            _line++;
        }
    }

    /// <summary>Goes on to a later place and counts the lines between.</summary>
    private void GoTo(int at)
    {
        _line += _text.AsSpan(_at, at - _at).Count('\n');
        if (_hasLoneReturns)
        {
            _line += LineEnds.LoneReturns(_text, _at, at);
        }

        _at = at;
    }

    /// <summary>A sign of so many characters, none of them a line end.</summary>
    private void Mark(int length)
    {
        _tokens.Add(new(CodeTokenKind.Sign, _at, length, _line));
        _at += length;
    }

    private void Take(CodeTokenKind kind, int until)
    {
        _tokens.Add(new(kind, _at, until - _at, _line));
        GoTo(until);
    }

    private void TakeText(int until, LiteralForm form, LiteralEnds ends)
    {
        _tokens.Add(new(CodeTokenKind.Text, _at, until - _at, _line) { Form = form, Ends = ends });
        GoTo(until);
    }
}
