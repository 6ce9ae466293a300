using System.Buffers.Binary;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Whether the entries fill the file before the central directory once and wholly: nothing overlaps, nothing lies between.</summary>
internal sealed class ZipLayout(ByteSource source, ZipDirectory directory, ZipEnd end, FaultList faults)
{
    private const uint DescriptorSignature = 0x08074B50;

    public void Check(CancellationToken stop)
    {
        var order = Enumerable.Range(0, directory.Records.Count).Where(i => directory.Records[i].DataAt >= 0).ToArray();
        Array.Sort(order, (a, b) => directory.Records[a].LocalAt.CompareTo(directory.Records[b].LocalAt));
        var (reached, last) = (end.Shift, -1);
        foreach (var index in order)
        {
            stop.ThrowIfCancellationRequested();
            var (record, path) = (directory.Records[index], directory.Entries[index].Path);
            if (record.LocalAt < reached)
            {
                faults.Add(ContainerFaultKind.Overlap, path, last < 0 ? "条目在压缩包开头之前" : $"与“{directory.Entries[last].Path}”重叠 {reached - record.LocalAt} 字节");
            }
            else
            {
                Between(reached, record.LocalAt, index);
            }

            if (record.DataAt + record.Packed > end.DirectoryAt)
            {
                faults.Add(ContainerFaultKind.Overlap, path, "条目伸进中央目录，或超出文件");
            }

            var until = record.DataAt + record.Packed + Descriptor(record, path);
            (reached, last) = until > reached ? (until, index) : (reached, last);
        }

        Between(reached, end.DirectoryAt, -1);
        if (end.DirectoryAt + end.DirectoryBytes is var directoryEnd && directoryEnd < end.DirectoryEnd)
        {
            faults.Add(ContainerFaultKind.StrayData, null, $"中央目录与结束记录之间有 {end.DirectoryEnd - directoryEnd} 字节");
        }
        else if (directoryEnd > end.DirectoryEnd)
        {
            faults.Add(ContainerFaultKind.Overlap, null, "中央目录与结束记录重叠");
        }
    }

    private void Between(long from, long to, int before)
    {
        if (from >= to)
        {
            return;
        }

        Span<byte> head = stackalloc byte[ZipLocalHeader.Head];
        var have = source.ReadFully(from, head[..(int)Math.Min(head.Length, to - from)]);
        var where = before < 0 ? "中央目录之前" : $"“{directory.Entries[before].Path}”之前";
        if (have == head.Length && BinaryPrimitives.ReadUInt32LittleEndian(head) == ZipLocalHeader.Signature)
        {
            var name = new byte[Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(head[26..]), to - from - head.Length)];
            _ = source.ReadFully(from + head.Length, name);
            var path = NameDecoding.Decode(name, isUtf8: false, [], out _).Path;
            faults.Add(ContainerFaultKind.StrayData, path, $"{where}（位置 {from}）有一个中央目录没有列出的条目，连同其后共 {to - from} 字节");
        }
        else
        {
            faults.Add(ContainerFaultKind.StrayData, null, $"{where}（位置 {from}）有 {to - from} 字节不属于任何条目");
        }
    }

    /// <summary>Bytes of the data descriptor (APPNOTE 4.3.9), with or without signature, with short or long lengths.</summary>
    private int Descriptor(ZipRecord record, string path)
    {
        if ((record.Flags & ZipRecord.DescriptorBit) == 0)
        {
            return 0;
        }

        Span<byte> buffer = stackalloc byte[24];
        buffer = buffer[..source.ReadFully(record.DataAt + record.Packed, buffer)];
        var signed = buffer.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(buffer) == DescriptorSignature;
        foreach (var (skip, isWide) in (ReadOnlySpan<(int, bool)>)[(4, false), (4, true), (0, false), (0, true)])
        {
            if ((skip == 0 || signed) && Agrees(buffer, skip, isWide, record))
            {
                return skip + (isWide ? 20 : 12);
            }
        }

        faults.Add(ContainerFaultKind.HeaderMismatch, path, signed ? "内容之后的数据描述符与中央目录不符" : "标志位说有数据描述符，内容之后却没有");
        return signed ? 16 : 0;
    }

    private static bool Agrees(ReadOnlySpan<byte> buffer, int skip, bool isWide, ZipRecord record)
    {
        if (buffer.Length < skip + (isWide ? 20 : 12))
        {
            return false;
        }

        buffer = buffer[skip..];
        var (packed, bytes) = isWide
            ? (BinaryPrimitives.ReadInt64LittleEndian(buffer[4..]), BinaryPrimitives.ReadInt64LittleEndian(buffer[12..]))
            : (BinaryPrimitives.ReadUInt32LittleEndian(buffer[4..]), BinaryPrimitives.ReadUInt32LittleEndian(buffer[8..]));
        return BinaryPrimitives.ReadUInt32LittleEndian(buffer) == record.Crc && packed == record.Packed && bytes == record.Bytes;
    }
}
