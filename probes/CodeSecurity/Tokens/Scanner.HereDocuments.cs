namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Literals that end with a line of their own.</summary>
internal sealed partial class Scanner
{
    private const int LongestHereWord = 64;
    private const int MostHereDocuments = 16;

    /// <summary>Last line that begins with a word, or is nothing but it: a mark whose end is missing is no mark, and the text is searched but once.</summary>
    private Dictionary<string, int>? _lastLines;
    private Dictionary<string, int>? _lastBeginnings;

    private bool TryPhpHereDocument(LexicalRules rules)
    {
        if (!Stands("<<<"))
        {
            return false;
        }

        var at = _at + 3;
        while (at < _end && _text[at] is ' ' or '\t')
        {
            at++;
        }

        var quote = at < _end && _text[at] is '"' or '\'' ? _text[at] : '\0';
        at += quote == '\0' ? 0 : 1;
        var word = HereWord(at);
        at += word.Length + (quote == '\0' ? 0 : 1);
        if (word.Length == 0 || at >= _end || _text[at] is not ('\n' or '\r') || !EndsLater(word, at, wholeLine: false))
        {
            return false;
        }

        Mark(3);
        Take(CodeTokenKind.Word, at);
        LineEnd(_text[_at]);
        if (_text[_at - 1] == '\r' && _at < _end && _text[_at] == '\n')
        {
            LineEnd('\n');
        }

        HereBody(rules, word, quote == '\'' ? ConfigGrammars.RawHere : ConfigGrammars.PhpHere, wholeLine: false);
        return true;
    }

    private bool TryShellHereDocument()
    {
        if (_hereDocuments.Count >= MostHereDocuments || Peek(2) == '<')
        {
            return false;
        }

        var at = _at + (Peek(2) == '-' ? 3 : 2);
        while (at < _end && _text[at] is ' ' or '\t')
        {
            at++;
        }

        var isRaw = at < _end && _text[at] is '"' or '\'' or '\\';
        var word = HereWord(isRaw ? at + 1 : at);
        var end = at + word.Length + (!isRaw ? 0 : _text[at] == '\\' ? 1 : 2);
        if (word.Length == 0 || end > _end || !EndsLater(word, end, wholeLine: true))
        {
            return false;
        }

        Mark(Peek(2) == '-' ? 3 : 2);
        GoTo(at);
        Take(CodeTokenKind.Word, end);
        _hereDocuments.Enqueue((word, isRaw));
        return true;
    }

    private string HereWord(int at)
    {
        var end = at;
        while (end < _end && end - at < LongestHereWord && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] == '_'))
        {
            end++;
        }

        return end == at || char.IsAsciiDigit(_text[at]) ? "" : _text[at..end];
    }

    /// <summary>Reads from the beginning of a line to the line that ends it, whose word is taken too.</summary>
    private void HereBody(LexicalRules rules, string word, QuoteForm form, bool wholeLine)
    {
        var at = _at;
        while (at < _end && !EndsHere(at, word, wholeLine))
        {
            var hop = _text.AsSpan(at, _end - at).IndexOfAny('\n', '\r');
            at = hop < 0 ? _end : at + hop + 1;
        }

        if (at >= _end && !rules.IsShell)
        {
            Doubt("跨行的字符串没有结束");
        }

        var end = _end;
        _end = Math.Max(_at, BeforeLineEnd(at));
        Literal(rules, form, _at, LiteralEnds.None);
        _end = end;
        GoTo(Math.Max(_at, at));
        if (_at < _end)
        {
            GoTo(_at + Indentation(_at));
            Take(CodeTokenKind.Word, _at + word.Length);
        }
    }

    /// <summary>The line end before the last line is not part of the value.</summary>
    private int BeforeLineEnd(int at)
    {
        if (at >= _end || at == 0 || _text[at - 1] is not ('\n' or '\r'))
        {
            return at;
        }

        return at > 1 && _text[at - 1] == '\n' && _text[at - 2] == '\r' ? at - 2 : at - 1;
    }

    private bool EndsHere(int lineStart, string word, bool wholeLine)
    {
        var at = lineStart + Indentation(lineStart);
        var after = at + word.Length;
        return Stands(word, at)
            && (after >= _end || (wholeLine ? _text[after] is '\n' or '\r' : !(char.IsAsciiLetterOrDigit(_text[after]) || _text[after] == '_')));
    }

    private int Indentation(int at)
    {
        var length = 0;
        while (at + length < _end && _text[at + length] is ' ' or '\t')
        {
            length++;
        }

        return length;
    }

    private bool EndsLater(string word, int from, bool wholeLine)
    {
        if (_lastLines is null || _lastBeginnings is null)
        {
            (_lastLines, _lastBeginnings) = (new(StringComparer.Ordinal), new(StringComparer.Ordinal));
            var end = _end;
            _end = _text.Length;
            for (var at = 0; at < _text.Length;)
            {
                at = NoteLine(at);
            }

            _end = end;
        }

        return (wholeLine ? _lastLines : _lastBeginnings).TryGetValue(word, out var last) && last > from;
    }

    private int NoteLine(int at)
    {
        var hop = _text.AsSpan(at).IndexOfAny('\n', '\r');
        var end = hop < 0 ? _text.Length : at + hop;
        var start = at + Math.Min(Indentation(at), end - at);
        var word = start < _end ? HereWord(start) : "";
        if (word.Length > 0)
        {
            _lastBeginnings![word] = start;
            if (start + word.Length == end)
            {
                _lastLines![word] = start;
            }
        }

        return end + 1;
    }
}
