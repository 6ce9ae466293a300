using System.Globalization;
using System.Security.Cryptography;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>A carrier and a bag with invented words, as paths and contents.</summary>
internal static class SampleOthers
{
    /// <summary>移交载体 with two records.</summary>
    public static List<(string Path, byte[] Bytes)> Carrier()
    {
        var records = Enumerable.Range(1, 2).Select(i => (Number: i, Path: string.Create(CultureInfo.InvariantCulture, $"电子档案/J001/ZW/2026/{i:D4}/正文.ofd"), Bytes: SampleContents.Ofd(string.Create(CultureInfo.InvariantCulture, $"样例 {i}")))).ToList();
        var list = new XElement("目录", records.Select(r => new XElement(
            "件",
            new XElement("聚合层次", "件"), new XElement("立档单位名称", "样例区审批服务局"), new XElement("电子文件号", string.Create(CultureInfo.InvariantCulture, $"EF{r.Number:D6}")),
            new XElement("档号", string.Create(CultureInfo.InvariantCulture, $"J001-ZW·2026-D30-{r.Number:D4}")), new XElement("全宗号", "J001"), new XElement("类别号", "ZW"), new XElement("年度", "2026"), new XElement("保管期限", "30年"),
            new XElement("题名", string.Create(CultureInfo.InvariantCulture, $"关于样例事项第{r.Number}件的通知")), new XElement("责任者", "样例区审批服务局"), new XElement("日期", "2026-02-01"), new XElement("密级", "公开"),
            new XElement("文件组合类型", "单件"), new XElement("信息系统描述", "样例档案系统 V1.0"),
            new XElement("文件", new XElement("计算机文件名", r.Path), new XElement("计算机文件大小", r.Bytes.Length), new XElement("格式信息", "OFD"), new XElement("数字摘要", Convert.ToHexStringLower(Sm3.HashData(r.Bytes))), new XElement("摘要算法", "SM3")))));
        return
        [
            ("目录文件.XML", DraftWriter.Xml(list)),
            ("说明文件.TXT", SampleContents.Utf8("移交单位：样例区审批服务局\n档案数量：2 件\n数据量：见登记表\n读取环境：OFD 阅读软件\n")),
            .. records.Select(r => (r.Path, r.Bytes)),
        ];
    }

    /// <summary>A bag with manifests of SM3 and SHA-256.</summary>
    public static List<(string Path, byte[] Bytes)> Bag()
    {
        List<(string Path, byte[] Bytes)> data = [("data/正文.ofd", SampleContents.Ofd("样例")), ("data/附件/说明.txt", SampleContents.Utf8("说明\n"))];
        static string Lines(IEnumerable<(string Path, byte[] Bytes)> files, Func<byte[], byte[]> hash) => string.Concat(files.Select(f => $"{Convert.ToHexStringLower(hash(f.Bytes))}  {f.Path}\n"));
        List<(string Path, byte[] Bytes)> tags =
        [
            ("bagit.txt", SampleContents.Utf8("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")),
            ("bag-info.txt", SampleContents.Utf8(string.Create(CultureInfo.InvariantCulture, $"Source-Organization: 样例区档案馆\nPayload-Oxum: {data.Sum(d => d.Bytes.Length)}.{data.Count}\n"))),
            ("manifest-sha256.txt", SampleContents.Utf8(Lines(data, SHA256.HashData))),
            ("manifest-sm3.txt", SampleContents.Utf8(Lines(data, b => Sm3.HashData(b)))),
        ];
        return [.. tags, ("tagmanifest-sha256.txt", SampleContents.Utf8(Lines(tags, SHA256.HashData))), .. data];
    }
}
