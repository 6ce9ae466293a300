using System.Buffers;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>The day of a paper, as far as it says one and not several.</summary>
internal static class PaperDay
{
    /// <summary>Between a label and its date only punctuation and a unit may stand.</summary>
    private const int Gap = 3;
    private static readonly SearchValues<char> Bridges = SearchValues.Create("至到—-~–");
    private const int TrialGap = 30;
    private const int Cover = 400;
    private const int Close = 40;

    /// <summary>First those that leave no doubt.</summary>
    private static readonly string[] Labels = ["报告日期", "出具日期", "签发日期", "发证日期", "颁发日期", "编制日期", "完成日期", "签署日期", "批准日期"];
    private static readonly string[] ExpiryLabels = ["有效期至", "有效期截止", "有效日期至", "有效期到"];

    public static (DateOnly Day, string FoundBy)? Of(string text, IReadOnlyList<WrittenDate> dates)
    {
        foreach (var label in Labels)
        {
            var days = After(text, label, dates).Distinct().ToList();
            if (days.Count == 1)
            {
                return (days[0], $"“{label}”之后");
            }

            if (days.Count > 1)
            {
                return null;
            }
        }

        var onCover = dates.Where(d => d.End <= Cover).Select(d => d.Day).Distinct().ToList();
        return onCover.Count == 1 ? (onCover[0], "正文开头唯一的日期")
            : onCover.Count == 0 && dates.Count > 0 && dates[^1].End >= text.Length - Close ? (dates[^1].Day, "正文末尾的落款日期")
            : null;
    }

    public static DateOnly? ExpiryOf(string text, IReadOnlyList<WrittenDate> dates) =>
        ExpiryLabels.SelectMany(l => After(text, l, dates)).Order().Select(d => (DateOnly?)d).FirstOrDefault();

    /// <summary>Two days with 至 between them, in a text that speaks of 试运行 shortly before; empty unless there is exactly one such stretch.</summary>
    public static IReadOnlyList<DateOnly> TrialOf(string text, IReadOnlyList<WrittenDate> dates)
    {
        var stretches = dates.Zip(dates.Skip(1)).Where(p => IsStretch(text, p.First, p.Second)).Select(p => (p.First.Day, p.Second.Day)).Distinct().ToList();
        return stretches.Count == 1 ? [stretches[0].Item1, stretches[0].Item2] : [];
    }

    private static bool IsStretch(string text, WrittenDate first, WrittenDate second)
    {
        var between = text.AsSpan(first.End, second.At - first.End);
        var before = text.AsSpan(Math.Max(0, first.At - TrialGap), Math.Min(first.At, TrialGap));
        return between.Length is > 0 and <= Gap && between.IndexOfAny(Bridges) >= 0 && first.Day <= second.Day && before.IndexOf("试运行") >= 0;
    }

    private static IEnumerable<DateOnly> After(string text, string label, IReadOnlyList<WrittenDate> dates)
    {
        for (var at = text.IndexOf(label, StringComparison.Ordinal); at >= 0; at = text.IndexOf(label, at + label.Length, StringComparison.Ordinal))
        {
            var from = at + label.Length;
            if (dates.Any(d => d.At >= from && d.At <= from + Gap))
            {
                yield return dates.First(d => d.At >= from && d.At <= from + Gap).Day;
            }
        }
    }
}
