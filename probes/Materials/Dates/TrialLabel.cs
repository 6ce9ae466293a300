namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>Whether a stretch of days is labelled as 试运行: a title with the word somewhere above it makes it none.</summary>
internal static class TrialLabel
{
    private const int Reach = 20;

    private static readonly string[] Words = ["试运行起止时间", "试运行起止日期", "试运行时间", "试运行期间", "试运行日期", "试运行时段", "试运行周期", "试运行阶段", "试运行期"];
    private static readonly string[] Planned = ["计划", "预计", "拟", "约定", "要求", "应", "原", "非"];

    /// <param name="text">Plain, with breaks.</param>
    /// <param name="at">Where the first day begins.</param>
    public static bool IsBefore(string text, int at)
    {
        var before = text.AsSpan(Math.Max(0, at - Reach), Math.Min(at, Reach));
        var bare = before.TrimEnd("：:为是从自于（(\n");
        foreach (var word in Words)
        {
            if (bare.EndsWith(word, StringComparison.Ordinal))
            {
                return !IsPlanned(bare[..^word.Length]);
            }
        }

        return before is [.. var head, '自' or '从' or '于'] && head.EndsWith("试运行", StringComparison.Ordinal) && !IsPlanned(head[..^3]);
    }

    private static bool IsPlanned(ReadOnlySpan<char> before)
    {
        foreach (var word in Planned)
        {
            if (before.EndsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
