using System.Globalization;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>How far a run has come, by its log.</summary>
/// <param name="Total">How many probes it planned; null where the log does not say so yet.</param>
/// <param name="Ended">How many are over.</param>
/// <param name="Unable">How many of those saw nothing.</param>
/// <param name="Going">Probe and target of those that began and are not over, in the order in which they began; the first 200.</param>
/// <param name="More">How many more of those there are.</param>
/// <param name="LastAt">When the log grew last; null where it holds nothing.</param>
public sealed record RunProgress(int? Total, int Ended, int Unable, IReadOnlyList<string> Going, int More, DateTimeOffset? LastAt)
{
    private const int MostGoing = 200;
    private const string Level = " Event ";
    private const string UnableWord = "Unable";

    /// <summary>All planned probes are over: it judges, reports and seals.</summary>
    public bool IsProbed => Total is { } total && Ended >= total;

    public static RunProgress Of(IReadOnlyList<string> lines)
    {
        int? total = null;
        var (ended, unable) = (0, 0);
        var going = new LinkedList<string>();
        var places = new Dictionary<string, Queue<LinkedListNode<string>>>(StringComparer.Ordinal);
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
            var (first, name) = (words[0], words.Length > 2 ? $"{words[1]} {words[2]}" : "");
            if (first == "共" && words.Length == 3 && words[2] == "项探测" && int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var planned))
            {
                total = planned;
            }
            else if (first == "开始" && words.Length == 3)
            {
                if (!places.TryGetValue(name, out var began))
                {
                    began = [];
                    places.Add(name, began);
                }

                began.Enqueue(going.AddLast(name));
            }
            else if (first == "结束" && words.Length > 3)
            {
                ended++;
                unable += words[3] == UnableWord ? 1 : 0;
                if (places.GetValueOrDefault(name)?.TryDequeue(out var over) == true)
                {
                    going.Remove(over);
                }
            }
        }

        return new RunProgress(total, ended, unable, [.. going.Take(MostGoing)], Math.Max(0, going.Count - MostGoing), last);
    }
}
