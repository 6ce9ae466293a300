using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What a walk found of a source tree.</summary>
/// <param name="Files">To be read, by path in ordinal order.</param>
/// <param name="LeftOut">Not to be read, by path; at most <see cref="SourceLimits.LeftOut"/> of them.</param>
/// <param name="LeftOutCounts">How many entries were left out for each reason, those beyond the list included.</param>
/// <param name="IsWhole">False where a limit cut the walk or a folder could not be listed.</param>
internal sealed record SourceListing(
    IReadOnlyList<SourceEntry> Files, IReadOnlyList<LeftOutEntry> LeftOut, IReadOnlyDictionary<LeftOutReason, int> LeftOutCounts, bool IsWhole);

/// <summary>One file that a walk found.</summary>
/// <param name="Path">Relative to the tree, with forward slashes.</param>
/// <param name="Bytes">Its size when it was found.</param>
internal sealed record SourceEntry(string Path, long Bytes);

/// <summary>One file or folder that is not read.</summary>
/// <param name="Path">Relative to the tree; a folder ends with a slash.</param>
/// <param name="Reason">Why.</param>
/// <param name="Detail">For people: the size, the mark, the trouble; null where the reason says it all.</param>
/// <param name="Files">How many files it stands for; null where nobody counted.</param>
public sealed record LeftOutEntry(
    [property: Description("")] string Path, [property: Description("原因")] LeftOutReason Reason, [property: Description("")] string? Detail, [property: Description("文件数")] int? Files);

/// <summary>Why something of a tree is not read.</summary>
public enum LeftOutReason
{
    [Description("链接")]
    Link,
    [Description("二进制")]
    Binary,
    [Description("过大")]
    TooLarge,
    [Description("压缩过的前端文件")]
    Minified,
    [Description("第三方或构建产物目录")]
    Vendored,
    [Description("无法读取")]
    Unreadable,
    [Description("无法解码")]
    Undecodable,
    [Description("超过数量、总量或深度上限")]
    BeyondLimits,
    [Description("名称像第三方目录，里面有不属于任何包的程序")]
    UnprovenVendored,
    [Description("压缩包，没有打开")]
    Archive,
}

/// <summary>Which reasons leave a question open.</summary>
internal static class LeftOutReasons
{
    /// <summary>A person may well have written what was not read; the others are no text, or not the candidate's own.</summary>
    public static IReadOnlyList<LeftOutReason> Unseen { get; } =
        [LeftOutReason.Link, LeftOutReason.TooLarge, LeftOutReason.Minified, LeftOutReason.Unreadable, LeftOutReason.Undecodable, LeftOutReason.BeyondLimits, LeftOutReason.UnprovenVendored, LeftOutReason.Archive];
}

/// <summary>How much of a tree is read.</summary>
internal sealed record SourceLimits
{
    public static SourceLimits Default { get; } = new();

    public int Files { get; init; } = 200_000;

    public int FileBytes { get; init; } = 4 * 1024 * 1024;

    public long TotalBytes { get; init; } = 2L * 1024 * 1024 * 1024;

    public int Depth { get; init; } = 64;

    /// <summary>Folders of other people's code and of build results are listed too; links in them are passed over.</summary>
    public bool TakesVendored { get; init; }

    /// <summary>Entries that are named; the rest is counted.</summary>
    public int LeftOut { get; init; } = 10_000;
}
