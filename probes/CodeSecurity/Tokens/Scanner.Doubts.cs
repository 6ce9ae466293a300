namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Where the rest of a file may have been read as something else than it is.</summary>
internal sealed partial class Scanner
{
    /// <summary>The first of them; null where there is none.</summary>
    public ReadingDoubt? Doubted { get; private set; }

    private void Doubt(string what, int line = 0) => Doubted ??= new(line > 0 ? line : _line, what);

    /// <summary>An apostrophe right behind a word that takes no operand: text of a page written into a script, such as <c>don't</c>.</summary>
    private bool IsApostrophe(LexicalRules rules, char c) =>
        c == '\'' && rules.WideLineEnds && rules.Regexes && _at > 0 && char.IsLetter(_text[_at - 1]) && _tokens.Count > 0
        && Last(0, out var kind) is var word && kind == CodeTokenKind.Word && !IsBeforeValue(word);

    /// <summary>A template that begins behind a word and a blank: a tag stands close to its template, prose does not.</summary>
    private bool IsPerhapsProse(LexicalRules rules, char c) =>
        c == '`' && rules.Regexes && rules.WideLineEnds && _at > 0 && _text[_at - 1] == ' ' && Last(0, out var kind) is var word && kind == CodeTokenKind.Word && !IsBeforeValue(word);

    private static bool IsBeforeValue(ReadOnlySpan<char> word) =>
        IsOperatorWord(word) || word is "from" or "import" or "export" or "default" or "extends" or "as" or "is" or "keyof" or "satisfies";
}

/// <summary>Why a file may not have been read to its end as the compiler reads it.</summary>
/// <param name="Line">Where it begins, from 1.</param>
/// <param name="What">For people.</param>
internal sealed record ReadingDoubt(int Line, string What);
