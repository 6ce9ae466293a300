namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Literals of Python: one or three quotes, and letters before them.</summary>
internal static class PythonQuotes
{
    private static readonly QuoteForm[] Forms = [.. All()];

    public static QuoteForm[] Plain { get; } = [Form('"', true, false, false), Form('\'', true, false, false), Form('"', false, false, false), Form('\'', false, false, false)];

    /// <summary>Null where the word is no prefix.</summary>
    public static QuoteForm? Of(string prefix, char quote, bool isTriple)
    {
        bool raw = false, filled = false;
        foreach (var c in prefix)
        {
            switch (char.ToLowerInvariant(c))
            {
                case 'r':
                    raw = true;
                    break;
                case 'f' or 't':
                    filled = true;
                    break;
                case 'b' or 'u':
                    break;
                default:
                    return null;
            }
        }

        return prefix.Length > 2 ? null : Forms[Index(quote, isTriple, raw, filled)];
    }

    private static int Index(char quote, bool isTriple, bool raw, bool filled) => (quote == '"' ? 8 : 0) + (isTriple ? 4 : 0) + (raw ? 2 : 0) + (filled ? 1 : 0);

    private static IEnumerable<QuoteForm> All()
    {
        for (var i = 0; i < 16; i++)
        {
            yield return Form((i & 8) != 0 ? '"' : '\'', (i & 4) != 0, (i & 2) != 0, (i & 1) != 0);
        }
    }

    /// <summary>In a raw literal a backslash still keeps the quote after it, and stands for itself.</summary>
    private static QuoteForm Form(char quote, bool isTriple, bool raw, bool filled)
    {
        var mark = new string(quote, isTriple ? 3 : 1);
        return new QuoteForm(mark, mark, raw ? LiteralForm.Raw : LiteralForm.Escaped)
        {
            Multiline = isTriple,
            Continues = true,
            Backslash = true,
            Holes = filled ? HoleStyle.Brace : HoleStyle.None,
        };
    }
}
