namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The lexical grammars of the languages of code.</summary>
internal static class CodeGrammars
{
    private static readonly (string, string) Stars = ("/*", "*/");
    private static readonly QuoteForm Double = new("\"", "\"", LiteralForm.Escaped);
    private static readonly QuoteForm Single = new("'", "'", LiteralForm.Escaped);
    private static readonly QuoteForm[] CQuotes = [Double with { Continues = true }, Single];

    public static LexicalRules Java { get; } = new(["//"], Stars, [new("\"\"\"", "\"\"\"", LiteralForm.TextBlock) { Multiline = true }, Double, Single], "$")
    {
        UnicodeEscapesFirst = true,
    };

    public static LexicalRules Kotlin { get; } = new(
        ["//"],
        Stars,
        [
            new("\"\"\"", "\"\"\"", LiteralForm.Raw) { Multiline = true, Greedy = true, Holes = HoleStyle.DollarName },
            Double with { Holes = HoleStyle.DollarName },
            Single,
        ])
    { Nests = true };

    /// <summary>Groovy.</summary>
    public static LexicalRules Gradle { get; } = new(
        ["//"],
        Stars,
        [
            new("\"\"\"", "\"\"\"", LiteralForm.Escaped) { Multiline = true, Holes = HoleStyle.DollarName },
            new("'''", "'''", LiteralForm.Escaped) { Multiline = true },
            Double with { Holes = HoleStyle.DollarName },
            Single,
        ])
    { Regexes = true };

    public static LexicalRules CSharp { get; } = new(["//"], Stars, [CSharpQuotes.Plain, CSharpQuotes.Character], marks: "$@") { Dollars = true, WideLineEnds = true };

    /// <summary>TypeScript too.</summary>
    public static LexicalRules JavaScript { get; } = new(
        ["//"],
        Stars,
        [
            Double with { Continues = true },
            Single with { Continues = true },
            new("`", "`", LiteralForm.Escaped) { Multiline = true, Holes = HoleStyle.DollarBrace },
        ],
        "$")
    { Regexes = true, WideLineEnds = true };

    public static LexicalRules Python { get; } = new(["#"], null, PythonQuotes.Plain) { Prefixed = PythonQuotes.Of, Joins = true };

    public static LexicalRules Go { get; } = new(["//"], Stars, [Double, Single, new("`", "`", LiteralForm.Raw) { Multiline = true }]);

    public static LexicalRules C { get; } = new(["//"], Stars, CQuotes) { CommentsContinue = true, Joins = true, QuotedDigits = true, Prefixed = CPrefix };

    public static LexicalRules Php { get; } = new(
        ["//", "#"],
        Stars,
        [
            new("'", "'", LiteralForm.PhpSingle) { Multiline = true },
            Double with { Multiline = true, Holes = HoleStyle.Php },
            new("`", "`", LiteralForm.Escaped) { Multiline = true, Holes = HoleStyle.Php },
        ],
        "$")
    { IsPhp = true, HereDocuments = HereDocuments.Php };

    public static LexicalRules Sql { get; } = new(["--"], Stars, SqlQuotes(backslash: false));

    /// <summary>Where names stand in back quotes a backslash is an escape.</summary>
    public static LexicalRules MySql { get; } = new(["--"], Stars, SqlQuotes(backslash: true));

    public static LexicalRules Json { get; } = new(["//"], Stars, [Double, Single]);

    public static LexicalRules Style { get; } = new([], Stars, [Double with { Continues = true }, Single with { Continues = true }], "-");

    /// <summary>Text of which nothing is known: an apostrophe is none of its quotes, as it is one of prose.</summary>
    public static LexicalRules Unknown { get; } = new([], null, [Double]);

    private static QuoteForm[] SqlQuotes(bool backslash) =>
    [
        new("'", "'", LiteralForm.Doubled) { Multiline = true, Backslash = backslash },
        new("\"", "\"", LiteralForm.Doubled) { Multiline = true, Backslash = backslash },
        new("`", "`", LiteralForm.Doubled) { Multiline = true },
    ];

    private static readonly QuoteForm CppRaw = new("\"", "\"", LiteralForm.CppRaw);

    private static QuoteForm? CPrefix(string word, char quote, bool isTriple) => word switch
    {
        "L" or "u" or "U" or "u8" => quote == '"' ? CQuotes[0] : CQuotes[1],
        "R" or "LR" or "uR" or "UR" or "u8R" when quote == '"' => CppRaw,
        _ => null,
    };
}
