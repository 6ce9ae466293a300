using System.Buffers.Binary;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>The central directory (APPNOTE 4.3.12), read once from front to back with every local header beside it.</summary>
internal sealed class ZipDirectory
{
    public const ushort Zip64Field = 0x0001;
    private const ushort AesField = 0x9901;
    private const int Head = 46;
    private const ushort KindMask = 0xF000;
    private const ushort KindFolder = 0x4000;
    private const ushort KindFile = 0x8000;
    private const ushort KindLink = 0xA000;
    private const uint ReparsePoint = 0x400;
    private const int UnixHost = 3;
    private const int MacHost = 19;

    private readonly ByteSource _source;
    private readonly ZipEnd _end;
    private readonly FaultList _faults;
    private readonly EntryNames _names;
    private readonly ZipLocalHeader _local;
    private readonly byte[] _directory;
    private long _total;

    public ZipDirectory(ByteSource source, ZipEnd end, FaultList faults)
    {
        (_source, _end, _faults, _names, _local) = (source, end, faults, new EntryNames(faults), new ZipLocalHeader(source, faults));
        if (end.Entries > ContainerLimits.Entries)
        {
            throw Refused(ContainerFaultKind.TooManyEntries, $"声明有 {end.Entries} 个条目，超过上限 {ContainerLimits.Entries}");
        }

        if (end.DirectoryBytes > ContainerLimits.DirectoryBytes)
        {
            throw Refused(ContainerFaultKind.TooLarge, $"中央目录 {end.DirectoryBytes} 字节，超过上限 {ContainerLimits.DirectoryBytes}");
        }

        _directory = new byte[Math.Min(end.DirectoryBytes, end.DirectoryEnd - end.DirectoryAt)];
        _directory = _directory[..source.ReadFully(end.DirectoryAt, _directory)];
    }

    public List<ContainerEntry> Entries { get; } = [];

    public List<ZipRecord> Records { get; } = [];

    /// <exception cref="ContainerException">Too many entries, or the directory breaks off.</exception>
    public void Read(CancellationToken stop)
    {
        var at = 0;
        while (_directory.Length - at >= Head && BinaryPrimitives.ReadUInt32LittleEndian(_directory.AsSpan(at)) == ZipEnd.DirectorySignature)
        {
            stop.ThrowIfCancellationRequested();
            if (Entries.Count >= ContainerLimits.Entries)
            {
                throw Refused(ContainerFaultKind.TooManyEntries, $"条目超过上限 {ContainerLimits.Entries}");
            }

            at += Take(_directory.AsSpan(at));
        }

        _names.Finish(stop);
        if (at < _directory.Length)
        {
            _faults.Add(ContainerFaultKind.StrayData, null, $"中央目录里有 {_directory.Length - at} 字节不是条目");
        }

        if (Entries.Count != _end.Entries)
        {
            _faults.Add(ContainerFaultKind.HeaderMismatch, null, $"目录结束记录声明 {_end.Entries} 个条目，中央目录里有 {Entries.Count} 个");
        }

        if (_total > ContainerLimits.TotalBytes)
        {
            _faults.Add(ContainerFaultKind.TooLarge, null, $"内容共 {_total} 字节，超过上限 {ContainerLimits.TotalBytes}");
        }
    }

    /// <returns>Bytes taken.</returns>
    private int Take(ReadOnlySpan<byte> at)
    {
        int nameBytes = BinaryPrimitives.ReadUInt16LittleEndian(at[28..]);
        int extraBytes = BinaryPrimitives.ReadUInt16LittleEndian(at[30..]);
        int commentBytes = BinaryPrimitives.ReadUInt16LittleEndian(at[32..]);
        var whole = Head + nameBytes + extraBytes + commentBytes;
        if (whole > at.Length)
        {
            throw Refused(ContainerFaultKind.NoContainer, $"中央目录的第 {Entries.Count + 1} 个条目被截断");
        }

        var name = at.Slice(Head, nameBytes);
        var extra = at.Slice(Head + nameBytes, extraBytes);
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(at[8..]);
        var (path, encoding) = NameDecoding.Decode(name, (flags & ZipRecord.Utf8Bit) != 0, extra, out var trouble);
        var isFolder = path.EndsWith('/');
        path = isFolder ? path[..^1] : path;
        Report(ContainerFaultKind.HeaderMismatch, path, trouble);
        Report(ContainerFaultKind.HeaderMismatch, path, ExtraFields.AreSound(extra) ? null : "扩展字段声明的长度超出扩展字段区");
        Report(ContainerFaultKind.UndecodableName, path, encoding == NameEncoding.Undecodable ? (flags & ZipRecord.Utf8Bit) != 0 ? "文件名声明为 UTF-8，却不是" : "文件名既不是 UTF-8，也不是 GB18030" : null);
        _names.Add(path, isFolder);
        var record = Numbers(at[..Head], extra, path, encoding);
        record = Judge(record, at[..Head], extra, path, isFolder);
        record = record with { DataAt = _local.Compare(record, name, path) };
        _total = record.Bytes > long.MaxValue - _total ? long.MaxValue : _total + record.Bytes;
        Records.Add(record.DataAt < 0 ? record with { Refusal = ContainerFaultKind.HeaderMismatch } : _total > ContainerLimits.TotalBytes ? record with { Refusal = record.Refusal ?? ContainerFaultKind.TooLarge } : record);
        Entries.Add(new ContainerEntry(path, isFolder, record.Bytes, DosTime.Read(BinaryPrimitives.ReadUInt16LittleEndian(at[14..]), BinaryPrimitives.ReadUInt16LittleEndian(at[12..])), Entries.Count));
        return whole;
    }

    private ZipRecord Numbers(ReadOnlySpan<byte> head, ReadOnlySpan<byte> extra, string path, NameEncoding encoding)
    {
        long bytes = BinaryPrimitives.ReadUInt32LittleEndian(head[24..]);
        long packed = BinaryPrimitives.ReadUInt32LittleEndian(head[20..]);
        long localAt = BinaryPrimitives.ReadUInt32LittleEndian(head[42..]);
        var disk = BinaryPrimitives.ReadUInt16LittleEndian(head[34..]);
        ExtraFields.TryFind(extra, Zip64Field, out var wide);
        var isWhole = Wide(ref wide, ref bytes) && Wide(ref wide, ref packed) && Wide(ref wide, ref localAt);
        if (disk is not (0 or ushort.MaxValue))
        {
            _faults.Add(ContainerFaultKind.NoContainer, path, $"条目声明在第 {disk + 1} 卷");
        }

        if (!isWhole || bytes < 0 || packed < 0 || localAt < 0 || packed > _source.Length || localAt > _source.Length)
        {
            _faults.Add(ContainerFaultKind.WrongLength, path, "条目的位置或长度超出文件，或缺少 ZIP64 扩展字段");
            (bytes, packed, localAt) = (Math.Max(bytes, 0), Math.Clamp(packed, 0, _source.Length), Math.Clamp(localAt, 0, _source.Length));
        }

        return new ZipRecord(localAt + _end.Shift, -1, packed, bytes, BinaryPrimitives.ReadUInt32LittleEndian(head[16..]), BinaryPrimitives.ReadUInt16LittleEndian(head[10..]), BinaryPrimitives.ReadUInt16LittleEndian(head[8..]), encoding, null);
    }

    private static bool Wide(ref ReadOnlySpan<byte> wide, ref long value)
    {
        if (value != uint.MaxValue)
        {
            return true;
        }

        if (wide.Length < 8)
        {
            return false;
        }

        value = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[8..];
        return true;
    }

    /// <summary>What the record alone tells; the gravest reason not to give the content stays in it.</summary>
    private ZipRecord Judge(ZipRecord record, ReadOnlySpan<byte> head, ReadOnlySpan<byte> extra, string path, bool isFolder)
    {
        ContainerFaultKind? refusal = null;
        void Refuse(ContainerFaultKind kind, string? detail)
        {
            Report(kind, path, detail);
            refusal = detail is null ? refusal : refusal ?? kind;
        }

        Refuse(ContainerFaultKind.Link, Kind(head));
        Refuse(ContainerFaultKind.Encrypted, Encryption(record, extra));
        Refuse(ContainerFaultKind.CompressionMethod, record.Method is ZipRecord.Stored or ZipRecord.Deflate or 99 ? null : $"方法 {record.Method}（{ZipRecord.MethodName(record.Method)}）");
        Refuse(ContainerFaultKind.Ratio, record.IsBomb ? $"压缩后 {record.Packed} 字节，声明展开为 {record.Bytes} 字节" : null);
        var isPlain = record.Method == ZipRecord.Stored && (record.Flags & ZipRecord.EncryptedBit) == 0;
        Refuse(ContainerFaultKind.WrongLength, isPlain && record.Packed != record.Bytes ? $"未压缩，却声明压缩后 {record.Packed} 字节、原始 {record.Bytes} 字节" : null);
        Report(ContainerFaultKind.WrongLength, path, isFolder && record.Bytes > 0 ? $"目录条目却声明有 {record.Bytes} 字节内容" : null);
        Report(ContainerFaultKind.HeaderMismatch, path, !isFolder && IsFolderByAttributes(head) ? "属性说是目录，名称却不以“/”结尾" : null);
        return record with { Refusal = refusal };
    }

    private void Report(ContainerFaultKind kind, string path, string? detail)
    {
        if (detail is not null)
        {
            _faults.Add(kind, path, detail);
        }
    }

    private static string? Kind(ReadOnlySpan<byte> head)
    {
        var (host, attributes) = (head[5], BinaryPrimitives.ReadUInt32LittleEndian(head[38..]));
        var kind = (ushort)(attributes >> 16) & KindMask;
        return kind == KindLink ? "符号链接"
            : host is UnixHost or MacHost && kind is not (0 or KindFile or KindFolder) ? $"特殊文件（类型 0x{kind:x4}）"
            : host is not (UnixHost or MacHost) && (attributes & ReparsePoint) != 0 ? "重解析点"
            : null;
    }

    private static bool IsFolderByAttributes(ReadOnlySpan<byte> head) =>
        head[5] is UnixHost or MacHost
            ? ((BinaryPrimitives.ReadUInt32LittleEndian(head[38..]) >> 16) & KindMask) == KindFolder
            : head[5] is 0 or 10 or 11 && (head[38] & 0x10) != 0;

    private static string? Encryption(ZipRecord record, ReadOnlySpan<byte> extra) =>
        record.Method == 99 || ExtraFields.TryFind(extra, AesField, out _) ? "AES 加密"
        : (record.Flags & ZipRecord.StrongBit) != 0 && (record.Flags & ZipRecord.EncryptedBit) != 0 ? "强加密（PKWARE）"
        : (record.Flags & ZipRecord.MaskedBit) != 0 ? "中央目录加密"
        : (record.Flags & ZipRecord.EncryptedBit) != 0 ? "传统加密（ZipCrypto）"
        : null;

    private static ContainerException Refused(ContainerFaultKind kind, string detail) => new(new ContainerFault(kind, null, detail));
}
