namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Tokens in short: <c>w:if s:( t:"x" n:1 c://…</c>, the kind by its first letter.</summary>
internal static class Pieces
{
    public static SourceFile File(SourceLanguage language, string text) => new($"x.{language}", language, text, "utf-8", LineEnds.CountLines(text));

    public static TokenizedSource Of(SourceLanguage language, string text) => Tokenizer.Tokenize(File(language, text));

    public static string Short(SourceLanguage language, string text)
    {
        var source = Of(language, text);
        return string.Join(' ', source.Tokens.Select(t => $"{Letter(t.Kind)}:{source.SpanOf(t)}"));
    }

    /// <summary>Values of the texts.</summary>
    public static string[] Values(SourceLanguage language, string text)
    {
        var source = Of(language, text);
        return [.. source.Tokens.Where(t => t.Kind == CodeTokenKind.Text).Select(source.ValueOf)];
    }

    private static char Letter(CodeTokenKind kind) => kind switch
    {
        CodeTokenKind.Word => 'w',
        CodeTokenKind.Number => 'n',
        CodeTokenKind.Text => 't',
        CodeTokenKind.Sign => 's',
        _ => 'c',
    };
}
