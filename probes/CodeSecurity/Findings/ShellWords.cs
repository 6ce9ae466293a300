namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// What of a line of shell, Dockerfile or nginx may be shown. There any word may be a password, with or without quotes, so that only commands,
/// switches without a value, and names that something is given to are.
/// </summary>
internal static class ShellWords
{
    /// <summary>A longer run of letters after one hyphen may be a switch with its value: <c>-pSecret</c>.</summary>
    private const int MostSwitches = 4;

    /// <summary>Words that a command or a name stands behind.</summary>
    private static readonly string[] Leading = ["RUN", "CMD", "ENV", "ARG", "export", "sudo", "if", "then", "do", "else", "!"];

    /// <summary>The first words of a line of a Dockerfile; another one there may be the rest of what stands above.</summary>
    private static readonly string[] Instructions =
        ["ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR"];

    public static bool Has(SourceLanguage language) => language is SourceLanguage.Shell or SourceLanguage.Dockerfile or SourceLanguage.Nginx;

    /// <param name="source">In one of these languages.</param>
    /// <param name="index">Of the token.</param>
    public static bool IsShown(TokenizedSource source, int index)
    {
        var token = source.Tokens[index];
        var span = source.SpanOf(token);
        return token.Kind switch
        {
            CodeTokenKind.Sign => true,
            CodeTokenKind.Text => source.ValueOf(token).Length <= 1,
            CodeTokenKind.Word => StandsAlone(source, index) && (IsSwitch(span) || (IsName(span) && (IsCommand(source, index) || IsLed(source, index)))),
            _ => false,
        };
    }

    private static bool IsSwitch(ReadOnlySpan<char> word) =>
        word.StartsWith("--") ? word.Length > 2 && IsName(word[2..])
        : word.Length is > 1 and <= 1 + MostSwitches && word[0] == '-' && !word[1..].ContainsAnyExcept(Letters);

    private static bool IsName(ReadOnlySpan<char> word) => !word.ContainsAnyExcept(NameParts);

    /// <summary>No quote, variable, escape or further word touches it: it is no part of something longer.</summary>
    private static bool StandsAlone(TokenizedSource source, int index)
    {
        var (text, token) = (source.File.Text, source.Tokens[index]);
        return (token.Start == 0 || Parts(text[token.Start - 1])) && (token.End == text.Length || text[token.End] == '=' || Parts(text[token.End]));
    }

    private static bool Parts(char c) => char.IsWhiteSpace(c) || c is ';' or '|' or '&' or '(' or ')' or '{' or '}';

    private static bool IsCommand(TokenizedSource source, int index)
    {
        if (index == 0)
        {
            return true;
        }

        var (before, token) = (source.Tokens[index - 1], source.Tokens[index]);
        var mark = source.SpanOf(before);
        var gap = source.File.Text.AsSpan(before.End, token.Start - before.End);
        if (before.Kind == CodeTokenKind.Sign && (source.File.Language == SourceLanguage.Nginx ? mark is ";" or "{" or "}" : mark is ";" or "|" or "||" or "&&"))
        {
            return !gap.IsEmpty;
        }

        return source.File.Language != SourceLanguage.Nginx && gap.ContainsAny('\n', '\r') && !gap.Contains('\\') && mark is not "`"
            && (source.File.Language == SourceLanguage.Shell || Instructions.Contains(source.SpanOf(token).ToString(), StringComparer.OrdinalIgnoreCase));
    }

    private static bool IsLed(TokenizedSource source, int index) =>
        index > 0 && Leading.Contains(source.SpanOf(source.Tokens[index - 1]).ToString(), StringComparer.Ordinal) && source.Tokens[index - 1].Line == source.Tokens[index].Line && IsCommand(source, index - 1);

    private static readonly System.Buffers.SearchValues<char> Letters = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
    private static readonly System.Buffers.SearchValues<char> NameParts = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-");
}
