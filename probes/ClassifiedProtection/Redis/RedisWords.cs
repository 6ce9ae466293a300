using System.Globalization;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>Lines of redis.conf as the server splits them: words in quotes, escapes within double ones.</summary>
internal static class RedisWords
{
    /// <summary>Null where quotes do not close or something stands right behind them; empty for comments.</summary>
    public static IReadOnlyList<string>? Split(string line)
    {
        var text = line.Trim(' ', '\t', '\r', '\n');
        var words = new List<string>();
        for (var at = 0; at < text.Length && text[0] != '#';)
        {
            if (text[at] is ' ' or '\t' or '\r')
            {
                at++;
            }
            else if (Word(text, ref at) is { } word)
            {
                words.Add(word);
            }
            else
            {
                return null;
            }
        }

        return words;
    }

    /// <summary>As <see cref="Split"/> reads back.</summary>
    public static string Quoted(string word) =>
        word.Length > 0 && !word.AsSpan().ContainsAny(" \t\"'\\") ? word : $"\"{word.Replace("\\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string? Word(string text, ref int at)
    {
        var word = new StringBuilder();
        while (at < text.Length && text[at] is not (' ' or '\t' or '\r'))
        {
            var quote = text[at] is '"' or '\'' ? text[at] : '\0';
            if (quote == '\0')
            {
                word.Append(text[at++]);
                continue;
            }

            at++;
            while (at < text.Length && text[at] != quote)
            {
                word.Append(Letter(text, quote, ref at));
            }

            if (at >= text.Length || (++at < text.Length && text[at] is not (' ' or '\t' or '\r')))
            {
                return null;
            }
        }

        return word.ToString();
    }

    private static char Letter(string text, char quote, ref int at)
    {
        if (text[at] != '\\' || at + 1 >= text.Length || (quote == '\'' && text[at + 1] != '\''))
        {
            return text[at++];
        }

        if (quote == '"' && text[at + 1] == 'x' && at + 3 < text.Length && byte.TryParse(text.AsSpan(at + 2, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var number))
        {
            at += 4;
            return (char)number;
        }

        var letter = text[at + 1];
        at += 2;
        return quote == '"' ? letter switch { 'n' => '\n', 'r' => '\r', 't' => '\t', 'b' => '\b', 'a' => '\a', _ => letter } : letter;
    }
}
