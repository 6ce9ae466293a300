using System.Text;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>What was not looked at leaves its items open, with the reason; it is never taken for good.</summary>
public sealed class NotLookedAtTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>Each of the two values is among the allowed ones, and nobody can say how long the record is kept.</summary>
    [Fact]
    public async Task A_coded_element_with_two_values_is_left_to_people()
    {
        var batch = SampleBatch.Of(2);
        batch.Packages[0].Fields.Add(("retention_period", batch.Packages[0].Fields.First(f => f.Name == "retention_period").Value == "永久" ? "10年" : "永久"));
        DraftWriter.Write(batch, _folder.Path);
        var (outcome, _) = await Archiving.SeenAsync(Archiving.Target(_folder.Path));
        Assert.Contains(Archiving.Read(outcome).ValuePlausibility.Open, o => o.Contains("保管期限：写了 2 个不同的值", StringComparison.Ordinal));
        Assert.Equal(Verdict.NeedsReview, Archiving.Judged(outcome)["DAT70-1-5"]);
    }

    [Theory]
    [InlineData("mp3", "3-4")]
    [InlineData("mp4", "3-5 3-8")]
    [InlineData("doc", "3-4 3-8")]
    [InlineData("html", "3-4 3-8")]
    public async Task A_format_that_is_not_opened_or_searched(string key, string items)
    {
        var batch = SampleBatch.Of(2);
        var file = batch.Packages[1].Files[2];
        file.Bytes = key switch { "doc" => SampleFiles.Ole2("Root Entry", "WordDocument"), "html" => SampleContents.Utf8("<html><body>甲</body></html>"), _ => SampleFiles.Make(key) };
        (file.Name, file.Format) = ($"受理通知书.{key}", key.ToUpperInvariant());
        AssertOpen(await WrittenAsync(batch), items, file.Name);
    }

    [Fact]
    public async Task Texts_pictures_and_markup_are_really_looked_at()
    {
        var batch = SampleBatch.Of(2);
        var files = batch.Packages[1].Files;
        (files[1].Name, files[1].Format, files[1].Bytes) = ("证明.txt", "TXT", SampleContents.Utf8("证明\n"));
        (files[2].Name, files[2].Format, files[2].Bytes) = ("通知书.xml", "XML", SampleContents.Utf8("<?xml version=\"1.0\" encoding=\"UTF-8\"?><通知><编号>&#49;</编号></通知>"));
        (files[3].Name, files[3].Format, files[3].Bytes) = ("决定书.png", "PNG", SampleFiles.Make("png"));
        var record = await WrittenAsync(batch);
        Assert.All(new[] { record.ContentReadability, record.LongTermFormats, record.PackageFormats }, i => Assert.True(i.Agrees is { IsKnown: true, Value: true }, Archiving.Told(record)));
    }

    [Theory]
    [InlineData("<a xmlns:e=\"http://www.w3.org/2001/04/xmlenc#\"><e:EncryptedData/></a>", "3-8")]
    [InlineData("<a xmlns:e=\"http://www.w3.org/2001/04/&#x78;mlenc#\"><e:EncryptedData/></a>", "3-8")]
    [InlineData("<a xmlns:h=\"http://www.w3.org/1999/xhtml\"><h:script>1</h:script></a>", "3-5")]
    public async Task Markup_that_hides_something(string xml, string item)
    {
        var batch = SampleBatch.Of(2);
        (batch.Packages[1].Files[2].Name, batch.Packages[1].Files[2].Format, batch.Packages[1].Files[2].Bytes) = ("通知书.xml", "XML", SampleContents.Utf8("<?xml version=\"1.0\"?>" + xml));
        var record = await WrittenAsync(batch);
        Assert.True(record.Items.First(i => i.Id == item).DifferenceCount == 1, Archiving.Told(record));
    }

    [Fact]
    public async Task A_long_text_is_decoded_to_its_end()
    {
        var batch = SampleBatch.Of(2);
        (batch.Packages[1].Files[2].Name, batch.Packages[1].Files[2].Format, batch.Packages[1].Files[2].Bytes) = ("通知书.txt", "TXT", [.. Enumerable.Range(0, 9 << 20).Select(i => (byte)('a' + (i * 2654435761L >> 13) % 26)), 0xFF, 0xFF]);
        var record = await WrittenAsync(batch);
        Assert.True(record.ContentReadability.DifferenceCount == 1, Archiving.Told(record));
    }

    [Theory]
    [InlineData("数字摘要", "1-1")]
    [InlineData("计算机文件大小", "1-9")]
    public async Task A_listed_file_without_what_it_is_compared_by(string element, string item)
    {
        var record = await CarrierAsync(list => list.Descendants(element).First().Remove());
        AssertOpen(record, item, "正文.ofd");
        Assert.True(record.Items.First(i => i.Id == item).Comparisons > 0);
    }

    [Fact]
    public async Task A_file_that_no_list_names_and_one_that_is_not_there()
    {
        AssertOpen(await CarrierAsync(list => list.Descendants("文件").First().Remove()), "1-1 1-9", "0001/正文.ofd");
        AssertOpen(await CarrierAsync(list => list.Descendants("计算机文件名").First().Value = "别处/没有.ofd"), "1-1 1-9 1-10", "没有.ofd");
    }

    [Fact]
    public async Task A_payload_of_a_bag_without_a_digest()
    {
        var parts = SampleOthers.Bag();
        parts.Add(("data/外.txt", SampleContents.Utf8("外\n")));
        AssertOpen(await BagAsync(parts), "1-1", "data/外.txt");
        parts = SampleOthers.Bag();
        parts.RemoveAll(p => p.Path == "data/正文.ofd");
        AssertOpen(await BagAsync(parts), "1-1", "data/正文.ofd");
    }

    [Fact]
    public async Task A_file_whose_format_nobody_names()
    {
        var record = await CarrierAsync(list => list.Descendants("格式信息").First().Remove(), "正文.ofd", "正文");
        AssertOpen(record, "1-10", "0001/正文");
    }

    [Theory]
    [InlineData("receive_time", "")]
    [InlineData("transact_time", "某日")]
    [InlineData("archive_time", "")]
    public async Task A_moment_that_is_missing_leaves_the_order_open(string field, string value)
    {
        var batch = SampleBatch.Of(2);
        batch.Packages[1].Set(field, value);
        batch.Packages[1].Entry.RemoveAll(e => e.Name == field);
        AssertOpen(await WrittenAsync(batch), "1-5", "");
    }

    [Fact]
    public async Task A_year_without_its_date_and_the_other_way()
    {
        AssertOpen(await CarrierAsync(list => list.Descendants("日期").First().Value = "二月", profile: "p-carrier"), "1-5", "年度");
        AssertOpen(await CarrierAsync(list => list.Descendants("年度").First().Remove(), profile: "p-carrier"), "1-5", "年度");
    }

    [Fact]
    public async Task Packages_without_a_list_an_entry_or_a_record()
    {
        var batch = SampleBatch.Of(3);
        batch.Packages[1].Metadata = x => x[..(x.Length / 2)];
        AssertOpen(await WrittenAsync(batch), "1-12 2-9", batch.Packages[1].Name);
    }

    [Fact]
    public async Task A_linked_package_is_not_passed_over()
    {
        DraftWriter.Write(SampleBatch.Of(2), _folder.Path);
        using var elsewhere = new TemporaryFolder();
        DraftWriter.Write(SampleBatch.Of(1, first: 3), elsewhere.Path);
        File.CreateSymbolicLink(_folder.File("SP202600000003.zip"), Directory.GetFiles(elsewhere.Path, "*.zip")[0]);
        AssertOpen(await Archiving.RecordAsync(Archiving.Target(_folder.Path)), "1-14 2-10 3-1 3-8 1-1 2-1", "");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_transfer_list_that_cannot_be_read_is_there_all_the_same(bool isLarge)
    {
        DraftWriter.Write(SampleBatch.Of(2), _folder.Path);
        File.Delete(_folder.File("移交目录.xml"));
        using (var file = File.Create(_folder.File("移交目录.xml")))
        {
            file.SetLength(isLarge ? (64L << 20) + 1 : 0);
        }

        if (!isLarge)
        {
            File.Delete(_folder.File("移交目录.xml"));
            Directory.CreateDirectory(_folder.File("目录"));
        }

        var target = Archiving.Target(_folder.Path) with { TransferList = isLarge ? null : _folder.File("目录") };
        var record = await Archiving.RecordAsync(target);
        AssertOpen(record, "1-12 1-14 2-1 2-2 2-10 3-1", "");
        Assert.True(record.SurplusFiles.DifferenceCount == 0, Archiving.Told(record));
        Assert.DoesNotContain("没有移交目录", Archiving.Told(record), StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_files_than_are_taken_of_a_list()
    {
        var list = string.Concat(Enumerable.Range(0, 200_001).Select(i => $"<file computer_file_name=\"{i}\"/>"));
        DraftWriter.WriteFolder(_folder.File("件"), [("基本信息元数据.xml", SampleContents.Utf8($"<base_info><fileset>{list}</fileset></base_info>")), ("200000", [1])]);
        var record = await Archiving.RecordAsync(Archiving.Target(_folder.File("件")));
        AssertOpenOrDiffers(record, "1-1 1-9 1-11 2-9 2-11", "200000");
        Assert.DoesNotContain(record.PackageContents.Differences, d => d.Note.Contains("200000 个", StringComparison.Ordinal));
    }

    [Fact]
    public void More_records_entries_and_rows_than_are_taken()
    {
        var profile = Archiving.Tables.Packages.First(p => p.File.Id == "p-carrier");
        var reading = new PackageReading { Name = "件", Metadata = new XElement("目录", Enumerable.Range(0, 100_001).Select(_ => new XElement(profile.Record!))), MetadataPath = "目录文件.XML" };
        MetadataReading.Finish(profile, reading);
        var batch = new BatchReading { Profile = profile, Scheme = null, Packages = [reading], Now = new DateTime(2026, 4, 1, 0, 0, 0, DateTimeKind.Unspecified) };
        Assert.Contains(ValueItems.Lengths(batch).Build(ArchiveItems.ValueLengths, Model.ArchiveStage.Archiving).Open, o => o.Contains("100000", StringComparison.Ordinal));

        var rows = new XElement("登记表", new XElement("总件数", 1), Enumerable.Range(0, 200_001).Select(_ => new XElement("档号", "甲")));
        var registered = batch with { Packages = [], Register = RegisterReader.FromXml("登记表", rows, profile.Register) };
        Assert.Contains(TotalItems.Count(registered).Build(ArchiveItems.TotalCount, Model.ArchiveStage.Archiving).Open, o => o.Contains("200000", StringComparison.Ordinal));

        var other = Archiving.Tables.Packages.First(p => p.File.Id == "p-zwfw");
        var bytes = SampleContents.Utf8($"<transfer_info>{string.Concat(Enumerable.Repeat("<directory/>", 100_001))}</transfer_info>");
        var listed = batch with { Profile = other, Packages = [new PackageReading { Name = "件" }], Transfer = TransferReading.Of("移交目录.xml", bytes, other.TransferList!, isNamed: true, CancellationToken.None) };
        Assert.All(
            new[] { PackageItems.Metadata(listed).Build(ArchiveItems.PackageMetadata, Model.ArchiveStage.Archiving), PackageItems.Digests(listed).Build(ArchiveItems.PackageDigest, Model.ArchiveStage.Archiving), TotalItems.Count(listed).Build(ArchiveItems.TotalCount, Model.ArchiveStage.Archiving) },
            i => Assert.Contains(i.Open, o => o.Contains("100000", StringComparison.Ordinal)));
        Assert.Equal(0, PackageItems.Metadata(listed).Build(ArchiveItems.PackageMetadata, Model.ArchiveStage.Archiving).DifferenceCount);
    }

    [Fact]
    public async Task More_lines_of_manifests_than_are_taken_are_no_fault_of_the_bag()
    {
        static string Name(int i) => string.Create(4, i, (span, number) =>
        {
            for (var at = 3; at >= 0; at--, number /= 36)
            {
                span[at] = "0123456789abcdefghijklmnopqrstuvwxyz"[number % 36];
            }
        });
        var lines = new StringBuilder();
        for (var i = 0; i < 500_001; i++)
        {
            lines.Append("a ").Append(Name(i)).Append('\n');
        }

        var record = await BagAsync([("bagit.txt", SampleContents.Utf8("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")), ("manifest-md5.txt", SampleContents.Utf8(lines.ToString())), ("data/1", [1])]);
        AssertOpen(record, "2-10 1-1", "500000");
        Assert.True(record.PackageMetadata.DifferenceCount == 0, Archiving.Told(record));
    }

    [Fact]
    public async Task More_files_than_are_taken_of_an_eep()
    {
        var root = SampleEep.Of(1);
        var data = root.Descendants().First(e => e.Name.LocalName == "编码").Parent!;
        for (var i = 0; i < 20_000; i++)
        {
            data.Add(new XElement(SampleEep.Space + "编码"));
        }

        File.WriteAllBytes(_folder.File("1.xml"), DraftWriter.Xml(root));
        var record = await Archiving.RecordAsync(Archiving.Target(_folder.File("1.xml"), "p-eep"));
        Assert.Contains(record.EepChecks.First(c => c.Id == "EEP-03").Open, o => o.Contains("20000", StringComparison.Ordinal));
        AssertOpenOrDiffers(record, "1-9 1-11", "20000");
    }

    [Fact]
    public async Task The_type_of_an_eep_is_read()
    {
        var root = SampleEep.Of(1);
        root.Descendants().First(e => e.Name.LocalName == "封装包类型").Value = "修改型";
        File.WriteAllBytes(_folder.File("1.xml"), DraftWriter.Xml(root));
        var record = await Archiving.RecordAsync(Archiving.Target(_folder.File("1.xml"), "p-eep"));
        Assert.True(record.EepChecks.First(c => c.Id == "EEP-10").DifferenceCount == 1, Archiving.Told(record));
    }

    private static void AssertOpen(ArchivePackageRecord record, string items, string why)
    {
        foreach (var id in items.Split(' '))
        {
            var item = record.Items.First(i => i.Id == id);
            Assert.True(item.Open.Any(o => o.Contains(why, StringComparison.Ordinal)) && item.Agrees is not { IsKnown: true, Value: true }, $"{id}\n{Archiving.Told(record)}");
        }
    }

    private static void AssertOpenOrDiffers(ArchivePackageRecord record, string items, string why) =>
        Assert.All(items.Split(' '), id => Assert.Contains(record.Items.First(i => i.Id == id).Open, o => o.Contains(why, StringComparison.Ordinal)));

    private async Task<ArchivePackageRecord> WrittenAsync(DraftBatch batch)
    {
        DraftWriter.Write(batch, _folder.Path);
        return await Archiving.RecordAsync(Archiving.Target(_folder.Path));
    }

    private static async Task<ArchivePackageRecord> CarrierAsync(Action<XElement> change, string from = "", string to = "", string profile = "p-carrier")
    {
        using var folder = new TemporaryFolder();
        var parts = SampleOthers.Carrier();
        var root = XElement.Parse(Encoding.UTF8.GetString(parts[0].Bytes));
        change(root);
        var text = Encoding.UTF8.GetString(DraftWriter.Xml(root));
        parts[0] = (parts[0].Path, SampleContents.Utf8(from.Length > 0 ? text.Replace(from, to, StringComparison.Ordinal) : text));
        DraftWriter.WriteFolder(folder.Path, parts.Select(p => (from.Length > 0 ? p.Path.Replace(from, to, StringComparison.Ordinal) : p.Path, p.Bytes)));
        return await Archiving.RecordAsync(Archiving.Target(folder.Path, profile));
    }

    private static async Task<ArchivePackageRecord> BagAsync(List<(string Path, byte[] Bytes)> parts)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("袋.zip"), SampleContents.Zip(parts, Encoding.UTF8));
        return await Archiving.RecordAsync(Archiving.Target(folder.File("袋.zip"), "p-bagit"));
    }
}
