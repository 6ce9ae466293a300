using System.Buffers;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What may stand between the pieces of a literal.</summary>
internal enum HoleStyle
{
    None,

    /// <summary><c>${…}</c> of JavaScript.</summary>
    DollarBrace,

    /// <summary><c>{…}</c> of Python and C#; two braces are one.</summary>
    Brace,

    /// <summary><c>$name</c> and <c>${…}</c> of Kotlin and Groovy.</summary>
    DollarName,

    /// <summary><c>$name</c>, <c>${…}</c> and <c>{$…}</c> of PHP.</summary>
    Php,

    /// <summary><c>$name</c>, <c>${…}</c>, <c>$(…)</c> and back quotes of a shell.</summary>
    Shell,
}

/// <summary>One way to write a literal.</summary>
/// <param name="Open">Its first characters, prefix letters left out.</param>
/// <param name="Close">Its last ones.</param>
/// <param name="Form">How the value is written.</param>
internal sealed record QuoteForm(string Open, string Close, LiteralForm Form)
{
    private SearchValues<char>? _stops;

    /// <summary>Goes on over line ends; else it ends with the line, closed or not.</summary>
    public bool Multiline { get; init; }

    /// <summary>Its end is found before its body is read, which ends with what is read.</summary>
    public bool IsCut => Close == "\0";

    /// <summary>A backslash before a line end goes on with the next line.</summary>
    public bool Continues { get; init; }

    public HoleStyle Holes { get; init; }

    /// <summary>Braces that open a hole in a raw literal of C#.</summary>
    public int Braces { get; init; } = 1;

    /// <summary>Quotes beyond those of the end belong to the value.</summary>
    public bool Greedy { get; init; }

    /// <summary>A backslash keeps the quote after it from closing, whether or not it is an escape.</summary>
    public bool Backslash { get; init; } = Form is LiteralForm.Escaped or LiteralForm.PhpSingle or LiteralForm.TextBlock;

    public bool Doubled => Form == LiteralForm.Doubled;

    /// <summary>Characters at which the reading of a body has to look twice.</summary>
    public SearchValues<char> Stops => _stops ??= SearchValues.Create(string.Concat(
        Close.AsSpan(0, 1),
        Backslash ? "\\" : "",
        Multiline ? "" : "\r\n",
        string.Concat("<", Holes switch
        {
            HoleStyle.None => "",
            HoleStyle.DollarBrace or HoleStyle.DollarName => "$",
            HoleStyle.Brace => "{}",
            HoleStyle.Php => "${",
            _ => "$`",
        })));
}
