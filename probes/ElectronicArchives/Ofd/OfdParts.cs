using System.Security.Cryptography;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>The entries of an OFD file, found the way its readers find them: absolute, relative and odd paths, any letter case.</summary>
internal sealed class OfdParts
{
    /// <summary>Parts that are parsed; others are hashed piece by piece.</summary>
    private const int ParsedCap = 64 << 20;
    private const int LongestPath = 1024;
    private const int MostFaults = 200;

    private readonly IContainer _container;
    private readonly CancellationToken _stop;
    private readonly Dictionary<string, ContainerEntry> _exact = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ContainerEntry> _loose = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<int, XElement?> _trees = [];
    private readonly Dictionary<(int, string), byte[]> _digests = [];
    private readonly Dictionary<(int Taken, int Other), string> _twofold = [];
    private readonly List<string> _faults = [];

    public OfdParts(IContainer container, CancellationToken stop)
    {
        (_container, _stop) = (container, stop);
        foreach (var entry in container.Entries.Where(e => !e.IsFolder))
        {
            var name = Normal(entry.Path) ?? entry.Path;
            _exact.TryAdd(name, entry);
            _loose.TryAdd(name, entry);
        }
    }

    public IReadOnlyList<ContainerEntry> Files => [.. _container.Entries.Where(e => !e.IsFolder)];

    public CancellationToken Stop => _stop;

    /// <summary>Entries that could not be read, and documents that are no XML; for people.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>The part a location names, seen from the folder of the part that names it.</summary>
    /// <param name="location">ST_Loc as written.</param>
    /// <param name="from">Path of the part that names it; empty for the root.</param>
    /// <param name="isOfSignature">What is looked for is a file of a signature, which is verified as it is found: taking another one shows as a broken signature.</param>
    /// <returns>Null where there is none of the name, or the location leaves the file.</returns>
    public ContainerEntry? Find(string? location, string from, bool isOfSignature = false)
    {
        if (string.IsNullOrWhiteSpace(location) || location.Length > LongestPath)
        {
            return null;
        }

        var written = location.Trim().Replace('\\', '/');
        var folder = from.Contains('/', StringComparison.Ordinal) ? from[..from.LastIndexOf('/')] : "";
        string?[] candidates = written.StartsWith('/')
            ? [Normal(written), Normal($"{folder}/{written}")]
            : [Normal($"{folder}/{written}"), Normal(written), Normal($"{Root(folder)}/{written}")];
        var exact = candidates.OfType<string>().Select(c => _exact.GetValueOrDefault(c)).OfType<ContainerEntry>().DistinctBy(e => e.Index).ToList();
        foreach (var other in isOfSignature ? [] : exact.Skip(1))
        {
            _twofold.TryAdd((exact[0].Index, other.Index), $"{(from.Length > 0 ? from : "入口")} 写的路径 {written} 可以指 {exact[0].Path}，也可以指 {other.Path}：不同的阅读器会取不同的文件");
        }

        return exact.FirstOrDefault()
            ?? candidates.OfType<string>().Select(c => _loose.GetValueOrDefault(c)).FirstOrDefault(e => e is not null);
    }

    /// <summary>Null where it is too large or cannot be read; then said in <see cref="Faults"/>.</summary>
    public byte[]? Bytes(ContainerEntry entry)
    {
        try
        {
            return Containers.ReadAll(_container, entry, ParsedCap, _stop);
        }
        catch (Exception trouble) when (trouble is ContainerException or IOException)
        {
            Complain($"{entry.Path}：{Told(trouble)}");
            return null;
        }
    }

    /// <summary>The first bytes; null where it cannot be read, then said in <see cref="Faults"/>.</summary>
    public byte[]? Head(ContainerEntry entry, int length)
    {
        try
        {
            using var content = _container.Open(entry);
            var head = new byte[length];
            return head[..content.ReadAtLeast(head, length, throwOnEndOfStream: false)];
        }
        catch (Exception trouble) when (trouble is ContainerException or IOException)
        {
            Complain($"{entry.Path}：{Told(trouble)}");
            return null;
        }
    }

    /// <summary>What an entry is by its content; null where it cannot be read, then said in <see cref="Faults"/>.</summary>
    public RecognisedFormat? Format(ContainerEntry entry)
    {
        try
        {
            return FormatRecognition.Of(_container, entry, _stop);
        }
        catch (Exception trouble) when (trouble is ContainerException or IOException)
        {
            Complain($"{entry.Path}：{Told(trouble)}");
            return null;
        }
    }

    /// <summary>DocType of an OFD file that lies in this one; null where it has none, or cannot be read.</summary>
    public string? InnerType(ContainerEntry entry)
    {
        try
        {
            using var inner = Containers.OpenNested(_container, entry, 2, _stop);
            var within = new OfdParts(inner, _stop);
            return within.Tree(within.Find("/OFD.xml", "")).Attr("DocType");
        }
        catch (Exception trouble) when (trouble is ContainerException or IOException)
        {
            return null;
        }
    }

    /// <summary>Null where it is no XML or cannot be read; then said in <see cref="Faults"/>.</summary>
    public XElement? Tree(ContainerEntry? entry)
    {
        if (entry is null)
        {
            return null;
        }

        if (!_trees.TryGetValue(entry.Index, out var tree))
        {
            _trees[entry.Index] = tree = Bytes(entry) is { } bytes ? Parse(bytes, entry.Path) : null;
        }

        return tree;
    }

    public XElement? Parse(byte[] bytes, string path)
    {
        try
        {
            return SafeXml.Read(bytes, _stop).Root;
        }
        catch (MarkupException broken)
        {
            Complain($"{path}：{broken.Message}");
            return null;
        }
    }

    /// <summary>Digest of the content as stored after unpacking.</summary>
    /// <param name="entry">Which.</param>
    /// <param name="method">A name of <see cref="SealHashes.NameOf"/>.</param>
    /// <returns>Null where the content cannot be read; then said in <see cref="Faults"/>.</returns>
    public byte[]? Digest(ContainerEntry entry, string method)
    {
        if (_digests.TryGetValue((entry.Index, method), out var known))
        {
            return known;
        }

        try
        {
            var digest = method is "SM3" or "SHA-256" || entry.Bytes > ParsedCap ? Streamed(entry, method) : SealHashes.Of(method, Containers.ReadAll(_container, entry, ParsedCap, _stop));
            if (digest is not null)
            {
                _digests[(entry.Index, method)] = digest;
            }

            return digest;
        }
        catch (Exception trouble) when (trouble is ContainerException or IOException)
        {
            Complain($"{entry.Path}：{Told(trouble)}");
            return null;
        }
    }

    /// <summary>Complains of locations that readers may take for different files. The standard is clear on which is meant, so that only one matters that leads past a signature.</summary>
    /// <param name="isCovered">By its index, whether a file that any of the signatures names.</param>
    public void ComplainOfTwofold(Func<int, bool> isCovered) =>
        _twofold.Where(t => !(isCovered(t.Key.Taken) && isCovered(t.Key.Other))).ToList().ForEach(t => Complain(t.Value));

    public void Complain(string fault)
    {
        if (_faults.Count < MostFaults && !_faults.Contains(fault, StringComparer.Ordinal))
        {
            _faults.Add(fault);
        }
    }

    private static string Told(Exception trouble) => trouble is ContainerException container ? $"{EnumWords.Say(container.Fault.Kind)}，{container.Message}" : trouble.Message;

    private byte[]? Streamed(ContainerEntry entry, string method)
    {
        using var content = _container.Open(entry);
        var piece = new byte[64 * 1024];
        var sm3 = method == "SM3" ? new Sm3() : null;
        using var other = sm3 is not null ? null : IncrementalHash.CreateHash(method == "SHA-256" ? HashAlgorithmName.SHA256 : throw new IOException($"{entry.Bytes} 字节，过大，未按 {method} 计算"));
        int read;
        while ((read = content.Read(piece, 0, piece.Length)) > 0)
        {
            _stop.ThrowIfCancellationRequested();
            sm3?.Append(piece.AsSpan(0, read));
            other?.AppendData(piece, 0, read);
        }

        return sm3?.GetHashAndReset() ?? other!.GetHashAndReset();
    }

    private static string Root(string folder) => folder.Contains('/', StringComparison.Ordinal) ? folder[..folder.IndexOf('/', StringComparison.Ordinal)] : folder;

    /// <summary>Without dots and empty parts; null where it climbs out.</summary>
    internal static string? Normal(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Replace('\\', '/').Split('/'))
        {
            if (part is "" or ".")
            {
                continue;
            }

            if (part != "..")
            {
                parts.Add(part);
            }
            else if (parts.Count == 0)
            {
                return null;
            }
            else
            {
                parts.RemoveAt(parts.Count - 1);
            }
        }

        return string.Join('/', parts);
    }
}

/// <summary>Elements by local name alone: real files differ in their namespace.</summary>
internal static class OfdElements
{
    public static IEnumerable<XElement> Named(this XElement? parent, string name) => parent?.Elements().Where(e => e.Name.LocalName == name) ?? [];

    public static XElement? One(this XElement? parent, string name) => parent.Named(name).FirstOrDefault();

    public static IEnumerable<XElement> Within(this XElement? parent, string name) => parent?.Descendants().Where(e => e.Name.LocalName == name) ?? [];

    public static string? Attr(this XElement? element, string name) => element?.Attributes().FirstOrDefault(a => a.Name.LocalName == name)?.Value;

    public static string? Text(this XElement? parent, string name) => parent.One(name)?.Value.Trim();
}
