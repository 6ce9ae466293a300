using System.Globalization;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>How far a run has come, by its log.</summary>
/// <param name="Total">How many probes it planned; null where the log does not say so yet.</param>
/// <param name="Ended">How many are over.</param>
/// <param name="Unable">How many of those saw nothing.</param>
/// <param name="Going">Probe and target of those that began and are not over, in the order in which they began.</param>
/// <param name="LastAt">When the log grew last; null where it holds nothing.</param>
public sealed record RunProgress(int? Total, int Ended, int Unable, IReadOnlyList<string> Going, DateTimeOffset? LastAt)
{
    private const string Level = " Event ";
    private const string UnableWord = " Unable ";

    /// <summary>All planned probes are over: it judges, reports and seals.</summary>
    public bool IsProbed => Total is { } total && Ended >= total;

    public static RunProgress Of(IReadOnlyList<string> lines)
    {
        int? total = null;
        var (ended, unable) = (0, 0);
        var going = new List<string>();
        DateTimeOffset? last = null;
        foreach (var line in lines)
        {
            var at = line.IndexOf(Level, StringComparison.Ordinal);
            if (at < 0 || !DateTimeOffset.TryParse(line.AsSpan(0, at), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment))
            {
                continue;
            }

            last = moment;
            var words = line[(at + Level.Length)..].Split(' ');
            switch (words)
            {
                case ["共", var number, "项探测"] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var planned):
                    total = planned;
                    break;
                case ["开始", var probe, var target]:
                    going.Add($"{probe} {target}");
                    break;
                case ["结束", var probe, var target, ..]:
                    ended++;
                    unable += line.Contains(UnableWord, StringComparison.Ordinal) ? 1 : 0;
                    going.Remove($"{probe} {target}");
                    break;
            }
        }

        return new RunProgress(total, ended, unable, going, last);
    }
}
