using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>A version of a file.</summary>
/// <param name="Id">Of the object.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="Path">Where it first stood; null where no commit has it.</param>
/// <param name="Commit">The earliest that has it; null as above.</param>
internal sealed record GitBlob(string Id, long Bytes, string? Path, string? Commit)
{
    /// <summary>Lower for earlier ones.</summary>
    public int Order { get; init; } = int.MaxValue;
}

/// <summary>Every object of a repository, those that no branch has any more included.</summary>
/// <param name="Blobs">In the order in which git reads them fastest.</param>
/// <param name="Commits">How many there are.</param>
/// <param name="Doubts">What was cut or is missing, for people.</param>
internal sealed record GitListing(IReadOnlyList<GitBlob> Blobs, int Commits, IReadOnlyList<string> Doubts)
{
    private const int MostBytes = 160 * 1024 * 1024;
    private const int LongestPath = 1000;

    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1);

    /// <param name="store">The repository.</param>
    /// <param name="timeout">For all questions to git together.</param>
    /// <param name="clock">Tells what is left of it.</param>
    /// <param name="stop">Ends git.</param>
    /// <exception cref="UnableException">No git here, or it ran out of time.</exception>
    public static async Task<GitListing> OfAsync(GitStore store, TimeSpan timeout, TimeProvider clock, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        var doubts = new List<string>();
        var all = await store.RunAsync(["cat-file", "--batch-all-objects", "--unordered", "--buffer", "--batch-check=%(objecttype) %(objectname) %(objectsize)"], [], MostBytes, timeout, stop);
        Weigh(all, "列出对象", doubts);
        var (blobs, commits) = (new List<(string Id, long Bytes)>(), new List<string>());
        foreach (var line in Lines(all))
        {
            if (line.Split(' ') is not [var type, var id, var size])
            {
                continue;
            }

            if (type == "commit")
            {
                commits.Add(id);
            }
            else if (type == "blob" && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
            {
                blobs.Add((id, bytes));
            }
        }

        var left = timeout - clock.GetElapsedTime(began);
        var places = await PlacesAsync(store, commits, left > Least ? left : Least, doubts, stop);
        return new GitListing([.. blobs.Select(b => places.TryGetValue(b.Id, out var at) ? new GitBlob(b.Id, b.Bytes, at.Path, at.Commit) { Order = at.Order } : new GitBlob(b.Id, b.Bytes, null, null))], commits.Count, doubts);
    }

    private static async Task<Dictionary<string, (string Path, string Commit, int Order)>> PlacesAsync(GitStore store, List<string> commits, TimeSpan timeout, List<string> doubts, CancellationToken stop)
    {
        var places = new Dictionary<string, (string, string, int)>(StringComparer.Ordinal);
        if (commits.Count == 0)
        {
            return places;
        }

        commits.Sort(StringComparer.Ordinal);
        var walked = await store.RunAsync(
            ["rev-list", "--objects", "--in-commit-order", "--topo-order", "--reverse", "--missing=print", "--stdin"], Encoding.ASCII.GetBytes(string.Join('\n', commits) + "\n"), MostBytes, timeout, stop);
        Weigh(walked, "走提交历史", doubts);
        var (commit, missing) = ("", 0);
        foreach (var line in Lines(walked))
        {
            if (line.StartsWith('?'))
            {
                missing++;
                continue;
            }

            var space = line.IndexOf(' ', StringComparison.Ordinal);
            if (space < 0)
            {
                commit = line;
            }
            else if (space + 1 < line.Length)
            {
                places.TryAdd(line[..space], (line.Length - space > LongestPath ? line[(space + 1)..(space + LongestPath)] : line[(space + 1)..], commit, places.Count));
            }
        }

        if (missing > 0)
        {
            doubts.Add($"版本库里缺 {missing} 个对象（损坏，或是只取了一部分的克隆），其中的内容没有看");
        }

        return places;
    }

    private static void Weigh(ToolResult result, string what, List<string> doubts)
    {
        if (result.OutputCut)
        {
            doubts.Add($"版本库太大，{what}时截断，其余没有看");
        }

        if (result.ExitCode != 0 || result.Error.Length > 0)
        {
            doubts.Add($"git {what}时报错（版本库可能损坏或不完整），可能没有看全");
        }
    }

    /// <summary>Without the last where it has no end: it may be cut.</summary>
    private static IEnumerable<string> Lines(ToolResult result)
    {
        using var reader = new StreamReader(new MemoryStream(result.Output, 0, Array.LastIndexOf(result.Output, (byte)'\n') + 1), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }
}
