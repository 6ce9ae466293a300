using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>A package that lies in a folder. Links, pipes, sockets and devices are faults and never opened for reading. Times are of Beijing.</summary>
public sealed class FolderContainer : IContainer
{
    private readonly string _root;
    private readonly FileTree _tree;
    private readonly FaultList _faults = new();
    private readonly HashSet<string> _refused = new(StringComparer.Ordinal);
    private readonly bool _isWhole = true;

    private FolderContainer(string root, CancellationToken stop)
    {
        _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        try
        {
            _tree = FileTree.Open(_root);
        }
        catch (UnableException missing)
        {
            throw Refused(ContainerFaultKind.Unreadable, null, missing.Message);
        }

        var found = new List<FileSystemInfo>();
        var pending = new Stack<string>([_root]);
        while (_isWhole && pending.TryPop(out var folder))
        {
            _isWhole = Visit(folder, pending, found, stop);
        }

        if (!_isWhole)
        {
            throw Refused(ContainerFaultKind.TooManyEntries, null, $"文件和目录超过上限 {ContainerLimits.Entries}");
        }

        Entries = Listed(found, stop);
        Faults = _faults.ToList();
    }

    public IReadOnlyList<ContainerEntry> Entries { get; }

    public IReadOnlyList<ContainerFault> Faults { get; }

    /// <exception cref="ContainerException">No folder, or one with too much in it.</exception>
    public static FolderContainer Open(string path, CancellationToken stop) => new(path, stop);

    public Stream Open(ContainerEntry entry)
    {
        if (entry.IsFolder)
        {
            return Stream.Null;
        }

        if (_refused.Contains(entry.Path))
        {
            throw Refused(ContainerFaultKind.Link, entry.Path, "内容未读：不是普通文件");
        }

        try
        {
            return new MeasuredStream(_tree.OpenRead(entry.Path), entry.Path, entry.Bytes, crc: null, isUsedUp: null);
        }
        catch (UnableException unable)
        {
            throw Refused(unable.Kind == FailureKind.Refused ? ContainerFaultKind.Link : ContainerFaultKind.Unreadable, entry.Path, unable.Message);
        }
    }

    /// <summary>Where a file lies; only for one whose content <see cref="Open(ContainerEntry)"/> gives.</summary>
    internal string PathOf(ContainerEntry entry)
    {
        Open(entry).Dispose();
        return Path.Combine(_root, entry.Path);
    }

    public void Dispose()
    {
        // Files are opened one by one and closed with their streams.
    }

    private bool Visit(string folder, Stack<string> pending, List<FileSystemInfo> found, CancellationToken stop)
    {
        try
        {
            foreach (var one in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = false }))
            {
                stop.ThrowIfCancellationRequested();
                if (found.Count >= ContainerLimits.Entries)
                {
                    return false;
                }

                found.Add(one);
                if (one is DirectoryInfo && one.LinkTarget is null)
                {
                    pending.Push(one.FullName);
                }
            }
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or IOException)
        {
            _faults.Add(ContainerFaultKind.Unreadable, Relative(folder), "目录无法列出");
        }

        return true;
    }

    private List<ContainerEntry> Listed(List<FileSystemInfo> found, CancellationToken stop)
    {
        var names = new EntryNames(_faults);
        var total = 0L;
        var entries = new List<ContainerEntry>(found.Count);
        foreach (var (path, one) in found.Select(f => (Path: Relative(f.FullName), f)).OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            var isFolder = one is DirectoryInfo && one.LinkTarget is null;
            var bytes = isFolder ? 0 : Length(path, one);
            names.Add(path, isFolder);
            total += bytes;
            entries.Add(new ContainerEntry(path, isFolder, bytes, one.LastWriteTimeUtc is { Year: > 1601 } time ? BeijingTime.ClockOf(new DateTimeOffset(time)) : null, entries.Count));
        }

        names.Finish(stop);
        if (total > ContainerLimits.TotalBytes)
        {
            _faults.Add(ContainerFaultKind.TooLarge, null, $"内容共 {total} 字节，超过上限 {ContainerLimits.TotalBytes}");
        }

        return entries;
    }

    /// <summary>What is no file has no length; only such need a closer look.</summary>
    private long Length(string path, FileSystemInfo one)
    {
        if (one.LinkTarget is { } target)
        {
            _faults.Add(ContainerFaultKind.Link, path, $"符号链接，指向“{target}”");
            _refused.Add(path);
            return 0;
        }

        try
        {
            if (one is FileInfo { Length: > 0 } file)
            {
                return file.Length;
            }

            RegularFile.Open(one.FullName, out var length).Dispose();
            return length;
        }
        catch (NotRegularFileException odd)
        {
            _faults.Add(ContainerFaultKind.Link, path, odd.Message);
            _refused.Add(path);
        }
        catch (Exception denied) when (denied is UnauthorizedAccessException or IOException)
        {
            if (!path.Contains('\uFFFD', StringComparison.Ordinal))
            {
                _faults.Add(ContainerFaultKind.Unreadable, path, denied is UnauthorizedAccessException ? "没有读取的权限" : "无法打开");
            }
        }

        return 0;
    }

    private string Relative(string full) => Path.GetRelativePath(_root, full).Replace(Path.DirectorySeparatorChar, '/');

    private static ContainerException Refused(ContainerFaultKind kind, string? path, string detail) => new(new ContainerFault(kind, path, detail));
}
