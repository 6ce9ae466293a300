namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Literals and the holes in them.</summary>
internal sealed partial class Scanner
{
    private bool TryQuote(LexicalRules rules, char c)
    {
        if (rules.Dollars && c == '"' && Run('"', _at) is >= 3 and var run)
        {
            Literal(rules, CSharpQuotes.RawBlock(run, 0), _at + run);
            return true;
        }

        if (IsApostrophe(rules, c))
        {
            if (IsBeforeMember(Last(0, out _)))
            {
                Doubt("单引号可能是页面文字，也可能是成员的名字");
            }

            return false;
        }

        var (isProse, line, start, isInText) = (IsPerhapsProse(rules, c), _line, _at, rules.Regexes && IsInText);
        foreach (var form in rules.Quotes)
        {
            if (form.Open[0] == c && (form.Open.Length == 1 || Stands(form.Open)))
            {
                Literal(rules, form, _at + form.Open.Length);
                DoubtText(isInText, start, _at, line);
                if (isProse && _line > line)
                {
                    Doubt("模板字符串可能是页面文字里的反引号", line);
                }

                return true;
            }
        }

        return false;
    }

    /// <summary>C#: <c>@name</c> is the name; <c>@"</c>, <c>$"</c>, <c>$@"</c>, <c>$$"""</c>; at most so many dollars that the look ahead stays bounded.</summary>
    private bool TryDollars(LexicalRules rules, char c)
    {
        const int most = 16;
        var (at, dollars, verbatim) = (_at, 0, false);
        for (; at < _end && at - _at < most && _text[at] is '$' or '@'; at++)
        {
            dollars += _text[at] == '$' ? 1 : 0;
            verbatim |= _text[at] == '@';
        }

        if (at < _end && at - _at == 1 && verbatim && rules.IsWordStart(_text[at]))
        {
            _at = at;
            Word(rules);
            return true;
        }

        if (at >= _end || _text[at] != '"')
        {
            return false;
        }

        var run = verbatim ? 1 : Run('"', at);
        Literal(rules, run >= 3 ? CSharpQuotes.RawBlock(run, dollars) : CSharpQuotes.Of(verbatim, dollars > 0), at + (run >= 3 ? run : 1));
        return true;
    }

    private int Run(char c, int at)
    {
        var end = at;
        while (end < _end && _text[end] == c)
        {
            end++;
        }

        return end - at;
    }

    /// <summary>Reads from <see cref="_at"/>, where the token begins, to the end of the literal.</summary>
    private void Literal(LexicalRules rules, QuoteForm form, int body, LiteralEnds ends = LiteralEnds.Opening)
    {
        var (at, stops, line) = (body, form.Stops, _line);
        while (at < _end)
        {
            var hop = _text.AsSpan(at, _end - at).IndexOfAny(stops);
            if (hop < 0)
            {
                break;
            }

            at += hop;
            var c = _text[at];
            if (c == form.Close[0] && Stands(form.Close, at))
            {
                var after = at + form.Close.Length;
                if (form.Doubled && after < _end && _text[after] == c)
                {
                    at += 2;
                    continue;
                }

                TakeText(form.Greedy ? after + Run(c, after) : after, form.Form, ends | LiteralEnds.Closing);
                return;
            }

            if (c is '\n' or '\r' && !form.Multiline)
            {
                TakePiece(at, form.Form, ends);
                return;
            }

            at = Inside(rules, form, at, ref ends);
        }

        if (form is { Multiline: true, IsCut: false } && !rules.IsShell)
        {
            Doubt("跨行的字符串没有结束", line);
        }

        TakePiece(_end, form.Form, ends);
    }

    /// <summary>Steps over what is no plain character of a body; after a hole the next piece begins.</summary>
    private int Inside(LexicalRules rules, QuoteForm form, int at, ref LiteralEnds ends)
    {
        var c = _text[at];
        if (c == '\\' && form.Backslash)
        {
            return AfterBackslash(form, at);
        }

        if (c == '<' && IsIsland(at))
        {
            TakePiece(at, form.Form, ends);
            TryIsland();
            ends = LiteralEnds.None;
            return _at;
        }

        if (form.Holes == HoleStyle.None || c is not ('$' or '{' or '}' or '`'))
        {
            return at + 1;
        }

        if (form.Holes == HoleStyle.Brace && form.Braces == 1 && at + 1 < _end && _text[at + 1] == c)
        {
            return at + 2;
        }

        var hole = HoleAt(rules, form, ref at);
        if (hole.Length == 0)
        {
            return at + 1;
        }

        if (_depth >= MaxDepth)
        {
            Doubt("字符串里的代码嵌套过深");
            return at + 1;
        }

        TakePiece(at, form.Form, ends);
        ends = LiteralEnds.None;
        ReadHole(rules, form, hole);
        return _at;
    }

    private int AfterBackslash(QuoteForm form, int at)
    {
        if (at + 1 >= _end)
        {
            return _end;
        }

        if (_text[at + 1] is not ('\n' or '\r') || form.Multiline)
        {
            return at + 2;
        }

        return !form.Continues ? at + 1 : _text[at + 1] == '\r' && at + 2 < _end && _text[at + 2] == '\n' ? at + 3 : at + 2;
    }

    private void TakePiece(int until, LiteralForm form, LiteralEnds ends)
    {
        if (until > _at)
        {
            TakeText(until, form, ends);
        }
    }

    /// <summary>C++: nothing in it is an escape, and it ends with the letters it began with.</summary>
    private bool TryCppRaw(int quoteAt)
    {
        const int longest = 16;
        var open = _text.AsSpan(quoteAt + 1, Math.Min(longest + 1, _end - quoteAt - 1)).IndexOf('(');
        if (open < 0)
        {
            return false;
        }

        var close = $"){_text.AsSpan(quoteAt + 1, open)}\"";
        var body = quoteAt + 2 + open;
        var length = _text.AsSpan(body, _end - body).IndexOf(close, StringComparison.Ordinal);
        if (length < 0)
        {
            Doubt("跨行的字符串没有结束");
        }

        TakeText(length < 0 ? _end : body + length + close.Length, LiteralForm.CppRaw, length < 0 ? LiteralEnds.Opening : LiteralEnds.Both);
        return true;
    }
}
