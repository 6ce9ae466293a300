using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>
/// Where results may be kept for the next run: a folder of the user that nobody else can write to or put another one in the place of, and
/// that is no part of what is looked at. Who plants an entry there hides defects.
/// </summary>
internal static class SafeCache
{
    private const UnixFileMode OfOthers = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const int Hops = 40;
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

        var full = Real(folder);
        var why = full is null ? "是走不到头的链接" : trees.Select(t => Real(t) ?? t).Any(t => Holds(t, full) || Holds(full, t)) ? "与被检的源代码目录重叠" : WhyNot(full);
        if (why is null)
        {
            if (OperatingSystem.IsWindows())
            {
                Console.Error.WriteLine("提示：Windows 上没有核对缓存目录的属主和上级目录的权限，请确认别的用户不能写；不放心的用 --no-cache。");
            }

            return full;
        }

        if (asked is not null)
        {
            throw new BadRequestException($"缓存目录 {asked} 不能用：{why}");
        }

        Console.Error.WriteLine($"提示：没有用缓存：{Printable.Of(folder)} {why}。");
        return null;
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
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
                return null;
            }

            var info = Directory.CreateDirectory(folder, OwnersAlone);
            return info.LinkTarget is not null ? "是链接"
                : (info.UnixFileMode & OfOthers) != UnixFileMode.None ? "别的用户也可以写"
                : FileOwner.Running is not { } user || FileOwner.Of(folder) is not { } owner ? "在这个系统上查不到属主"
                : owner != user ? "属于别的用户"
                : WhyNotBelow(info.Parent, user);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return "建不了或不能写";
        }
    }

    /// <summary>Who can write to a folder above can put another one in its place, but where only owners may take away what is theirs.</summary>
    private static string? WhyNotBelow(DirectoryInfo? above, uint user)
    {
        for (; above is not null && !OperatingSystem.IsWindows(); above = above.Parent)
        {
            var mode = above.UnixFileMode;
            if ((mode & OfOthers) != UnixFileMode.None && (mode & UnixFileMode.StickyBit) == UnixFileMode.None)
            {
                return $"的上级目录 {Printable.Of(above.FullName)} 别的用户也可以写";
            }

            if (FileOwner.Of(above.FullName) is not { } owner || (owner != user && owner != 0))
            {
                return $"的上级目录 {Printable.Of(above.FullName)} 属于别的用户";
            }
        }

        return null;
    }

    /// <summary>Full path without a link in any of its parts; what is not there stays as it is written. Null where links go round in circles.</summary>
    internal static string? Real(string path)
    {
        var full = Path.GetFullPath(path);
        var top = Path.GetPathRoot(full) ?? "";
        var (at, hops) = (top, 0);
        var pending = new Stack<string>(Parts(full[top.Length..]));
        while (pending.TryPop(out var part))
        {
            if (part == "..")
            {
                at = Path.GetDirectoryName(at) ?? at;
                continue;
            }

            var next = Path.Combine(at, part);
            if (new DirectoryInfo(next).LinkTarget is not { } target)
            {
                at = next;
                continue;
            }

            if (++hops > Hops)
            {
                return null;
            }

            var root = Path.IsPathRooted(target) ? Path.GetPathRoot(target) ?? "" : "";
            at = root.Length > 0 ? root : at;
            foreach (var step in Parts(target[root.Length..]))
            {
                pending.Push(step);
            }
        }

        return Path.TrimEndingDirectorySeparator(at);
    }

    private static IEnumerable<string> Parts(string path) =>
        path.Split([Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar], StringSplitOptions.RemoveEmptyEntries).Where(p => p != ".").Reverse();

    internal static bool Holds(string outer, string inner) => inner == outer || inner.StartsWith(Path.EndsInDirectorySeparator(outer) ? outer : outer + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
