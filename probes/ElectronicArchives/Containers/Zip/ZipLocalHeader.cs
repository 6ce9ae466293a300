using System.Buffers.Binary;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>The header before an entry's content (APPNOTE 4.3.7), held against what the central directory says.</summary>
internal sealed class ZipLocalHeader(ByteSource source, FaultList faults)
{
    public const uint Signature = 0x04034B50;
    public const int Head = 30;
    private const int FirstRead = 1024;
    private const ushort ComparedBits = ZipRecord.EncryptedBit | ZipRecord.DescriptorBit | ZipRecord.StrongBit | ZipRecord.Utf8Bit | ZipRecord.MaskedBit;
    private readonly byte[] _buffer = new byte[Head + ushort.MaxValue + ushort.MaxValue];

    /// <returns>Where the content begins; negative where there is no such header.</returns>
    public long Compare(ZipRecord central, ReadOnlySpan<byte> name, string path)
    {
        var have = source.ReadFully(central.LocalAt, _buffer.AsSpan(0, FirstRead));
        if (have < Head || BinaryPrimitives.ReadUInt32LittleEndian(_buffer) != Signature)
        {
            faults.Add(ContainerFaultKind.HeaderMismatch, path, $"中央目录所指的位置 {central.LocalAt} 没有本地头");
            return -1;
        }

        int nameBytes = BinaryPrimitives.ReadUInt16LittleEndian(_buffer.AsSpan(26));
        int extraBytes = BinaryPrimitives.ReadUInt16LittleEndian(_buffer.AsSpan(28));
        var whole = Head + nameBytes + extraBytes;
        if (whole > have && source.ReadFully(central.LocalAt, _buffer.AsSpan(0, whole)) < whole)
        {
            faults.Add(ContainerFaultKind.NoContainer, path, "本地头被截断");
            return -1;
        }

        CompareName(name, _buffer.AsSpan(Head, nameBytes), path);
        CompareFlags(central, BinaryPrimitives.ReadUInt16LittleEndian(_buffer.AsSpan(6)), name, path);
        CompareNumbers(central, _buffer.AsSpan(0, Head), _buffer.AsSpan(Head + nameBytes, extraBytes), path);
        return central.LocalAt + whole;
    }

    private void CompareName(ReadOnlySpan<byte> central, ReadOnlySpan<byte> local, string path)
    {
        if (!central.SequenceEqual(local))
        {
            var said = NameDecoding.Decode(local, isUtf8: false, [], out _).Path;
            faults.Add(ContainerFaultKind.HeaderMismatch, path, $"文件名：中央目录“{Short(path)}”，本地头“{Short(said)}”");
        }
    }

    /// <summary>Whether a name of ASCII alone is called UTF-8 changes nothing, and writers of OFD disagree with themselves there.</summary>
    private void CompareFlags(ZipRecord central, ushort flags, ReadOnlySpan<byte> name, string path)
    {
        var compared = Ascii.IsValid(name) ? ComparedBits & ~ZipRecord.Utf8Bit : ComparedBits;
        if (((flags ^ central.Flags) & compared) != 0)
        {
            faults.Add(ContainerFaultKind.HeaderMismatch, path, $"标志位：中央目录 0x{central.Flags:x4}，本地头 0x{flags:x4}");
        }
    }

    private void CompareNumbers(ZipRecord central, ReadOnlySpan<byte> head, ReadOnlySpan<byte> extra, string path)
    {
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(head[6..]);
        if (BinaryPrimitives.ReadUInt16LittleEndian(head[8..]) is var method && method != central.Method)
        {
            faults.Add(ContainerFaultKind.HeaderMismatch, path, $"压缩方法：中央目录 {central.Method}，本地头 {method}");
        }

        var (crc, packed, bytes) = (BinaryPrimitives.ReadUInt32LittleEndian(head[14..]), (long)BinaryPrimitives.ReadUInt32LittleEndian(head[18..]), (long)BinaryPrimitives.ReadUInt32LittleEndian(head[22..]));
        Widen(extra, ref bytes, ref packed);
        var isLater = (flags & ZipRecord.DescriptorBit) != 0;
        Numbers(isLater, "CRC-32", central.Crc, crc, path);
        Numbers(isLater, "压缩后长度", central.Packed, packed, path);
        Numbers(isLater, "原始长度", central.Bytes, bytes, path);
    }

    /// <summary>With a data descriptor the local header says nothing (0) or the same.</summary>
    private void Numbers(bool isLater, string what, long central, long local, string path)
    {
        if (local != central && !(isLater && local is 0 or uint.MaxValue))
        {
            faults.Add(ContainerFaultKind.HeaderMismatch, path, $"{what}：中央目录 {central}，本地头 {local}");
        }
    }

    private static void Widen(ReadOnlySpan<byte> extra, ref long bytes, ref long packed)
    {
        if (!ExtraFields.TryFind(extra, ZipDirectory.Zip64Field, out var wide))
        {
            return;
        }

        if (bytes == uint.MaxValue && wide.Length >= 8)
        {
            bytes = BinaryPrimitives.ReadInt64LittleEndian(wide);
            wide = wide[8..];
        }

        if (packed == uint.MaxValue && wide.Length >= 8)
        {
            packed = BinaryPrimitives.ReadInt64LittleEndian(wide);
        }
    }

    private static string Short(string name) => name.Length > 120 ? name[..120] + "…" : name;
}
