using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which values a condition of a mapper lets through only where they are one of the texts it names.</summary>
internal static partial class OgnlPins
{
    private const int Longest = 4_000;
    private const int Deepest = 16;

    private const string Text = """(?:'[^']*'|"[^"]*")(?:\.toString\(\))?""";

    [GeneratedRegex("^\\s*(?<p>[A-Za-z_][\\w.]*)\\s*(?:==|\\beq\\b|\\.equals(?:IgnoreCase)?\\s*\\()\\s*" + Text + "\\s*\\)?\\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Named();

    [GeneratedRegex("^\\s*" + Text + "\\s*(?:==|\\beq\\b|\\.equals(?:IgnoreCase)?\\s*\\()\\s*(?<p>[A-Za-z_][\\w.]*)\\s*\\)?\\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Reversed();

    [GeneratedRegex("^\\s*(?<p>[A-Za-z_][\\w.]*)\\s+in\\s*\\{\\s*" + Text + "(?:\\s*,\\s*" + Text + ")*\\s*\\}\\s*$", RegexOptions.NonBacktracking)]
    private static partial Regex Among();

    /// <param name="test">Of an <c>if</c> or a <c>when</c>.</param>
    /// <returns>Paths as they are written.</returns>
    public static IReadOnlySet<string> Of(string test) => test.Length > Longest ? [] : Read(test, 0);

    private static HashSet<string> Read(string test, int depth)
    {
        if (depth > Deepest)
        {
            return [];
        }

        test = test.Trim();
        if (Split(test, "or", "||") is { Count: > 1 } choices)
        {
            return choices.Select(c => Read(c, depth + 1)).Aggregate((a, b) => [.. a.Intersect(b, StringComparer.Ordinal)]);
        }

        if (Split(test, "and", "&&") is { Count: > 1 } parts)
        {
            return [.. parts.SelectMany(c => Read(c, depth + 1))];
        }

        if (test is ['(', .., ')'])
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

    /// <summary>At signs and words that stand in no text and no brackets.</summary>
    private static List<string> Split(string test, string word, string sign)
    {
        var (parts, depth, begin) = (new List<string>(), 0, 0);
        for (var at = 0; at < test.Length; at++)
        {
            if (test[at] is '\'' or '"')
            {
                var end = test.IndexOf(test[at], at + 1);
                at = end < 0 ? test.Length : end;
                continue;
            }

            depth += test[at] is '(' or '{' or '[' ? 1 : test[at] is ')' or '}' or ']' ? -1 : 0;
            var taken = depth != 0 ? 0 : Stands(test, at, word) ? word.Length : string.CompareOrdinal(test, at, sign, 0, sign.Length) == 0 ? sign.Length : 0;
            if (taken > 0)
            {
                parts.Add(test[begin..at]);
                begin = at + taken;
                at = begin - 1;
            }
        }

        parts.Add(test[begin..]);
        return parts;
    }

    private static bool Stands(string test, int at, string word) =>
        string.CompareOrdinal(test, at, word, 0, word.Length) == 0
        && (at == 0 || !IsNamePart(test[at - 1])) && (at + word.Length >= test.Length || !IsNamePart(test[at + word.Length]));

    private static bool IsNamePart(char sign) => char.IsLetterOrDigit(sign) || sign is '_' or '$' or '.';
}
