using System.IO.Compression;
using System.Text;
using System.Xml;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>docx, xlsx and OFD: XML in a ZIP file. Nothing is unpacked to disk, no DTD is read, everything is bounded.</summary>
internal static class ZippedPaper
{
    private const int MostEntries = 20_000;
    private const int PartCap = 32 * 1024 * 1024;
    private const long AllPartsCap = 128L * 1024 * 1024;

    private static readonly string[] PictureEndings = [".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".emf", ".wmf", ".jb2"];

    public static PaperFile Read(string name, byte[] bytes, CancellationToken stop)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            if (zip.Entries.Count > MostEntries)
            {
                return Corrupt(name, PaperFormat.Unknown, $"压缩包里有 {zip.Entries.Count} 个条目，没有读");
            }

            var format = FormatOf(zip);
            return format == PaperFormat.Unknown
                ? new PaperFile { Name = name, Format = format, State = PaperState.NotReadable, Trouble = "是压缩包，不是 Word、Excel 或 OFD；请把里面的文件单独列出" }
                : Read(name, zip, format, stop);
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or IOException or NotSupportedException or ArgumentException)
        {
            return Corrupt(name, PaperFormat.Unknown, "压缩结构或其中的 XML 损坏");
        }
    }

    private static PaperFile Read(string name, ZipArchive zip, PaperFormat format, CancellationToken stop)
    {
        var parts = zip.Entries.Where(e => HasText(format, e.FullName)).OrderBy(e => e.FullName, StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        long read = 0;
        foreach (var part in parts)
        {
            stop.ThrowIfCancellationRequested();
            read += AppendText(part, format, text, AllPartsCap - read);
            if (text.Length > PlainPaper.TextCap)
            {
                break;
            }
        }

        var isCut = text.Length > PlainPaper.TextCap;
        var plain = PlainText.Of(isCut ? text.ToString(0, PlainPaper.TextCap) : text.ToString());
        return new PaperFile
        {
            Name = name,
            Format = format,
            State = isCut ? PaperState.ReadInPart : plain.Length == 0 ? PaperState.WithoutText : PaperState.Read,
            Text = plain,
            Pages = format == PaperFormat.Ofd ? zip.Entries.Count(e => e.FullName.Contains("Pages/", StringComparison.OrdinalIgnoreCase) && e.Name.Equals("Content.xml", StringComparison.OrdinalIgnoreCase)) : PagesOf(zip),
            Signatures = SignaturesOf(zip, format),
            HasPictures = zip.Entries.Any(e => PictureEndings.Contains(Path.GetExtension(e.Name).ToLowerInvariant(), StringComparer.Ordinal)),
        };
    }

    private static PaperFormat FormatOf(ZipArchive zip) =>
        zip.Entries.Any(e => e.FullName.TrimStart('/').Equals("OFD.xml", StringComparison.OrdinalIgnoreCase)) ? PaperFormat.Ofd
        : zip.GetEntry("word/document.xml") is not null ? PaperFormat.Word
        : zip.GetEntry("xl/workbook.xml") is not null ? PaperFormat.Workbook
        : PaperFormat.Unknown;

    private static bool HasText(PaperFormat format, string path) => format switch
    {
        PaperFormat.Word => path is "word/document.xml" or "word/footnotes.xml" or "word/endnotes.xml"
            || (path.EndsWith(".xml", StringComparison.Ordinal) && (path.StartsWith("word/header", StringComparison.Ordinal) || path.StartsWith("word/footer", StringComparison.Ordinal))),
        PaperFormat.Workbook => path == "xl/sharedStrings.xml" || (path.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal) && path.EndsWith(".xml", StringComparison.Ordinal)),
        _ => path.EndsWith("Content.xml", StringComparison.OrdinalIgnoreCase),
    };

    /// <returns>Bytes it took.</returns>
    private static long AppendText(ZipArchiveEntry part, PaperFormat format, StringBuilder text, long left)
    {
        using var stream = new BoundedStream(part.Open(), Math.Min(PartCap, left));
        using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = PartCap, IgnoreComments = true, IgnoreProcessingInstructions = true });
        var depth = -1;
        while (xml.Read() && text.Length <= PlainPaper.TextCap)
        {
            if (xml.NodeType == XmlNodeType.Element && depth < 0 && !xml.IsEmptyElement && IsText(format, xml.LocalName))
            {
                depth = xml.Depth;
            }
            else if (xml.NodeType == XmlNodeType.EndElement && xml.Depth == depth)
            {
                depth = -1;
            }
            else if (depth >= 0 && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                text.Append(xml.Value);
            }
        }

        return stream.Taken;
    }

    private static bool IsText(PaperFormat format, string element) => format == PaperFormat.Ofd ? element == "TextCode" : element == "t";

    /// <summary>Word writes how many pages it last saw.</summary>
    private static int? PagesOf(ZipArchive zip)
    {
        if (zip.GetEntry("docProps/app.xml") is not { } part)
        {
            return null;
        }

        using var stream = new BoundedStream(part.Open(), PartCap);
        using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = PartCap });
        return xml.ReadToFollowing("Pages") && int.TryParse(xml.ReadElementContentAsString(), out var pages) && pages is > 0 and < 100_000 ? pages : null;
    }

    private static int SignaturesOf(ZipArchive zip, PaperFormat format) => zip.Entries.Count(e => format == PaperFormat.Ofd
        ? e.Name.Equals("Signature.xml", StringComparison.OrdinalIgnoreCase)
        : e.FullName.StartsWith("_xmlsignatures/", StringComparison.OrdinalIgnoreCase) && e.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase));

    private static PaperFile Corrupt(string name, PaperFormat format, string trouble) => new() { Name = name, Format = format, State = PaperState.Corrupt, Trouble = trouble };
}
