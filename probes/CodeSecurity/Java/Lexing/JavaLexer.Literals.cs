namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

internal sealed partial class JavaLexer
{
    private JavaTokenKind Number()
    {
        var hexadecimal = _code[_at] == '0' && Peek(1) is 'x' or 'X';
        var (start, real) = (_at, false);
        while (_at < _code.Length)
        {
            var c = _code[_at];
            if (hexadecimal ? c is 'p' or 'P' : c is 'e' or 'E')
            {
                (real, _at) = (true, _at + (Peek(1) is '+' or '-' ? 2 : 1));
            }
            else if (char.IsAsciiLetterOrDigit(c) || c == '_')
            {
                _at++;
            }
            else if (c == '.' && !real && Peek(1) != '.')
            {
                (real, _at) = (true, _at + 1);
            }
            else
            {
                break;
            }
        }

        return KindOf(_code.AsSpan(start.._at), hexadecimal, real);
    }

    private static JavaTokenKind KindOf(ReadOnlySpan<char> number, bool hexadecimal, bool real) => number[^1] switch
    {
        'l' or 'L' => JavaTokenKind.LongLiteral,
        'f' or 'F' when real || !hexadecimal => JavaTokenKind.FloatLiteral,
        'd' or 'D' when real || !hexadecimal => JavaTokenKind.DoubleLiteral,
        _ => real ? JavaTokenKind.DoubleLiteral : JavaTokenKind.IntLiteral,
    };

    private JavaTokenKind Quoted()
    {
        if (Peek(1) == '"' && Peek(2) == '"')
        {
            TextBlock();
            return JavaTokenKind.TextBlock;
        }

        Closed('"');
        return JavaTokenKind.StringLiteral;
    }

    /// <summary>A literal that ends on its line.</summary>
    private void Closed(char quote)
    {
        var start = _at++;
        while (_at < _code.Length)
        {
            var hop = _code.AsSpan(_at).IndexOfAny([quote, '\\', '\n', '\r']);
            _at = hop < 0 ? _code.Length : _at + hop;
            if (_at == _code.Length || _code[_at] is '\n' or '\r')
            {
                break;
            }

            if (_code[_at] == quote)
            {
                _at++;
                return;
            }

            // A backslash takes the next character along, but never the end of the line.
            _at += _at + 1 < _code.Length && _code[_at + 1] is not ('\n' or '\r') ? 2 : 1;
        }

        _doubts.Add((start, _at, JavaGapReason.NotClosed));
    }

    private void TextBlock()
    {
        var start = _at;
        _at += 3;
        while (_at < _code.Length)
        {
            var hop = _code.AsSpan(_at).IndexOfAny('"', '\\');
            _at = hop < 0 ? _code.Length : _at + hop;
            if (_at < _code.Length && _code[_at] == '"')
            {
                if (Peek(1) == '"' && Peek(2) == '"')
                {
                    _at += 3;
                    return;
                }

                _at++;
            }
            else
            {
                _at = Math.Min(_code.Length, _at + 2);
            }
        }

        _doubts.Add((start, _at, JavaGapReason.NotClosed));
    }
}
