using System.Globalization;
using System.IO.Compression;
using System.Text;
using static SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests.PlantedZipFault;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

public sealed class ZipContainerTests
{
    /// <summary>Every fault alone in an otherwise clean package, and what is found: its kind, and words of its detail.</summary>
    public static TheoryData<string, ContainerFaultKind, string> Planted => new()
    {
        { "crc", ContainerFaultKind.WrongCrc, "声明" },
        { "crc-stored", ContainerFaultKind.WrongCrc, "声明" },
        { "broken-deflate", ContainerFaultKind.WrongCrc, "损坏" },
        { "declared-shorter", ContainerFaultKind.WrongLength, "实际更长" },
        { "declared-longer", ContainerFaultKind.WrongLength, "实际只有" },
        { "data-after-deflate", ContainerFaultKind.WrongLength, "其后还有数据" },
        { "stored-lengths", ContainerFaultKind.WrongLength, "未压缩" },
        { "beyond-file", ContainerFaultKind.WrongLength, "超出文件" },
        { "same-data", ContainerFaultKind.Overlap, "重叠" },
        { "inside", ContainerFaultKind.Overlap, "重叠" },
        { "local-name", ContainerFaultKind.HeaderMismatch, "文件名：中央目录“材料/甲.txt”，本地头“材料/乙.txt”" },
        { "local-method", ContainerFaultKind.HeaderMismatch, "压缩方法：中央目录 8，本地头 0" },
        { "local-bytes", ContainerFaultKind.HeaderMismatch, "原始长度" },
        { "local-packed", ContainerFaultKind.HeaderMismatch, "压缩后长度" },
        { "local-crc", ContainerFaultKind.HeaderMismatch, "CRC-32" },
        { "local-flags", ContainerFaultKind.HeaderMismatch, "标志位" },
        { "no-local", ContainerFaultKind.HeaderMismatch, "没有本地头" },
        { "descriptor", ContainerFaultKind.HeaderMismatch, "数据描述符与中央目录不符" },
        { "descriptor-missing", ContainerFaultKind.HeaderMismatch, "却没有" },
        { "count", ContainerFaultKind.HeaderMismatch, "声明 7 个条目，中央目录里有 2 个" },
        { "unicode-path", ContainerFaultKind.HeaderMismatch, "Unicode 路径扩展字段" },
        { "extra", ContainerFaultKind.HeaderMismatch, "扩展字段" },
        { "folder-attribute", ContainerFaultKind.HeaderMismatch, "属性说是目录" },
        { "twice", ContainerFaultKind.DuplicateName, "同名" },
        { "case", ContainerFaultKind.DuplicateName, "大小写" },
        { "normal-form", ContainerFaultKind.DuplicateName, "规范形式" },
        { "file-and-folder", ContainerFaultKind.DuplicateName, "既是文件又是目录" },
        { "zipcrypto", ContainerFaultKind.Encrypted, "传统加密" },
        { "aes", ContainerFaultKind.Encrypted, "AES" },
        { "strong", ContainerFaultKind.Encrypted, "强加密" },
        { "bzip2", ContainerFaultKind.CompressionMethod, "bzip2" },
        { "bomb", ContainerFaultKind.Ratio, "展开为 33554432" },
        { "parent", ContainerFaultKind.EscapingPath, "上级目录" },
        { "parent-backslash", ContainerFaultKind.EscapingPath, "上级目录" },
        { "parent-space", ContainerFaultKind.EscapingPath, "上级目录" },
        { "absolute", ContainerFaultKind.EscapingPath, "绝对" },
        { "drive", ContainerFaultKind.EscapingPath, "盘符" },
        { "link", ContainerFaultKind.Link, "符号链接" },
        { "pipe", ContainerFaultKind.Link, "特殊文件" },
        { "name-not-utf8", ContainerFaultKind.UndecodableName, "声明为 UTF-8" },
        { "name-nothing", ContainerFaultKind.UndecodableName, "也不是 GB18030" },
        { "backslash", ContainerFaultKind.ReservedName, "反斜杠" },
        { "nul", ContainerFaultKind.ReservedName, "NUL" },
        { "direction", ContainerFaultKind.ReservedName, "书写方向" },
        { "device", ContainerFaultKind.ReservedName, "设备名" },
        { "question", ContainerFaultKind.ReservedName, "保留字符" },
        { "dot", ContainerFaultKind.ReservedName, "点或空格" },
        { "long", ContainerFaultKind.ReservedName, "超过 255" },
        { "long-path", ContainerFaultKind.ReservedName, "超过 4096" },
        { "not-nfc", ContainerFaultKind.ReservedName, "NFC" },
        { "before", ContainerFaultKind.StrayData, "（位置 0）有 9 字节" },
        { "before-shifted", ContainerFaultKind.StrayData, "之前有 9 字节" },
        { "between", ContainerFaultKind.StrayData, "不属于任何条目" },
        { "before-directory", ContainerFaultKind.StrayData, "不属于任何条目" },
        { "after", ContainerFaultKind.StrayData, "之后还有 5 字节" },
        { "hidden", ContainerFaultKind.StrayData, "没有列出的条目" },
        { "second-end", ContainerFaultKind.StrayData, "另一条目录结束记录" },
        { "total", ContainerFaultKind.TooLarge, "超过上限" },
    };

    [Theory]
    [MemberData(nameof(Planted))]
    public void A_planted_fault_is_found_and_named(string fault, ContainerFaultKind kind, string words)
    {
        using var zip = ZipContainer.Open(Plant(fault), CancellationToken.None);

        var found = zip.Faults.Concat(ReadAll(zip)).ToList();

        Assert.Contains(found, f => f.Kind == kind && f.Detail.Contains(words, StringComparison.Ordinal));
        var allowed = fault switch
        {
            "bomb" or "declared-longer" => [],
            "same-data" => [ContainerFaultKind.HeaderMismatch, ContainerFaultKind.DuplicateName],
            "no-local" or "beyond-file" or "total" => [ContainerFaultKind.StrayData, ContainerFaultKind.Overlap, ContainerFaultKind.HeaderMismatch, ContainerFaultKind.WrongLength, ContainerFaultKind.Ratio, ContainerFaultKind.TooLarge],
            "normal-form" => [ContainerFaultKind.ReservedName],
            "parent-backslash" or "drive" or "parent-space" => [ContainerFaultKind.ReservedName],
            _ => Array.Empty<ContainerFaultKind>(),
        };
        Assert.Empty(found.Select(f => f.Kind).Except([kind, .. allowed]));
    }

    [Fact]
    public void A_clean_package_has_no_fault_and_gives_its_bytes()
    {
        using var zip = ZipContainer.Open(Base().ToBytes(), CancellationToken.None);

        Assert.Empty(zip.Faults);
        Assert.Empty(ReadAll(zip));
        Assert.Equal([("材料/甲.txt", false, (long)Text.Length), ("说明.xml", false, 6L)], zip.Entries.Select(e => (e.Path, e.IsFolder, e.Bytes)));
        Assert.Equal(new DateTime(2026, 3, 2, 9, 30, 0), zip.Entries[0].ModifiedAt);
        Assert.Equal(Text, Containers.ReadAll(zip, zip.Entries[0], 1 << 20, CancellationToken.None));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.SmallestSize)]
    public void What_the_framework_writes_is_clean(CompressionLevel level)
    {
        var unseekable = new MemoryStream();
        using (var written = new ZipArchive(new WriteOnly(unseekable), ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var i in Enumerable.Range(0, 20))
            {
                using var to = written.CreateEntry($"申报文件/第{i}份.txt", level).Open();
                to.Write(Text.AsSpan(0, i * 10));
            }

            written.CreateEntry("空目录/");
        }

        using var zip = ZipContainer.Open(unseekable.ToArray(), CancellationToken.None);

        Assert.Empty(zip.Faults);
        Assert.Empty(ReadAll(zip));
        Assert.Equal(21, zip.Entries.Count);
        Assert.Equal(new ContainerEntry("空目录", true, 0, zip.Entries[20].ModifiedAt, 20), zip.Entries[20]);
    }

    [Fact]
    public void Names_are_read_as_chinese_software_writes_them()
    {
        var forge = new ZipForge();
        forge.Add("x", "a").Gb18030("说明文件.txt");
        forge.Add("材料.txt", "b");
        forge.Add("过程.txt", "c").Flags = 0;
        forge.Add("plain.txt", "d");
        var extra = forge.Add("y", "e").Gb18030("结果.txt");
        extra.Extra = UnicodePath(extra.NameBytes, "结果.txt");

        using var zip = ZipContainer.Open(forge.ToBytes(), CancellationToken.None);

        Assert.Empty(zip.Faults);
        Assert.Equal(["说明文件.txt", "材料.txt", "过程.txt", "plain.txt", "结果.txt"], zip.Entries.Select(e => e.Path));
        Assert.Equal([NameEncoding.Gb18030, NameEncoding.Utf8Declared, NameEncoding.Utf8Guessed, NameEncoding.Ascii, NameEncoding.UnicodePath], zip.Entries.Select(zip.EncodingOf));
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("text")]
    [InlineData("cut")]
    [InlineData("disk")]
    [InlineData("directory-elsewhere")]
    public void What_is_no_zip_says_so(string what)
    {
        var bytes = what switch
        {
            "empty" => [],
            "text" => Text,
            "cut" => Base().ToBytes()[..^60],
            "disk" => ((Func<byte[]>)(() => { var f = Base(); f.Disk = 1; return f.ToBytes(); }))(),
            _ => ((Func<byte[]>)(() => { var b = Base().ToBytes(); b[^6] ^= 0x40; return b; }))(),
        };

        var trouble = Assert.Throws<ContainerException>(() => ZipContainer.Open(bytes, CancellationToken.None));
        Assert.Equal(ContainerFaultKind.NoContainer, trouble.Fault.Kind);
    }

    [Fact]
    public void Calling_an_ascii_name_utf8_in_one_header_alone_is_no_fault()
    {
        var forge = new ZipForge();
        forge.Add("OFD.xml", "<a/>").LocalFlags = 1 << 11;
        forge.Add("材料.txt", "b").LocalFlags = 0;

        using var zip = ZipContainer.Open(forge.ToBytes(), CancellationToken.None);

        Assert.Equal("材料.txt", Assert.Single(zip.Faults).Path);
    }

    [Fact]
    public void An_empty_zip_is_one()
    {
        using var zip = ZipContainer.Open(new ZipForge().ToBytes(), CancellationToken.None);

        Assert.Empty(zip.Entries);
        Assert.Empty(zip.Faults);
    }

    [Fact]
    public void A_hundred_thousand_entries_are_read_and_one_more_is_too_many()
    {
        var forge = new ZipForge { Zip64End = true, DeclaredEntries = 100_000 };
        foreach (var i in Enumerable.Range(0, 100_000))
        {
            forge.Add(string.Create(CultureInfo.InvariantCulture, $"{i / 1000}/{i}.txt"), []);
        }

        var bytes = forge.ToBytes();
        using (var zip = ZipContainer.Open(bytes, CancellationToken.None))
        {
            Assert.Equal(100_000, zip.Entries.Count);
            Assert.DoesNotContain(zip.Faults, f => f.Kind != ContainerFaultKind.HeaderMismatch);
        }

        forge.Add("one-more.txt", []);
        Assert.Equal(ContainerFaultKind.TooManyEntries, Assert.Throws<ContainerException>(() => ZipContainer.Open(forge.ToBytes(), CancellationToken.None)).Fault.Kind);
    }

    [Fact]
    public void Packages_in_packages_are_opened_three_deep()
    {
        var inner = ZipForge.Clean(("甲.txt", "一"));
        var middle = new ZipForge();
        middle.Add("内.zip", inner);
        var outer = new ZipForge();
        outer.Add("中.zip", middle.ToBytes()).Store(middle.ToBytes());

        using var first = ZipContainer.Open(outer.ToBytes(), CancellationToken.None);
        using var second = Containers.OpenNested(first, first.Entries[0], 2, CancellationToken.None);
        using var third = Containers.OpenNested(second, second.Entries[0], 3, CancellationToken.None);

        Assert.Equal("甲.txt", third.Entries[0].Path);
        Assert.Equal("一", Encoding.UTF8.GetString(Containers.ReadAll(third, third.Entries[0], 100, CancellationToken.None)));
        Assert.Equal(ContainerFaultKind.Nesting, Assert.Throws<ContainerException>(() => Containers.OpenNested(third, third.Entries[0], 4, CancellationToken.None)).Fault.Kind);
    }

    internal static List<ContainerFault> ReadAll(IContainer container)
    {
        var faults = new List<ContainerFault>();
        foreach (var entry in container.Entries)
        {
            try
            {
                using var content = container.Open(entry);
                content.CopyTo(Stream.Null);
            }
            catch (ContainerException trouble)
            {
                faults.Add(trouble.Fault);
            }
        }

        return faults;
    }

    internal static ZipForge Base()
    {
        var forge = new ZipForge();
        forge.Add("材料/甲.txt", Text);
        forge.Add("说明.xml", "<说/>"u8.ToArray()[..6]);
        return forge;
    }

    /// <summary>A stream that cannot seek, for which writers need data descriptors.</summary>
    private sealed class WriteOnly(Stream inner) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);
    }
}
