using System.Text;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>Writes OFD documents of one page, without a seal.</summary>
/// <param name="HasForeignFont">Text in a font that the file does not carry. Otherwise there is no font at all: the title stands in the document's properties, and the digits of the lines are drawn as paths.</param>
internal sealed record OfdWriting(bool HasForeignFont)
{
    private static readonly XNamespace Ofd = "http://www.ofdspec.org/2016";

    /// <summary>Which of the strokes below each digit has, from the lowest bit.</summary>
    private static readonly int[] Digits = [0x3F, 0x06, 0x5B, 0x4F, 0x66, 0x6D, 0x7D, 0x07, 0x7F, 0x6F];

    private static readonly string[] Strokes = ["M 0 0 L 4 0", "M 4 0 L 4 4", "M 4 4 L 4 8", "M 0 8 L 4 8", "M 0 4 L 0 8", "M 0 0 L 0 4", "M 0 4 L 4 4"];

    public byte[] Write(string title, IReadOnlyList<string> lines, DateTimeOffset at) => ArchiveWriting.Zip(Parts(title, lines, at), at);

    /// <summary>What the file consists of, OFD.xml first.</summary>
    public IReadOnlyList<(string Path, byte[] Bytes)> Parts(string title, IReadOnlyList<string> lines, DateTimeOffset at)
    {
        var box = Of("PhysicalBox", "0 0 210 297");
        var resources = HasForeignFont ? Of("PublicRes", "PublicRes.xml") : null;
        var info = Of("DocInfo", Of("DocID", Convert.ToHexStringLower(Sm3.HashData(Encoding.UTF8.GetBytes(title + string.Concat(lines))))[..32]), Of("Title", title), Of("CreationDate", at.ToString("yyyy-MM-dd")));
        List<(string, byte[])> parts =
        [
            ("OFD.xml", Root("OFD", new XAttribute("Version", "1.0"), new XAttribute("DocType", "OFD"), Of("DocBody", info, Of("DocRoot", "Doc_0/Document.xml")))),
            ("Doc_0/Document.xml", Root("Document", Of("CommonData", Of("MaxUnitID", 999), Of("PageArea", box), resources), Of("Pages", Of("Page", new XAttribute("ID", 10), new XAttribute("BaseLoc", "Pages/Page_0/Content.xml"))))),
            ("Doc_0/Pages/Page_0/Content.xml", Root("Page", Of("Area", box), Of("Content", Of("Layer", new XAttribute("ID", 11), HasForeignFont ? Texts(lines.Prepend(title)) : Paths(lines))))),
        ];
        if (HasForeignFont)
        {
            parts.Add(("Doc_0/PublicRes.xml", Root("Res", new XAttribute("BaseLoc", "Res"), Of("Fonts", Of("Font", new XAttribute("ID", 2), new XAttribute("FontName", "宋体"))))));
        }

        return parts;
    }

    private static IEnumerable<XElement> Texts(IEnumerable<string> lines) => lines.Select((line, i) => Of(
        "TextObject",
        new XAttribute("ID", 20 + i),
        new XAttribute("Boundary", FormattableString.Invariant($"20 {20 + (i * 10)} 170 8")),
        new XAttribute("Font", 2),
        new XAttribute("Size", 5),
        Of("TextCode", new XAttribute("X", 0), new XAttribute("Y", 5), new XAttribute("DeltaX", string.Join(' ', Enumerable.Repeat("5", Math.Max(1, line.Length - 1)))), line)));

    private static IEnumerable<XElement> Paths(IReadOnlyList<string> lines) => string.Concat(lines).Where(char.IsAsciiDigit).Take(24).Select((digit, i) => Of(
        "PathObject",
        new XAttribute("ID", 20 + i),
        new XAttribute("Boundary", FormattableString.Invariant($"{20 + (i * 7)} 40 5 9")),
        new XAttribute("LineWidth", "0.5"),
        Of("AbbreviatedData", string.Join(' ', Strokes.Where((_, bit) => (Digits[digit - '0'] >> bit & 1) == 1)))));

    private static byte[] Root(string name, params object?[] content) => ArchiveWriting.Xml(new XElement(Ofd + name, new XAttribute(XNamespace.Xmlns + "ofd", Ofd.NamespaceName), content));

    private static XElement Of(string name, params object?[] content) => new(Ofd + name, content);
}
