namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Where the rest of a file may have been read as something else than it is.</summary>
internal sealed partial class Scanner
{
    private const string SlashDoubt = "斜杠可能是正则表达式，也可能是除号";

    /// <summary>Characters of one line that are read again to see whether a guess matters; where that is not enough it does.</summary>
    private const int MostGuessed = 1000;

    /// <summary>Tags of pages that a script holds, those that were opened and not closed.</summary>
    private readonly Dictionary<string, int> _openTags = new(StringComparer.Ordinal);

    /// <summary>The first of them; null where there is none.</summary>
    public ReadingDoubt? Doubted { get; private set; }

    private void Doubt(string what, int line = 0) => Doubted ??= new(line > 0 ? line : _line, what);

    /// <summary>An apostrophe right behind a word that takes no operand: text of a page written into a script, such as <c>don't</c>.</summary>
    private bool IsApostrophe(LexicalRules rules, char c) =>
        c == '\'' && rules.WideLineEnds && rules.Regexes && _at > 0 && char.IsLetter(_text[_at - 1]) && _tokens.Count > 0
        && Last(0, out var kind) is var word && kind == CodeTokenKind.Word && !IsBeforeValue(word);

    /// <summary>A template that begins behind a word and a blank: a tag stands close to its template, prose does not.</summary>
    private bool IsPerhapsProse(LexicalRules rules, char c) =>
        c == '`' && rules.Regexes && rules.WideLineEnds && _at > 0 && _text[_at - 1] == ' ' && Last(0, out var kind) is var word && kind == CodeTokenKind.Word && !IsBeforeValue(word);

    /// <summary>Behind these an apostrophe may also begin the name of a member.</summary>
    private static bool IsBeforeMember(ReadOnlySpan<char> word) =>
        word is "get" or "set" or "static" or "async" or "public" or "private" or "protected" or "readonly" or "abstract" or "override" or "accessor" or "declare" or "module";

    /// <summary>A tag begins: not behind a value, where it compares, except in the text of a page.</summary>
    private void OpenTag()
    {
        if (!char.IsLetter(Peek(1)) && Peek(1) != '>')
        {
            return;
        }

        var last = Last(0, out var kind);
        var isInside = _openTags.Count > 0 && (last is ">" || _text[_at - 1] is ' ' or '\n' or '}');
        if (isInside || (kind == CodeTokenKind.Sign && last is not (")" or "]" or ">")) || (kind == CodeTokenKind.Word && IsOperatorWord(last)))
        {
            var name = NameAt(_at + 1);
            _openTags[name] = _openTags.GetValueOrDefault(name) + 1;
        }
    }

    /// <summary>The end of a tag that was opened, or of one that has no content.</summary>
    private bool EndsTag()
    {
        if (Peek(1) == '>' && _openTags.Count > 0)
        {
            return true;
        }

        if (_at == 0 || _text[_at - 1] != '<' || NameAt(_at + 1) is not { Length: > 0 } name || !_openTags.TryGetValue(name, out var open) || open == 0)
        {
            return false;
        }

        _openTags[name] = open - 1;
        return true;
    }

    private string NameAt(int at)
    {
        var end = at;
        while (end < _end && end - at < 100 && (char.IsLetterOrDigit(_text[end]) || _text[end] is '_' or '$'))
        {
            end++;
        }

        return _text[at..end];
    }

    /// <summary>A slash that is taken to divide and may begin an expression: it matters where the two readings do not come together again behind that.</summary>
    /// <param name="end">The slash that would close it.</param>
    private void DoubtSlash(int end)
    {
        if (!EndsTag() && ((end + 1 < _end && _text[end + 1] is '/' or '*') || LeavesOpen(_at + 1, end, isComment: false)))
        {
            Doubt(SlashDoubt);
        }
    }

    /// <summary>What stands behind an address may also be a comment, behind a label that is named like a scheme.</summary>
    private void DoubtAddress()
    {
        if (Doubted is not null)
        {
            return;
        }

        var line = _text.AsSpan(_at, Math.Min(_end, _at + MostGuessed) - _at);
        var end = line.IndexOfAny(WideEnds);
        if ((end < 0 && _at + MostGuessed < _end) || LeavesOpen(_at + 2, _at + (end < 0 ? line.Length : end), isComment: true))
        {
            Doubt("两条斜杠可能是网址的，也可能是注释");
        }
    }

    /// <summary>Whether a stretch, read as code, leaves a literal, a comment or a bracket open.</summary>
    /// <param name="from">First character.</param>
    /// <param name="to">Behind the last.</param>
    /// <param name="isComment">Else it is an expression; a comment within a comment ends with it.</param>
    private bool LeavesOpen(int from, int to, bool isComment)
    {
        var depth = 0;
        for (var at = from; at < to; at++)
        {
            var c = _text[at];
            if (c is '(' or '[' or '{')
            {
                depth++;
            }
            else if (c is ')' or ']' or '}')
            {
                depth--;
            }
            else if (c == '/' && at + 1 < to && _text[at + 1] == '/' && isComment)
            {
                break;
            }
            else if ((c == '/' && at + 1 < to && _text[at + 1] is '/' or '*') || (c == '\\' && at + 1 == to))
            {
                return true;
            }
            else if (c is '"' or '`' || (c == '\'' && !IsProse(at, from)))
            {
                at = QuoteEnd(at, to);
            }

            if (depth < 0 || at == to)
            {
                return true;
            }
        }

        return depth != 0;
    }

    private bool IsProse(int at, int from)
    {
        var start = at;
        while (start > from && char.IsLetter(_text[start - 1]))
        {
            start--;
        }

        return start < at && !IsBeforeValue(_text.AsSpan(start, at - start));
    }

    /// <returns>The quote that closes this one; the end where none does.</returns>
    private int QuoteEnd(int at, int to)
    {
        for (var end = at + 1; end < to; end++)
        {
            if (_text[end] == _text[at])
            {
                return end;
            }

            end += _text[end] == '\\' ? 1 : 0;
        }

        return to;
    }

    private static bool IsBeforeValue(ReadOnlySpan<char> word) =>
        IsOperatorWord(word) || word is "from" or "import" or "export" or "default" or "extends" or "as" or "is" or "keyof" or "satisfies";
}

/// <summary>Why a file may not have been read to its end as the compiler reads it.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="What">For people.</param>
internal sealed record ReadingDoubt(int Line, string What);
