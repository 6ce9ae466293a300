using System.Text;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection;

/// <summary>
/// A tree whose top stands for the root folder: files are read as they are asked for, links are followed inside the tree alone, commands
/// are not there. Owners stay unknown: whoever unpacked the tree owns it. What is not in a tree is not on the host only where the tree is a
/// whole system: of a few copied files nobody knows what was left behind.
/// </summary>
internal sealed class RootSnapshot(string root) : HostSnapshot
{
    private const int FileCap = 512 * 1024;
    private const int Hops = 16;
    private const int BinaryCap = 8 * 1024 * 1024;
    private readonly IncludedKinds _kinds = new();

    /// <summary>One of these and /etc/passwd are in every whole system, and in no handful of copied files.</summary>
    private static readonly string[] PackageDatabases =
        ["/var/lib/dpkg/status", "/var/lib/dpkg/status.d", "/var/lib/rpm", "/usr/lib/sysimage/rpm", "/usr/share/rpm", "/lib/apk/db/installed", "/var/lib/pacman/local"];

    private readonly FileTree _tree = FileTree.Open(root);
    private readonly Lock _gate = new();
    private bool? _isWhole;
    private readonly string _root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));

    public override string Origin => IsWhole ? "解开的目录" : "解开的目录（不是整个系统：没有 /etc/passwd 或软件包数据库，里面没有的文件按没有收集算）";

    /// <summary>Accounts and a package database are there, so that what is absent is absent on the host.</summary>
    public bool IsWhole
    {
        get
        {
            lock (_gate)
            {
                return _isWhole ??= Resolve("/etc/passwd") is not null && PackageDatabases.Any(p => Resolve(p) is not null);
            }
        }
    }

    public override CommandOutput? Command(string name) => name == "sshd-version" ? SshVersion() : null;

    public override SnapshotFile Find(string path)
    {
        // What a kernel shows there says nothing of a host that does not run.
        if (path.StartsWith("/proc/", StringComparison.Ordinal) || path.StartsWith("/sys/", StringComparison.Ordinal))
        {
            return new SnapshotFile(path, FileState.NotCollected);
        }

        if (Resolve(path) is not { } inside)
        {
            return new SnapshotFile(path, IsWhole ? FileState.Missing : FileState.NotCollected);
        }

        var full = Path.Combine(_root, inside);
        var mode = OperatingSystem.IsWindows() ? (int?)null : (int)File.GetUnixFileMode(full);
        var about = new SnapshotFile(path, FileState.Attributes) { Mode = mode, Modified = new DateTimeOffset(File.GetLastWriteTimeUtc(full), TimeSpan.Zero) };
        if (Directory.Exists(full))
        {
            return about with { State = FileState.Directory };
        }

        var kind = _kinds.Of(path);
        if (kind == HostRedaction.AttributesOnly)
        {
            return about;
        }

        // Pipes and devices have no length, and opening a pipe waits for ever: what is empty is not opened.
        return new FileInfo(full).Length == 0 ? about with { State = FileState.Read } : WithText(about, inside, kind);
    }

    public override IReadOnlyList<string> Glob(string pattern)
    {
        var fixedFolder = string.Concat(pattern[..pattern.LastIndexOf('/')].Split('/', StringSplitOptions.RemoveEmptyEntries).TakeWhile(p => !GlobPattern.HasWildcard(p)).Select(p => $"/{p}"));
        if (!IsWhole && Resolve(fixedFolder) is null)
        {
            throw new UnableException(FailureKind.BadInput, $"没有收集 {fixedFolder}：交来的目录不是整个系统，里面没有的不能当作主机上没有");
        }

        List<string> found = [""];
        foreach (var part in pattern.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            found = [.. found.SelectMany(f => GlobPattern.HasWildcard(part) ? Names(f).Where(n => GlobPattern.Matches(part, n)).Select(n => $"{f}/{n}") : Resolve($"{f}/{part}") is null ? [] : [$"{f}/{part}"])];
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    private SnapshotFile WithText(SnapshotFile about, string inside, string kind)
    {
        try
        {
            using var stream = _tree.OpenRead(inside);
            if (stream.Length > FileCap)
            {
                return about with { State = FileState.TooLarge };
            }

            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            var text = Encoding.UTF8.GetString(bytes);
            if (HostRedaction.IsLaborious(kind, bytes))
            {
                return about with { State = FileState.TooLarge };
            }

            _kinds.Learn(about.Path, kind, text);
            return text.Contains("PRIVATE KEY-----", StringComparison.Ordinal)
                ? about with { State = FileState.PrivateKey }
                : about with { State = FileState.Read, Text = HostRedaction.Apply(kind, text), IsBare = kind == HostRedaction.Unknown };
        }
        catch (UnableException denied) when (denied.Kind == FailureKind.AccessDenied)
        {
            return about with { State = FileState.Denied };
        }
        catch (Exception trouble) when (trouble is UnableException or IOException)
        {
            return about with { State = FileState.Attributes };
        }
    }

    private IEnumerable<string> Names(string folder)
    {
        if (Resolve(folder.Length == 0 ? "/" : folder) is not { } inside || !Directory.Exists(Path.Combine(_root, inside)))
        {
            return [];
        }

        try
        {
            return [.. new DirectoryInfo(Path.Combine(_root, inside)).EnumerateFileSystemInfos().Select(e => e.Name).Take(10_000).Where(n => Resolve($"{folder}/{n}") is not null)];
        }
        catch (UnauthorizedAccessException denied)
        {
            throw new UnableException(FailureKind.AccessDenied, $"无权列出 {folder}", denied);
        }
    }

    /// <summary>Path below the root without links; null where it leads nowhere, out of the tree, or round in circles.</summary>
    private string? Resolve(string path)
    {
        var pending = new Stack<string>(path.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse());
        var at = new List<string>();
        var hops = 0;
        while (pending.TryPop(out var part))
        {
            if (part is "." or "")
            {
                continue;
            }

            if (part == "..")
            {
                at.RemoveRange(Math.Max(0, at.Count - 1), Math.Min(1, at.Count));
                continue;
            }

            var info = new FileInfo(Path.Combine(_root, Path.Combine([.. at, part])));
            if (info.LinkTarget is not { } target)
            {
                at.Add(part);
                continue;
            }

            if (++hops > Hops)
            {
                return null;
            }

            if (target.StartsWith('/'))
            {
                at.Clear();
            }

            foreach (var step in target.Split('/', StringSplitOptions.RemoveEmptyEntries).Reverse())
            {
                pending.Push(step);
            }
        }

        var inside = Path.Combine([.. at]);
        return Path.Exists(Path.Combine(_root, inside)) ? inside : null;
    }

    /// <summary>The version stands in the program as a text.</summary>
    private CommandOutput? SshVersion()
    {
        foreach (var program in new[] { "/usr/sbin/sshd", "/usr/bin/ssh" })
        {
            if (Resolve(program) is { } inside)
            {
                try
                {
                    var text = Encoding.Latin1.GetString(_tree.Read(inside, BinaryCap));
                    if (Regex.Match(text, @"OpenSSH_[0-9]{1,2}\.[0-9]{1,2}(?:p[0-9])?", RegexOptions.NonBacktracking, TimeSpan.FromSeconds(5)) is { Success: true } found)
                    {
                        return new CommandOutput("sshd-version", 0, found.Value);
                    }
                }
                catch (UnableException)
                {
                    // Then the other program, or nobody knows.
                }
            }
        }

        return null;
    }
}
