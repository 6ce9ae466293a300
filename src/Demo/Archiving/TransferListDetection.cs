using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>What the 移交目录 says of a package.</summary>
internal static partial class TransferListDetection
{
    public static void Run(DetectionTable table, XElement list, XElement root, byte[] package)
    {
        foreach (var name in (string[])["system_code", "batch_name", "send_time", "send_number", "send_size", "transactor", "standard"])
        {
            table.Compare("1-12", !string.IsNullOrWhiteSpace(list.Element(name)?.Value), $"移交目录缺 {name}");
        }

        var entries = list.Descendants("directory").ToList();
        table.Compare("2-1", list.Element("send_number")?.Value == entries.Count.ToString(), $"移交目录写 {list.Element("send_number")?.Value} 件，列出 {entries.Count} 件");
        var code = root.Element("electronic_record_code")?.Value ?? "";
        var own = entries.Find(e => e.Element("unique_identifier")?.Value == code);
        table.Compare("1-12", own is not null, $"移交目录没有电子文件号 {code}");
        if (own is null)
        {
            return;
        }

        string Of(string name) => own.Element(name)?.Value ?? "";
        foreach (var name in (string[])["fonds_identifier", "fonds_constituting_unit_name", "region_code", "social_code", "task_code", "project_name"])
        {
            table.Compare("2-10", Of(name).Trim().Length > 0, $"移交目录的条目缺 {name}");
            table.Compare("1-12", Of(name).Length == 0 || Of(name) == root.Element(name)?.Value, $"{name}：移交目录 {Of(name)}，元数据 {root.Element(name)?.Value}");
        }

        table.Compare("2-2", Of("size") == package.Length.ToString(), $"移交目录写 {Of("size")} 字节，包 {package.Length} 字节");
        var total = entries.Sum(e => long.TryParse(e.Element("size")?.Value, out var size) ? size : 0);
        table.Compare("2-2", list.Element("send_size")?.Value == total.ToString(), $"移交目录总字节 {list.Element("send_size")?.Value}，各条之和 {total}");
        table.Compare("1-14", Of("digital_summarization_algorithm") == "SM3" && string.Equals(Of("digital_summary"), ArchiveWriting.Digest(package, md5: false), StringComparison.OrdinalIgnoreCase), $"移交目录的 {Of("digital_summarization_algorithm")} 摘要与包的 SM3 不符");
        var match = ArchivalCode().Match(Of("archival_code"));
        table.Compare("1-7", match.Success && match.Groups["fonds"].Value == Of("fonds_identifier") && match.Groups["year"].Value == Of("year"), $"档号 {Of("archival_code")} 不合规则，或与全宗号、年度不同");
        table.Compare("1-5", root.Element("transact_time")?.Value.StartsWith(Of("year"), StringComparison.Ordinal) == true, $"年度 {Of("year")} 与办结时间 {root.Element("transact_time")?.Value} 不同");
        table.Compare("1-6", !own.Elements().Any(e => e.Value.Any(c => char.IsControl(c) || c == '\uFFFD')), "移交目录的条目有特殊字符");
    }

    [GeneratedRegex("^(?<fonds>[A-Z]?[0-9]{3,4})-[A-Z]{2,4}·(?<year>[0-9]{4})-(Y|D30|D10)-[0-9]{4,6}$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex ArchivalCode();
}
