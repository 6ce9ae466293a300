using System.Net;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What literals stand for.</summary>
internal static class LiteralValue
{
    /// <param name="text">The characters of the token.</param>
    /// <param name="token">Other kinds than <see cref="CodeTokenKind.Text"/> stand for themselves.</param>
    public static string Of(ReadOnlySpan<char> text, CodeToken token)
    {
        if (token.Kind != CodeTokenKind.Text)
        {
            return text.ToString();
        }

        var (form, ends) = token.Form == LiteralForm.Guessed ? Guess(text) : (token.Form, token.Ends);
        var body = Body(text, form, ends);
        return form switch
        {
            LiteralForm.Escaped or LiteralForm.Guessed => Escapes.Read(body),
            LiteralForm.BareEscaped => Escapes.Read(Blocks.Joined(body)),
            LiteralForm.PhpSingle => PhpSingle(body),
            LiteralForm.Doubled => Undouble(body, text, ends),
            LiteralForm.TextBlock => Escapes.Read(Blocks.WithoutIndentation(body.ToString(), closingCounts: true)),
            LiteralForm.RawBlock when ends == LiteralEnds.Both && body.Contains('\n') => Blocks.WithoutIndentation(body.ToString(), closingCounts: true),
            LiteralForm.Indented => Blocks.WithoutIndentation(body.ToString(), closingCounts: false),
            LiteralForm.Entities => WebUtility.HtmlDecode(body.ToString()),
            _ => body.ToString(),
        };
    }

    private static (LiteralForm Form, LiteralEnds Ends) Guess(ReadOnlySpan<char> text) =>
        text.Length > 0 && text[0] is '"' or '\'' or '`'
            ? (LiteralForm.Escaped, LiteralEnds.Opening | (text.Length > 1 && text[^1] == text[0] ? LiteralEnds.Closing : LiteralEnds.None))
            : (LiteralForm.Bare, LiteralEnds.None);

    private static ReadOnlySpan<char> Body(ReadOnlySpan<char> text, LiteralForm form, LiteralEnds ends)
    {
        if (form == LiteralForm.CppRaw)
        {
            return CppRaw(text, ends);
        }

        if (form == LiteralForm.Regex)
        {
            return text[1..Math.Max(1, text.LastIndexOf('/'))];
        }

        var quotes = 1;
        if (ends.HasFlag(LiteralEnds.Opening))
        {
            var at = text.IndexOfAny('"', '\'', '`');
            if (at < 0)
            {
                return text;
            }

            quotes = form == LiteralForm.Doubled || text[at] == '`' ? 1 : Quotes(text[at..], form);
            text = text[(at + quotes)..];
        }
        else if (ends.HasFlag(LiteralEnds.Closing) && form is not LiteralForm.Doubled)
        {
            quotes = Math.Min(text.Length, 3) is 3 && text[^1] == text[^2] && text[^2] == text[^3] ? 3 : 1;
        }

        return ends.HasFlag(LiteralEnds.Closing) ? text[..Math.Max(0, text.Length - quotes)] : text;
    }

    /// <summary>One, three, or in C# as many as there are.</summary>
    private static int Quotes(ReadOnlySpan<char> text, LiteralForm form)
    {
        var run = text.IndexOfAnyExcept(text[0]) is >= 0 and var other ? other : text.Length;
        return form == LiteralForm.RawBlock ? run : run >= 3 ? 3 : 1;
    }

    private static ReadOnlySpan<char> CppRaw(ReadOnlySpan<char> text, LiteralEnds ends)
    {
        var (quote, open) = (text.IndexOf('"'), text.IndexOf('('));
        var body = text[(open + 1)..];
        return ends.HasFlag(LiteralEnds.Closing) ? body[..Math.Max(0, body.Length - (open - quote) - 1)] : body;
    }

    private static string PhpSingle(ReadOnlySpan<char> body)
    {
        if (!body.Contains('\\'))
        {
            return body.ToString();
        }

        var made = new System.Text.StringBuilder(body.Length);
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] == '\\' && i + 1 < body.Length && body[i + 1] is '\\' or '\'')
            {
                i++;
            }

            made.Append(body[i]);
        }

        return made.ToString();
    }

    private static string Undouble(ReadOnlySpan<char> body, ReadOnlySpan<char> text, LiteralEnds ends)
    {
        var quote = ends.HasFlag(LiteralEnds.Opening) && text.IndexOfAny('"', '\'', '`') is >= 0 and var at ? text[at] : ends.HasFlag(LiteralEnds.Closing) ? text[^1] : '"';
        return body.ToString().Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal);
    }
}
