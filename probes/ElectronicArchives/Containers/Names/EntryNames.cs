using System.Buffers;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What is wrong with the names of a container: each alone, and together.</summary>
internal sealed class EntryNames(FaultList faults)
{
    private const int DeepestCompared = 32;
    private static readonly SearchValues<char> Reserved = SearchValues.Create("<>:\"|?*");
    private static readonly SearchValues<char> Hidden = SearchValues.Create("\u200B\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\u2066\u2067\u2068\u2069\uFEFF");
    private static readonly HashSet<string> Devices = new(
        ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"COM{n}", $"LPT{n}" })],
        StringComparer.OrdinalIgnoreCase);

    private readonly Dictionary<string, (string Path, bool IsFolder)> _seen = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Takes the next name of the container.</summary>
    /// <param name="path">As the container spells it, a folder without its last slash.</param>
    /// <param name="isFolder">Folders may be named twice only by mistake, but files and folders of one name never.</param>
    public void Add(string path, bool isFolder)
    {
        Escapes(path);
        if (path.Length > ContainerLimits.PathCharacters)
        {
            faults.Add(ContainerFaultKind.ReservedName, path, $"路径 {path.Length} 个字符，超过 {ContainerLimits.PathCharacters}");
            return;
        }

        Spelling(path);
        Doubles(path, isFolder);
    }

    /// <summary>After the last name: no file may be the folder of another one.</summary>
    public void Finish(CancellationToken stop)
    {
        var lookup = _seen.GetAlternateLookup<ReadOnlySpan<char>>();
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var key in _seen.Keys)
        {
            stop.ThrowIfCancellationRequested();
            var slash = key.LastIndexOf('/');
            for (var depth = 0; slash > 0 && depth < DeepestCompared; depth++)
            {
                if (lookup.TryGetValue(key.AsSpan(0, slash), out var above) && !above.IsFolder && named.Add(above.Path))
                {
                    faults.Add(ContainerFaultKind.DuplicateName, above.Path, "同一名称既是文件又是目录");
                }

                slash = key.LastIndexOf('/', slash - 1);
            }
        }
    }

    private void Escapes(string path)
    {
        if (path.Length > 0 && path[0] is '/' or '\\')
        {
            faults.Add(ContainerFaultKind.EscapingPath, path, "绝对路径");
        }

        if (path.Length > 1 && char.IsAsciiLetter(path[0]) && path[1] == ':')
        {
            faults.Add(ContainerFaultKind.EscapingPath, path, "带盘符");
        }

        foreach (var segment in path.AsSpan().SplitAny('/', '\\'))
        {
            if (path.AsSpan(segment).StartsWith("..", StringComparison.Ordinal) && path.AsSpan(segment).TrimEnd(". ").IsEmpty)
            {
                faults.Add(ContainerFaultKind.EscapingPath, path, "路径里有上级目录“..”");
                break;
            }
        }
    }

    private void Spelling(string path)
    {
        if (path.Contains('\uFFFD', StringComparison.Ordinal) || HasLoneSurrogate(path))
        {
            faults.Add(ContainerFaultKind.UndecodableName, path, "文件名含无法解码的字节");
        }

        if (Trouble(path) is { } trouble)
        {
            faults.Add(ContainerFaultKind.ReservedName, path, trouble);
        }

        if (!CanonicalForm.IsComposed(path))
        {
            faults.Add(ContainerFaultKind.ReservedName, path, "文件名不是 Unicode 规范形式 C（NFC）");
        }
    }

    private static string? Trouble(string path)
    {
        if (path.Length == 0)
        {
            return "文件名为空";
        }

        var control = path.AsSpan().IndexOfAnyInRange('\0', '\u001F');
        return control >= 0 || path.Contains('\u007F', StringComparison.Ordinal) ? path.Contains('\0', StringComparison.Ordinal) ? "文件名含空字符（NUL）" : "文件名含控制字符"
            : path.AsSpan().ContainsAny(Hidden) ? "文件名含看不见的字符或改变书写方向的字符"
            : path.Contains('\\', StringComparison.Ordinal) ? "路径用反斜杠分隔"
            : path.AsSpan().ContainsAny(Reserved) ? "文件名含 Windows 保留字符 < > : \" | ? *"
            : Segments(path.TrimStart('/')).Select(OfSegment).FirstOrDefault(t => t is not null);
    }

    private static string? OfSegment(string segment) =>
        segment is "" or "." ? "路径里有空段或“.”段"
        : segment == ".." ? null
        : segment[^1] is '.' or ' ' ? "文件名以点或空格结尾"
        : segment.Length > ContainerLimits.NameBytes / 3 && Encoding.UTF8.GetByteCount(segment) is var bytes and > ContainerLimits.NameBytes ? $"文件名 {bytes} 字节，超过 {ContainerLimits.NameBytes}"
        : Devices.Contains(segment.Split('.', 2)[0].TrimEnd(' ')) ? "文件名是 Windows 设备名"
        : null;

    private void Doubles(string path, bool isFolder)
    {
        var key = CanonicalForm.Decompose(path.Replace('\\', '/').TrimEnd('/'));
        if (!_seen.TryAdd(key, (path, isFolder)))
        {
            var earlier = _seen[key];
            faults.Add(ContainerFaultKind.DuplicateName, path, earlier.IsFolder != isFolder ? "同一名称既是文件又是目录"
                : earlier.Path == path ? "与前面的条目同名"
                : CanonicalForm.Decompose(earlier.Path) == CanonicalForm.Decompose(path) ? $"与“{earlier.Path}”只差 Unicode 规范形式"
                : $"与“{earlier.Path}”只差大小写或分隔符");
        }
    }

    private static string[] Segments(string path) => path.Split(['/', '\\']);

    private static bool HasLoneSurrogate(string path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            if (char.IsSurrogate(path[i]) && !(char.IsHighSurrogate(path[i]) && i + 1 < path.Length && char.IsLowSurrogate(path[++i])))
            {
                return true;
            }
        }

        return false;
    }
}
