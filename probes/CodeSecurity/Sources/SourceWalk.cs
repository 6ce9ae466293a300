using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Lists the files of a source tree. Links are not followed, folders of other people's code and of build results are counted and left out.</summary>
internal sealed class SourceWalk
{
    private readonly string _root;
    private readonly SourceLimits _limits;
    private readonly LeftOutTally _leftOut;
    private readonly List<SourceEntry> _files = [];
    private readonly CancellationToken _cancellation;
    private long _bytes;
    private bool _isWhole = true;

    private SourceWalk(string root, SourceLimits limits, CancellationToken cancellation)
    {
        (_root, _limits, _cancellation) = (root, limits, cancellation);
        _leftOut = new LeftOutTally(limits.LeftOut);
    }

    /// <param name="root">The folder, as the user named it; it may itself be a link.</param>
    /// <param name="limits">Those of the product where null.</param>
    /// <param name="cancellation">Stops the walk.</param>
    /// <exception cref="UnableException">There is no such folder.</exception>
    public static SourceListing List(string root, SourceLimits? limits = null, CancellationToken cancellation = default)
    {
        if (!Directory.Exists(root))
        {
            throw new UnableException(FailureKind.BadInput, $"目录不存在：{root}");
        }

        var walk = new SourceWalk(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)), limits ?? SourceLimits.Default, cancellation);
        walk.Visit();
        walk._files.Sort(static (a, b) => string.CompareOrdinal(a.Path, b.Path));
        return new SourceListing(walk._files, walk._leftOut.Named(), walk._leftOut.Counts, walk._isWhole);
    }

    private void Visit()
    {
        var pending = new Stack<(string Folder, int Depth, bool IsVendored)>([(_root, 0, false)]);
        while (pending.TryPop(out var next))
        {
            _cancellation.ThrowIfCancellationRequested();
            var entries = Entries(next.Folder);
            var names = entries.Select(e => e.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
            foreach (var entry in entries)
            {
                if (!IsThere(entry))
                {
                    _leftOut.Add(new(Relative(entry), LeftOutReason.Unreadable, "文件名不是 UTF-8，或列出后已不在", 1));
                }
                else if (entry is not DirectoryInfo folder || IsLink(entry))
                {
                    Take(entry, next.IsVendored);
                }
                else if (VendoredFolders.Why(entry.Name, names, entry.FullName) is { } why && !_limits.TakesVendored)
                {
                    _leftOut.Add(Vendored(folder, why));
                }
                else if (next.Depth + 1 > _limits.Depth)
                {
                    _isWhole = false;
                    _leftOut.Add(new(Relative(entry) + "/", LeftOutReason.BeyondLimits, $"目录深度超过 {_limits.Depth} 层", null));
                }
                else
                {
                    pending.Push((entry.FullName, next.Depth + 1, next.IsVendored || VendoredFolders.Why(entry.Name, names, entry.FullName) is not null));
                }
            }
        }
    }

    private LeftOutEntry Vendored(DirectoryInfo folder, string why) => PackageFolders.Stranger(folder, _cancellation) is { } stranger
        ? new(Relative(folder) + "/", LeftOutReason.UnprovenVendored, $"{why}；{stranger}", CountFiles(folder))
        : new(Relative(folder) + "/", LeftOutReason.Vendored, why, CountFiles(folder));

    private List<FileSystemInfo> Entries(string folder)
    {
        try
        {
            var found = new List<FileSystemInfo>(new DirectoryInfo(folder).EnumerateFileSystemInfos("*", All));
            found.Sort(static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            return found;
        }
        catch (Exception trouble) when (trouble is UnauthorizedAccessException or IOException or System.Security.SecurityException)
        {
            _isWhole = false;
            _leftOut.Add(new(Path.GetRelativePath(_root, folder).Replace('\\', '/') + "/", LeftOutReason.Unreadable, "目录无法列出", null));
            return [];
        }
    }

    private static readonly EnumerationOptions All = new() { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false, RecurseSubdirectories = false };

    private void Take(FileSystemInfo entry, bool isVendored)
    {
        var path = Relative(entry);
        if (IsLink(entry))
        {
            if (!isVendored)
            {
                _leftOut.Add(new(path, LeftOutReason.Link, null, null));
            }

            return;
        }

        if (Length((FileInfo)entry) is not { } bytes)
        {
            _leftOut.Add(new(path, LeftOutReason.Unreadable, "列出后已不在", 1));
        }
        else if (bytes > _limits.FileBytes)
        {
            _leftOut.Add(new(path, LeftOutReason.TooLarge, $"{bytes} 字节，上限 {_limits.FileBytes}", 1));
        }
        else if (_files.Count >= _limits.Files || _bytes + bytes > _limits.TotalBytes)
        {
            _isWhole = false;
            _leftOut.Add(new(path, LeftOutReason.BeyondLimits, _files.Count >= _limits.Files ? $"文件数超过 {_limits.Files}" : $"总量超过 {_limits.TotalBytes} 字节", 1));
        }
        else
        {
            _bytes += bytes;
            _files.Add(new(path, bytes));
        }
    }

    private static long? Length(FileInfo file)
    {
        try
        {
            return file.Length;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>Files below a folder that is left out, links not followed; null where there are more than are ever read or something cannot be listed.</summary>
    private int? CountFiles(DirectoryInfo folder)
    {
        try
        {
            var count = 0;
            var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false, RecurseSubdirectories = true, MaxRecursionDepth = _limits.Depth };
            foreach (var _ in folder.EnumerateFiles("*", options))
            {
                _cancellation.ThrowIfCancellationRequested();
                if (++count > _limits.Files)
                {
                    return null;
                }
            }

            return count;
        }
        catch (Exception trouble) when (trouble is UnauthorizedAccessException or IOException or System.Security.SecurityException)
        {
            return null;
        }
    }

    /// <summary>Names whose bytes are no UTF-8 come back as others, under which nothing is found.</summary>
    private static bool IsThere(FileSystemInfo entry)
    {
        try
        {
            return !entry.Name.Contains('\uFFFD', StringComparison.Ordinal) || entry.Exists || entry.LinkTarget is not null;
        }
        catch (Exception trouble) when (trouble is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }

    /// <summary>Attributes are at hand from listing; asking where a link leads is a call to the system for every entry.</summary>
    private static bool IsLink(FileSystemInfo entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && entry.LinkTarget is not null;

    private string Relative(FileSystemInfo entry) => Path.GetRelativePath(_root, entry.FullName).Replace('\\', '/');
}
