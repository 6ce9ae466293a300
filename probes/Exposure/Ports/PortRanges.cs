using System.Globalization;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>Ports as nmap and people write them: <c>21-23,80,443</c>.</summary>
internal static class PortRanges
{
    /// <param name="ports">Ascending, without repetition.</param>
    public static string Write(IReadOnlyList<int> ports)
    {
        var text = new StringBuilder();
        for (var i = 0; i < ports.Count;)
        {
            var last = i;
            while (last + 1 < ports.Count && ports[last + 1] == ports[last] + 1)
            {
                last++;
            }

            text.Append(text.Length > 0 ? "," : "").Append(CultureInfo.InvariantCulture, $"{ports[i]}");
            if (last > i)
            {
                text.Append(CultureInfo.InvariantCulture, $"-{ports[last]}");
            }

            i = last + 1;
        }

        return text.ToString();
    }

    /// <summary>Null where it is no such list.</summary>
    public static IReadOnlyList<int>? Read(string text)
    {
        var ports = new SortedSet<int>();
        foreach (var part in text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', 2);
            if (!int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var from) || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var to)
                || from > to || to > 65535)
            {
                return null;
            }

            ports.UnionWith(Enumerable.Range(from, to - from + 1));
        }

        return [.. ports];
    }
}
