namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A piece of source text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Start">Index of its first character.</param>
/// <param name="Length">Characters, quotes and comment marks included.</param>
/// <param name="Line">Counted from 1.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
internal readonly record struct CodeToken(CodeTokenKind Kind, int Start, int Length, int Line);

internal enum CodeTokenKind
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

/// <summary>A file in pieces, white space left out.</summary>
/// <param name="File">Where they stand.</param>
/// <param name="Tokens">In order of the text.</param>
internal sealed record TokenizedSource(SourceFile File, IReadOnlyList<CodeToken> Tokens)
{
    public ReadOnlySpan<char> SpanOf(CodeToken token) => File.Text.AsSpan(token.Start, token.Length);
}
