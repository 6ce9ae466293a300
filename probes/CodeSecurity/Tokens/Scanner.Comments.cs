using System.Buffers;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Comments, and the slash that begins none.</summary>
internal sealed partial class Scanner
{
    private static readonly SearchValues<char> Ends = SearchValues.Create("\r\n");
    private static readonly SearchValues<char> WideEnds = SearchValues.Create("\r\n\u0085\u2028\u2029");

    /// <summary>Up to here no slash closes a regular expression: lines full of slashes are not read again for each.</summary>
    private int _noRegexBefore;

    private bool TryComment(LexicalRules rules, char c)
    {
        foreach (var mark in rules.LineMarks)
        {
            if (mark[0] == c && (mark.Length == 1 || Stands(mark)) && !(rules.IsPhp && c == '#' && Peek(1) == '['))
            {
                Take(CodeTokenKind.Comment, LineCommentEnd(rules));
                return true;
            }
        }

        if (rules.Block is not { } block || block.Open[0] != c || !Stands(block.Open))
        {
            return false;
        }

        Take(CodeTokenKind.Comment, rules.Nests ? NestedEnd(block) : BlockEnd(rules, block));
        return true;
    }

    private int LineCommentEnd(LexicalRules rules)
    {
        var at = _at;
        while (true)
        {
            var end = rules.WideLineEnds ? WideLineStop(at) : LineStop(at);
            if (rules.IsPhp && _text.AsSpan(at, end - at).IndexOf("?>") is >= 0 and var close)
            {
                return at + close;
            }

            if (rules.UnicodeEscapesFirst && UnicodeEscapes.IndexOfAny(_text.AsSpan(at, end - at), "\n\r", out var length) is >= 0 and var escaped)
            {
                return at + escaped + length;
            }

            if (!rules.CommentsContinue || end == _end || _text[end - 1] != '\\')
            {
                return end;
            }

            at = end + (_text[end] == '\r' && end + 1 < _end && _text[end + 1] == '\n' ? 2 : 1);
        }
    }

    private int LineStop(int at) => Math.Min(_lineEnds.At(at), _end);

    private int WideLineStop(int at) => _text.AsSpan(at, _end - at).IndexOfAny(WideEnds) is >= 0 and var hop ? at + hop : _end;

    private int BlockEnd(LexicalRules rules, (string Open, string Close) block)
    {
        var body = _at + block.Open.Length;
        if (!rules.UnicodeEscapesFirst)
        {
            return After(block.Close, body);
        }

        var end = Math.Min(_blockEnds.At(body) + 2, _end);
        return EscapedBlockEnd(body, end) is >= 0 and var escaped ? escaped : end;
    }

    /// <summary>Star and slash, either of them or both as escapes.</summary>
    /// <returns>Index after them; −1 where there are none.</returns>
    private int EscapedBlockEnd(int start, int end)
    {
        var afterStar = -1;
        for (var at = start; UnicodeEscapes.IndexOfAny(_text.AsSpan(at, end - at), "*/", out var length) is >= 0 and var hop;)
        {
            var begin = at + hop;
            at = begin + length;
            if (UnicodeEscapes.Read(_text.AsSpan(begin), out _) == '*')
            {
                if (at < end && _text[at] == '/')
                {
                    return at + 1;
                }

                afterStar = at;
            }
            else if (begin == afterStar || (begin > start && _text[begin - 1] == '*'))
            {
                return at;
            }
        }

        return -1;
    }

    private int NestedEnd((string Open, string Close) block)
    {
        var (at, open) = (_at + block.Open.Length, 1);
        while (at < _end)
        {
            var hop = _text.AsSpan(at, _end - at).IndexOfAny(block.Open[0], block.Close[0]);
            if (hop < 0)
            {
                return _end;
            }

            at += hop;
            if (Stands(block.Close, at))
            {
                at += block.Close.Length;
                if (--open == 0)
                {
                    return at;
                }
            }
            else if (Stands(block.Open, at))
            {
                at += block.Open.Length;
                open++;
            }
            else
            {
                at++;
            }
        }

        return _end;
    }

    /// <summary>After a value a slash divides; elsewhere it begins a regular expression, if the line closes it.</summary>
    private bool TryRegex()
    {
        if (_at < _noRegexBefore || IsAfterValue())
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
                    return word is not ("return" or "typeof" or "case" or "in" or "of" or "delete" or "void" or "throw" or "new" or "else" or "do" or "await" or "yield" or "instanceof");
                case CodeTokenKind.Sign:
                    return word is ")" or "]" or "}" or "++" or "--";
                default:
                    return true;
            }
        }

        return false;
    }
}
