using System.Buffers;
using System.Globalization;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Properties files and YAML, line by line.</summary>
internal sealed partial class Scanner
{
    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF_");

    private void Properties()
    {
        while (_at < _end)
        {
            var c = _text[_at];
            if (c is '\n' or '\r')
            {
                LineEnd(c);
            }
            else if (c <= ' ')
            {
                _at++;
            }
            else if (c is '#' or '!' or ';')
            {
                Take(CodeTokenKind.Comment, LineStop(_at));
            }
            else if (c == '[')
            {
                Section();
            }
            else
            {
                PropertyKey();
                PropertyValue();
            }
        }
    }

    private void Section()
    {
        Mark(1);
        var stop = LineStop(_at);
        var close = _text.AsSpan(_at, stop - _at).IndexOf(']');
        var end = close < 0 ? stop : _at + close;
        if (end > _at)
        {
            Take(CodeTokenKind.Word, end);
        }

        if (close >= 0)
        {
            Mark(1);
        }
    }

    private void PropertyKey()
    {
        var at = _at;
        while (at < _end && !char.IsWhiteSpace(_text[at]) && _text[at] is not ('=' or ':'))
        {
            at += _text[at] == '\\' && at + 1 < _end && _text[at + 1] is not ('\n' or '\r') ? 2 : 1;
        }

        if (at > _at)
        {
            Take(CodeTokenKind.Word, Math.Min(at, _end));
        }

        SkipBlanks();
        if (_at < _end && _text[_at] is '=' or ':')
        {
            Mark(1);
            SkipBlanks();
        }
    }

    private void SkipBlanks()
    {
        while (_at < _end && _text[_at] is ' ' or '\t' or '\f')
        {
            _at++;
        }
    }

    /// <summary>To the end of the line, and of the next where a single backslash stands before it.</summary>
    private void PropertyValue()
    {
        var end = LineStop(_at);
        while (end < _end && EndsWithBackslash(end))
        {
            end += _text[end] == '\r' && end + 1 < _end && _text[end + 1] == '\n' ? 2 : 1;
            end = LineStop(end);
        }

        TakePiece(_at + _text.AsSpan(_at, end - _at).TrimEnd().Length, LiteralForm.BareEscaped, LiteralEnds.None);
        GoTo(end);
    }

    private bool EndsWithBackslash(int end)
    {
        var count = 0;
        while (end - count > _at && _text[end - count - 1] == '\\')
        {
            count++;
        }

        return (count & 1) == 1;
    }

    /// <summary>A plain value: number, word or text as YAML resolves it.</summary>
    private void Plain(int until)
    {
        var value = _text.AsSpan(_at, until - _at);
        if (value is "true" or "false" or "null" or "~" or "yes" or "no" or "on" or "off" or "True" or "False" or "Null" or "Yes" or "No" or "On" or "Off" or "TRUE" or "FALSE")
        {
            Take(CodeTokenKind.Word, until);
        }
        else if (IsNumber(value))
        {
            Take(CodeTokenKind.Number, until);
        }
        else
        {
            TakePiece(until, LiteralForm.Bare, LiteralEnds.None);
        }
    }

    private static bool IsNumber(ReadOnlySpan<char> value)
    {
        const int longest = 40;
        if (value.Length is 0 or > longest || !(char.IsAsciiDigit(value[0]) || (value.Length > 1 && value[0] is '-' or '+' or '.' && char.IsAsciiDigit(value[1]))))
        {
            return false;
        }

        return value.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
            ? value.Length > 2 && !value[2..].ContainsAnyExcept(HexDigits)
            : double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _);
    }
}
