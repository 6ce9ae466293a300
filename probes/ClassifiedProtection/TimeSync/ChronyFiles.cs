using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>chrony.conf and what it takes in (chrony.conf(5)): <c>include</c> names a pattern, <c>confdir</c> and <c>sourcedir</c> folders. A folder it does not name is not read.</summary>
internal static class ChronyFiles
{
    private const int MostFiles = 256;

    private static readonly string[] Main = ["/etc/chrony.conf", "/etc/chrony/chrony.conf"];

    /// <returns>The lines, and whether nothing that is taken in was left unread.</returns>
    public static (IReadOnlyList<ConfigLine> Lines, bool IsWhole) Of(HostSnapshot snapshot)
    {
        var (lines, isWhole, read) = (new List<ConfigLine>(), true, new HashSet<string>(StringComparer.Ordinal));
        var waiting = new Queue<string>(Main);
        while (waiting.TryDequeue(out var path))
        {
            if (!read.Add(path))
            {
                continue;
            }

            if (read.Count > MostFiles)
            {
                return (lines, false);
            }

            var own = path.EndsWith('/') ? [] : snapshot.Lines(path) ?? [];
            lines.AddRange(own);
            foreach (var pattern in own.SelectMany(Patterns))
            {
                try
                {
                    var named = snapshot.Included(pattern);
                    named.Where(n => snapshot.Find(n).State != FileState.Directory).ToList().ForEach(waiting.Enqueue);
                }
                catch (UnableException)
                {
                    isWhole = false;
                }
            }
        }

        return (lines, isWhole);
    }

    private static IEnumerable<string> Patterns(ConfigLine line) => line.Text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries) switch
    {
        [var word, .. var folders] when Is(word, "confdir") => folders.Select(f => $"{f.TrimEnd('/')}/*.conf"),
        [var word, .. var folders] when Is(word, "sourcedir") => folders.Select(f => $"{f.TrimEnd('/')}/*.sources"),
        [var word, var pattern] when Is(word, "include") => [pattern],
        _ => [],
    };

    private static bool Is(string word, string directive) => word.Equals(directive, StringComparison.OrdinalIgnoreCase);
}
