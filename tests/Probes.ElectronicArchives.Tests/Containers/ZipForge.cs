using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Writes ZIP files that may lie in every field: what is not planted is right. The same calls give the same bytes.</summary>
public sealed class ZipForge
{
    private readonly List<ForgedEntry> _entries = [];

    /// <summary>Bytes before the first entry.</summary>
    public byte[] Before { get; set; } = [];

    /// <summary>Bytes between the last entry and the central directory.</summary>
    public byte[] BeforeDirectory { get; set; } = [];

    /// <summary>Bytes after the end record.</summary>
    public byte[] After { get; set; } = [];

    public byte[] Comment { get; set; } = [];

    /// <summary>Offsets count from the first entry instead of the first byte, as self-extracting archives have it.</summary>
    public bool OffsetsIgnoreBefore { get; set; }

    public int? DeclaredEntries { get; set; }

    public ushort Disk { get; set; }

    /// <summary>Writes the end records of ZIP64 also where nothing needs them.</summary>
    public bool Zip64End { get; set; }

    public ForgedEntry Add(string name, string text) => Add(name, Encoding.UTF8.GetBytes(text));

    /// <returns>The entry, to plant faults in before <see cref="ToBytes"/>.</returns>
    public ForgedEntry Add(string name, byte[] content)
    {
        var entry = new ForgedEntry(name, content);
        _entries.Add(entry);
        return entry;
    }

    public byte[] ToBytes()
    {
        var file = new MemoryStream();
        file.Write(Before);
        foreach (var entry in _entries)
        {
            WriteLocal(file, entry);
        }

        file.Write(BeforeDirectory);
        var shift = OffsetsIgnoreBefore ? Before.Length : 0;
        var directoryAt = file.Position;
        var listed = _entries.Where(e => !e.Hidden).ToList();
        foreach (var entry in listed)
        {
            file.Write(Central(entry, shift));
        }

        WriteEnd(file, directoryAt - shift, file.Position - directoryAt, DeclaredEntries ?? listed.Count);
        file.Write(After);
        return file.ToArray();
    }

    /// <summary>A package as it should be: name and text in turn.</summary>
    public static byte[] Clean(params (string Name, string Text)[] files)
    {
        var forge = new ZipForge();
        foreach (var (name, text) in files)
        {
            forge.Add(name, text);
        }

        return forge.ToBytes();
    }

    internal static byte[] Pack(byte[] content)
    {
        var packed = new MemoryStream();
        using (var deflate = new DeflateStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            deflate.Write(content);
        }

        return packed.ToArray();
    }

    private static void WriteLocal(MemoryStream file, ForgedEntry entry)
    {
        entry.At ??= file.Position;
        if (entry.SharesDataOf is { } other)
        {
            entry.At = other.At;
            return;
        }

        if (!entry.NoLocalHeader)
        {
            var name = entry.LocalNameBytes ?? entry.NameBytes;
            var later = (entry.Flags & 8) != 0 && !entry.LocalSaysAll;
            var head = new byte[30 + name.Length + entry.LocalExtra.Length];
            BinaryPrimitives.WriteUInt32LittleEndian(head, 0x04034B50);
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(4), 20);
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(6), entry.LocalFlags ?? entry.Flags);
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(8), entry.LocalMethod ?? entry.Method);
            WriteTimes(head.AsSpan(10), entry);
            BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(14), later ? 0 : entry.LocalCrc ?? entry.Crc);
            BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(18), later ? 0 : entry.LocalPacked ?? entry.PackedBytes);
            BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(22), later ? 0 : entry.LocalBytes ?? entry.Bytes);
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(26), (ushort)name.Length);
            BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(28), (ushort)entry.LocalExtra.Length);
            name.CopyTo(head, 30);
            entry.LocalExtra.CopyTo(head, 30 + name.Length);
            file.Write(head);
        }

        file.Write(entry.Stored);
        if ((entry.Flags & 8) != 0 && !entry.NoDescriptor)
        {
            WriteDescriptor(file, entry);
        }

        file.Write(entry.After);
    }

    private static void WriteDescriptor(MemoryStream file, ForgedEntry entry)
    {
        Span<byte> descriptor = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor, 0x08074B50);
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor[4..], entry.DescriptorCrc ?? entry.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor[8..], entry.PackedBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(descriptor[12..], entry.Bytes);
        file.Write(descriptor[(entry.DescriptorUnsigned ? 4 : 0)..]);
    }

    private static byte[] Central(ForgedEntry entry, int shift)
    {
        var name = entry.NameBytes;
        var head = new byte[46 + name.Length + entry.Extra.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(head, 0x02014B50);
        head[4] = 20;
        head[5] = entry.Host;
        head[6] = 20;
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(8), entry.Flags);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(10), entry.Method);
        WriteTimes(head.AsSpan(12), entry);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(16), entry.Crc);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(20), entry.PackedBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(24), entry.Bytes);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(28), (ushort)name.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(30), (ushort)entry.Extra.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(38), entry.Attributes);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(42), (uint)((entry.DeclaredAt ?? entry.At!.Value) - shift));
        name.CopyTo(head, 46);
        entry.Extra.CopyTo(head, 46 + name.Length);
        return head;
    }

    private static void WriteTimes(Span<byte> at, ForgedEntry entry)
    {
        var t = entry.Modified;
        BinaryPrimitives.WriteUInt16LittleEndian(at, (ushort)((t.Hour << 11) | (t.Minute << 5) | (t.Second / 2)));
        BinaryPrimitives.WriteUInt16LittleEndian(at[2..], (ushort)(((t.Year - 1980) << 9) | (t.Month << 5) | t.Day));
    }

    private void WriteEnd(MemoryStream file, long directoryAt, long directoryBytes, int entries)
    {
        if (Zip64End)
        {
            Span<byte> wide = stackalloc byte[76];
            BinaryPrimitives.WriteUInt32LittleEndian(wide, 0x06064B50);
            BinaryPrimitives.WriteInt64LittleEndian(wide[4..], 44);
            BinaryPrimitives.WriteInt64LittleEndian(wide[24..], entries);
            BinaryPrimitives.WriteInt64LittleEndian(wide[32..], entries);
            BinaryPrimitives.WriteInt64LittleEndian(wide[40..], directoryBytes);
            BinaryPrimitives.WriteInt64LittleEndian(wide[48..], directoryAt);
            BinaryPrimitives.WriteUInt32LittleEndian(wide[56..], 0x07064B50);
            BinaryPrimitives.WriteInt64LittleEndian(wide[64..], file.Position);
            BinaryPrimitives.WriteUInt32LittleEndian(wide[72..], 1);
            file.Write(wide);
        }

        Span<byte> end = stackalloc byte[22];
        BinaryPrimitives.WriteUInt32LittleEndian(end, 0x06054B50);
        BinaryPrimitives.WriteUInt16LittleEndian(end[4..], Disk);
        BinaryPrimitives.WriteUInt16LittleEndian(end[6..], Disk);
        BinaryPrimitives.WriteUInt16LittleEndian(end[8..], (ushort)entries);
        BinaryPrimitives.WriteUInt16LittleEndian(end[10..], (ushort)entries);
        BinaryPrimitives.WriteUInt32LittleEndian(end[12..], (uint)directoryBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(end[16..], (uint)directoryAt);
        BinaryPrimitives.WriteUInt16LittleEndian(end[20..], (ushort)Comment.Length);
        file.Write(end);
        file.Write(Comment);
    }
}

/// <summary>An entry of a forged ZIP file; every field may be set to a lie.</summary>
public sealed class ForgedEntry
{
    public ForgedEntry(string name, byte[] content)
    {
        (NameBytes, Flags) = (Encoding.UTF8.GetBytes(name), (ushort)(name.All(char.IsAscii) ? 0 : 1 << 11));
        (Stored, Bytes, Crc) = (ZipForge.Pack(content), (uint)content.Length, Crc32.Of(content));
        (PackedBytes, Method) = ((uint)Stored.Length, 8);
        if (content.Length == 0 || name.EndsWith('/'))
        {
            Store(content);
        }
    }

    public byte[] NameBytes { get; set; }

    /// <summary>Name of the local header where it is another.</summary>
    public byte[]? LocalNameBytes { get; set; }

    public ushort Flags { get; set; }

    public ushort? LocalFlags { get; set; }

    public ushort Method { get; set; }

    public ushort? LocalMethod { get; set; }

    /// <summary>The bytes between the headers.</summary>
    public byte[] Stored { get; set; }

    public uint Crc { get; set; }

    public uint? LocalCrc { get; set; }

    public uint Bytes { get; set; }

    public uint? LocalBytes { get; set; }

    public uint PackedBytes { get; set; }

    public uint? LocalPacked { get; set; }

    public byte[] Extra { get; set; } = [];

    public byte[] LocalExtra { get; set; } = [];

    /// <summary>3 is Unix, whose kind of file stands in the upper half of <see cref="Attributes"/>.</summary>
    public byte Host { get; set; }

    public uint Attributes { get; set; }

    public DateTime Modified { get; set; } = new(2026, 3, 2, 9, 30, 0, DateTimeKind.Unspecified);

    /// <summary>With <c>Flags |= 8</c>: the descriptor's own CRC-32.</summary>
    public uint? DescriptorCrc { get; set; }

    public bool DescriptorUnsigned { get; set; }

    public bool NoDescriptor { get; set; }

    /// <summary>With a descriptor: the local header says the lengths all the same.</summary>
    public bool LocalSaysAll { get; set; }

    /// <summary>Not in the central directory.</summary>
    public bool Hidden { get; set; }

    public bool NoLocalHeader { get; set; }

    /// <summary>Bytes after the entry that belong to nothing.</summary>
    public byte[] After { get; set; } = [];

    /// <summary>Points at the local header of another entry instead of having one.</summary>
    public ForgedEntry? SharesDataOf { get; set; }

    /// <summary>Place the central directory names instead of the true one.</summary>
    public long? DeclaredAt { get; set; }

    internal long? At { get; set; }

    /// <summary>Keeps the content unpacked.</summary>
    public ForgedEntry Store(byte[] content)
    {
        (Stored, Method, PackedBytes, Bytes) = (content, 0, (uint)content.Length, (uint)content.Length);
        return this;
    }

    /// <summary>Name in GB18030 without any flag, as Chinese software on Windows writes it.</summary>
    public ForgedEntry Gb18030(string name)
    {
        NameBytes = CodePagesEncodingProvider.Instance.GetEncoding("GB18030")!.GetBytes(name);
        Flags &= 0xF7FF;
        return this;
    }
}
