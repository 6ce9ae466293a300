using System.IO.Compression;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Reads a folder or a zip of OSV records and keeps those of the packages that matter.</summary>
internal sealed class OsvDump(IReadOnlySet<string> wanted)
{
    private const int MostRecords = 2_000_000;
    private const int LargestRecord = 16 * 1024 * 1024;
    private const long LargestDump = 16L * 1024 * 1024 * 1024;

    private readonly HashSet<string> _ecosystems = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<OsvRecord>> _records = new(StringComparer.Ordinal);
    private int _read;
    private int _unreadable;
    private string? _newest;

    /// <summary>Records of a package by its key.</summary>
    public IReadOnlyList<OsvRecord> Of(string key) => _records.TryGetValue(key, out var found) ? found : [];

    /// <exception cref="UnableException">No dump, too large, or it cannot be read.</exception>
    public FlawDatabase Load(string path, CancellationToken stop)
    {
        try
        {
            var sm3 = File.Exists(path) ? LoadZip(path, stop) : LoadFolder(path, stop);
            return _read > 0
                ? new FlawDatabase(_read, _unreadable, _newest, sm3, [.. _ecosystems.Order(StringComparer.Ordinal)])
                : throw new UnableException(FailureKind.BadInput, "漏洞库里没有 OSV 记录");
        }
        catch (Exception trouble) when (trouble is IOException or InvalidDataException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UnableException(FailureKind.BadInput, "漏洞库无法读取：应为 OSV 记录（JSON）的目录或 zip", trouble);
        }
    }

    private string LoadZip(string path, CancellationToken stop)
    {
        using var file = new FileStream(RegularFile.Open(Path.GetFullPath(path)), FileAccess.Read);
        var digest = Digest(file, stop);
        file.Position = 0;
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        var total = 0L;
        foreach (var entry in zip.Entries.Where(e => e.Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)).Take(MostRecords))
        {
            stop.ThrowIfCancellationRequested();
            using var content = entry.Open();
            total += Take(content);
            if (total > LargestDump)
            {
                throw new UnableException(FailureKind.BadInput, "漏洞库解开后过大");
            }
        }

        return zip.Entries.Count <= MostRecords ? digest : throw new UnableException(FailureKind.BadInput, $"漏洞库多于 {MostRecords} 个文件");
    }

    private static string Digest(Stream file, CancellationToken stop)
    {
        var sm3 = new Sm3();
        var piece = new byte[1 << 20];
        for (var got = file.Read(piece); got > 0; got = file.Read(piece))
        {
            stop.ThrowIfCancellationRequested();
            sm3.Append(piece.AsSpan(0, got));
        }

        return Convert.ToHexStringLower(sm3.GetHashAndReset());
    }

    private string LoadFolder(string path, CancellationToken stop)
    {
        var tree = FileTree.Open(path);
        var names = tree.List(MostRecords, out var isWhole);
        if (!isWhole)
        {
            throw new UnableException(FailureKind.BadInput, $"漏洞库目录没有读全，或多于 {MostRecords} 个文件");
        }

        var all = new StringBuilder();
        foreach (var name in names.Where(n => n.EndsWith(".json", StringComparison.OrdinalIgnoreCase)))
        {
            stop.ThrowIfCancellationRequested();
            var bytes = tree.Read(name, LargestRecord);
            all.Append(name).Append('\0').Append(Convert.ToHexStringLower(Sm3.HashData(bytes))).Append('\n');
            Take(bytes);
        }

        return Convert.ToHexStringLower(Sm3.HashData(Encoding.UTF8.GetBytes(all.ToString())));
    }

    private long Take(Stream content)
    {
        using var buffer = new MemoryStream();
        var piece = new byte[64 * 1024];
        for (var got = content.Read(piece); got > 0; got = content.Read(piece))
        {
            buffer.Write(piece, 0, got);
            if (buffer.Length > LargestRecord)
            {
                _unreadable++;
                return buffer.Length;
            }
        }

        Take(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
        return buffer.Length;
    }

    private void Take(ReadOnlyMemory<byte> json)
    {
        if (OsvRecord.Read(json, wanted, _ecosystems, out var changed) is not { } records)
        {
            _unreadable++;
            return;
        }

        _read++;
        _newest = changed is not null && string.CompareOrdinal(changed, _newest) > 0 ? changed : _newest;
        foreach (var record in records)
        {
            if (!_records.TryGetValue(record.Key, out var list))
            {
                _records[record.Key] = list = [];
            }

            list.Add(record);
        }
    }
}
