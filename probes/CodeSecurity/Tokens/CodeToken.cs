using System.Text;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A piece of source text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">Characters, quotes and comment marks included.</param>
/// <param name="Line">Counted from 1.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct CodeToken(CodeTokenKind Kind, int Start, int Length, int Line)
{
    /// <summary>Of a <see cref="CodeTokenKind.Text"/>: how its value is written. Tokens made by hand leave it and are read by their quotes.</summary>
    public LiteralForm Form { get; init; }

    /// <summary>Of a <see cref="CodeTokenKind.Text"/>: which of its marks are part of the token; the middle of a template has neither.</summary>
    public LiteralEnds Ends { get; init; }

    /// <summary>Index after its last character.</summary>
    public int End => Start + Length;
}

internal enum CodeTokenKind : byte
{
    /// <summary>Identifier or keyword.</summary>
    Word,
    Number,

    /// <summary>A literal of characters, whatever its quotes; a template with holes is several of them with the code of the holes between.</summary>
    Text,

    /// <summary>One sign of punctuation, or a compound one such as <c>::</c>, <c>-&gt;</c>, <c>==</c>.</summary>
    Sign,
    Comment,
}

/// <summary>How a literal writes its value.</summary>
internal enum LiteralForm : byte
{
    /// <summary>By the quotes it begins with.</summary>
    Guessed,

    /// <summary>Backslash escapes of C and its heirs.</summary>
    Escaped,

    /// <summary>Every character stands for itself.</summary>
    Raw,

    /// <summary>The quote is doubled to stand for itself.</summary>
    Doubled,

    /// <summary>PHP with single quotes: only <c>\\</c> and <c>\'</c>.</summary>
    PhpSingle,

    /// <summary>Three double quotes of Java: indentation is taken away, escapes are read.</summary>
    TextBlock,

    /// <summary>Three or more double quotes of C#: indentation is taken away.</summary>
    RawBlock,

    /// <summary>C++ <c>R"x(…)x"</c>.</summary>
    CppRaw,

    /// <summary>Indented lines below a mark: YAML <c>|</c>.</summary>
    Indented,

    /// <summary>XML and HTML: character references.</summary>
    Entities,

    /// <summary>No quotes at all: a plain value of YAML or a shell.</summary>
    Bare,

    /// <summary>No quotes, backslash escapes and continued lines: properties.</summary>
    BareEscaped,

    /// <summary>A regular expression between slashes.</summary>
    Regex,
}

/// <summary>Which ends of a literal a token holds.</summary>
[Flags]
internal enum LiteralEnds : byte
{
    None = 0,
    Opening = 1,
    Closing = 2,
    Both = Opening | Closing,
}

/// <summary>A file in pieces, white space left out.</summary>
/// <param name="File">Where they stand.</param>
/// <param name="Tokens">In order of the text.</param>
internal sealed record TokenizedSource(SourceFile File, IReadOnlyList<CodeToken> Tokens)
{
    /// <summary>Null where the whole file was read as what it is, as far as can be told.</summary>
    public ReadingDoubt? Doubt { get; init; }

    public ReadOnlySpan<char> SpanOf(CodeToken token) => File.Text.AsSpan(token.Start, token.Length);

    /// <summary>The token a character stands in, or else the first one behind it; the number of tokens where none is.</summary>
    public int IndexAt(int character)
    {
        var (low, high) = (0, Tokens.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = Tokens[middle].End <= character ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    /// <summary>A piece of the text, comments left out.</summary>
    /// <param name="start">First character.</param>
    /// <param name="end">Character behind the last.</param>
    public string WithoutComments(int start, int end)
    {
        var code = new StringBuilder(end - start);
        var at = start;
        for (var i = IndexAt(start); i < Tokens.Count && Tokens[i].Start < end; i++)
        {
            if (Tokens[i].Kind == CodeTokenKind.Comment)
            {
                code.Append(File.Text.AsSpan(at..Math.Max(at, Tokens[i].Start)));
                at = Math.Min(end, Tokens[i].End);
            }
        }

        return code.Append(File.Text.AsSpan(at..end)).ToString();
    }

    /// <summary>What a <see cref="CodeTokenKind.Text"/> stands for: quotes off, escapes read; other tokens as they stand.</summary>
    public string ValueOf(CodeToken token) => LiteralValue.Of(SpanOf(token), token);

    /// <summary>Lets another file have the memory of the tokens; there are none any more. Only for who made them and gave them to nobody who kept them.</summary>
    public void Close() => (Tokens as TokenList)?.Close();
}
