using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>One fault each in an otherwise clean package.</summary>
internal static class PlantedZipFault
{
    internal static readonly byte[] Text = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("归档数据包里的一个文件。", 40)));

    internal static byte[] UnicodePath(byte[] header, string name) =>
        [0x75, 0x70, (byte)(5 + Encoding.UTF8.GetByteCount(name)), 0, 1, .. BitConverter.GetBytes(Crc32.Of(header)), .. Encoding.UTF8.GetBytes(name)];

    /// <summary>A package that is clean but for one fault.</summary>
    /// <param name="fault">Its name in the tests.</param>
    internal static byte[] Plant(string fault)
    {
        var forge = new ZipForge();
        var entry = forge.Add("材料/甲.txt", Text);
        if (!Entries(fault, entry) && !Names(fault, forge) && !Files(fault, forge, entry))
        {
            throw new ArgumentOutOfRangeException(nameof(fault), fault, "no such fault");
        }

        forge.Add("尾.txt", "tail");
        return forge.ToBytes();
    }

    private static bool Entries(string fault, ForgedEntry entry)
    {
        Action? plant = fault switch
        {
            "crc" => () => entry.Crc ^= 1,
            "crc-stored" => () => entry.Store(Text).Crc ^= 1,
            "broken-deflate" => () => entry.Stored[0] = 0xFF,
            "declared-shorter" => () => entry.Bytes -= 7,
            "declared-longer" => () => entry.Bytes += 7,
            "data-after-deflate" => () => (entry.Stored, entry.PackedBytes) = ([.. entry.Stored, 1, 2, 3], entry.PackedBytes + 3),
            "stored-lengths" => () => (entry.Method, entry.Stored, entry.PackedBytes) = (0, Text[..^9], (uint)Text.Length - 9),
            "beyond-file" => () => (entry.PackedBytes, entry.LocalPacked) = (1 << 30, 1 << 30),
            "local-name" => () => entry.LocalNameBytes = Encoding.UTF8.GetBytes("材料/乙.txt"),
            "local-method" => () => entry.LocalMethod = 0,
            "local-bytes" => () => entry.LocalBytes = 3,
            "local-packed" => () => entry.LocalPacked = 3,
            "local-crc" => () => entry.LocalCrc = 3,
            "local-flags" => () => entry.LocalFlags = (ushort)(entry.Flags | 1),
            "no-local" => () => entry.NoLocalHeader = true,
            "descriptor" => () => (entry.Flags, entry.DescriptorCrc) = ((ushort)(entry.Flags | 8), 5),
            "descriptor-missing" => () => (entry.Flags, entry.NoDescriptor) = ((ushort)(entry.Flags | 8), true),
            "unicode-path" => () => entry.Extra = UnicodePath(entry.NameBytes, "材料/乙.txt"),
            "extra" => () => entry.Extra = [0x0A, 0, 200, 0, 1, 2],
            "folder-attribute" => () => entry.Attributes = 0x10,
            "zipcrypto" => () => entry.Flags |= 1,
            "aes" => () => (entry.Flags, entry.Method) = ((ushort)(entry.Flags | 1), 99),
            "strong" => () => entry.Flags |= 0x41,
            "bzip2" => () => entry.Method = 12,
            "bomb" => () => (entry.Stored, entry.PackedBytes, entry.Bytes, entry.Crc) = Bomb(),
            "link" => () => (entry.Host, entry.Attributes) = (3, 0xA1FF0000),
            "pipe" => () => (entry.Host, entry.Attributes) = (3, 0x11FF0000),
            "total" => () => entry.Extra = entry.LocalExtra = Wide(entry, 21L << 30),
            "between" => () => entry.After = [1, 2, 3],
            _ => null,
        };
        plant?.Invoke();
        return plant is not null;
    }

    private static (byte[] Stored, uint Packed, uint Bytes, uint Crc) Bomb()
    {
        var zeros = new byte[32 << 20];
        var packed = ZipForge.Pack(zeros);
        return (packed, (uint)packed.Length, (uint)zeros.Length, Crc32.Of(zeros));
    }

    private static byte[] Wide(ForgedEntry entry, long bytes)
    {
        entry.Bytes = uint.MaxValue;
        return [1, 0, 8, 0, .. BitConverter.GetBytes(bytes)];
    }

    private static bool Names(string fault, ZipForge forge)
    {
        string[] names = fault switch
        {
            "twice" => ["材料/甲.txt"],
            "case" => ["A.txt", "a.TXT"],
            "normal-form" => ["ポリシー.txt", "ホ\u309Aリシー.txt"],
            "file-and-folder" => ["申请", "申请/表.txt"],
            "parent" => ["a/../../b"],
            "parent-backslash" => ["..\\b"],
            "parent-space" => [".. /b"],
            "absolute" => ["/etc/b"],
            "drive" => ["C:b"],
            "backslash" => ["材料\\b.txt"],
            "nul" => ["a.txt\0.exe"],
            "direction" => ["a\u202Etxt.exe"],
            "device" => ["材料/con.txt"],
            "question" => ["a?.txt"],
            "dot" => ["a."],
            "long" => [new string('长', 86)],
            "long-path" => [string.Concat(Enumerable.Repeat("a/", 3000)) + "b.txt"],
            "not-nfc" => ["cafe\u0301.txt"],
            _ => [],
        };
        foreach (var name in names)
        {
            forge.Add(name, "x");
        }

        return names.Length > 0;
    }

    private static bool Files(string fault, ZipForge forge, ForgedEntry entry)
    {
        Action? plant = fault switch
        {
            "same-data" => () => forge.Add("别名.txt", Text).SharesDataOf = entry,
            "inside" => () =>
            {
                entry.Store(ZipForge.Clean(("内.txt", "x"))).Crc = Crc32.Of(entry.Stored);
                var inside = forge.Add("内.txt", "x");
                (inside.SharesDataOf, inside.DeclaredAt) = (entry, 30 + entry.NameBytes.Length);
            },
            "count" => () => forge.DeclaredEntries = 7,
            "name-not-utf8" => () => forge.Add("中", "x").NameBytes = [0xD6, 0xD0],
            "name-nothing" => () =>
            {
                var nothing = forge.Add("中", "x");
                (nothing.NameBytes, nothing.Flags) = ([0xFF, 0xFF, 0x61], 0);
            },
            "before" => () => forge.Before = new byte[9],
            "before-shifted" => () => (forge.Before, forge.OffsetsIgnoreBefore) = (new byte[9], true),
            "before-directory" => () => forge.BeforeDirectory = new byte[9],
            "after" => () => forge.After = new byte[5],
            "hidden" => () => forge.Add("藏.txt", "x").Hidden = true,
            "second-end" => () => forge.Comment = [.. "PK\u0005\u0006"u8, .. new byte[18]],
            _ => null,
        };
        plant?.Invoke();
        return plant is not null;
    }
}
