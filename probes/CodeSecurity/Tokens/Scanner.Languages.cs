namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Which way a language is read.</summary>
internal sealed partial class Scanner
{
    /// <summary>A whole file.</summary>
    public void Read(SourceLanguage language)
    {
        switch (language)
        {
            case SourceLanguage.Html or SourceLanguage.Vue:
                Markup(isHtml: true);
                break;
            case SourceLanguage.Jsp:
                _islands = Islands.Jsp;
                Markup(isHtml: true);
                break;
            case SourceLanguage.Php:
                _islands = Islands.Php;
                Markup(isHtml: true);
                break;
            case SourceLanguage.Xml:
                Markup(isHtml: false);
                break;
            default:
                ReadFragment(language);
                break;
        }
    }

    /// <summary>A piece of code as it stands inside of a file: of PHP without its marks, of pages and Vue the script, of JSP the Java.</summary>
    public void ReadFragment(SourceLanguage language)
    {
        switch (language)
        {
            case SourceLanguage.Xml:
                Markup(isHtml: false);
                break;
            case SourceLanguage.Yaml:
                Yaml();
                break;
            case SourceLanguage.Properties:
                Properties();
                break;
            case SourceLanguage.Shell or SourceLanguage.Dockerfile or SourceLanguage.Nginx:
                Shell(language == SourceLanguage.Nginx ? ConfigGrammars.Nginx : ConfigGrammars.Shell, CodeStop.None);
                break;
            default:
                Code(GrammarOf(language), CodeStop.None);
                break;
        }
    }

    private LexicalRules GrammarOf(SourceLanguage language) => language switch
    {
        SourceLanguage.Java or SourceLanguage.Jsp => CodeGrammars.Java,
        SourceLanguage.Kotlin => CodeGrammars.Kotlin,
        SourceLanguage.CSharp => CodeGrammars.CSharp,
        SourceLanguage.JavaScript or SourceLanguage.TypeScript or SourceLanguage.Vue or SourceLanguage.Html => CodeGrammars.JavaScript,
        SourceLanguage.Python => CodeGrammars.Python,
        SourceLanguage.Go => CodeGrammars.Go,
        SourceLanguage.C or SourceLanguage.Cpp => CodeGrammars.C,
        SourceLanguage.Php => CodeGrammars.Php,
        SourceLanguage.Gradle => CodeGrammars.Gradle,
        SourceLanguage.Sql => _text.Contains('`', StringComparison.Ordinal) ? CodeGrammars.MySql : CodeGrammars.Sql,
        SourceLanguage.Json => CodeGrammars.Json,
        SourceLanguage.Toml => ConfigGrammars.Toml,
        _ => CodeGrammars.Unknown,
    };
}
