using System.IO.Compression;
using System.Security;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.Materials.Tests;

/// <summary>Files of materials made on the spot.</summary>
internal static class Papers
{
    public const string System = "河源区政务服务办理系统";
    public const string Owner = "河源区行政审批服务局";

    public static string Report(string title, string day = "2026年3月1日", string version = "V2.1", string system = System) =>
        $"{title}\n系统名称：{system}\n系统版本：{version}\n委托单位：{Owner}\n报告日期：{day}\n密码应用 评估 等级 测评 代码 测试 试运行 监理 结论见正文。";

    public static byte[] Word(string text, params (string Name, string Text)[] more) => Zip(
    [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("word/document.xml", $"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{string.Concat(text.Split('\n').Select(l => $"<w:p><w:r><w:t>{SecurityElement.Escape(l)}</w:t></w:r></w:p>"))}</w:body></w:document>"),
        .. more,
    ]);

    /// <summary>A table of one row.</summary>
    public static byte[] Cells(params string[] cells) => Zip(
    [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("word/document.xml", $"<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:tbl><w:tr>{string.Concat(cells.Select(c => $"<w:tc><w:p><w:r><w:t>{SecurityElement.Escape(c)}</w:t></w:r></w:p></w:tc>"))}</w:tr></w:tbl></w:body></w:document>"),
    ]);

    /// <param name="rows">As in a worksheet, without prefix.</param>
    public static byte[] Sheet(string rows) => Zip(
    [
        ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
        ("xl/workbook.xml", "<workbook/>"),
        ("xl/worksheets/sheet1.xml", $"<worksheet><sheetData>{rows}</sheetData></worksheet>"),
    ]);

    public static byte[] OfdPage(string content) => Zip([("OFD.xml", "<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\"/>"), ("Doc_0/Pages/Page_0/Content.xml", content)]);

    public static byte[] Ofd(string text, int signatures = 0) => Zip(
    [
        ("OFD.xml", "<ofd:OFD xmlns:ofd=\"http://www.ofdspec.org/2016\"/>"),
        ("Doc_0/Pages/Page_0/Content.xml", $"<ofd:Page xmlns:ofd=\"http://www.ofdspec.org/2016\">{string.Concat(text.Split('\n').Select(l => $"<ofd:TextObject><ofd:TextCode>{SecurityElement.Escape(l)}</ofd:TextCode></ofd:TextObject>"))}</ofd:Page>"),
        .. Enumerable.Range(0, signatures).Select(i => ($"Doc_0/Signs/Sign_{i}/Signature.xml", "<ofd:Signature xmlns:ofd=\"http://www.ofdspec.org/2016\"/>")),
    ]);

    public static byte[] Zip(IReadOnlyList<(string Name, string Text)> parts)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return bytes.ToArray();
    }

    /// <summary>The list at the end says another size of a part than it has.</summary>
    public static byte[] Saying(byte[] zip, string part, int size)
    {
        var lying = (byte[])zip.Clone();
        var name = lying.AsSpan().LastIndexOf(Encoding.ASCII.GetBytes(part));
        BitConverter.TryWriteBytes(lying.AsSpan(name - 46 + 24, 4), size);
        return lying;
    }
}
