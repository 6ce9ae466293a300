using System.Text;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A page of JSP as pieces of text: where they begin and end.</summary>
internal static class JspText
{
    private const int LongestTag = 32_768;
    private const int LongestExpression = 4_000;

    /// <summary>Behind the sign that ends a tag, minding scripts and quotes in it; −1 where none does.</summary>
    public static int EndOfTag(string text, int at)
    {
        var quote = '\0';
        for (var i = at + 1; i < text.Length && i - at < LongestTag; i++)
        {
            if (text[i] == '<' && i + 1 < text.Length && text[i + 1] == '%')
            {
                var end = text.IndexOf("%>", i, StringComparison.Ordinal);
                if (end < 0)
                {
                    return -1;
                }

                i = end + 1;
            }
            else if (quote != '\0')
            {
                quote = text[i] == quote ? '\0' : quote;
            }
            else if (text[i] is '"' or '\'')
            {
                quote = text[i];
            }
            else if (text[i] == '>')
            {
                return i + 1;
            }
        }

        return -1;
    }

    /// <summary>Behind the brace that closes an expression that begins with <c>${</c>; −1 where none does.</summary>
    public static int EndOfExpression(string text, int at)
    {
        var depth = 0;
        for (var i = at + 1; i < text.Length && i - at < LongestExpression; i++)
        {
            switch (text[i])
            {
                case '\'' or '"':
                    var end = text.IndexOf(text[i], i + 1, Math.Min(LongestExpression, text.Length - i - 1));
                    if (end < 0)
                    {
                        return -1;
                    }

                    i = end;
                    break;
                case '{':
                    depth++;
                    break;
                case '}' when --depth == 0:
                    return i + 1;
            }
        }

        return -1;
    }

    /// <summary>Attributes of a tag, with the places of their values.</summary>
    public static Dictionary<string, (int From, int To)> Attributes(string text, int from, int to)
    {
        var found = new Dictionary<string, (int, int)>(StringComparer.OrdinalIgnoreCase);
        for (var at = from; at < to;)
        {
            while (at < to && !IsNamePart(text[at]))
            {
                at++;
            }

            var start = at;
            while (at < to && IsNamePart(text[at]))
            {
                at++;
            }

            var name = text[start..at];
            while (at < to && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at >= to || text[at] != '=')
            {
                continue;
            }

            at++;
            while (at < to && char.IsWhiteSpace(text[at]))
            {
                at++;
            }

            if (at >= to || text[at] is not ('"' or '\''))
            {
                continue;
            }

            var end = EndOfValue(text, at, to);
            found.TryAdd(name, (at + 1, end));
            at = end + 1;
        }

        return found;
    }

    /// <summary>Entities of XML as the characters they are.</summary>
    public static string Plain(string text) => new StringBuilder(text).Replace("<![CDATA[", string.Empty).Replace("]]>", string.Empty).Replace("&lt;", "<").Replace("&gt;", ">").Replace("&quot;", "\"").Replace("&apos;", "'").Replace("&amp;", "&").ToString();

    private static int EndOfValue(string text, int at, int to)
    {
        for (var i = at + 1; i < to; i++)
        {
            if (text[i] == '<' && i + 1 < to && text[i + 1] == '%' && text.IndexOf("%>", i, to - i, StringComparison.Ordinal) is > 0 and var end)
            {
                i = end + 1;
            }
            else if (text[i] == text[at])
            {
                return i;
            }
        }

        return to;
    }

    private static bool IsNamePart(char sign) => char.IsLetterOrDigit(sign) || sign is '_' or '-' or ':' or '.';
}
