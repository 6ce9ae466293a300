using System.Buffers;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>YAML as far as keys, values, comments and blocks can be told apart without building the tree.</summary>
internal sealed partial class Scanner
{
    /// <summary>Where the line begins, and how far the key or item of the line is indented: a block below it stands further in.</summary>
    private int _lineStart;
    private int _column;

    /// <summary>Open brackets of flow collections.</summary>
    private int _flow;

    private static readonly SearchValues<char> YamlWordEnds = SearchValues.Create(" \t\r\n,]}");

    private void Yaml()
    {
        while (_at < _end)
        {
            var c = _text[_at];
            if (c is '\n' or '\r')
            {
                LineEnd(c);
                (_lineStart, _column) = (_at, 0);
            }
            else if (char.IsWhiteSpace(c) || c == '\uFEFF')
            {
                _at++;
            }
            else if (c == '#' && (_at == _lineStart || char.IsWhiteSpace(_text[_at - 1])))
            {
                Take(CodeTokenKind.Comment, LineStop(_at));
            }
            else if (!TryYamlSign(c))
            {
                YamlScalar(c);
            }
        }
    }

    private bool TryYamlSign(char c)
    {
        switch (c)
        {
            case '-' or '?' or ':' when _at + 1 >= _end || char.IsWhiteSpace(_text[_at + 1]) || (c == ':' && _flow > 0):
                _column = c == ':' ? _column : _at - _lineStart;
                Mark(1);
                return true;
            case '-' when _at == _lineStart && Stands("---"):
                _flow = 0;
                Mark(3);
                return true;
            case '[' or '{':
                _flow++;
                Mark(1);
                return true;
            case ']' or '}' or ',' when _flow > 0:
                _flow -= c == ',' ? 0 : 1;
                Mark(1);
                return true;
            case '|' or '>' when _flow == 0 && BlockHeaderEnd() is > 0 and var end:
                YamlBlock(end);
                return true;
            default:
                return false;
        }
    }

    private void YamlScalar(char c)
    {
        if (c is '"' or '\'')
        {
            _column = _column == 0 ? _at - _lineStart : _column;
            var line = _line;
            Literal(CodeGrammars.Unknown, c == '"' ? ConfigGrammars.YamlDouble : ConfigGrammars.YamlSingle, _at + 1);
            _lineStart = line == _line ? _lineStart : _at;
            if (_at < _end && _text[_at] == ':')
            {
                Mark(1);
            }

            return;
        }

        if (c is '&' or '*' or '!')
        {
            var hop = _text.AsSpan(_at + 1, _end - _at - 1).IndexOfAny(YamlWordEnds);
            Take(CodeTokenKind.Word, hop < 0 ? _end : _at + 1 + hop);
            return;
        }

        var (end, isKey) = PlainEnd(_at);
        if (isKey)
        {
            _column = _at - _lineStart;
            Take(CodeTokenKind.Word, Math.Max(_at + 1, _at + _text.AsSpan(_at, end - _at).TrimEnd().Length));
            GoTo(end);
            Mark(1);
        }
        else
        {
            Plain(_at + Math.Max(1, _text.AsSpan(_at, end - _at).TrimEnd().Length));
        }
    }

    /// <summary>Up to the colon of a key, a comment, a sign of the collection it stands in, or the end of the line.</summary>
    private (int End, bool IsKey) PlainEnd(int start)
    {
        var at = start + 1;
        for (; at < _end && _text[at] is not ('\n' or '\r'); at++)
        {
            switch (_text[at])
            {
                case ':' when at + 1 >= _end || char.IsWhiteSpace(_text[at + 1]) || (_flow > 0 && _text[at + 1] is ',' or ']' or '}'):
                    return (at, true);
                case '#' when char.IsWhiteSpace(_text[at - 1]):
                case ',' or '[' or ']' or '{' or '}' when _flow > 0:
                    return (at, false);
            }
        }

        return (at, false);
    }

    /// <returns>Index of the end of the line, where the mark begins a block; −1 where it does not.</returns>
    private int BlockHeaderEnd()
    {
        var at = _at + 1;
        while (at < _end && (_text[at] is '+' or '-' || char.IsAsciiDigit(_text[at])))
        {
            at++;
        }

        while (at < _end && _text[at] is ' ' or '\t')
        {
            at++;
        }

        return at >= _end || _text[at] is '\n' or '\r' or '#' ? LineStop(at) : -1;
    }

    private void YamlBlock(int headerEnd)
    {
        Mark(1);
        GoTo(headerEnd);
        while (_at < _end && _text[_at] is '\n' or '\r')
        {
            LineEnd(_text[_at]);
        }

        var (at, last) = (_at, _at);
        while (at < _end)
        {
            var indented = at + Indentation(at);
            var stop = LineStop(indented);
            if (stop > indented && indented - at <= _column)
            {
                break;
            }

            last = stop > indented ? stop : last;
            at = Math.Min(stop + 1, _end);
        }

        if (last > _at)
        {
            TakeText(last, LiteralForm.Indented, LiteralEnds.None);
        }

        (_lineStart, _column) = (_at < _end && _text[_at] is '\n' or '\r' ? _lineStart : _at, 0);
    }
}
