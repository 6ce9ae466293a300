namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Code that is written with <c>\u</c> escapes, which compilers read and the tokens do not.</summary>
internal static class WrittenEscapes
{
    private static readonly HashSet<SourceLanguage> Languages =
    [
        SourceLanguage.Java, SourceLanguage.Jsp, SourceLanguage.Kotlin, SourceLanguage.CSharp, SourceLanguage.JavaScript, SourceLanguage.TypeScript, SourceLanguage.Vue, SourceLanguage.Html,
    ];

    /// <summary>Whether code is so written; in Java also whether an escape ends a comment or a literal.</summary>
    public static bool Stand(CodeView code)
    {
        var text = code.Source.File.Text;
        var tokens = code.Source.Tokens;
        if (!Languages.Contains(code.Language))
        {
            return false;
        }

        var token = 0;
        for (var at = text.IndexOf("\\u", StringComparison.Ordinal); at >= 0; at = text.IndexOf("\\u", at + 2, StringComparison.Ordinal))
        {
            while (token < tokens.Count && tokens[token].End <= at)
            {
                token++;
            }

            if (token == tokens.Count)
            {
                return false;
            }

            var isCode = tokens[token].Start <= at && tokens[token].Kind is not (CodeTokenKind.Text or CodeTokenKind.Comment);
            if (isCode || (code.Language is SourceLanguage.Java or SourceLanguage.Jsp && !IsEscaped(text, at) && Ends(text, at)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEscaped(string text, int at)
    {
        var before = at;
        while (before > 0 && text[before - 1] == '\\')
        {
            before--;
        }

        return (at - before) % 2 == 1;
    }

    private static bool Ends(string text, int at) => UnicodeEscapes.Read(text.AsSpan(at), out _) is '\n' or '\r' or '"' or '\'' or '\\' or '*' or '/';
}
