using System.Collections.Concurrent;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>A page drawn for people.</summary>
internal sealed record DrawnPage(string File, string PageId, string Svg);

/// <summary>Finds the OFD files of a package, packages in packages too, and looks at each.</summary>
internal sealed class OfdSearch(SealTrust trust, CancellationToken stop)
{
    private const int MostFiles = 20_000;
    private const int DrawnFiles = 20;
    private const int DrawnPages = 3;
    private const int SmallestZip = 22;
    private const int HeadBytes = 4096;
    private const int MostRemarks = 10_000;
    private const string Encapsulated = "封装包（EEP）的内容以 Base64 存在 XML 里，其中的 OFD 没有看；请解出内容后再查";

    /// <summary>电子文件封装包.</summary>
    private static readonly byte[] InGb18030 = [0xB5, 0xE7, 0xD7, 0xD3, 0xCE, 0xC4, 0xBC, 0xFE, 0xB7, 0xE2, 0xD7, 0xB0, 0xB0, 0xFC];

    /// <summary>Faults of a package that leave open what else it holds. What a single entry hides is told by opening it.</summary>
    private static readonly ContainerFaultKind[] Hiding =
    [
        ContainerFaultKind.Unreadable, ContainerFaultKind.Link, ContainerFaultKind.TooManyEntries, ContainerFaultKind.TooLarge, ContainerFaultKind.NoContainer,
        ContainerFaultKind.HeaderMismatch, ContainerFaultKind.WrongLength, ContainerFaultKind.Overlap,
    ];

    private readonly ConcurrentBag<OfdFileFinding> _found = [];
    private readonly ConcurrentBag<DrawnPage> _drawn = [];
    private readonly ConcurrentBag<string> _remarks = [];
    private int _count;
    private volatile bool _isWhole = true;

    /// <summary>False where there were more than may be looked at, or something that may hold such files could not be opened; then said in <see cref="Remarks"/>.</summary>
    public bool IsWhole => _isWhole;

    public IReadOnlyList<OfdFileFinding> Found => [.. _found.OrderBy(f => f.File, StringComparer.Ordinal)];

    public IReadOnlyList<DrawnPage> Drawn => [.. _drawn.OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.PageId, StringComparer.Ordinal)];

    public IReadOnlyList<string> Remarks => [.. _remarks.Order(StringComparer.Ordinal)];

    public void Run(string path)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        IContainer container;
        try
        {
            container = Containers.Open(path, stop);
        }
        catch (Exception trouble) when (trouble is ContainerException or IOException or UnauthorizedAccessException)
        {
            if (IsNamedOfd(path))
            {
                _found.Add(Unopened(name, trouble.Message));
                return;
            }

            if (File.Exists(path) && (IsXml(path) || path.EndsWith(".eep", StringComparison.OrdinalIgnoreCase)))
            {
                throw new Probing.UnableException(FailureKind.BadInput, $"{name}：{Encapsulated}", trouble);
            }

            throw new Probing.UnableException(FailureKind.BadInput, $"打不开 {name}：{trouble.Message}", trouble);
        }

        using (container)
        {
            if (!Directory.Exists(path) && (IsOfd(container) || IsNamedOfd(path)))
            {
                Look(container, name);
                return;
            }

            Walk(container, "", 2, isParallel: container is FolderContainer);
        }
    }

    private void Walk(IContainer container, string prefix, int depth, bool isParallel)
    {
        foreach (var fault in container.Faults.Where(f => Hiding.Contains(f.Kind) && !(f.Path is { } path && IsNamedOfd(path))))
        {
            Miss($"{(prefix.Length > 0 ? prefix.TrimEnd('/') + " " : "")}{fault.Path} 没有看全：{EnumWords.Say(fault.Kind)}，{fault.Detail}");
        }

        var options = new ParallelOptions { MaxDegreeOfParallelism = isParallel ? Environment.ProcessorCount : 1, CancellationToken = stop };
        Parallel.ForEach(container.Entries.Where(e => !e.IsFolder), options, entry => Enter(container, entry, prefix, depth));
    }

    private void Enter(IContainer container, ContainerEntry entry, string prefix, int depth)
    {
        var name = prefix + entry.Path;
        var isNamed = IsNamedOfd(entry.Path);
        try
        {
            if (!isNamed && !IsToOpen(container, entry, name))
            {
                return;
            }

            using var inner = Containers.OpenNested(container, entry, depth, stop);
            if (isNamed || IsOfd(inner))
            {
                Look(inner, name);
            }
            else if (entry.Path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            {
                Walk(inner, name + "/", depth + 1, isParallel: false);
            }
        }
        catch (Exception trouble) when (trouble is ContainerException or IOException)
        {
            if (isNamed)
            {
                _found.Add(Unopened(name, trouble.Message));
            }
            else
            {
                Miss($"{name} 没有展开：{trouble.Message}");
            }
        }
    }

    private void Look(IContainer container, string name)
    {
        if (Interlocked.Increment(ref _count) is > MostFiles and var count)
        {
            if (count == MostFiles + 1)
            {
                Miss($"OFD 文件超过 {MostFiles} 个，其余没有看");
            }

            return;
        }

        var (finding, reading, _) = OfdInspection.Look(container, new OfdQuestion { File = name, Trust = trust }, stop);
        _found.Add(finding);
        if (_count > DrawnFiles)
        {
            return;
        }

        foreach (var document in reading.Documents.Where(d => d.Signatures.Count > 0))
        {
            var stamped = document.Signatures.SelectMany(s => s.Stamps).Select(s => s.Attr("PageRef")).ToHashSet(StringComparer.Ordinal);
            foreach (var page in document.Pages.OrderByDescending(p => stamped.Contains(p.Id)).Take(DrawnPages))
            {
                _drawn.Add(new DrawnPage(name, page.Id ?? "", OfdPicture.Draw(page, document)));
            }
        }
    }

    /// <summary>A ZIP file by its first bytes, or by its name where other bytes stand before.</summary>
    /// <exception cref="ContainerException">It may be one, and cannot be read.</exception>
    private bool IsToOpen(IContainer container, ContainerEntry entry, string name)
    {
        var isEep = entry.Path.EndsWith(".eep", StringComparison.OrdinalIgnoreCase);
        if (entry.Bytes < SmallestZip && !isEep)
        {
            return false;
        }

        using var content = container.Open(entry);
        var head = new byte[HeadBytes];
        var wanted = isEep || IsXml(entry.Path) ? HeadBytes : 4;
        head = head[..content.ReadAtLeast(head.AsSpan(0, wanted), wanted, throwOnEndOfStream: false)];
        if (head.AsSpan().StartsWith("PK\x03\x04"u8) || entry.Path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        if (isEep || (IsXml(entry.Path) && IsEncapsulation(head)))
        {
            Miss($"{name}：{Encapsulated}");
        }

        return false;
    }

    private static bool IsXml(string path) => path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase);

    /// <summary>The root of DA/T 48-2009, or its namespace, in whichever encoding Chinese XML comes.</summary>
    private static bool IsEncapsulation(ReadOnlySpan<byte> head) =>
        head.IndexOf("电子文件封装包"u8) >= 0 || head.IndexOf("ERM/encapsulation"u8) >= 0 || head.IndexOf(InGb18030) >= 0
        || head.IndexOf(Encoding.Unicode.GetBytes("电子文件封装包")) >= 0 || head.IndexOf(Encoding.BigEndianUnicode.GetBytes("电子文件封装包")) >= 0;

    private void Miss(string remark)
    {
        _isWhole = false;
        if (_remarks.Count < MostRemarks)
        {
            _remarks.Add(remark);
        }
    }

    private static bool IsNamedOfd(string path) => path.EndsWith(".ofd", StringComparison.OrdinalIgnoreCase);

    private static bool IsOfd(IContainer container) => container.Entries.Any(e => e.Path.TrimStart('/').Equals("OFD.xml", StringComparison.OrdinalIgnoreCase));

    private static OfdFileFinding Unopened(string name, string why) => new()
    {
        File = name,
        Note = $"{name}：{EnumWords.Say(OfdAnswer.StructureError)}（{why}）",
        Answer = OfdAnswer.StructureError,
        Reasons = [why],
        IsSound = false,
    };
}
