using System.Buffers.Binary;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Where the central directory lies, as the end record says (APPNOTE 4.3.16; ZIP64 4.3.14 and 4.3.15).</summary>
/// <param name="DirectoryAt">Place in the file, already moved by <paramref name="Shift"/>.</param>
/// <param name="DirectoryBytes">Length as declared.</param>
/// <param name="Entries">Count as declared.</param>
/// <param name="DirectoryEnd">Where the ZIP64 record or the end record begins, which the directory should reach.</param>
/// <param name="End">Where the comment ends.</param>
/// <param name="Shift">Bytes that stand before the archive and that its offsets do not know of.</param>
internal sealed record ZipEnd(long DirectoryAt, long DirectoryBytes, long Entries, long DirectoryEnd, long End, long Shift)
{
    public const uint DirectorySignature = 0x02014B50;
    private const uint Signature = 0x06054B50;
    private const uint LocatorSignature = 0x07064B50;
    private const uint Signature64 = 0x06064B50;
    private const int Bytes = 22;
    private const int LocatorBytes = 20;
    private const int Bytes64 = 56;
    private const int SearchBytes = Bytes + ushort.MaxValue;

    /// <exception cref="ContainerException">There is none, or it is of a kind that is not read.</exception>
    public static ZipEnd Read(ByteSource source, FaultList faults)
    {
        var from = Math.Max(0, source.Length - SearchBytes);
        var tail = new byte[source.Length - from];
        tail = tail[..source.ReadFully(from, tail)];
        var at = Find(tail, faults);
        var record = tail.AsSpan(at);
        var comment = BinaryPrimitives.ReadUInt16LittleEndian(record[20..]);
        var end = Math.Min(from + at + Bytes + comment, source.Length);
        var found = Plain(record, from + at, end);
        if (Zip64(source, from + at) is { } large)
        {
            found = Agreeing(found, large with { End = end }, record, faults);
        }
        else if (Disks(record) || record[8..20].IndexOfAnyExcept((byte)0xFF) < 0)
        {
            throw Trouble(Disks(record) ? "分卷压缩包，只有其中一卷" : "声明为 ZIP64，却没有 ZIP64 目录结束记录");
        }

        return Placed(source, found, faults);
    }

    private static bool Disks(ReadOnlySpan<byte> record) =>
        BinaryPrimitives.ReadUInt16LittleEndian(record[4..]) is not (0 or ushort.MaxValue)
        || BinaryPrimitives.ReadUInt16LittleEndian(record[6..]) is not (0 or ushort.MaxValue)
        || BinaryPrimitives.ReadUInt16LittleEndian(record[8..]) != BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);

    /// <summary>The last record whose comment ends with the file; without one the last of all.</summary>
    private static int Find(ReadOnlySpan<byte> tail, FaultList faults)
    {
        var (exact, last) = (-1, -1);
        for (var at = tail.Length - Bytes; at >= 0; at--)
        {
            if (BinaryPrimitives.ReadUInt32LittleEndian(tail[at..]) != Signature)
            {
                continue;
            }

            last = last < 0 ? at : last;
            if (at + Bytes + BinaryPrimitives.ReadUInt16LittleEndian(tail[(at + 20)..]) != tail.Length)
            {
                continue;
            }

            if (exact >= 0)
            {
                faults.Add(ContainerFaultKind.StrayData, null, "注释里藏有另一条目录结束记录，不同软件会读出不同内容");
                break;
            }

            exact = at;
        }

        if (exact < 0 && last < 0)
        {
            throw Trouble("没有找到 ZIP 目录结束记录");
        }

        if (exact < 0)
        {
            var over = tail.Length - last - Bytes - BinaryPrimitives.ReadUInt16LittleEndian(tail[(last + 20)..]);
            faults.Add(over > 0 ? ContainerFaultKind.StrayData : ContainerFaultKind.WrongLength, null, over > 0 ? $"目录结束记录之后还有 {over} 字节" : "注释比声明的短");
        }

        return exact >= 0 ? exact : last;
    }

    private static ZipEnd Plain(ReadOnlySpan<byte> record, long at, long end) => new(
        BinaryPrimitives.ReadUInt32LittleEndian(record[16..]),
        BinaryPrimitives.ReadUInt32LittleEndian(record[12..]),
        BinaryPrimitives.ReadUInt16LittleEndian(record[10..]),
        at,
        end,
        0);

    private static ZipEnd? Zip64(ByteSource source, long endAt)
    {
        Span<byte> locator = stackalloc byte[LocatorBytes];
        Span<byte> record = stackalloc byte[Bytes64];
        if (endAt < LocatorBytes || source.ReadFully(endAt - LocatorBytes, locator) < LocatorBytes || BinaryPrimitives.ReadUInt32LittleEndian(locator) != LocatorSignature)
        {
            return null;
        }

        var said = BinaryPrimitives.ReadInt64LittleEndian(locator[8..]);
        foreach (var at in (ReadOnlySpan<long>)[said, endAt - LocatorBytes - Bytes64])
        {
            if (at < 0 || at > endAt - LocatorBytes - Bytes64 || source.ReadFully(at, record) < Bytes64 || BinaryPrimitives.ReadUInt32LittleEndian(record) != Signature64)
            {
                continue;
            }

            if (BinaryPrimitives.ReadUInt32LittleEndian(locator[16..]) > 1 || BinaryPrimitives.ReadUInt32LittleEndian(record[16..]) != 0 || BinaryPrimitives.ReadUInt32LittleEndian(record[20..]) != 0)
            {
                throw Trouble("分卷压缩包，只有其中一卷");
            }

            return new ZipEnd(BinaryPrimitives.ReadInt64LittleEndian(record[48..]), BinaryPrimitives.ReadInt64LittleEndian(record[40..]), BinaryPrimitives.ReadInt64LittleEndian(record[32..]), at, 0, 0);
        }

        throw Trouble("ZIP64 定位记录所指的地方没有目录结束记录");
    }

    /// <summary>Where the plain record says something of its own, it must say what the ZIP64 one says.</summary>
    private static ZipEnd Agreeing(ZipEnd plain, ZipEnd large, ReadOnlySpan<byte> record, FaultList faults)
    {
        if ((plain.Entries != ushort.MaxValue && plain.Entries != large.Entries)
            || (plain.DirectoryBytes != uint.MaxValue && plain.DirectoryBytes != large.DirectoryBytes)
            || (plain.DirectoryAt != uint.MaxValue && plain.DirectoryAt != large.DirectoryAt)
            || Disks(record))
        {
            faults.Add(ContainerFaultKind.HeaderMismatch, null, $"目录结束记录（{plain.Entries} 个条目，目录在 {plain.DirectoryAt}）与 ZIP64 记录（{large.Entries} 个条目，目录在 {large.DirectoryAt}）不同");
        }

        return large;
    }

    private static ZipEnd Placed(ByteSource source, ZipEnd found, FaultList faults)
    {
        if (found.DirectoryBytes < 0 || found.DirectoryAt < 0 || found.DirectoryBytes > found.DirectoryEnd || found.DirectoryAt > found.DirectoryEnd)
        {
            throw Trouble("目录结束记录所说的中央目录不在文件之内，文件可能已经截断");
        }

        if (found.Entries == 0 && found.DirectoryBytes == 0)
        {
            return found with { DirectoryAt = found.DirectoryEnd };
        }

        var behind = found.DirectoryEnd - found.DirectoryBytes;
        if (IsDirectory(source, found.DirectoryAt) && (behind == found.DirectoryAt || !IsDirectory(source, behind)))
        {
            return found;
        }

        if (!IsDirectory(source, behind))
        {
            throw Trouble("目录结束记录所指的地方没有中央目录");
        }

        var shift = behind - found.DirectoryAt;
        if (shift < 0)
        {
            throw Trouble("中央目录的位置与长度互相矛盾");
        }

        faults.Add(ContainerFaultKind.StrayData, null, $"压缩包之前有 {shift} 字节不属于它的数据");
        return found with { DirectoryAt = behind, Shift = shift };
    }

    private static bool IsDirectory(ByteSource source, long at)
    {
        Span<byte> four = stackalloc byte[4];
        return source.ReadFully(at, four) == four.Length && BinaryPrimitives.ReadUInt32LittleEndian(four) == DirectorySignature;
    }

    private static ContainerException Trouble(string detail) => new(new ContainerFault(ContainerFaultKind.NoContainer, null, detail));
}
