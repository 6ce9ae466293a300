using System.IO.Compression;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>
/// A ZIP file (PKWARE APPNOTE 6.3.10, ISO/IEC 21320-1) read in place by its central directory, with every local header held against it.
/// A folder's path is given without its last slash. Several contents may be read at once.
/// </summary>
public sealed class ZipContainer : IContainer
{
    private readonly ByteSource _source;
    private readonly ZipRecord[] _records;

    private ZipContainer(ByteSource source, CancellationToken stop)
    {
        _source = source;
        var faults = new FaultList();
        try
        {
            var end = ZipEnd.Read(source, faults);
            var directory = new ZipDirectory(source, end, faults);
            directory.Read(stop);
            new ZipLayout(source, directory, end, faults).Check(stop);
            (Entries, _records, Faults) = (directory.Entries, [.. directory.Records], faults.ToList());
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw Refused(ContainerFaultKind.Unreadable, null, trouble.Message);
        }
    }

    public IReadOnlyList<ContainerEntry> Entries { get; }

    public IReadOnlyList<ContainerFault> Faults { get; }

    /// <exception cref="ContainerException">No ZIP file, cut short, too much of it, or not to be read.</exception>
    public static ZipContainer Open(string path, CancellationToken stop)
    {
        try
        {
            return Open(ByteSource.Of(path), stop);
        }
        catch (Exception trouble) when (trouble is IOException or UnauthorizedAccessException)
        {
            throw Refused(ContainerFaultKind.Unreadable, null, trouble.Message);
        }
    }

    /// <param name="seekable">Stays open; must not be used by others meanwhile.</param>
    /// <param name="stop">The probe's clock.</param>
    /// <exception cref="ContainerException">As with a path.</exception>
    public static ZipContainer Open(Stream seekable, CancellationToken stop) => Open(ByteSource.Of(seekable), stop);

    /// <exception cref="ContainerException">As with a path.</exception>
    public static ZipContainer Open(ReadOnlyMemory<byte> bytes, CancellationToken stop) => Open(ByteSource.Of(bytes), stop);

    /// <summary>How the bytes of the entry's name were read.</summary>
    public NameEncoding EncodingOf(ContainerEntry entry) => _records[entry.Index].Encoding;

    /// <summary>Bytes as stored in the file.</summary>
    public long PackedBytes(ContainerEntry entry) => _records[entry.Index].Packed;

    public Stream Open(ContainerEntry entry)
    {
        var record = _records[entry.Index];
        if (record.Refusal is { } refusal)
        {
            throw Refused(refusal, entry.Path, $"内容未读：{Faults.FirstOrDefault(f => f.Kind == refusal && f.Path == entry.Path)?.Detail ?? "见所列问题"}");
        }

        var packed = new ByteRangeStream(_source, record.DataAt, record.Packed);
        return record.Method == ZipRecord.Stored
            ? new MeasuredStream(packed, entry.Path, record.Bytes, record.Crc, isUsedUp: null)
            : new MeasuredStream(new DeflateStream(packed, CompressionMode.Decompress), entry.Path, record.Bytes, record.Crc, () => packed.IsAtEnd);
    }

    public void Dispose() => _source.Dispose();

    /// <summary>The bytes of an entry in place, without a copy; null where it is packed or not to be read.</summary>
    internal ByteSource? InPlace(ContainerEntry entry) =>
        _records[entry.Index] is { Method: ZipRecord.Stored, Refusal: null } record ? ByteSource.Of(_source, record.DataAt, record.Bytes) : null;

    internal static ZipContainer Open(ByteSource source, CancellationToken stop)
    {
        try
        {
            return new ZipContainer(source, stop);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    private static ContainerException Refused(ContainerFaultKind kind, string? path, string detail) => new(new ContainerFault(kind, path, detail));
}
