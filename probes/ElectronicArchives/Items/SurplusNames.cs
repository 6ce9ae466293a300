namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Files that operating systems and editors leave in folders.</summary>
internal static class SurplusNames
{
    private static readonly string[] Names = ["THUMBS.DB", "EHTHUMBS.DB", "DESKTOP.INI", ".DS_STORE", "AUTORUN.INF", "INDEXERVOLUMEGUID"];
    private static readonly string[] Ends = [".TMP", ".BAK", ".SWP", ".LNK", "~"];
    private static readonly string[] Folders = ["__MACOSX", "$RECYCLE.BIN", "SYSTEM VOLUME INFORMATION", ".SVN", ".GIT"];

    public static bool IsLeftBehind(string path)
    {
        var parts = path.ToUpperInvariant().Split('/');
        return Names.Contains(parts[^1], StringComparer.Ordinal) || parts[^1].StartsWith("~$", StringComparison.Ordinal) || parts[^1].StartsWith("._", StringComparison.Ordinal)
            || Array.Exists(Ends, e => parts[^1].EndsWith(e, StringComparison.Ordinal)) || parts[..^1].Any(p => Folders.Contains(p, StringComparer.Ordinal));
    }
}
