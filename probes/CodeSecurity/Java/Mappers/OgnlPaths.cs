using System.Text;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which values an expression of a mapper speaks of.</summary>
internal static class OgnlPaths
{
    private const int Longest = 2_000;
    private const int MostPaths = 20;

    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
        { "null", "true", "false", "and", "or", "not", "eq", "neq", "lt", "gt", "lte", "gte", "in", "new", "instanceof", "shl", "shr", "band", "bor", "xor" };

    /// <returns>Names with dots between, <c>[]</c> for an element; what a method is called on ends there.</returns>
    public static IEnumerable<string> Of(string expression)
    {
        var text = expression.Length > Longest ? expression[..Longest] : expression;
        var found = 0;
        for (var at = 0; at < text.Length && found < MostPaths;)
        {
            if (text[at] is '\'' or '"')
            {
                var end = text.IndexOf(text[at], at + 1);
                at = end < 0 ? text.Length : end + 1;
            }
            else if (text[at] == '@')
            {
                // A constant or method of a class, and what is read of it.
                var end = text.IndexOf('@', at + 1);
                at = end < 0 ? text.Length : EndOfChain(text, EndOfName(text, end + 1));
            }
            else if (char.IsAsciiDigit(text[at]))
            {
                at = EndOfName(text, at);
            }
            else if (IsNamePart(text[at]))
            {
                if (Path(text, ref at) is { } path)
                {
                    found++;
                    yield return path;
                }
            }
            else
            {
                at++;
            }
        }
    }

    private static int EndOfChain(string text, int at)
    {
        while (at + 1 < text.Length && text[at] == '.' && IsNamePart(text[at + 1]))
        {
            at = EndOfName(text, at + 1);
        }

        return at;
    }

    private static string? Path(string text, ref int at)
    {
        var end = EndOfName(text, at);
        var root = text[at..end];
        at = end;
        if (Words.Contains(root) || (at < text.Length && text[at] == '('))
        {
            return null;
        }

        var path = new StringBuilder(root);
        while (at < text.Length)
        {
            if (text[at] == '[' && text.IndexOf(']', at) is > 0 and var close)
            {
                path.Append(text.AsSpan(at + 1, close - at - 1).Trim() is [('\'' or '"'), .. var key, ('\'' or '"')] && !key.Contains('.') ? $".{key}" : ".[]");
                at = close + 1;
                continue;
            }

            var name = at + 1;
            if (text[at] != '.' || name >= text.Length || !IsNamePart(text[name]))
            {
                break;
            }

            end = EndOfName(text, name);
            if (end < text.Length && text[end] == '(')
            {
                at = end;
                break;
            }

            path.Append(text, at, end - at);
            at = end;
        }

        return path.ToString();
    }

    private static int EndOfName(string text, int at)
    {
        while (at < text.Length && IsNamePart(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsNamePart(char sign) => char.IsLetterOrDigit(sign) || sign is '_' or '$';
}
