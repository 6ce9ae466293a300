namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which characters of a line stand in a literal or a comment, whatever language it is of.</summary>
internal static class QuotedStretches
{
    private const int LongestCharacter = 10;

    /// <summary>An apostrophe opens a text in some languages and one character in others, and three quotes one text or two: what is quoted for either is.</summary>
    /// <param name="line">From its beginning; the scan takes time in its length.</param>
    /// <returns>One for each character; quotes and marks of comments belong to what they enclose.</returns>
    public static bool[] Of(string line)
    {
        var covered = new bool[line.Length];
        foreach (var (start, end) in Scan(line, opensText: false).Concat(Scan(line, opensText: true)))
        {
            covered.AsSpan(start, end - start).Fill(true);
        }

        return covered;
    }

    /// <summary>Who goes from one double quote to the next takes code for literals in it.</summary>
    public static bool TurnQuotes(string line) => line.Contains('"', StringComparison.Ordinal)
        && Scan(line, opensText: false).Concat(Scan(line, opensText: true)).Any(s => (line[s.Start] != '"' || line.AsSpan(s.Start).StartsWith("\"\"\"")) && line.AsSpan(s.Start, s.End - s.Start).Contains('"'));

    private static IEnumerable<(int Start, int End)> Scan(string line, bool opensText)
    {
        for (var at = 0; at < line.Length;)
        {
            var end = End(line, at, opensText);
            if (end > at)
            {
                yield return (at, end);
            }

            at = Math.Max(end, at + 1);
        }
    }

    /// <returns>Behind the stretch that begins there; not behind <paramref name="at"/> where none does.</returns>
    private static int End(string line, int at, bool opensText)
    {
        var rest = line.AsSpan(at);
        return line[at] switch
        {
            '/' when rest.StartsWith("//") => line.Length,
            '/' when rest.StartsWith("/*") => Behind(line, "*/", at + 2),
            '"' when !opensText && rest.StartsWith("\"\"\"") => Behind(line, "\"\"\"", at + 3),
            '"' => Closed(line, at, line.Length) ?? line.Length,
            '\'' when opensText => Closed(line, at, line.Length) ?? line.Length,
            '\'' => Closed(line, at, at + Character(line, at)) ?? at,
            _ => at,
        };
    }

    private static int Behind(string line, string mark, int from) => line.IndexOf(mark, from, StringComparison.Ordinal) is >= 0 and var found ? found + mark.Length : line.Length;

    /// <returns>Behind the same quote; null where none follows before <paramref name="to"/>.</returns>
    private static int? Closed(string line, int at, int to)
    {
        for (var next = at + 1; next < line.Length && next < to; next++)
        {
            if (line[next] == line[at])
            {
                return next + 1;
            }

            next += line[next] == '\\' ? 1 : 0;
        }

        return null;
    }

    /// <summary>Quotes, and one character or what is written for it.</summary>
    private static int Character(string line, int at) => at + 1 < line.Length && line[at + 1] == '\\' ? LongestCharacter : 4;
}
