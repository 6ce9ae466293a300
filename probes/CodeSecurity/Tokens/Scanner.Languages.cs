namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which way a language is read.</summary>
internal sealed partial class Scanner
{
    public void Read(SourceLanguage language)
    {
        switch (language)
        {
            default:
                Code(GrammarOf(language), CodeStop.None);
                break;
        }
    }

    private LexicalRules GrammarOf(SourceLanguage language) => language switch
    {
        SourceLanguage.Java => CodeGrammars.Java,
        SourceLanguage.Kotlin => CodeGrammars.Kotlin,
        SourceLanguage.CSharp => CodeGrammars.CSharp,
        SourceLanguage.JavaScript or SourceLanguage.TypeScript => CodeGrammars.JavaScript,
        SourceLanguage.Python => CodeGrammars.Python,
        SourceLanguage.Go => CodeGrammars.Go,
        SourceLanguage.C or SourceLanguage.Cpp => CodeGrammars.C,
        SourceLanguage.Php => CodeGrammars.Php,
        SourceLanguage.Gradle => CodeGrammars.Gradle,
        SourceLanguage.Sql => _text.Contains('`', StringComparison.Ordinal) ? CodeGrammars.MySql : CodeGrammars.Sql,
        SourceLanguage.Json => CodeGrammars.Json,
        _ => CodeGrammars.Unknown,
    };

    private static bool IsIsland(int at) => false;

    private bool TryIsland() => false;

    private bool TryPhpHereDocument(LexicalRules rules) => false;

    private void Shell(LexicalRules rules, CodeStop stop) => Code(rules, stop);
}
