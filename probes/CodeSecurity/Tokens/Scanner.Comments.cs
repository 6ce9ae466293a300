using System.Buffers;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Comments.</summary>
internal sealed partial class Scanner
{
    private static readonly SearchValues<char> Ends = SearchValues.Create("\r\n");
    private static readonly SearchValues<char> WideEnds = SearchValues.Create("\r\n\u0085\u2028\u2029");

    private bool TryComment(LexicalRules rules, char c)
    {
        foreach (var mark in rules.LineMarks)
        {
            if (mark[0] == c && (mark.Length == 1 || Stands(mark)) && !(rules.IsPhp && c == '#' && Peek(1) == '[') && !(rules.Regexes && IsAddress()))
            {
                TakeComment(rules, LineCommentEnd(rules));
                return true;
            }
        }

        if (rules.Block is not { } block || block.Open[0] != c || !Stands(block.Open))
        {
            return false;
        }

        var until = rules.Nests ? NestedEnd(block) : BlockEnd(rules, block);
        if (until == _end && !rules.Nests && !IsClosed(block, until) && rules != CodeGrammars.Style)
        {
            Doubt("注释没有结束");
        }

        if (rules.CommentsContinue && IsSplitEnd(until))
        {
            Doubt("注释的结束符被续行符拆开");
        }

        TakeComment(rules, until);
        return true;
    }

    private void TakeComment(LexicalRules rules, int until)
    {
        DoubtText(rules.Regexes && IsInText, _at, until, _line);
        Take(CodeTokenKind.Comment, until);
    }

    private bool IsClosed((string Open, string Close) block, int until) =>
        (until - _at >= block.Open.Length + block.Close.Length && Stands(block.Close, until - block.Close.Length));

    /// <summary>C puts lines together before it looks for the end of a comment.</summary>
    private bool IsSplitEnd(int until)
    {
        var comment = _text.AsSpan(_at, until - _at);
        return comment.Contains("*\\\n/", StringComparison.Ordinal) || comment.Contains("*\\\r\n/", StringComparison.Ordinal);
    }

    /// <summary>In the text of a page written into a script, two slashes after a scheme begin no comment.</summary>
    private bool IsAddress()
    {
        var isAddress = _at >= 5 && _text[_at - 1] == ':' && (_text.AsSpan(0, _at - 1).EndsWith("http") || _text.AsSpan(0, _at - 1).EndsWith("https"));
        if (isAddress)
        {
            DoubtAddress();
        }

        return isAddress;
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
                break;
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

        Doubt("注释没有结束");
        return _end;
    }
}
