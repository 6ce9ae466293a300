namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which letters classes and escapes of an expression stand for.</summary>
internal sealed partial class RegexDoubt
{
    private bool[] Class(int depth)
    {
        var isNot = Take('^');
        var found = new bool[Letters];
        for (var isFirst = true; !_isLost; isFirst = false)
        {
            if (_at >= _text.Length || _text.AsSpan(_at).StartsWith("&&") || depth > Deepest)
            {
                _isLost = true;
                break;
            }

            var sign = _text[_at++];
            if (sign == ']' && !isFirst)
            {
                break;
            }

            var one = sign == '[' ? Class(depth + 1) : sign == '\\' ? Escape() : Range(sign);
            for (var c = 0; c < Letters; c++)
            {
                found[c] |= one[c];
            }
        }

        return isNot ? Array.ConvertAll(found, f => !f) : found;
    }

    private bool[] Range(char from)
    {
        if (_at + 1 < _text.Length && _text[_at] == '-' && _text[_at + 1] is not (']' or '[' or '\\'))
        {
            var to = _text[_at + 1];
            _at += 2;
            return Where(c => c >= from && c <= to);
        }

        return Where(c => c == from);
    }

    private Piece Escaped()
    {
        if (_at < _text.Length && _text[_at] is 'b' or 'B' or 'A' or 'z' or 'Z' or 'G')
        {
            return Nothing with { IsEnd = _text[_at++] is 'z' or 'Z' };
        }

        return Set(Escape());
    }

    private bool[] Escape()
    {
        if (_at >= _text.Length)
        {
            _isLost = true;
            return new bool[Letters];
        }

        var sign = _text[_at++];
        switch (sign)
        {
            case 'd': return Where(char.IsAsciiDigit);
            case 'D': return Where(c => !char.IsAsciiDigit(c));
            case 'w': return Where(c => char.IsAsciiLetterOrDigit(c) || c == '_');
            case 'W': return Where(c => !char.IsAsciiLetterOrDigit(c) && c != '_');
            case 's': return Where(IsSpace);
            case 'S': return Where(c => !IsSpace(c));
            case 't': return Where(c => c == '\t');
            case 'n': return Where(c => c == '\n');
            case 'r': return Where(c => c == '\r');
            case 'u' when _at + 4 <= _text.Length:
                _at += 4;
                return Where(c => c >= Letters - 1);
            case >= '1' and <= '9' or 'k' or 'Q' or 'p' or 'P' or 'x' or 'c' or '0':
                _isLost = true;
                return new bool[Letters];
            default: return Where(c => c == sign);
        }

        static bool IsSpace(char c) => c is ' ' or '\t' or '\n' or '\r' or '\f' or '\v';
    }

    /// <summary>All beyond the first 128 characters count as one.</summary>
    private static bool[] Where(Predicate<char> holds) => Array.ConvertAll([.. Enumerable.Range(0, Letters)], c => holds(c < Letters - 1 ? (char)c : '中'));

    private static Piece Set(bool[] letters) => new(Array.ConvertAll(letters, l => (byte)(l ? 1 : 0)), new bool[Letters], letters, false);
}
