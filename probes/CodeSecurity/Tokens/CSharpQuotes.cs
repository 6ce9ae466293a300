namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Literals of C#.</summary>
internal static class CSharpQuotes
{
    public static QuoteForm Plain { get; } = new("\"", "\"", LiteralForm.Escaped);

    public static QuoteForm Character { get; } = new("'", "'", LiteralForm.Escaped);

    private static readonly QuoteForm Verbatim = new("\"", "\"", LiteralForm.Doubled) { Multiline = true };

    /// <summary>Since C# 11 a hole of it may hold line ends; the text itself may not.</summary>
    private static readonly QuoteForm Interpolated = Plain with { Holes = HoleStyle.Brace };

    private static readonly QuoteForm VerbatimInterpolated = Verbatim with { Holes = HoleStyle.Brace };

    public static QuoteForm Of(bool verbatim, bool interpolated) => (verbatim, interpolated) switch
    {
        (false, false) => Plain,
        (true, false) => Verbatim,
        (false, true) => Interpolated,
        _ => VerbatimInterpolated,
    };

    /// <param name="quotes">How many open it; 3 or more.</param>
    /// <param name="dollars">How many stand before; as many braces open a hole.</param>
    public static QuoteForm RawBlock(int quotes, int dollars) =>
        new("\"", new string('"', quotes), LiteralForm.RawBlock)
        {
            Multiline = true,
            Greedy = true,
            Holes = dollars > 0 ? HoleStyle.Brace : HoleStyle.None,
            Braces = Math.Max(dollars, 1),
        };
}
