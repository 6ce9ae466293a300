namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Takes files apart by the lexical grammar of their language: words, numbers, literals, signs and comments, white space left out. It never
/// fails, and takes time in proportion to the text. Keys of YAML, properties and TOML are one word, dots and hyphens included; their values
/// are texts, and in YAML and TOML numbers and words such as <c>true</c> where they are written so.
/// </summary>
internal static class Tokenizer
{
    /// <summary>Under which name a doubt of how a file was read stands among the faults.</summary>
    public const string Id = "tokens";

    public static TokenizedSource Tokenize(SourceFile file)
    {
        var tokens = new TokenList(file.Text.Length);
        var scanner = new Scanner(file.Text, tokens);
        scanner.Read(file.Language);
        return new TokenizedSource(file, tokens) { Doubt = scanner.Doubted };
    }

    /// <summary>A piece of code as it stands inside of files, such as the pattern of a rule: PHP without its marks, the script of a page or of Vue, the Java of JSP.</summary>
    public static TokenizedSource TokenizeFragment(SourceFile file)
    {
        var tokens = new TokenList(file.Text.Length);
        new Scanner(file.Text, tokens).ReadFragment(file.Language);
        return new TokenizedSource(file, tokens);
    }
}
