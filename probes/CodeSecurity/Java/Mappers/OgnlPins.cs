using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which values a condition of a mapper lets through only where they are one of the texts it names.</summary>
internal static partial class OgnlPins
{
    private const int Longest = 4_000;
    private const int Deepest = 16;

    private static readonly string[] Signs = ["&lt;", "&gt;", "&amp;"];

    private const string Text = """(?:'[^']*'|"[^"]*")(?:\.toString\(\))?""";

    [GeneratedRegex("^\\s*(?<p>[A-Za-z_][\\w.]*)\\s*(?:==|\\beq\\b|\\.equals(?:IgnoreCase)?\\s*\\()\\s*" + Text + "\\s*\\)?\\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Named();

    [GeneratedRegex("^\\s*" + Text + "\\s*(?:==|\\beq\\b|\\.equals(?:IgnoreCase)?\\s*\\()\\s*(?<p>[A-Za-z_][\\w.]*)\\s*\\)?\\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Reversed();

    [GeneratedRegex("^\\s*(?<p>[A-Za-z_][\\w.]*)\\s+in\\s*\\{\\s*" + Text + "(?:\\s*,\\s*" + Text + ")*\\s*\\}\\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Among();

    /// <param name="test">Of an <c>if</c> or a <c>when</c>, as the file writes it.</param>
    /// <returns>Paths as they are written; none where the condition is not understood.</returns>
    public static IReadOnlySet<string> Of(string test) => test.Length > Longest || Decoded(test) is not { } plain ? [] : Read(plain, 0);

    /// <summary>Null where the text may hold quotes that are not seen here: entities that are no sign of comparison, and escapes.</summary>
    private static string? Decoded(string test)
    {
        for (var at = test.IndexOf('&', StringComparison.Ordinal); at >= 0; at = test.IndexOf('&', at + 1))
        {
            if (!Array.Exists(Signs, s => string.CompareOrdinal(test, at, s, 0, s.Length) == 0))
            {
                return null;
            }
        }

        return test.Contains('\\', StringComparison.Ordinal) ? null
            : test.Replace("&lt;", "<", StringComparison.Ordinal).Replace("&gt;", ">", StringComparison.Ordinal).Replace("&amp;", "&", StringComparison.Ordinal);
    }

    private static HashSet<string> Read(string test, int depth)
    {
        test = test.Trim();
        if (depth > Deepest || Split(test, "or", "||") is not { } choices || Split(test, "and", "&&") is not { } parts)
        {
            return [];
        }

        if (choices.Count > 1)
        {
            return choices.Select(c => Read(c, depth + 1)).Aggregate((a, b) => [.. a.Intersect(b, StringComparer.Ordinal)]);
        }

        if (parts.Count > 1)
        {
            return [.. parts.SelectMany(c => Read(c, depth + 1))];
        }

        if (test is ['(', .., ')'] && Past(test, 0) == test.Length)
        {
            return Read(test[1..^1], depth + 1);
        }

        foreach (var form in new[] { Named(), Reversed(), Among() })
        {
            if (form.Match(test) is { Success: true } found)
            {
                return [found.Groups["p"].Value];
            }
        }

        return [];
    }

    /// <summary>At signs and words that stand in no text and no brackets; null where a bracket or text has no end, or a choice or sequence says what comes of it all.</summary>
    private static List<string>? Split(string test, string word, string sign)
    {
        var (parts, begin) = (new List<string>(), 0);
        for (var at = 0; at < test.Length;)
        {
            if (test[at] is '\'' or '"' or '(' or '{' or '[')
            {
                at = Past(test, at);
                if (at < 0)
                {
                    return null;
                }

                continue;
            }

            if (test[at] is ')' or '}' or ']' or '?' or ',')
            {
                return null;
            }

            var taken = Stands(test, at, word) ? word.Length : string.CompareOrdinal(test, at, sign, 0, sign.Length) == 0 ? sign.Length : 0;
            if (taken > 0)
            {
                parts.Add(test[begin..at]);
                begin = at + taken;
            }

            at += Math.Max(taken, 1);
        }

        parts.Add(test[begin..]);
        return parts;
    }

    /// <returns>Behind the end of the text or the brackets that begin there; −1 where they have none.</returns>
    private static int Past(string test, int from)
    {
        for (var (at, depth) = (from, 0); at < test.Length; at++)
        {
            if (test[at] is '\'' or '"')
            {
                at = test.IndexOf(test[at], at + 1);
                if (at < 0)
                {
                    return -1;
                }
            }

            depth += test[at] is '(' or '{' or '[' ? 1 : test[at] is ')' or '}' or ']' ? -1 : 0;
            if (depth == 0)
            {
                return at + 1;
            }
        }

        return -1;
    }

    private static bool Stands(string test, int at, string word) =>
        string.CompareOrdinal(test, at, word, 0, word.Length) == 0
        && (at == 0 || !IsNamePart(test[at - 1])) && (at + word.Length >= test.Length || !IsNamePart(test[at + word.Length]));

    private static bool IsNamePart(char sign) => char.IsLetterOrDigit(sign) || sign is '_' or '$' or '.';
}
