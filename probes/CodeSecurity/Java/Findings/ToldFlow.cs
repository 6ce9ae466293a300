namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What is told as one defect.</summary>
/// <param name="Flow">The one that is shown.</param>
/// <param name="Cleaned">Name of the project's declaration that stops it; null where none does.</param>
/// <param name="Lines">Further lines of the file that are not told one by one.</param>
internal sealed record ToldFlow(FoundFlow Flow, string? Cleaned, int Lines)
{
    /// <summary>Where else what comes from the same source names a file.</summary>
    public IReadOnlyList<CodePlace> Also { get; init; } = [];

    /// <summary>The other places are of the same file and no flows.</summary>
    public bool IsJoined { get; init; }

    /// <summary>It only asks of a file whether or how it is.</summary>
    public bool IsSlight { get; init; }
}

/// <summary>A path is looked at, made and opened in many calls, which are one defect: it is told where it does most harm.</summary>
internal static class SamePaths
{
    private const int Asked = 0;
    private const int Opened = 3;

    private static readonly string[][] Slight =
    [
        ["exists", "isFile", "isDirectory", "canRead", "canWrite", "length", "lastModified", "size"],
        ["mkdir", "mkdirs", "createDirectory", "createDirectories"],
        ["list", "listFiles", "walk", "newDirectoryStream", "ls", "cd"],
    ];

    /// <summary>One for each source and file in which something is opened, written or removed; what is less joins them, or stands for itself once for each source.</summary>
    public static IEnumerable<ToldFlow> Merge(IEnumerable<ToldFlow> told, Func<FoundFlow, bool> isPath)
    {
        var all = told.ToLookup(t => isPath(t.Flow) && t.Flow.Way is not null);
        return all[false].Concat(all[true].GroupBy(t => (Source(t.Flow.Way!), t.Cleaned, TestCode.IsTest(t.Flow.Site.File), t.Flow.Weakness)).SelectMany(g => OfSource([.. g])));
    }

    private static IEnumerable<ToldFlow> OfSource(List<ToldFlow> same)
    {
        var most = same.Max(t => Strength(t.Flow));
        var heads = same.Where(t => Strength(t.Flow) == most).GroupBy(t => most == Opened ? t.Flow.Site.File : "", StringComparer.Ordinal).Select(g => g.OrderBy(t => t.Flow.Site.File, StringComparer.Ordinal).ThenBy(t => t.Flow.Site.At).First()).ToList();
        foreach (var (head, isFirst) in heads.Select((h, i) => (h, i == 0)))
        {
            var file = head.Flow.Site.File;
            yield return head with
            {
                IsSlight = most == Asked,
                Also = [.. same.Where(t => t != head && (t.Flow.Site.File == file || (isFirst && !heads.Exists(h => h.Flow.Site.File == t.Flow.Site.File)))).Select(t => t.Flow.Site).OrderBy(s => s.File, StringComparer.Ordinal).ThenBy(s => s.At)],
            };
        }
    }

    /// <summary>Where it begins, and the file it goes on in: what many read input by begins at one place for all of them.</summary>
    private static (CodePlace Place, string File) Source(TaintStep way)
    {
        var (first, second) = (way, way);
        while (first.Before is { } before)
        {
            (first, second) = (before, first);
        }

        return (first.Place, second.Place.File);
    }

    /// <summary>By the call at the end of its way.</summary>
    private static int Strength(FoundFlow flow)
    {
        var call = flow.Way!.What is var what && what.IndexOf(' ', StringComparison.Ordinal) is > 0 and var cut ? what[..cut] : string.Empty;
        return Array.FindIndex(Slight, s => s.Contains(call, StringComparer.Ordinal)) is >= 0 and var strength ? strength : Opened;
    }
}
