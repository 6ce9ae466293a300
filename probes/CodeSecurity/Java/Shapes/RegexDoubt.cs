namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Whether a regular expression can take time that doubles with every character: something repeated without end that can match a row of one and the same
/// character in more than one way. What is not understood is not doubted.
/// </summary>
internal sealed class RegexDoubt
{
    private const int Longest = 500;
    private const int Deepest = 20;
    private const int Letters = 129;

    private readonly string _text;
    private int _at;
    private bool _isLost;

    private RegexDoubt(string text) => _text = text;

    /// <param name="text">As Java writes it, escapes of the literal already resolved.</param>
    /// <param name="isWhole">It must match a text to its end, so that it can fail there.</param>
    public static bool IsSlow(string text, bool isWhole = false)
    {
        if (text.Length > Longest || !text.AsSpan().ContainsAny('*', '+', '{'))
        {
            return false;
        }

        var reading = new RegexDoubt(text);
        var all = reading.Alternatives(0);
        return !reading._isLost && reading._at == text.Length && IsSlow(all, isWhole);
    }

    /// <summary>A piece of an expression by what it does to rows of one character.</summary>
    /// <param name="Ways">By character: in how many ways it matches that character alone, at most 2.</param>
    /// <param name="Endless">By character: it matches rows of it of any length.</param>
    /// <param name="Rows">By character: it matches some row of it, or nothing at all.</param>
    /// <param name="CanBeNothing">It matches the empty text.</param>
    /// <param name="IsEnd">Stands for the end of the text, where a match can fail.</param>
    /// <param name="Doubtful">Something in it or it itself is repeated and ambiguous.</param>
    /// <param name="Parts">In a row, or alternatives.</param>
    private sealed record Piece(byte[] Ways, bool[] Endless, bool[] Rows, bool CanBeNothing, bool IsEnd = false, bool Doubtful = false, bool IsChoice = false, IReadOnlyList<Piece>? Parts = null);

    private static Piece Nothing { get; } = new(new byte[Letters], new bool[Letters], [.. Enumerable.Repeat(true, Letters)], true);

    /// <summary>Something doubtful behind which a match can still fail.</summary>
    private static bool IsSlow(Piece piece, bool canFail)
    {
        if (piece.Parts is null)
        {
            return piece.Doubtful && canFail;
        }

        for (var i = piece.Parts.Count - 1; i >= 0; i--)
        {
            if (IsSlow(piece.Parts[i], canFail))
            {
                return true;
            }

            canFail |= !piece.IsChoice && (piece.Parts[i].IsEnd || !piece.Parts[i].CanBeNothing);
        }

        return piece.Doubtful && canFail;
    }

    private Piece Alternatives(int depth)
    {
        var found = new List<Piece> { Row(depth) };
        while (!_isLost && Take('|'))
        {
            found.Add(Row(depth));
        }

        if (found.Count == 1)
        {
            return found[0];
        }

        var ways = new byte[Letters];
        var (endless, rows) = (new bool[Letters], new bool[Letters]);
        for (var c = 0; c < Letters; c++)
        {
            ways[c] = (byte)Math.Min(2, found.Sum(f => f.Ways[c]));
            endless[c] = found.Exists(f => f.Endless[c]);
            rows[c] = found.Exists(f => f.Rows[c]);
        }

        return new Piece(ways, endless, rows, found.Exists(f => f.CanBeNothing), IsChoice: true, Parts: found);
    }

    private Piece Row(int depth)
    {
        var parts = new List<Piece>();
        while (!_isLost && _at < _text.Length && _text[_at] is not ('|' or ')'))
        {
            parts.Add(Repeated(Single(depth)));
        }

        if (parts.Count == 1)
        {
            return parts[0];
        }

        var ways = new byte[Letters];
        var (endless, rows) = (new bool[Letters], new bool[Letters]);
        for (var c = 0; c < Letters; c++)
        {
            rows[c] = parts.TrueForAll(p => p.Rows[c]);
            endless[c] = rows[c] && parts.Exists(p => p.Endless[c]);
            ways[c] = (byte)Math.Min(2, parts.Where((p, i) => p.Ways[c] > 0 && !parts.Where((o, j) => j != i && !o.CanBeNothing).Any()).Sum(p => p.Ways[c]));
        }

        return new Piece(ways, endless, rows, parts.TrueForAll(p => p.CanBeNothing), Parts: parts);
    }

    private Piece Repeated(Piece piece)
    {
        while (!_isLost && _at < _text.Length)
        {
            var (least, most, length) = _text[_at] switch { '*' => (0, int.MaxValue, 1), '+' => (1, int.MaxValue, 1), '?' => (0, 1, 1), '{' => Counted(), _ => (0, 0, 0) };
            if (length == 0)
            {
                return piece;
            }

            _at += length;
            var isPossessive = Take('+');
            if (!isPossessive)
            {
                Take('?');
            }

            piece = Times(piece, least == 0, most is int.MaxValue, isPossessive);
        }

        return piece;
    }

    private static Piece Times(Piece piece, bool canBeNothing, bool isEndless, bool isPossessive)
    {
        var doubtful = isEndless && !isPossessive && Enumerable.Range(0, Letters).Any(c => piece.Endless[c] || piece.Ways[c] > 1);
        var endless = isEndless ? Array.ConvertAll([.. Enumerable.Range(0, Letters)], c => piece.Endless[c] || piece.Ways[c] > 0) : piece.Endless;
        var rows = canBeNothing || piece.CanBeNothing ? Nothing.Rows : piece.Rows;
        var inner = isPossessive ? null : piece.Parts is null && !piece.Doubtful ? null : new List<Piece> { piece };
        return new Piece(piece.Ways, isPossessive ? new bool[Letters] : endless, rows, canBeNothing || piece.CanBeNothing, Doubtful: doubtful, Parts: inner);
    }

    /// <returns>Length 0 where it is no count.</returns>
    private (int Least, int Most, int Length) Counted()
    {
        var end = _text.IndexOf('}', _at);
        var parts = end < 0 ? [] : _text[(_at + 1)..end].Split(',');
        if (parts.Length is 0 or > 2 || !int.TryParse(parts[0], out var least))
        {
            _isLost = true;
            return (0, 0, 0);
        }

        var most = parts.Length == 1 ? least : parts[1].Length == 0 ? int.MaxValue : int.TryParse(parts[1], out var number) ? number : 0;
        return (least, most > 1_000 ? int.MaxValue : most, end - _at + 1);
    }

    private Piece Single(int depth)
    {
        var sign = _text[_at++];
        switch (sign)
        {
            case '(':
                return Group(depth);
            case '[':
                return Set(Class(depth));
            case '\\':
                return Escaped();
            case '.':
                return Set(Where(c => c != '\n' && c != '\r'));
            case '$':
                return Nothing with { IsEnd = true };
            case '^':
                return Nothing;
            default:
                return Set(Where(c => c == sign));
        }
    }

    private Piece Group(int depth)
    {
        if (depth >= Deepest)
        {
            _isLost = true;
            return Nothing;
        }

        var isLook = false;
        var isAtomic = false;
        if (Take('?'))
        {
            (isLook, isAtomic) = Kind();
        }

        var inner = Alternatives(depth + 1);
        _isLost |= !Take(')');
        return isLook ? Nothing with { IsEnd = true } : isAtomic ? inner with { Endless = new bool[Letters], Doubtful = false, Parts = null } : inner;
    }

    /// <summary>What stands behind the question mark of a group.</summary>
    private (bool IsLook, bool IsAtomic) Kind()
    {
        if (Take(':'))
        {
            return (false, false);
        }

        if (Take('>'))
        {
            return (false, true);
        }

        if (Take('=') || Take('!'))
        {
            return (true, false);
        }

        if (Take('<'))
        {
            if (Take('=') || Take('!'))
            {
                return (true, false);
            }

            var end = _text.IndexOf('>', _at);
            _isLost |= end < 0;
            _at = end < 0 ? _at : end + 1;
            return (false, false);
        }

        var colon = _text.IndexOfAny([':', ')'], _at);
        _isLost |= colon < 0;
        _at = colon < 0 ? _at : _text[colon] == ':' ? colon + 1 : colon;
        return (false, false);
    }

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

    private bool Take(char sign)
    {
        if (_at < _text.Length && _text[_at] == sign)
        {
            _at++;
            return true;
        }

        return false;
    }
}
