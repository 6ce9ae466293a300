namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What the first character of a token tells.</summary>
internal enum CharClass : byte
{
    Sign,
    Space,
    LineEnd,
    Word,
    Digit,
    Quote,

    /// <summary>May begin a comment or something else that needs a second look.</summary>
    Mark,
}

/// <summary>The lexical grammar of a language of code, as far as telling code, literals and comments apart needs it.</summary>
internal sealed class LexicalRules
{
    private readonly CharClass[] _classes = new CharClass[128];

    /// <param name="lineMarks">What begins a comment that ends with its line.</param>
    /// <param name="block">Marks of a comment over lines; null where there is none.</param>
    /// <param name="quotes">Literals; where one opening begins like another the longer stands first.</param>
    /// <param name="wordSigns">Signs that are letters here.</param>
    /// <param name="marks">Further signs that need a second look.</param>
    public LexicalRules(string[] lineMarks, (string Open, string Close)? block, QuoteForm[] quotes, string wordSigns = "", string marks = "")
    {
        (LineMarks, Block, Quotes) = (lineMarks, block, quotes);
        for (var c = 0; c < _classes.Length; c++)
        {
            _classes[c] = (char)c switch
            {
                '\n' or '\r' => CharClass.LineEnd,
                <= ' ' or (char)127 => CharClass.Space,
                >= '0' and <= '9' => CharClass.Digit,
                (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or '_' => CharClass.Word,
                _ => CharClass.Sign,
            };
        }

        Set(wordSigns, CharClass.Word);
        Set(string.Concat(lineMarks.Select(m => m[0])) + (block is { } b ? b.Open[0] : "") + "<" + marks, CharClass.Mark);
        Set(string.Concat(quotes.Select(q => q.Open[0])), CharClass.Quote);
    }

    public string[] LineMarks { get; }

    public (string Open, string Close)? Block { get; }

    public QuoteForm[] Quotes { get; }

    /// <summary>Comments over lines nest.</summary>
    public bool Nests { get; init; }

    /// <summary>The literal a word before a quote makes of it: <c>rb"…"</c>; null where the word is none of its.</summary>
    public Func<string, char, bool, QuoteForm?>? Prefixed { get; init; }

    /// <summary>A slash may begin a regular expression.</summary>
    public bool Regexes { get; init; }

    /// <summary>A backslash at its end continues a comment of one line.</summary>
    public bool CommentsContinue { get; init; }

    /// <summary>A backslash at the end of a line joins code to the next.</summary>
    public bool Joins { get; init; }

    /// <summary>An apostrophe may part digits.</summary>
    public bool QuotedDigits { get; init; }

    /// <summary>How literals whose marks are no fixed strings begin.</summary>
    public HereDocuments HereDocuments { get; init; }

    /// <summary>C#: dollars before quotes.</summary>
    public bool Dollars { get; init; }

    /// <summary>PHP: <c>?&gt;</c> ends a comment of one line, <c>#[</c> begins none.</summary>
    public bool IsPhp { get; init; }

    /// <summary>Words as a shell parts them.</summary>
    public bool IsShell { get; init; }

    /// <summary>U+0085, U+2028 and U+2029 end lines too.</summary>
    public bool WideLineEnds { get; init; }

    /// <summary>Backslash-u escapes are read before comments are.</summary>
    public bool UnicodeEscapesFirst { get; init; }

    public CharClass ClassOf(char c) => c < 128 ? _classes[c] : Wide(c);

    public bool IsWordPart(char c) => c < 128 ? _classes[c] is CharClass.Word or CharClass.Digit : Wide(c) == CharClass.Word;

    public bool IsWordStart(char c) => ClassOf(c) == CharClass.Word;

    private static CharClass Wide(char c) =>
        char.IsLetterOrDigit(c) || char.IsSurrogate(c) ? CharClass.Word
        : char.IsWhiteSpace(c) || c == '\uFEFF' ? CharClass.Space
        : char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark or System.Globalization.UnicodeCategory.Format ? CharClass.Word
        : CharClass.Sign;

    private void Set(string signs, CharClass made)
    {
        foreach (var c in signs)
        {
            _classes[c] = made;
        }
    }
}

internal enum HereDocuments
{
    None,

    /// <summary><c>&lt;&lt;&lt;EOT</c>.</summary>
    Php,

    /// <summary><c>&lt;&lt;EOF</c>; the body begins with the next line.</summary>
    Shell,
}
