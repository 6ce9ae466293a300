using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>Read-only view of one folder. Nothing outside it can be named, links are reported and not followed.</summary>
public sealed class FileTree
{
    private readonly string _root;
    private readonly string? _only;

    private FileTree(string root, string? only = null)
    {
        _root = root;
        _only = only;
    }

    public static FileTree Open(string root)
    {
        if (!Directory.Exists(root))
        {
            throw new UnableException(FailureKind.BadInput, $"目录不存在：{root}");
        }

        return new FileTree(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)));
    }

    /// <summary>A folder, or one file as a tree that holds nothing else. The path itself was named by the user and may be a link.</summary>
    /// <exception cref="UnableException">Neither exists there.</exception>
    public static FileTree At(string path)
    {
        if (!File.Exists(path))
        {
            return Open(path);
        }

        var full = Path.GetFullPath(new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? path);
        return new FileTree(Path.TrimEndingDirectorySeparator(Path.GetDirectoryName(full)!), Path.GetFileName(full));
    }

    /// <summary>Regular files below the root with forward slashes, ordinal order.</summary>
    /// <param name="cap">Stops after so many.</param>
    /// <param name="complete">False where the cap cut the list or a folder could not be read.</param>
    public IReadOnlyList<string> List(int cap, out bool complete)
    {
        if (_only is not null)
        {
            complete = true;
            return [_only];
        }

        var found = new List<string>();
        var whole = true;
        var pending = new Stack<string>([_root]);
        while (pending.TryPop(out var folder))
        {
            whole &= Visit(folder, pending, found, cap);
        }

        complete = whole;
        found.Sort(StringComparer.Ordinal);
        return found;
    }

    /// <exception cref="UnableException">Outside the tree, a link, no file, missing, larger than <paramref name="cap"/> bytes, or not readable.</exception>
    public byte[] Read(string relativePath, int cap)
    {
        using var stream = OpenRead(relativePath);
        if (stream.Length > cap)
        {
            throw new UnableException(FailureKind.BadInput, $"{relativePath} 有 {stream.Length} 字节，超过上限 {cap}");
        }

        try
        {
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return bytes;
        }
        catch (IOException trouble)
        {
            throw new UnableException(FailureKind.BadInput, $"无法读取 {relativePath}", trouble);
        }
    }

    /// <summary>For files too large to hold; the caller bounds what it takes.</summary>
    /// <exception cref="UnableException">Outside the tree, a link, missing, or not readable.</exception>
    public Stream OpenRead(string relativePath)
    {
        var full = Path.GetFullPath(Path.Combine(_root, relativePath));
        if (!full.StartsWith(_root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            || (_only is not null && relativePath != _only)
            || PassesLink(full))
        {
            throw new UnableException(FailureKind.Refused, $"{relativePath} 指向目录之外，未读取");
        }

        try
        {
            return new FileStream(RegularFile.Open(full), FileAccess.Read);
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new UnableException(FailureKind.AccessDenied, $"无权读取 {relativePath}", denied);
        }
        catch (IOException trouble)
        {
            throw new UnableException(FailureKind.BadInput, $"无法读取 {relativePath}", trouble);
        }
    }

    /// <summary>Permission bits of a file of the tree; null where the platform has none or they cannot be read.</summary>
    public UnixFileMode? ModeOf(string relativePath)
    {
        var full = Path.GetFullPath(Path.Combine(_root, relativePath));
        if (OperatingSystem.IsWindows() || !full.StartsWith(_root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal))
        {
            return null;
        }

        try
        {
            return File.GetUnixFileMode(full);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private bool PassesLink(string full)
    {
        for (var at = full; at.Length > _root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (new FileInfo(at).LinkTarget is not null)
            {
                return true;
            }
        }

        return false;
    }

    private bool Visit(string folder, Stack<string> pending, List<string> found, int cap)
    {
        try
        {
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
            {
                if (entry.LinkTarget is not null)
                {
                    continue;
                }

                if (entry is DirectoryInfo)
                {
                    pending.Push(entry.FullName);
                }
                else if (found.Count >= cap)
                {
                    pending.Clear();
                    return false;
                }
                else
                {
                    found.Add(Path.GetRelativePath(_root, entry.FullName).Replace('\\', '/'));
                }
            }

            return true;
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or IOException)
        {
            return false;
        }
    }
}
