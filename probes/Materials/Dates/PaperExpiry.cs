using System.Buffers;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>有效期 as the paper says it.</summary>
/// <param name="Day">Soonest of those that were understood; null where none was.</param>
/// <param name="IsUnderstood">False where it says a 有效期 and no day of it was understood.</param>
internal readonly record struct PaperExpiry(DateOnly? Day, bool IsUnderstood)
{
    /// <summary>Characters between the label and its day.</summary>
    private const int Longest = 6;

    private static readonly string[] Labels = ["有效期", "有效日期"];

    /// <summary>Of a contract, an offer or a password, not of the paper.</summary>
    private static readonly string[] Others = ["合同", "协议", "投标", "报价", "保函", "口令", "密码", "质保", "会话", "令牌"];

    /// <summary>Speaks about such days, as 在有效期内 does, and says none.</summary>
    private static readonly SearchValues<char> Prose = SearchValues.Create("内的管和与、，。；及检过未");

    private static readonly SearchValues<char> Between = SearchValues.Create("限间起截止至到日期为自从：:（(\n");

    /// <summary>Between the label and a day that is the last.</summary>
    private static readonly SearchValues<char> Ends = SearchValues.Create("至到截止");

    /// <param name="text">Plain, with breaks.</param>
    /// <param name="days">Of the same text.</param>
    public static PaperExpiry Of(string text, PaperDay days)
    {
        DateOnly? soonest = null;
        var isSaid = false;
        foreach (var from in Labels.SelectMany(l => PaperLabel.Ends(text, l, Others)))
        {
            if (from < text.Length && Prose.Contains(text[from]))
            {
                continue;
            }

            isSaid = true;
            soonest = DayBehind(text, from, days) is { } day && !(soonest <= day) ? day : soonest;
        }

        return new PaperExpiry(soonest, soonest is not null || !isSaid);
    }

    /// <summary>有效期至 B, or 有效期：A 至 B. One day without 至 may be either end.</summary>
    private static DateOnly? DayBehind(string text, int from, PaperDay days)
    {
        var words = text.AsSpan(from, Math.Min(Longest, text.Length - from));
        var skipped = words.IndexOfAnyExcept(Between) is var n and >= 0 ? n : words.Length;
        if (days.Behind(from + skipped) is not (>= 0 and var index))
        {
            return null;
        }

        return days.StretchFrom(index) ? days.DayAt(index + 1)
            : words[..skipped].IndexOfAny(Ends) >= 0 ? days.DayAt(index)
            : null;
    }
}
