namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The lexical grammars of configuration.</summary>
internal static class ConfigGrammars
{
    private static readonly QuoteForm Single = new("'", "'", LiteralForm.Raw) { Multiline = true };

    public static QuoteForm ShellDouble { get; } = new("\"", "\"", LiteralForm.Escaped) { Multiline = true, Holes = HoleStyle.Shell };

    /// <summary>With a dollar before it.</summary>
    public static QuoteForm ShellAnsi { get; } = new("'", "'", LiteralForm.Escaped) { Multiline = true };

    /// <summary>Dockerfiles too.</summary>
    public static LexicalRules Shell { get; } = new(["#"], null, [Single, ShellDouble], "$") { IsShell = true, HereDocuments = HereDocuments.Shell };

    public static LexicalRules Nginx { get; } = new(
        ["#"], null, [new("'", "'", LiteralForm.Escaped) { Multiline = true }, new("\"", "\"", LiteralForm.Escaped) { Multiline = true }], "$")
    { IsShell = true };

    public static LexicalRules Toml { get; } = new(
        ["#"],
        null,
        [
            new("\"\"\"", "\"\"\"", LiteralForm.Escaped) { Multiline = true, Greedy = true },
            new("'''", "'''", LiteralForm.Raw) { Multiline = true, Greedy = true },
            new("\"", "\"", LiteralForm.Escaped),
            new("'", "'", LiteralForm.Raw),
        ],
        "-.");

    public static QuoteForm YamlDouble { get; } = new("\"", "\"", LiteralForm.Escaped) { Multiline = true };

    public static QuoteForm YamlSingle { get; } = new("'", "'", LiteralForm.Doubled) { Multiline = true };

    public static QuoteForm AttributeDouble { get; } = new("\"", "\"", LiteralForm.Entities) { Multiline = true };

    public static QuoteForm AttributeSingle { get; } = new("'", "'", LiteralForm.Entities) { Multiline = true };

    /// <summary>Text between tags, cut at the end of what is read.</summary>
    public static QuoteForm MarkupText { get; } = new("\0", "\0", LiteralForm.Entities) { Multiline = true };

    public static QuoteForm PhpHere { get; } = new("\0", "\0", LiteralForm.Escaped) { Multiline = true, Holes = HoleStyle.Php };

    public static QuoteForm ShellHere { get; } = new("\0", "\0", LiteralForm.Escaped) { Multiline = true, Holes = HoleStyle.Shell };

    public static QuoteForm RawHere { get; } = new("\0", "\0", LiteralForm.Raw) { Multiline = true };
}
