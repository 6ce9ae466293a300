namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>glob(7): <c>*</c>, <c>?</c> and <c>[…]</c> within one part of a path; a leading dot is matched only by a dot.</summary>
internal static class GlobPattern
{
    public static bool HasWildcard(string text) => text.AsSpan().ContainsAny('*', '?', '[');

    /// <summary>Whole paths, part by part.</summary>
    public static bool MatchesPath(string pattern, string path)
    {
        var (want, have) = (pattern.Split('/'), path.Split('/'));
        return want.Length == have.Length && want.Zip(have).All(p => Matches(p.First, p.Second));
    }

    public static bool Matches(string pattern, string name)
    {
        if (name.StartsWith('.') && !pattern.StartsWith('.'))
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

    private static bool MatchesOne(string pattern, int at, char letter, out int next)
    {
        next = at + 1;
        if (pattern[at] == '?')
        {
            return true;
        }

        var close = pattern[at] == '[' && at + 2 < pattern.Length ? pattern.IndexOf(']', at + 2) : -1;
        if (close < 0)
        {
            return pattern[at] == letter;
        }

        next = close + 1;
        var set = pattern.AsSpan(at + 1, close - at - 1);
        var negated = set[0] is '!' or '^';
        set = negated ? set[1..] : set;
        var found = false;
        for (var i = 0; i < set.Length; i++)
        {
            if (i + 2 < set.Length && set[i + 1] == '-')
            {
                found |= letter >= set[i] && letter <= set[i + 2];
                i += 2;
            }
            else
            {
                found |= set[i] == letter;
            }
        }

        return found != negated;
    }
}
