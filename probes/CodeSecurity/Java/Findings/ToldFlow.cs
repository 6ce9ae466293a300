using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What is told of one line.</summary>
/// <param name="Flow">The one that is shown.</param>
/// <param name="Cleaned">Names of the project's declarations that stop it, with <see cref="DeclaredCleaning.Between"/> between them; null where none does.</param>
/// <param name="Severity">Of it there.</param>
/// <param name="Sureness">Of the flow.</param>
/// <param name="Harmless">What takes the harm from it, by the kind of input or by what the tree says around it; null where nothing does.</param>
internal sealed record ToldFlow(FoundFlow Flow, string? Cleaned, Severity Severity, FlowSureness Sureness, string? Harmless)
{
    /// <summary>It is graver, or as grave and surer.</summary>
    public bool Outweighs(ToldFlow other) => Severity > other.Severity || (Severity == other.Severity && Sureness.IsSurerThan(other.Sureness));
}

/// <summary>Lines that are told as one defect.</summary>
/// <param name="Lines">In the order in which they speak for the rest.</param>
/// <param name="NamesLines">The other lines are named; otherwise they are only counted.</param>
internal sealed record ToldFlows(IReadOnlyList<ToldFlow> Lines, bool NamesLines)
{
    /// <summary>What is grave and sure speaks for what is less, whatever order the others have. What is slighter and yet surer than the one that would speak for it speaks for itself: nothing sure is told as if it were doubted.</summary>
    /// <param name="lines">That are mended together.</param>
    /// <param name="namesLines">As below.</param>
    /// <param name="isBetter">Of two that weigh the same; null where the first speaks.</param>
    public static IEnumerable<ToldFlows> Of(IReadOnlyList<ToldFlow> lines, bool namesLines, Func<ToldFlow, ToldFlow, bool>? isBetter = null)
    {
        while (lines.Count > 0)
        {
            var best = lines.Aggregate((a, b) => b.Outweighs(a) || (!a.Outweighs(b) && isBetter?.Invoke(b, a) == true) ? b : a);
            var rest = lines.Where(l => l != best).ToLookup(l => l.Sureness.IsSurerThan(best.Sureness));
            yield return new ToldFlows([best, .. rest[false]], namesLines);
            lines = [.. rest[true]];
        }
    }
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

    /// <summary>It only asks of a file whether or how it is.</summary>
    public static bool IsSlight(FoundFlow flow) => Strength(flow) == Asked;

    /// <summary>One for each source and file in which something is opened, written or removed; what is less joins them, or stands for itself once for each source.</summary>
    /// <param name="told">Of paths, with a way.</param>
    public static IEnumerable<ToldFlows> Merge(IEnumerable<ToldFlow> told) =>
        told.GroupBy(t => (Source(t.Flow.Way!), t.Cleaned, TestCode.IsTest(t.Flow.Site.File), t.Flow.Weakness)).SelectMany(g => OfSource([.. g])).SelectMany(s => ToldFlows.Of(s, namesLines: true));

    private static IEnumerable<IReadOnlyList<ToldFlow>> OfSource(List<ToldFlow> same)
    {
        same = [.. same.OrderByDescending(t => Strength(t.Flow)).ThenBy(t => t.Flow.Site.File, StringComparer.Ordinal).ThenBy(t => t.Flow.Site.At)];
        var most = Strength(same[0].Flow);
        var heads = same.Where(t => Strength(t.Flow) == most).DistinctBy(t => most == Opened ? t.Flow.Site.File : "", StringComparer.Ordinal).ToList();
        foreach (var (head, isFirst) in heads.Select((h, i) => (h, i == 0)))
        {
            var file = head.Flow.Site.File;
            yield return [head, .. same.Where(t => t != head && (t.Flow.Site.File == file || (isFirst && !heads.Exists(h => h.Flow.Site.File == t.Flow.Site.File))))];
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
    private static int Strength(FoundFlow flow) => flow.Way!.Before is null ? Opened :
        Array.FindIndex(Slight, s => s.Contains(flow.Way!.Words.Name, StringComparer.Ordinal)) is >= 0 and var strength ? strength : Opened;
}
