using System.Collections.Concurrent;
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

    private readonly ConcurrentBag<OfdFileFinding> _found = [];
    private readonly ConcurrentBag<DrawnPage> _drawn = [];
    private readonly ConcurrentBag<string> _remarks = [];
    private int _count;

    /// <summary>False where there were more than may be looked at, or a package could not be opened.</summary>
    public bool IsWhole { get; private set; } = true;

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
        var options = new ParallelOptions { MaxDegreeOfParallelism = isParallel ? Environment.ProcessorCount : 1, CancellationToken = stop };
        Parallel.ForEach(container.Entries.Where(e => !e.IsFolder), options, entry => Enter(container, entry, prefix, depth));
    }

    private void Enter(IContainer container, ContainerEntry entry, string prefix, int depth)
    {
        var name = prefix + entry.Path;
        var isNamed = IsNamedOfd(entry.Path);
        if (!isNamed && !LooksLikeZip(container, entry))
        {
            return;
        }

        try
        {
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
                IsWhole &= !entry.Path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);
                _remarks.Add($"{name} 没有展开：{trouble.Message}");
            }
        }
    }

    private void Look(IContainer container, string name)
    {
        if (Interlocked.Increment(ref _count) > MostFiles)
        {
            IsWhole = false;
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

    private static bool LooksLikeZip(IContainer container, ContainerEntry entry)
    {
        if (entry.Bytes < 22)
        {
            return false;
        }

        try
        {
            using var content = container.Open(entry);
            Span<byte> head = stackalloc byte[4];
            return content.ReadAtLeast(head, 4, throwOnEndOfStream: false) == 4 && head.SequenceEqual("PK\x03\x04"u8);
        }
        catch (Exception trouble) when (trouble is ContainerException or IOException)
        {
            return false;
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
