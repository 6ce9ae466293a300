using System.Globalization;
using System.Security;
using System.Text;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>Writes papers as they are handed in, of nothing but text: for demonstrations and tests.</summary>
public static class PaperWriting
{
    private const string WordSpace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    /// <summary>A docx with the title as heading and each line as a paragraph.</summary>
    public static byte[] Word(string title, IReadOnlyList<string> lines, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var text = string.Concat(lines.Prepend(title).Select(l => $"<w:p><w:r><w:t xml:space=\"preserve\">{SecurityElement.Escape(l)}</w:t></w:r></w:p>"));
        return ArchiveWriting.Zip(
            [
                ("[Content_Types].xml", Xml("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>")),
                ("_rels/.rels", Xml("<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>")),
                ("word/document.xml", Xml($"<w:document xmlns:w=\"{WordSpace}\"><w:body>{text}<w:sectPr/></w:body></w:document>")),
            ],
            at);
    }

    /// <summary>An OFD file of one page; <paramref name="seal"/> gives it a seal over everything in it, null leaves it without one.</summary>
    public static byte[] Ofd(string title, IReadOnlyList<string> lines, DateTimeOffset at, PaperSeal? seal)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var parts = new OfdWriting(HasForeignFont: true).Parts(title, lines, at);
        return ArchiveWriting.Zip(seal is null ? parts : seal.Over(parts, at), at);
    }

    /// <summary>A PDF of one page in a font of the viewer's own (STSong), whose characters are told by a map.</summary>
    public static byte[] Pdf(string title, IReadOnlyList<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var all = lines.Prepend(title).ToList();
        var characters = string.Concat(all).Distinct().Order().ToList();
        var map = string.Concat(characters.Chunk(100).Select(c => $"{c.Length} beginbfchar\n{string.Concat(c.Select(x => $"<{(int)x:X4}> <{(int)x:X4}>\n"))}endbfchar\n"));
        var show = string.Concat(all.Select((l, i) => $"BT /F {(i == 0 ? 16 : 11)} Tf 60 {780 - (24 * i)} Td <{string.Concat(l.Select(c => $"{(int)c:X4}"))}> Tj ET\n"));
        return Bound(
        [
            "<< /Type /Catalog /Pages 2 0 R >>",
            "<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 4 0 R >> >> /Contents 7 0 R >>",
            "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [5 0 R] /ToUnicode 8 0 R >>",
            "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /DW 1000 /FontDescriptor 6 0 R >>",
            "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
            Stream(show),
            Stream($"/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /Papers def\n/CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n{map}endcmap\nend\nend"),
        ]);
    }

    /// <summary>A stream of a PDF file.</summary>
    /// <param name="content">Latin-1.</param>
    /// <param name="more">Entries of its dictionary beside the length, such as <c>/Subtype /Image</c>.</param>
    public static string Stream(string content, string more = "")
    {
        ArgumentNullException.ThrowIfNull(content);
        return $"<< /Length {content.Length}{Beside(more)} >>\nstream\n{content}\nendstream";
    }

    /// <summary>A PDF file of those objects, whose first is the catalogue.</summary>
    /// <param name="objects">In Latin-1, by their numbers from 1.</param>
    /// <param name="trailer">Entries of the trailer beside size and root, such as <c>/Encrypt</c>.</param>
    public static byte[] Bound(IReadOnlyList<string> objects, string trailer = "")
    {
        ArgumentNullException.ThrowIfNull(objects);
        var file = new StringBuilder("%PDF-1.7\n");
        var table = new StringBuilder($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
        for (var i = 0; i < objects.Count; i++)
        {
            table.Append(CultureInfo.InvariantCulture, $"{file.Length:D10} 00000 n \n");
            file.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var start = file.Length;
        file.Append(table).Append(CultureInfo.InvariantCulture, $"trailer\n<< /Size {objects.Count + 1} /Root 1 0 R{Beside(trailer)} >>\nstartxref\n{start}\n%%EOF\n");
        return Encoding.Latin1.GetBytes(file.ToString());
    }

    private static string Beside(string entries) => entries.Length == 0 ? "" : $" {entries}";

    private static byte[] Xml(string text) => Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text);
}
