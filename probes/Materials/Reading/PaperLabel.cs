namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>Labels such as 报告日期 in plain text.</summary>
internal static class PaperLabel
{
    /// <summary>Nobody's paper repeats one more often; what stands behind the rest is not looked at.</summary>
    public const int Most = 2000;

    /// <summary>Where what follows the label begins, in order.</summary>
    /// <param name="text">Plain, with breaks.</param>
    /// <param name="label">Without blanks.</param>
    /// <param name="others">Words directly before it that make it another label, such as 操作 before 系统版本.</param>
    public static IEnumerable<int> Ends(string text, string label, IReadOnlyList<string> others)
    {
        var hits = 0;
        for (var at = text.IndexOf(label, StringComparison.Ordinal); at >= 0 && hits < Most; at = text.IndexOf(label, at + label.Length, StringComparison.Ordinal))
        {
            if (!IsAfter(text, at, others))
            {
                hits++;
                yield return at + label.Length;
            }
        }
    }

    private static bool IsAfter(string text, int at, IReadOnlyList<string> words) => words.Any(w => text.AsSpan(0, at).EndsWith(w, StringComparison.Ordinal));
}
