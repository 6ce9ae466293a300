using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Texts that make a check worth nothing which lets them through: endings of what a server runs, on a list of those that may be uploaded.</summary>
internal sealed class SpoilingTexts
{
    private readonly List<(ulong Bit, BoundedExpression Text)> _all;

    /// <param name="weaknesses">In the order of their bits.</param>
    public SpoilingTexts(IReadOnlyList<FlowWeakness> weaknesses)
    {
        _all = [.. weaknesses.Select((w, i) => (Bit: 1UL << i, w.SpoiltBy)).Where(s => s.SpoiltBy is not null).Select(s => (s.Bit, new BoundedExpression(s.SpoiltBy!)))];
        Spared = _all.Aggregate(ApiIndex.Signs & ~ApiIndex.Piece, static (all, s) => all | s.Bit);
    }

    /// <summary>Bits of weaknesses that a check by a list may leave open, and of signs that say nothing then.</summary>
    public ulong Spared { get; }

    /// <returns>Bits of weaknesses.</returns>
    public ulong By(string text) => _all.Aggregate(0UL, (all, s) => s.Text.IsMatch(text) ? all | s.Bit : all);
}
