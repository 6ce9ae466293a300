using System.Buffers;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>有效期 as the paper says it.</summary>
/// <param name="Day">Soonest of those that were understood; null where none was.</param>
/// <param name="IsUnderstood">False where it says a 有效期 whose day was not understood, or more of them than are looked at.</param>
internal readonly record struct PaperExpiry(DateOnly? Day, bool IsUnderstood)
{
    /// <summary>Characters between the label and its day.</summary>
    private const int Longest = 6;

    private static readonly string[] Labels = ["有效期", "有效日期"];

    /// <summary>Of a contract, an offer or a password, not of the paper.</summary>
    private static readonly string[] Others = ["合同", "协议", "投标", "报价", "保函", "口令", "密码", "质保", "会话", "令牌"];

    /// <summary>Of a certificate: the paper's own where it is one, and a question where it speaks of one.</summary>
    private static readonly string[] Certificates = ["证书", "许可证", "资质", "许可", "授权"];

    /// <summary>Speaks about such days, as 在有效期内 does, and says none.</summary>
    private static readonly SearchValues<char> Prose = SearchValues.Create("内的管和与、，。；及检过未");

    private static readonly SearchValues<char> Between = SearchValues.Create("限间起截止至到日期为自从：:（(\n");

    /// <summary>Between the label and a day that is the last.</summary>
    private static readonly SearchValues<char> Ends = SearchValues.Create("至到截止");

    /// <param name="text">Plain, with breaks.</param>
    /// <param name="days">Of the same text.</param>
    /// <param name="isCertificate">What a certificate says of its validity is the paper's own.</param>
    public static PaperExpiry Of(string text, PaperDay days, bool isCertificate)
    {
        DateOnly? soonest = null;
        var isOpen = false;
        foreach (var label in Labels)
        {
            var said = 0;
            foreach (var from in PaperLabel.Ends(text, label, Others))
            {
                said++;
                if (from < text.Length && Prose.Contains(text[from]))
                {
                    continue;
                }

                var day = !isCertificate && IsOfCertificate(text.AsSpan(0, from - label.Length)) ? null : DayBehind(text, from, days);
                isOpen |= day is null;
                soonest = day is not null && !(soonest <= day) ? day : soonest;
            }

            isOpen |= said >= PaperLabel.Most;
        }

        return new PaperExpiry(soonest, !isOpen);
    }

    private static bool IsOfCertificate(ReadOnlySpan<char> before)
    {
        var bare = before.TrimEnd("的\n");
        foreach (var word in Certificates)
        {
            if (bare.EndsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
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
