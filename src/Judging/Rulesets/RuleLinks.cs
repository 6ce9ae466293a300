namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// Links in a folder of rules. One within the folder is a way to lay files out; one that leads out of it would read what the
/// reader of the rules may see and their sender may not.
/// </summary>
internal sealed class RuleLinks(string folder)
{
    /// <summary>Links behind links; no layout needs more.</summary>
    private const int Deepest = 8;

    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    /// <param name="file">Relative to the folder, with slashes.</param>
    public bool LeadsOut(string file) => LeadsOut(file, 0);

    private bool LeadsOut(string file, int depth)
    {
        var at = _root;
        var parts = file.Split('/');
        for (var i = 0; i < parts.Length; i++)
        {
            at = Path.Combine(at, parts[i]);
            if (Target(at) is not { } target)
            {
                continue;
            }

            // What stands behind the link may itself pass through links.
            var rest = Path.GetRelativePath(_root, Path.GetFullPath(Path.Combine([target, .. parts[(i + 1)..]]))).Replace('\\', '/');
            return depth >= Deepest || Path.IsPathRooted(rest) || rest == ".." || rest.StartsWith("../", StringComparison.Ordinal) || LeadsOut(rest, depth + 1);
        }

        return false;
    }

    /// <summary>Where the link at this very place points, whole; null where there is none.</summary>
    private static string? Target(string path) =>
        new FileInfo(path).LinkTarget is { } target ? Path.GetFullPath(target, Path.GetDirectoryName(path)!) : null;
}
