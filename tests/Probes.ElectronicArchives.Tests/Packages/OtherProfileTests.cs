using System.Text;
using System.Xml.Linq;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives.Tests;

/// <summary>Carriers, bags and encapsulated packages: clean ones, and one defect each.</summary>
public sealed class OtherProfileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_clean_carrier()
    {
        DraftWriter.WriteFolder(_folder.Path, SampleOthers.Carrier());
        var record = await Archiving.RecordAsync(Archiving.Target(_folder.Path, "p-carrier"));
        CleanPackageTests.AssertClean(record);
        Assert.Equal(1, record.Packages);
        Assert.All(new[] { record.Fixity, record.DescriptiveFiles, record.FolderStructure, record.RecordNumbers, record.Duplicates, record.SerialContinuity, record.FileReferences, record.PackageContents }, i => Assert.True(i.Agrees.Value, i.Title));
    }

    [Theory]
    [InlineData("电子档案/J001/ZW/2026/0001/正文.ofd", "1-1 1-9")]
    [InlineData("说明文件.TXT", "1-12")]
    public async Task A_carrier_whose_bytes_changed(string changed, string items)
    {
        var parts = SampleOthers.Carrier();
        var at = parts.FindIndex(p => p.Path == changed);
        parts[at] = (changed, changed.EndsWith(".TXT", StringComparison.Ordinal) ? SampleContents.Utf8("移交单位：\n档案数量：2 件\n数据量：1\n读取环境：无\n") : SampleContents.Ofd("换过的内容", 3));
        DraftWriter.WriteFolder(_folder.Path, parts);
        var record = await Archiving.RecordAsync(Archiving.Target(_folder.Path, "p-carrier"));
        Assert.Equal(items, string.Join(' ', record.Items.Where(i => i.DifferenceCount > 0).Select(i => i.Id)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_clean_bag(bool isZipped)
    {
        var path = Bag(SampleOthers.Bag(), isZipped);
        var record = await Archiving.RecordAsync(Archiving.Target(path, "p-bagit"));
        CleanPackageTests.AssertClean(record);
        Assert.All(new[] { record.Fixity, record.DescriptiveFiles, record.PackageMetadata, record.PackageContents, record.FileReferences }, i => Assert.True(i.Agrees.Value, $"{i.Title}\n{Archiving.Told(record)}"));
    }

    [Theory]
    [InlineData("data/正文.ofd", "换过", "1-1 1-10 2-11")]
    [InlineData("bagit.txt", "BagIt-Version: 9\nTag-File-Character-Encoding: UTF-8\n", "1-1 1-12")]
    [InlineData("bag-info.txt", "Payload-Oxum: 1.1\n", "1-1 2-11")]
    public async Task A_bag_whose_bytes_changed(string changed, string text, string most)
    {
        var parts = SampleOthers.Bag();
        parts[parts.FindIndex(p => p.Path == changed)] = (changed, SampleContents.Utf8(text));
        var record = await Archiving.RecordAsync(Archiving.Target(Bag(parts, isZipped: true), "p-bagit"));
        var named = record.Items.Where(i => i.DifferenceCount > 0).Select(i => i.Id).ToList();
        Assert.True(named.Contains("1-1") && !named.Except(most.Split(' ')).Any(), string.Join(' ', named));
    }

    [Fact]
    public async Task A_clean_eep()
    {
        File.WriteAllBytes(_folder.File("1.xml"), DraftWriter.Xml(SampleEep.Of(1)));
        File.WriteAllBytes(_folder.File("2.xml"), DraftWriter.Xml(SampleEep.Of(2)));
        var record = await Archiving.RecordAsync(Archiving.Target(_folder.Path, "p-eep"));
        CleanPackageTests.AssertClean(record);
        Assert.Equal((2, 10), (record.Packages, record.EepChecks.Count));
        Assert.Equal(["EEP-07", "EEP-08"], record.EepChecks.Where(c => c.Agrees is not { IsKnown: true, Value: true }).Select(c => c.Id));
        Assert.True(record.ContentSizes.Agrees.Value && record.PackageMetadata.Agrees.Value, Archiving.Told(record));
        Assert.False(record.Fixity.Agrees.IsKnown);
    }

    public static TheoryData<string> EepDefects => [.. Eeps.Keys];

    private static readonly Dictionary<string, Action<XElement>> Eeps = new(StringComparer.Ordinal)
    {
        ["EEP-01 namespace"] = r => r.DescendantsAndSelf().ToList().ForEach(e => e.Name = XName.Get(e.Name.LocalName, "urn:other")),
        ["EEP-01 empty block"] = r => One(r, "业务实体块").RemoveNodes(),
        ["EEP-01 order"] = r => One(r, "版本").AddBeforeSelf(new XElement(SampleEep.Space + "附录", "甲")),
        ["EEP-02"] = r => One(r, "版本").Value = "2010",
        ["EEP-03 digest instead of content"] = r => One(r, "编码数据").Value = new string('a', 63),
        ["EEP-03 keyword"] = r => One(r, "反编码关键字").Value = "base64-ofd",
        ["EEP-04"] = r => One(r, "编码").SetAttributeValue("编码ID", "x1"),
        ["EEP-05"] = r => One(r, "机构人员标识符").Value = "机构9",
        ["EEP-06"] = r => One(r, "行为时间").Value = "2027-01-01T00:00:00",
        ["EEP-07"] = r => r.Add(Signature("SM2withSM3", "无")),
        ["EEP-08"] = r => r.Add(Signature("MD5", "无")),
        ["EEP-10"] = r => One(r, "封装内容").Name = SampleEep.Space + "修改封装内容",
    };

    [Theory]
    [MemberData(nameof(EepDefects))]
    public async Task A_defect_of_an_eep_is_named(string which)
    {
        var root = SampleEep.Of(1);
        Eeps[which](root);
        File.WriteAllBytes(_folder.File("1.xml"), DraftWriter.Xml(root));
        var record = await Archiving.RecordAsync(Archiving.Target(_folder.File("1.xml"), "p-eep"));
        var named = record.EepChecks.Where(c => c.DifferenceCount > 0).Select(c => c.Id).ToList();
        Assert.True(named.Contains(which[..6]), $"{string.Join(' ', named)}\n{Archiving.Told(record)}");
        Assert.True(record.Fixity.DifferenceCount + record.PackageMetadata.DifferenceCount > 0);
    }

    [Fact]
    public async Task A_wrong_number_of_pages()
    {
        var root = SampleEep.Of(1);
        One(root, "页数").Value = "3";
        File.WriteAllBytes(_folder.File("1.xml"), DraftWriter.Xml(root));
        var record = await Archiving.RecordAsync(Archiving.Target(_folder.File("1.xml"), "p-eep"));
        Assert.Equal("2-7", string.Join(' ', record.Items.Where(i => i.DifferenceCount > 0).Select(i => i.Id)));
        Assert.Contains("2 页", record.ContentCompleteness.Differences[0].Note, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_is_no_package()
    {
        File.WriteAllText(_folder.File("1.xml"), "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"><xs:element name=\"电子文件封装包\" default=\"甲\"/></xs:schema>");
        var record = await Archiving.RecordAsync(Archiving.Target(_folder.File("1.xml"), "p-eep"));
        Assert.Equal("EEP-09", Assert.Single(record.EepChecks, c => c.DifferenceCount > 0).Id);
        Assert.Equal(1, record.PackageMetadata.DifferenceCount);
    }

    private static XElement One(XElement root, string name) => root.Descendants().First(e => e.Name.LocalName == name);

    private static object[] Signature(string algorithm, string certificate)
    {
        XElement E(string name, params object[] inside) => new(SampleEep.Space + name, inside);
        return
        [
            E("电子签名块", E("电子签名", E("签名标识符", "修改0-签名1"), E("签名规则", "规则"), E("签名结果", "AAAA"), E("证书块", E("证书", certificate)), E("签名算法标识", algorithm))),
            E("锁定签名", E("被锁定签名标识符", "修改0-签名1"), E("签名规则", "规则"), E("签名结果", "AAAA"), E("证书块", E("证书", certificate)), E("签名算法标识", algorithm)),
        ];
    }

    private string Bag(List<(string Path, byte[] Bytes)> parts, bool isZipped)
    {
        if (isZipped)
        {
            File.WriteAllBytes(_folder.File("袋.zip"), SampleContents.Zip(parts, Encoding.UTF8));
            return _folder.File("袋.zip");
        }

        DraftWriter.WriteFolder(_folder.File("袋"), parts);
        return _folder.File("袋");
    }
}
