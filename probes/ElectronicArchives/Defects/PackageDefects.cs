using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>One-defect batches of P-ZWFW. Each changes one thing of a clean batch of three packages.</summary>
internal static class PackageDefects
{
    public static IReadOnlyList<PackageDefect> All { get; } =
    [
        .. Values(), .. Contents(), .. Packages(), .. Totals(), .. Elements(), .. Formats(), .. Viruses(), .. ContainerDefects.All,
    ];

    private static IEnumerable<PackageDefect> Values() =>
    [
        new("P01", "题名类的值过长", "1-2", b => b.Packages[1].Set("address", new string('长', 201))),
        new("P01b", "值过短", "1-2", b => b.Packages[1].Set("receive_department", "厅")),
        new("P03", "日历上没有的日期", "1-3", b => b.Packages[1].Set("receive_time", "2026-02-30 09:00:00")),
        new("P04", "统一社会信用代码校验位不对", "1-3", b => Wrong(b.Packages[1])),
        new("P04b", "行政区划代码不是数字", "1-3", b => Both(b.Packages[1], "region_code", "五一〇六")),
        new("P05", "保管期限不在值域", "1-4", b => b.Packages[1].Set("retention_period", "40年")),
        new("P06", "密级不在值域", "1-4", b => b.Packages[1].Set("security_classification", "很密")),
        new("P07", "办结早于受理", "1-5", b => b.Packages[1].Set("receive_time", "2026-02-27 09:00:00")),
        new("P08", "年度与办结年份不符", "1-5", b => Year(b.Packages[1])) { Companions = ["2-6"] },
        new("P08b", "归档时间在将来", "1-5", b => Both(b.Packages[1], "archive_time", "2099-01-01 00:00:00")),
        new("P09", "题名里有替换字符", "1-6", b => b.Packages[1].SetEntry("title", "关于\uFFFD许可的办理材料")),
        new("P10", "档号里有制表符", "1-6", b => b.Packages[1].SetEntry("archival_code", "J001-ZW·2026-D30-\t0002")),
        new("P10b", "值的首尾有空白", "1-6", b => b.Packages[1].Set("apply_name", " 样例商行 ")),
        new("P11", "档号里的全宗号与元数据不同", "1-7", b => b.Packages[1].SetEntry("archival_code", "J009-ZW·2026-D30-0002")) { Companions = ["2-6"] },
        new("P12", "档号的分隔符不对", "1-7", b => b.Packages[1].SetEntry("archival_code", "J001/ZW·2026/D30/0002")) { Companions = ["2-6"] },
        new("P13", "两件用同一个办件编号", "1-8", b => b.Packages[1].Set("project_id", b.Packages[0].Fields.Find(f => f.Name == "project_id").Value)),
    ];

    private static IEnumerable<PackageDefect> Contents() =>
    [
        new("P14", "元数据里的大小多一个字节", "1-9", b => b.Packages[1].Files[0].ListedSize = $"{b.Packages[1].Files[0].Bytes.Length + 1}"),
        new("P15", "扩展名是 ofd，内容是 PDF", "1-10", b => b.Packages[1].Files[2].Bytes = SampleContents.Pdf("冒充的 OFD")),
        new("P16", "元数据里的文件名与实际不同", "1-10", b => b.Packages[1].Files[0].ListedName = "申请书.pdf") { Companions = ["1-11"] },
        new("P17", "元数据里有、包里没有的文件", "1-11", b => b.Packages[1].Files[2].IsWritten = false) { Companions = ["2-11"] },
        new("P17b", "缺一个附件", "2-8", b => b.Packages[1].Files[1].IsWritten = false) { Companions = ["1-11", "2-11"] },
        new("P18", "包里有、元数据里没有的文件", "1-11", b => b.Packages[1].Others.Add(("过程文件/草稿.txt", SampleContents.Utf8("草稿，没有登记\n")))) { Companions = ["2-11"] },
        new("P34", "多一个没有登记的结果文件", "2-11", b => b.Packages[1].Others.Add(("结果文件/副本.ofd", SampleContents.Ofd("副本")))) { Companions = ["1-11"] },
        new("P34b", "文件数写错", "2-11", b => b.Packages[1].Set("total_number", "9")),
        new("P32", "没有结果文件", "2-9", b => b.Packages[1].Files[3].Code = "B2"),
        new("P32b", "种类代码不在归档范围", "2-9", b => b.Packages[1].Files[2].Code = "Z9"),
        new("M02", "内容改了一个字节，记录的摘要没有改", "1-1", b => b.Packages[1].Files[0].Digest = new string('0', 64)),
    ];

    private static IEnumerable<PackageDefect> Packages() =>
    [
        new("P19", "移交目录缺必备的项目", "1-12", b => b.SetHead("transactor", "")),
        new("P19b", "移交目录里的单位与包里不同", "1-12", b => b.Packages[1].SetEntry("fonds_constituting_unit_name", "另一个局")),
        new("P20", "目录改名", "1-13", b => b.Packages[1].Files[3].Folder = "结果") { Companions = ["1-11"] },
        new("P20b", "包名与电子文件号不同", "1-13", b => Renamed(b.Packages[1])) { Companions = ["1-12"] },
        new("P20c", "目录过深", "1-13", b => { b.Packages[1].Files[3].Name = "附/许可决定书.ofd"; b.Packages[1].Files[3].ListedName = "结果文件/附/许可决定书.ofd"; }),
        new("P21", "包摘要对不上", "1-14", b => b.Packages[1].SetEntry("digital_summary", new string('a', 64))),
        new("P22", "包摘要用 MD5", "1-14", b => Md5(b.Packages[1])) { IsRemark = true },
        new("P33", "移交目录的条目缺项", "2-10", b => b.Packages[1].SetEntry("task_code", "")),
        new("P41", "包里有 Thumbs.db", "4-3", b => b.Packages[1].Others.Add(("结果文件/Thumbs.db", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))),
        new("P41b", "载体上有不属于任何包的文件", "4-3", b => b.Beside.Add(("说明草稿.txt", SampleContents.Utf8("草稿\n")))),
    ];

    private static IEnumerable<PackageDefect> Totals() =>
    [
        new("P23", "总件数多一", "2-1", b => b.SetHead("send_number", "4")),
        new("P24", "总字节数少一", "2-2", b => b.SetHead("send_size", "1")),
        new("P24b", "一个包的字节数不对", "2-2", b => b.Packages[1].SetEntry("size", "77")),
    ];

    private static IEnumerable<PackageDefect> Elements() =>
    [
        new("P25", "缺一个必备元素", "2-3", b => b.Packages[1].Fields.RemoveAll(f => f.Name == "task_name")),
        new("P25b", "缺一个条件必备的元素", "2-3", b => b.Packages[1].Fields.RemoveAll(f => f.Name == "legal_man")),
        new("P26", "必备元素的值是空的", "2-4", b => b.Packages[1].Set("task_name", "")),
        new("P27", "必备元素填 null", "2-4", b => b.Packages[1].Set("apply_name", "null")),
        new("P28", "没有审核环节", "2-5", b => b.Packages[1].Steps.RemoveAll(s => s.Code == "3")),
        new("P28b", "环节时间倒置", "2-5", b => b.Packages[1].Steps[3] = ("4", "2026-01-01 08:00:00", "经办人丁")),
        new("P28c", "环节没有经办人", "2-5", b => b.Packages[1].Steps[2] = (b.Packages[1].Steps[2].Code, b.Packages[1].Steps[2].Time, "")),
        new("P29", "流水号断号", "2-6", b => b.Packages[2].SetEntry("archival_code", "J001-ZW·2026-D30-0009")),
    ];

    private static IEnumerable<PackageDefect> Formats() =>
    [
        new("P35", "元数据 XML 截断", "3-1", b => b.Packages[1].Metadata = x => x[..(x.Length / 2)]),
        new("P36", "声明 UTF-8，实际是 GBK", "3-1", b => b.Packages[1].Metadata = x => Encoding.GetEncoding("GB18030").GetBytes(Encoding.UTF8.GetString(x))),
        new("M14", "元数据 XML 有 DTD", "3-1", b => b.Packages[1].Metadata = x => Declared(x, "<!DOCTYPE a [<!ENTITY a \"甲\">]>")),
        new("M14b", "元数据 XML 的实体引用外部文件", "3-1", b => b.Packages[1].Metadata = x => Declared(x, "<!DOCTYPE a SYSTEM \"file:///etc/hostname\">")),
        new("P15b", "内容是可执行文件", "3-3", b => { b.Packages[1].Files[2].Bytes = [0x4D, 0x5A, .. new byte[126]]; b.Packages[1].Files[2].Name = "受理通知书.exe"; b.Packages[1].Files[2].Format = "EXE"; }) { Companions = ["3-5", "3-4", "1-10"] },
        new("P37", "零字节的内容", "3-4", b => b.Packages[1].Files[2].Bytes = []),
        new("M15", "截断的 PDF", "3-4", b => b.Packages[1].Files[0].Bytes = b.Packages[1].Files[0].Bytes[..300]),
        new("P38", "软硬件环境是空的", "3-6", b => b.Packages[1].Set("information_system_dcscription", " ")) { Companions = ["2-4", "1-6"] },
        new("M19", "内容里嵌套压缩包", "3-8", b => { b.Packages[1].Files[2].Bytes = SampleContents.Zip([("内.txt", SampleContents.Utf8("内"))], Encoding.UTF8); b.Packages[1].Files[2].Name = "受理通知书.zip"; b.Packages[1].Files[2].Format = "ZIP"; }) { Companions = ["3-3", "3-5"] },
    ];

    private static IEnumerable<PackageDefect> Viruses() =>
    [
        new("P40", "内容是 EICAR 测试串", "4-2", b => { b.Packages[1].Files[2].Bytes = SampleContents.Eicar(); b.Packages[1].Files[2].Name = "受理通知书.txt"; b.Packages[1].Files[2].Format = "TXT"; }) { Companions = ["3-3", "3-5", "1-10"] },
    ];

    /// <summary>Before the root element, whatever its name.</summary>
    private static byte[] Declared(byte[] xml, string type)
    {
        var text = Encoding.UTF8.GetString(xml);
        return SampleContents.Utf8(text.Insert(text.IndexOf("?>", StringComparison.Ordinal) + 2, "\n" + type));
    }

    private static void Both(DraftPackage package, string field, string value)
    {
        package.Set(field, value);
        package.SetEntry(field, value);
    }

    private static void Wrong(DraftPackage package)
    {
        var right = package.Fields.Find(f => f.Name == "social_code").Value;
        Both(package, "social_code", right[..17] + (right[17] == 'A' ? 'B' : 'A'));
    }

    private static void Year(DraftPackage package)
    {
        package.SetEntry("year", "2025");
        package.SetEntry("archival_code", "J001-ZW·2025-D30-0002");
    }

    private static void Renamed(DraftPackage package)
    {
        var other = package.Name + "X";
        package.Name = other;
        package.SetEntry("unique_identifier", other);
    }

    private static void Md5(DraftPackage package)
    {
        package.SetEntry("digital_summarization_algorithm", "MD5");
        package.HasMd5 = true;
    }
}
