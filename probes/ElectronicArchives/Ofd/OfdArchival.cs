using System.Globalization;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Rules for OFD files that are kept (GB/T 42133-2022), each as a fact with what was found.</summary>
internal static class OfdArchival
{
    private const int Shown = 5;

    /// <summary>Rules that OFD.xml alone answers.</summary>
    private static readonly string[] OfRoot = ["OFDA-01", "OFDA-02"];

    /// <summary>Says that something should be there: what was not read may have it.</summary>
    private const string Wanted = "OFDA-24";

    /// <param name="parts">The entries.</param>
    /// <param name="reading">What they are to each other.</param>
    /// <param name="isSound">False where the container itself is in doubt.</param>
    public static Fact<IReadOnlyList<ArchivalFinding>> Check(OfdParts parts, OfdReading reading, bool isSound)
    {
        if (reading.Root?.Root is not { } root)
        {
            return default;
        }

        var view = new ArchivalView(parts, reading, root);
        List<ArchivalFinding> all =
        [
            Rule("OFDA-01", "6.2.1a", "ERROR", "OFD.xml 的 DocType 为 OFD-A", root.Attr("DocType") == "OFD-A", $"DocType 为 {root.Attr("DocType") ?? "（没有写明）"}"),
            Rule("OFDA-02", "6.2.1c", "ERROR", "只有一个 DocBody", reading.Documents.Count == 1, string.Create(CultureInfo.InvariantCulture, $"DocBody {reading.Documents.Count} 个")),
            None("OFDA-03", "6.1", "ERROR", "所有路径都在包内", ArchivalContent.Outside(view)),
            None("OFDA-04", "6.2.2a", "WARN", "没有权限声明", view.InDocuments("Permissions").Select(e => Where(e, "Permissions"))),
            None("OFDA-06", "6.2.2c/6.2.3c", "ERROR", "文档与页面没有 Goto 之外的动作", ArchivalContent.Actions(view)),
            None("OFDA-07", "6.2.5a/b", "ERROR", "大纲只有 Goto 动作且目标存在", ArchivalContent.Outlines(view)),
            None("OFDA-08", "6.2.2e", "WARN", "没有扩展信息", view.InDocuments("Extensions").Select(e => Where(e, "Extensions"))),
            None("OFDA-09", "6.3.1b", "WARN", "颜色空间为 GRAY、RGB 或 CMYK", ArchivalContent.ColourSpaces(view)),
            None("OFDA-10", "6.2.6e", "ERROR", "图片为 BMP、JPEG、PNG、JBIG2、JPEG2000 或 TIFF", ArchivalContent.Pictures(view)),
            None("OFDA-11", "6.2.6b", "ERROR", "字体嵌入", ArchivalContent.Fonts(view)),
            None("OFDA-12", "6.2.6g", "ERROR", "没有音频、视频", view.InResources("MultiMedia").Where(m => m.Attr("Type") is "Audio" or "Video").Select(m => $"{m.Attr("Type")} {m.Attr("ID")}")),
            None("OFDA-13", "6.2.6f", "WARN", "图片资源里没有外来命名空间的元素", ArchivalContent.Foreign(view)),
            None("OFDA-14", "6.2.3e", "ERROR", "PageBlock 嵌套不超过 3 层", ArchivalContent.DeepBlocks(view)),
            None("OFDA-15", "6.3.2", "WARN", "没有多余或面积为零的裁剪", ArchivalContent.EmptyClips(view)),
            None("OFDA-17", "6.5b", "WARN", "图片不插值（Interpolate=false）", view.InPages("ImageObject").Where(i => i.Attr("Interpolate") is "true" or "1").Select(i => Where(i, "Interpolate"))),
            None("OFDA-18", "6.2.6a", "WARN", "字体与颜色空间在公共资源，图片等在文档或页面资源", ArchivalContent.Misplaced(view)),
            None("OFDA-19", "6.5a", "WARN", "多页使用的图片登记在文档资源", ArchivalContent.SharedPictures(view)),
            None("OFDA-23", "6.6c", "WARN", "文字对象写明字号", view.InPages("TextObject").Where(t => t.Attr("Size") is null).Select(t => Where(t, "TextObject"))),
            Rule("OFDA-24", "6.3.1c", "INFO", "宜带 ICC 特性文件", view.InResources("ColorSpace").Any(c => c.Attr("Profile") is not null), "带 Profile 的 ColorSpace " + string.Create(CultureInfo.InvariantCulture, $"{view.InResources("ColorSpace").Count(c => c.Attr("Profile") is not null)} 个")),
            None("OFDA-25", "6.6d", "WARN", "只作横向缩放时用 HScale 而不是 CTM", ArchivalContent.Scaled(view)),
            None("OFDA-26", "6.10.1", "WARN", "注释只读、不缩放、不旋转，没有嵌套的 PageBlock", ArchivalContent.Annotations(view)),
            Rule("OFDA-27", "6.13", "ERROR", "没有数字签名与印章（已转为注释）", reading.Documents.TrueForAll(d => d.Signatures.Count == 0 && d.SignatureList is null), string.Create(CultureInfo.InvariantCulture, $"签名 {reading.Documents.Sum(d => d.Signatures.Count)} 个")),
            None("OFDA-28", "6.15", "ERROR", "附件只有文本、XML，或声明为归档格式（PDF/A、OFD-A）", ArchivalContent.Attachments(view)),
        ];

        // Only now: rules read parts themselves, and may find that they cannot.
        var isWhole = isSound && reading.IsWhole && parts.Faults.Count == 0;
        return new Fact<IReadOnlyList<ArchivalFinding>>(isWhole && !reading.HasUnreadSignatures ? all : all.ConvertAll(f => Doubted(f, isWhole)));
    }

    /// <summary>A rule holds over what was read only.</summary>
    private static ArchivalFinding Doubted(ArchivalFinding finding, bool isWhole) =>
        OfRoot.Contains(finding.Rule, StringComparer.Ordinal) || (isWhole && finding.Rule != "OFDA-27") || finding.Holds.Value == (finding.Rule == Wanted)
            ? finding
            : finding with { Holds = default, Found = finding.Found + "；有的部分没有读到，不作判断" };

    public static string Where(XElement element, string what) => $"{what}{(element.Attr("ID") is { } id ? $" {id}" : "")}（第 {((System.Xml.IXmlLineInfo)element).LineNumber} 行）";

    private static ArchivalFinding Rule(string id, string clause, string level, string title, bool holds, string found) =>
        new() { Rule = id, Clause = clause, Level = level, Title = title, Holds = holds, Found = found };

    private static ArchivalFinding None(string id, string clause, string level, string title, IEnumerable<string> against)
    {
        var all = against.Take(1000).ToList();
        return Rule(id, clause, level, title, all.Count == 0, all.Count == 0 ? "没有发现" : $"{string.Join("、", all.Take(Shown))}{(all.Count > Shown ? string.Create(CultureInfo.InvariantCulture, $" 等 {all.Count} 处") : "")}");
    }
}

/// <summary>The trees rules look through.</summary>
internal sealed class ArchivalView(OfdParts parts, OfdReading reading, XElement root)
{
    public OfdParts Parts => parts;

    public OfdReading Reading => reading;

    public XElement Root => root;

    public IEnumerable<OfdPart> All => reading.Documents.SelectMany(d => d.Parts);

    /// <summary>Pages and templates.</summary>
    public IEnumerable<OfdPart> Pages => All.Where(p => p.Role is OfdRole.Page or OfdRole.Template);

    public IEnumerable<XElement> InDocuments(string name) => reading.Documents.SelectMany(d => d.Main?.Root.Within(name) ?? []);

    public IEnumerable<XElement> InPages(string name) => Pages.SelectMany(p => p.Root.Within(name));

    public IEnumerable<XElement> InResources(string name) => All.Where(p => p.Role == OfdRole.Resource).SelectMany(p => p.Root.Within(name));
}
