using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probing;

/// <summary>Read-only view of one folder. Nothing outside it can be named, links are reported and not followed.</summary>
public sealed class FileTree
{
    private readonly string _root;

    private FileTree(string root) => _root = root;

    public static FileTree Open(string root)
    {
        if (!Directory.Exists(root))
        {
            throw new UnableException(FailureKind.BadInput, $"目录不存在：{root}");
        }

        return new FileTree(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root)));
    }

    /// <summary>Regular files below the root with forward slashes, ordinal order.</summary>
    /// <param name="cap">Stops after so many.</param>
    /// <param name="complete">False where the cap cut the list or a folder could not be read.</param>
    public IReadOnlyList<string> List(int cap, out bool complete)
    {
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
        var full = Path.GetFullPath(Path.Combine(_root, relativePath));
        if (!full.StartsWith(_root + Path.DirectorySeparatorChar, StringComparison.Ordinal) || PassesLink(full))
        {
            throw new UnableException(FailureKind.Refused, $"{relativePath} 指向目录之外，未读取");
        }

        try
        {
            var bytes = RegularFile.Read(full, cap);
            return bytes.Length <= cap ? bytes : throw new UnableException(FailureKind.BadInput, $"{relativePath} 超过上限 {cap} 字节");
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
