using System.IO.Compression;
using System.Xml;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>docx, xlsx and OFD: XML in a ZIP file. Nothing is unpacked to disk, no DTD is read, everything is bounded.</summary>
internal static class ZippedPaper
{
    private const int MostEntries = 20_000;
    private const int PropertiesCap = 1024 * 1024;

    /// <summary>Less text than this for each page with a picture is a page number, not the page.</summary>
    public const int LeastTextOfPage = 50;

    private static readonly string[] PictureEndings = [".png", ".jpg", ".jpeg", ".bmp", ".gif", ".tif", ".tiff", ".emf", ".wmf", ".jb2"];

    public static PaperFile Read(string name, byte[] bytes, IPaperSeals seals, CancellationToken stop)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            if (zip.Entries.Count > MostEntries)
            {
                return Unread(name, PaperState.TooLarge, $"压缩包里有 {zip.Entries.Count} 个条目，没有读");
            }

            var format = FormatOf(zip);
            return format == PaperFormat.OtherOffice
                ? new PaperFile { Name = name, Format = format, State = PaperState.NotReadable, Trouble = "本工具只读 docx、xlsx 与 OFD 的文字，这份要由人看" }
                : Sealed(Read(name, zip, format, stop), bytes, seals, stop);
        }
        catch (PaperCapException over)
        {
            return Unread(name, PaperState.TooLarge, over.Message);
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException)
        {
            return Unread(name, PaperState.Corrupt, "压缩结构或其中的 XML 损坏");
        }
        catch (Exception strange) when (strange is IOException or NotSupportedException or ArgumentException)
        {
            return Unread(name, PaperState.NotReadable, "压缩结构里有本工具不认得的写法，要由人看");
        }
    }

    private static PaperFile Read(string name, ZipArchive zip, PaperFormat format, CancellationToken stop)
    {
        var text = new PackedText(format);
        foreach (var part in zip.Entries.Where(e => HasText(format, e.FullName)).OrderBy(e => e.FullName, StringComparer.Ordinal).TakeWhile(_ => !text.IsCut))
        {
            text.Append(part, stop);
        }

        var plain = text.Plain;
        var pictures = zip.Entries.Count(e => PictureEndings.Contains(Path.GetExtension(e.Name).ToLowerInvariant(), StringComparer.Ordinal));
        var pages = format == PaperFormat.Ofd ? zip.Entries.Count(e => e.FullName.Contains("Pages/", StringComparison.OrdinalIgnoreCase) && e.Name.Equals("Content.xml", StringComparison.OrdinalIgnoreCase)) : PagesOf(zip);
        var trouble = text.IsCut ? $"文字超过 {PlainPaper.TextCap} 字，后面的没有读"
            : pictures > 0 && plain.Length > 0 && plain.Length < LeastTextOfPage * (long)Math.Max(pictures, pages ?? 1) ? $"有 {pictures} 张图片而文字很少，多半是扫描页，要由人看"
            : text.HasStyledNumbers ? "表格里的数字可能显示为日期，要由人看"
            : null;
        return new PaperFile
        {
            Name = name,
            Format = format,
            State = plain.Length == 0 ? PaperState.WithoutText : trouble is not null ? PaperState.ReadInPart : PaperState.Read,
            Trouble = plain.Length == 0 ? null : trouble,
            Text = plain,
            Pages = pages,
            Signatures = SignaturesOf(zip, format),
            HasPictures = pictures > 0,
        };
    }

    /// <summary>
    /// Files of signatures were counted by their names; whoever knows the format says what they are worth. Signatures in Office files (XML) are not verified.
    /// </summary>
    private static PaperFile Sealed(PaperFile file, byte[] bytes, IPaperSeals seals, CancellationToken stop)
    {
        if (file.Format != PaperFormat.Ofd)
        {
            return file.Signatures > 0 ? file with { SignatureTroubles = [$"{file.Name}：Office 文件里的数字签名本工具不核验"] } : file;
        }

        var seen = seals.Of(file.Name, bytes, stop);
        if (seen == PaperSeals.NotLooked)
        {
            return file.Signatures > 0 ? file with { SignatureTroubles = [$"{file.Name}：OFD 里的签章没有核验"] } : file;
        }

        var count = seen.Count is { } listed ? Math.Max(listed, file.Signatures ?? 0) : file.Signatures is > 0 and var named ? named : (int?)null;
        return file with
        {
            Signatures = count,
            IntactSignatures = count > 0 ? seen.Hold switch { true when count == seen.Count => count, false => count - 1, _ => null } : null,
            SignatureTroubles = [.. seen.Reasons.Select(r => $"{file.Name}：{r}")],
        };
    }

    private static PaperFormat FormatOf(ZipArchive zip) =>
        zip.Entries.Any(e => e.FullName.TrimStart('/').Equals("OFD.xml", StringComparison.OrdinalIgnoreCase)) ? PaperFormat.Ofd
        : zip.GetEntry("word/document.xml") is not null ? PaperFormat.Word
        : zip.GetEntry("xl/workbook.xml") is not null ? PaperFormat.Workbook
        : PaperFormat.OtherOffice;

    private static bool HasText(PaperFormat format, string path) => format switch
    {
        PaperFormat.Word => path is "word/document.xml" or "word/footnotes.xml" or "word/endnotes.xml"
            || (path.EndsWith(".xml", StringComparison.Ordinal) && (path.StartsWith("word/header", StringComparison.Ordinal) || path.StartsWith("word/footer", StringComparison.Ordinal))),
        PaperFormat.Workbook => path == "xl/sharedStrings.xml" || (path.StartsWith("xl/worksheets/sheet", StringComparison.Ordinal) && path.EndsWith(".xml", StringComparison.Ordinal)),
        _ => path.EndsWith("Content.xml", StringComparison.OrdinalIgnoreCase),
    };

    /// <summary>Word writes how many pages it last saw.</summary>
    private static int? PagesOf(ZipArchive zip)
    {
        if (zip.GetEntry("docProps/app.xml") is not { Length: <= PropertiesCap } part)
        {
            return null;
        }

        using var stream = new BoundedStream(part.Open(), part.Length);
        using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = PropertiesCap });
        return xml.ReadToFollowing("Pages") && int.TryParse(xml.ReadElementContentAsString(), out var pages) && pages is > 0 and < 100_000 ? pages : null;
    }

    private static int SignaturesOf(ZipArchive zip, PaperFormat format) => zip.Entries.Count(e => format == PaperFormat.Ofd
        ? e.Name.Equals("Signature.xml", StringComparison.OrdinalIgnoreCase)
        : e.FullName.StartsWith("_xmlsignatures/", StringComparison.OrdinalIgnoreCase) && e.FullName.EndsWith(".xml", StringComparison.OrdinalIgnoreCase));

    private static PaperFile Unread(string name, PaperState state, string trouble) => new() { Name = name, Format = PaperFormat.Unknown, State = state, Trouble = trouble };
}
