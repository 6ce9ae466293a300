using System.Buffers;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>The day of a paper, as far as it says one and not several.</summary>
internal sealed class PaperDay(string text, IReadOnlyList<WrittenDate> dates, CancellationToken stop)
{
    /// <summary>Between a label and its date only punctuation and a unit may stand.</summary>
    private const int Gap = 3;
    private const int Cover = 400;
    private const int Close = 40;

    /// <summary>First those that leave no doubt.</summary>
    private static readonly string[] Labels = ["报告日期", "出具日期", "签发日期", "发证日期", "颁发日期", "编制日期", "完成日期", "签署日期", "批准日期"];
    private static readonly string[] Planned = ["计划", "预计", "要求", "约定", "拟"];

    private static readonly SearchValues<char> Bridges = SearchValues.Create("至到—-~–");

    /// <summary>There may be dates behind the last.</summary>
    public bool IsCut => dates.Count >= WrittenDates.Most;

    /// <summary>Of the paper itself.</summary>
    /// <param name="isWhole">All was read: what stands first or last in the text does so in the paper.</param>
    public (DateOnly Day, string FoundBy)? Written(bool isWhole)
    {
        foreach (var label in Labels)
        {
            stop.ThrowIfCancellationRequested();
            var days = PaperLabel.Ends(text, label, Planned).Select(Behind).Where(i => i >= 0).Select(i => dates[i].Day).Distinct().Take(2).ToList();
            if (days.Count > 0)
            {
                return days.Count == 1 ? (days[0], $"“{label}”之后") : null;
            }
        }

        if (!isWhole)
        {
            return null;
        }

        var onCover = dates.Where(d => d.End <= Cover).Select(d => d.Day).Distinct().ToList();
        return onCover.Count == 1 ? (onCover[0], "正文开头唯一的日期")
            : onCover.Count == 0 && dates.Count > 0 && dates[^1].End >= text.Length - Close ? (dates[^1].Day, "正文末尾的落款日期")
            : null;
    }

    /// <summary>First and last days of what is labelled as 试运行, in order of the text, each stretch once.</summary>
    public IReadOnlyList<(DateOnly From, DateOnly To)> Trials() =>
        [.. Enumerable.Range(0, dates.Count).Where(i => StretchFrom(i) && TrialLabel.IsBefore(text, dates[i].At)).Select(i => (dates[i].Day, dates[i + 1].Day)).Distinct()];

    /// <summary>The date that begins within <see cref="Gap"/> of there; -1 where none does.</summary>
    public int Behind(int from)
    {
        stop.ThrowIfCancellationRequested();
        var (low, high) = (0, dates.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = dates[middle].At < from ? (middle + 1, high) : (low, middle);
        }

        return low < dates.Count && dates[low].At <= from + Gap ? low : -1;
    }

    public DateOnly DayAt(int index) => dates[index].Day;

    /// <summary>From that date to the next: 2026年1月5日至2026年2月14日.</summary>
    public bool StretchFrom(int index)
    {
        if (index + 1 >= dates.Count)
        {
            return false;
        }

        var (first, second) = (dates[index], dates[index + 1]);
        var between = text.AsSpan(first.End, second.At - first.End);
        return between.Length is > 0 and <= Gap && between.IndexOfAny(Bridges) >= 0 && first.Day <= second.Day;
    }
}
