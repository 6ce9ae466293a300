namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>XML, pages, and the parts of other languages in them.</summary>
internal sealed partial class Scanner
{
    /// <summary>Up to here no two braces close: lines full of opening ones are not read again for each.</summary>
    private int _noMustacheBefore;

    private void Markup(bool isHtml)
    {
        while (_at < _end)
        {
            if (isHtml && _text[_at] == '{' && MustacheEnd(_at) is > 0 and var close)
            {
                Mustache(close);
            }
            else if (_text[_at] != '<')
            {
                MarkupText(isHtml);
            }
            else if (!TryIsland() && !TryMarkupComment() && !TryTag(isHtml))
            {
                MarkupText(isHtml);
            }
        }
    }

    private bool TryMarkupComment()
    {
        if (Stands("<!--"))
        {
            Take(CodeTokenKind.Comment, AfterOrDoubt("-->"));
            return true;
        }

        if (!Stands("<![CDATA["))
        {
            return false;
        }

        Mark("<![CDATA[".Length);
        var hop = _text.AsSpan(_at, _end - _at).IndexOf("]]>");
        TakePiece(hop < 0 ? _end : _at + hop, LiteralForm.Raw, LiteralEnds.None);
        if (_at < _end)
        {
            Mark(3);
        }

        return true;
    }

    /// <summary>Behind the end of a comment whose first mark has four characters.</summary>
    private int AfterOrDoubt(string mark)
    {
        var until = After(mark, _at + 4);
        if (until == _end && !(until >= _at + 4 + mark.Length && Stands(mark, until - mark.Length)))
        {
            Doubt("注释没有结束");
        }

        return until;
    }

    private int After(string mark, int from)
    {
        var start = Math.Min(from, _end);
        var hop = _text.AsSpan(start, _end - start).IndexOf(mark, StringComparison.Ordinal);
        return hop < 0 ? _end : start + hop + mark.Length;
    }

    /// <summary>Up to the next tag, without the white space around it; in pages code between double braces is code.</summary>
    private void MarkupText(bool isHtml)
    {
        var at = _at;
        do
        {
            at++;
            var hop = isHtml ? _text.AsSpan(at, _end - at).IndexOfAny('<', '{') : _text.AsSpan(at, _end - at).IndexOf('<');
            at = hop < 0 ? _end : at + hop;
        }
        while (at < _end && !(_text[at] == '{' ? MustacheEnd(at) > 0 : BeginsTag(at)));

        TrimmedText(at);
    }

    private void Mustache(int close)
    {
        Mark(2);
        var end = _end;
        _end = close;
        Code(CodeGrammars.JavaScript, CodeStop.None);
        _end = end;
        Mark(2);
    }

    private void TrimmedText(int until)
    {
        var text = _text.AsSpan(_at, until - _at);
        var body = text.TrimStart();
        GoTo(until - body.Length);
        TakePiece(_at + body.TrimEnd().Length, LiteralForm.Entities, LiteralEnds.None);
        GoTo(until);
    }

    /// <returns>Where the braces that close it stand, on the same line; −1 where they do not.</returns>
    private int MustacheEnd(int at)
    {
        if (at < _noMustacheBefore || !Stands("{{", at))
        {
            return -1;
        }

        var lineEnd = LineStop(at + 2);
        var close = _text.AsSpan(at + 2, lineEnd - at - 2).IndexOf("}}");
        if (close >= 0)
        {
            return at + 2 + close;
        }

        _noMustacheBefore = lineEnd;
        return -1;
    }

    private bool BeginsTag(int at) =>
        at + 1 < _end && (char.IsLetter(_text[at + 1]) || _text[at + 1] is '/' or '!' or '?' or '_' || IsIsland(at));

    private bool TryTag(bool isHtml)
    {
        if (!BeginsTag(_at))
        {
            return false;
        }

        var first = _tokens.Count;
        Mark(_text[_at + 1] is '/' or '!' or '?' ? 2 : 1);
        Attributes();
        if (isHtml && _tokens.Count - first > 1)
        {
            RawElement(first);
        }

        return true;
    }

    /// <summary>Up to the end of a tag; another tag ends a broken one.</summary>
    private void Attributes()
    {
        var isValue = false;
        while (_at < _end)
        {
            var c = _text[_at];
            if (c is '\n' or '\r')
            {
                LineEnd(c);
            }
            else if (char.IsWhiteSpace(c))
            {
                _at++;
            }
            else if (c == '>' || (c is '/' or '?' && Peek(1) == '>'))
            {
                Mark(c == '>' ? 1 : 2);
                return;
            }
            else if (c == '<' && !TryIsland())
            {
                return;
            }
            else if (c != '<')
            {
                isValue = Attribute(c, isValue);
            }
        }
    }

    /// <returns>What follows is a value.</returns>
    private bool Attribute(char c, bool isValue)
    {
        if (c is '"' or '\'')
        {
            Literal(CodeGrammars.Unknown, c == '"' ? ConfigGrammars.AttributeDouble : ConfigGrammars.AttributeSingle, _at + 1);
            return false;
        }

        if (c is '=' or '/')
        {
            Mark(1);
            return c == '=';
        }

        var at = _at + 1;
        while (at < _end && !char.IsWhiteSpace(_text[at]) && _text[at] is not ('>' or '<' or '"' or '\'') && (isValue || _text[at] is not ('=' or '/')))
        {
            at++;
        }

        if (isValue)
        {
            TakeText(at, LiteralForm.Bare, LiteralEnds.None);
        }
        else
        {
            Take(CodeTokenKind.Word, at);
        }

        return false;
    }

    /// <summary>What stands in script and style elements is no markup.</summary>
    private void RawElement(int first)
    {
        var tokens = _tokens.AsSpan();
        var (open, name) = (tokens[first], tokens[first + 1]);
        var word = _text.AsSpan(name.Start, name.Length);
        var isScript = word.Equals("script", StringComparison.OrdinalIgnoreCase);
        if (open.Length != 1 || name.Kind != CodeTokenKind.Word || name.Start != open.End || !(isScript || word.Equals("style", StringComparison.OrdinalIgnoreCase))
            || _text[_at - 1] != '>' || _text[_at - 2] == '/' || (isScript && IsTemplate(tokens[first..])))
        {
            return;
        }

        var hop = _text.AsSpan(_at, _end - _at).IndexOf(isScript ? "</script" : "</style", StringComparison.OrdinalIgnoreCase);
        var end = _end;
        _end = hop < 0 ? _end : _at + hop;
        _brackets.Clear();
        Code(isScript ? CodeGrammars.JavaScript : CodeGrammars.Style, CodeStop.None);
        _end = end;
    }

    /// <summary><c>type="text/template"</c> and the like hold markup.</summary>
    private bool IsTemplate(ReadOnlySpan<CodeToken> tag)
    {
        for (var i = 1; i + 2 < tag.Length; i++)
        {
            if (tag[i].Kind == CodeTokenKind.Word && _text.AsSpan(tag[i].Start, tag[i].Length).Equals("type", StringComparison.OrdinalIgnoreCase))
            {
                var value = _text.AsSpan(tag[i + 2].Start, tag[i + 2].Length);
                return value.Contains("template", StringComparison.OrdinalIgnoreCase) || value.Contains("html", StringComparison.OrdinalIgnoreCase);
            }
        }

        return false;
    }
}
