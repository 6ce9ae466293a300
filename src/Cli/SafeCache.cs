namespace SmartCity.SecurityCheck.Cli;

/// <summary>Where results may be kept for the next run: a folder that nobody else can write to, and that is no part of what is looked at.</summary>
internal static class SafeCache
{
    private const UnixFileMode OfOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode OwnersAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <param name="asked">As the command line names it; null for the user's own, which is used only where it is safe.</param>
    /// <param name="trees">Folders that are looked at.</param>
    /// <returns>Full path of a folder that exists; null where none is safe.</returns>
    /// <exception cref="BadRequestException">The folder that was asked for is not.</exception>
    public static string? Folder(string? asked, IReadOnlyList<string> trees)
    {
        var folder = asked ?? Usual();
        if (folder is null)
        {
            return null;
        }

        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var why = trees.Any(t => Holds(Real(t), Real(full)) || Holds(Real(full), Real(t))) ? "与被检的源代码目录重叠" : WhyNot(full);
        return why is null ? full : asked is null ? null : throw new BadRequestException($"缓存目录 {asked} 不能用：{why}");
    }

    private static string? Usual()
    {
        var home = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData) : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } named ? named : HomeCache();
        return home is { Length: > 0 } && Path.IsPathFullyQualified(home) && Directory.Exists(home) ? Path.Combine(home, "securitycheck") : null;
    }

    private static string? HomeCache() => Environment.GetEnvironmentVariable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".cache") : null;

    private static string? WhyNot(string folder)
    {
        try
        {
            var info = OperatingSystem.IsWindows() ? Directory.CreateDirectory(folder) : Directory.CreateDirectory(folder, OwnersAlone);
            return info.LinkTarget is not null ? "是链接"
                : !OperatingSystem.IsWindows() && (info.UnixFileMode & OfOthers) != UnixFileMode.None ? "别的用户也可以写"
                : null;
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return "建不了或不能写";
        }
    }

    /// <summary>A tree may be named through a link.</summary>
    private static string Real(string path)
    {
        try
        {
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path));
        }
        catch (IOException)
        {
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        }
    }

    private static bool Holds(string outer, string inner) => inner == outer || inner.StartsWith(outer + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
