using System.Text;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>One directive of sshd_config.</summary>
/// <param name="Keyword">Lower case, of two names the newer one.</param>
/// <param name="Arguments">Without quotes.</param>
/// <param name="Criteria">Of the Match blocks around it, joined; null outside of any.</param>
/// <param name="Line">Where it stands.</param>
internal sealed record SshdDirective(string Keyword, IReadOnlyList<string> Arguments, string? Criteria, ConfigLine Line)
{
    public const string Everybody = "all";

    public string Value => string.Join(' ', Arguments);
}

/// <summary>Splits a line as strdelim() and argv_split() of OpenSSH do.</summary>
internal static class SshdLine
{
    private const string Blank = " \t\r\n\f";

    /// <returns>Null for an empty line or a comment; <c>Arguments</c> null where a quote is not closed.</returns>
    public static (string Keyword, List<string>? Arguments)? Split(string text, bool commentsEnd)
    {
        var line = text.TrimEnd(Blank.ToCharArray()).TrimStart(' ', '\t', '\f');
        if (line.Length == 0 || line[0] == '#')
        {
            return null;
        }

        var end = line.AsSpan().IndexOfAny(" \t\"=");
        if (end < 0)
        {
            return (line, []);
        }

        var rest = line.AsSpan(end);
        if (rest[0] != '"')
        {
            var first = rest[0];
            rest = rest[1..].TrimStart(" \t");
            if (first != '=' && rest.StartsWith("="))
            {
                rest = rest[1..].TrimStart(" \t");
            }
        }

        return (line[..end], Words(rest, commentsEnd));
    }

    private static List<string>? Words(ReadOnlySpan<char> text, bool commentsEnd)
    {
        var words = new List<string>();
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] is ' ' or '\t')
            {
                continue;
            }

            if (commentsEnd && text[i] == '#')
            {
                break;
            }

            if (Word(text, ref i) is not { } word)
            {
                return null;
            }

            words.Add(word);
        }

        return words;
    }

    /// <summary>Null where a quote is open at the end.</summary>
    private static string? Word(ReadOnlySpan<char> text, ref int i)
    {
        var word = new StringBuilder();
        var quote = '\0';
        for (; i < text.Length; i++)
        {
            var c = text[i];
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (c == '\\' && (next is '\'' or '"' or '\\' || (quote == '\0' && next == ' ')))
            {
                word.Append(next);
                i++;
            }
            else if (quote == '\0' && c is (' ' or '\t'))
            {
                break;
            }
            else if (quote == '\0' && c is ('"' or '\''))
            {
                quote = c;
            }
            else if (c == quote)
            {
                quote = '\0';
            }
            else
            {
                word.Append(c);
            }
        }

        return quote == '\0' ? word.ToString() : null;
    }
}
