using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Contents of many objects in one run of git.</summary>
internal static class GitContents
{
    private const int HeadCap = 200;

    /// <summary>The places of the contents in what git said; objects it did not give are not among them.</summary>
    /// <exception cref="UnableException">No git here, or it ran out of time.</exception>
    public static async Task<(byte[] Bytes, IReadOnlyDictionary<string, (int Start, int Length)> Places)> ReadAsync(GitStore store, IReadOnlyList<GitBlob> blobs, TimeSpan timeout, CancellationToken stop)
    {
        var cap = blobs.Sum(b => b.Bytes + HeadCap);
        var result = await store.RunAsync(
            ["cat-file", "--batch=%(objectname) %(objectsize)", "--buffer"], Encoding.ASCII.GetBytes(string.Concat(blobs.Select(b => b.Id + "\n"))), (int)Math.Min(cap, int.MaxValue / 2), timeout, stop);
        return (result.Output, Split(result.Output));
    }

    /// <param name="output">Heads of an id and a size, each followed by so many bytes and a line end.</param>
    internal static Dictionary<string, (int Start, int Length)> Split(byte[] output)
    {
        var places = new Dictionary<string, (int, int)>(StringComparer.Ordinal);
        var at = 0;
        while (at < output.Length)
        {
            var end = Array.IndexOf(output, (byte)'\n', at, Math.Min(HeadCap, output.Length - at));
            if (end < 0)
            {
                break;
            }

            var head = Encoding.ASCII.GetString(output, at, end - at).Split(' ');
            at = end + 1;
            if (head is not [var id, var size] || !int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var length))
            {
                continue;
            }

            if (length > output.Length - at)
            {
                break;
            }

            places[id] = (at, length);
            at += length + 1;
        }

        return places;
    }
}
