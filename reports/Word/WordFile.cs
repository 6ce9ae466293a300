using System.IO.Compression;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Wordprocessing;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Word;

/// <summary>A manuscript as a .docx: styles, running head, page numbers, a field for the contents, then its blocks. The same bytes each time.</summary>
internal static class WordFile
{
    private const string MainType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml";
    private static readonly DateTimeOffset Epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Of(Manuscript paper)
    {
        using var written = new MemoryStream();
        using (var document = WordprocessingDocument.Create(written, WordprocessingDocumentType.Document))
        {
            // Ids are given, because those made up would differ each time.
            var main = document.AddNewPart<MainDocumentPart>(MainType, "rIdMain");
            main.AddNewPart<StyleDefinitionsPart>("rIdStyles").Styles = WordStyles.Sheet();
            main.AddNewPart<NumberingDefinitionsPart>("rIdNumbering").Numbering = WordStyles.Bullets();
            main.AddNewPart<DocumentSettingsPart>("rIdSettings").Settings = new Settings(new UpdateFieldsOnOpen { Val = true });
            main.AddNewPart<HeaderPart>("rIdHeader").Header = WordPages.Head(paper);
            main.AddNewPart<FooterPart>("rIdFooter").Footer = WordPages.Foot();
            List<OpenXmlElement> text = [.. paper.Sections.SelectMany(Section)];
            var headings = paper.HasCover ? WordHeading.Mark(text) : [];
            main.Document = new Document(new Body([.. WordPages.Front(paper, headings), .. text, WordPages.Layout("rIdHeader", "rIdFooter")]));
        }

        return WithoutMoments(written.ToArray());
    }

    private static IEnumerable<OpenXmlElement> Section(ManuscriptSection section) => section.Blocks.SelectMany(WordBlocks.Of).Prepend(WordBlocks.Paragraph(section.Heading, WordStyles.Section));

    /// <summary>The moment of writing stands in every entry of the container and would make each file another.</summary>
    private static byte[] WithoutMoments(byte[] bytes)
    {
        using var from = new ZipArchive(new MemoryStream(bytes));
        using var into = new MemoryStream();
        using (var zip = new ZipArchive(into, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in from.Entries.OrderBy(e => e.FullName != "[Content_Types].xml").ThenBy(e => e.FullName, StringComparer.Ordinal))
            {
                var copy = zip.CreateEntry(entry.FullName, CompressionLevel.Optimal);
                copy.LastWriteTime = Epoch;
                using var source = entry.Open();
                using var target = copy.Open();
                source.CopyTo(target);
            }
        }

        return into.ToArray();
    }
}
