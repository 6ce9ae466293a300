namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>glob(7): <c>*</c>, <c>?</c>, <c>[…]</c> with classes, and backslashes, within one part of a path; a leading dot is matched only by a dot.</summary>
internal static class GlobPattern
{
    public static bool HasWildcard(string text) => text.AsSpan().ContainsAny("*?[\\");

    /// <summary>Programs agree on what it means: some know braces, and collating symbols are not known here.</summary>
    public static bool IsPlain(string pattern) => !pattern.AsSpan().ContainsAny("{}") && !pattern.Contains("[.", StringComparison.Ordinal) && !pattern.Contains("[=", StringComparison.Ordinal);

    /// <summary>Whoever took all that matches the one has all that matches the other. For certain: where it says no, it may be so all the same.</summary>
    public static bool Covers(string taken, string asked)
    {
        var (wide, narrow) = (taken.Split('/'), asked.Split('/'));
        return taken == asked || (wide.Length == narrow.Length && wide.Zip(narrow).All(p => CoversPart(p.First, p.Second)));
    }

    /// <summary>Whole paths, part by part.</summary>
    public static bool MatchesPath(string pattern, string path)
    {
        var (want, have) = (pattern.Split('/'), path.Split('/'));
        return want.Length == have.Length && want.Zip(have).All(p => Matches(p.First, p.Second));
    }

    public static bool Matches(string pattern, string name)
    {
        if (name.StartsWith('.') && !pattern.StartsWith('.') && !pattern.StartsWith("\\.", StringComparison.Ordinal))
        {
            return false;
        }

        // Greedy with one place to come back to: linear in the product of both lengths.
        var (p, n, star, mark) = (0, 0, -1, 0);
        while (n < name.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, mark) = (p++, n);
            }
            else if (p < pattern.Length && MatchesOne(pattern, p, name[n], out var next))
            {
                (p, n) = (next, n + 1);
            }
            else if (star >= 0)
            {
                (p, n) = (star + 1, ++mark);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).TrimStart('*').IsEmpty;
    }

    private static bool CoversPart(string wide, string narrow) => wide == narrow
        || (wide.StartsWith('*') && !HasWildcard(wide[1..]) && narrow.Length > 0 && narrow[0] is not ('.' or '\\') && narrow.EndsWith(wide[1..], StringComparison.Ordinal));

    private static bool MatchesOne(string pattern, int at, char letter, out int next)
    {
        next = at + 1;
        if (pattern[at] == '?')
        {
            return true;
        }

        if (pattern[at] == '\\' && next < pattern.Length)
        {
            return pattern[next++] == letter;
        }

        var (found, end) = pattern[at] == '[' ? Set(pattern, at, letter) : (false, -1);
        if (end < 0)
        {
            return pattern[at] == letter;
        }

        next = end;
        return found;
    }

    /// <summary>A closing bracket right behind the opening one is a letter; without a closing one the opening one is, and the end is -1.</summary>
    private static (bool Found, int End) Set(string pattern, int at, char letter)
    {
        var i = at + 1;
        var negated = i < pattern.Length && pattern[i] is '!' or '^';
        i += negated ? 1 : 0;
        var (first, found) = (i, false);
        while (i < pattern.Length && (pattern[i] != ']' || i == first))
        {
            if (pattern[i] == '[' && i + 1 < pattern.Length && pattern[i + 1] == ':' && pattern.IndexOf(":]", i + 2, StringComparison.Ordinal) is > 0 and var close)
            {
                found |= IsOf(pattern[(i + 2)..close], letter);
                i = close + 2;
                continue;
            }

            i += pattern[i] == '\\' && i + 1 < pattern.Length ? 1 : 0;
            var low = pattern[i++];
            var high = low;
            if (i + 1 < pattern.Length && pattern[i] == '-' && pattern[i + 1] != ']')
            {
                i += pattern[i + 1] == '\\' && i + 2 < pattern.Length ? 2 : 1;
                high = pattern[i++];
            }

            found |= letter >= low && letter <= high;
        }

        return i < pattern.Length ? (found != negated, i + 1) : (false, -1);
    }

    private static bool IsOf(string name, char letter) => name switch
    {
        "alpha" => char.IsAsciiLetter(letter),
        "digit" => char.IsAsciiDigit(letter),
        "alnum" => char.IsAsciiLetterOrDigit(letter),
        "upper" => char.IsAsciiLetterUpper(letter),
        "lower" => char.IsAsciiLetterLower(letter),
        "xdigit" => char.IsAsciiHexDigit(letter),
        "punct" => char.IsAscii(letter) && (char.IsPunctuation(letter) || char.IsSymbol(letter)),
        "blank" or "space" => letter is ' ' or '\t',
        "graph" or "print" => letter > ' ',
        _ => false,
    };
}
