using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Word;

/// <summary>What stands around the text: title and contents, running head, page numbers, paper and margins.</summary>
internal static class WordPages
{
    /// <param name="paper">What is written.</param>
    /// <param name="headings">Its headings with the bookmarks they got; used where there is a cover.</param>
    public static IEnumerable<OpenXmlElement> Front(Manuscript paper, IReadOnlyList<WordHeading> headings) =>
    [
        .. paper.HasCover ? [WordBlocks.Paragraph("", WordStyles.CoverGap)] : Array.Empty<OpenXmlElement>(),
        WordBlocks.Paragraph(paper.Heading, WordStyles.Title),
        WordBlocks.Paragraph(VisibleText.OnOneLine(paper.Subject), WordStyles.Subject),
        .. paper.Opening.SelectMany(WordBlocks.Of),
        paper.HasCover ? OnNewPage("目录", WordStyles.ContentsTitle) : WordBlocks.Paragraph("目录", WordStyles.ContentsTitle),
        .. paper.HasCover ? headings.Select(Entry) : Contents(paper),
    ];

    /// <summary>A line of the contents whose number is a reference to the heading's page: readers that fill in no table of contents of their own show it too.</summary>
    private static Paragraph Entry(WordHeading heading) => new(
    [
        new ParagraphProperties(new ParagraphStyleId { Val = heading.Level == 1 ? WordStyles.Contents : WordStyles.SubContents }),
        new Hyperlink([Words(heading.Text), new Run(new TabChar()), .. Field($@"PAGEREF {heading.Bookmark} \h", "1")]) { Anchor = heading.Bookmark, History = true },
    ]);

    private static Paragraph OnNewPage(string text, string style)
    {
        var paragraph = WordBlocks.Paragraph(text, style);
        paragraph.GetFirstChild<ParagraphProperties>()!.Append(new PageBreakBefore());
        return paragraph;
    }

    public static Header Head(Manuscript paper) => new(new Paragraph(
        new ParagraphProperties(new ParagraphStyleId { Val = WordStyles.Head }),
        Words(Short(VisibleText.OnOneLine(paper.Subject))),
        new Run(new TabChar()),
        Words(paper.Heading)));

    public static Footer Foot() => new(new Paragraph(
        [new ParagraphProperties(new ParagraphStyleId { Val = WordStyles.Foot }), Words("第 "), .. Field("PAGE", "1"), Words(" 页，共 "), .. Field("NUMPAGES", "1"), Words(" 页")]));

    public static SectionProperties Layout(string header, string footer) => new(
        new HeaderReference { Type = HeaderFooterValues.Default, Id = header },
        new FooterReference { Type = HeaderFooterValues.Default, Id = footer },
        new PageSize { Width = 11906, Height = 16838 },
        new PageMargin { Top = 1418, Bottom = 1304, Left = 1418, Right = 1418, Header = 709, Footer = 624, Gutter = 0 });

    /// <summary>Word fills it in when the file is opened; until then the headings stand there without page numbers.</summary>
    private static List<Paragraph> Contents(Manuscript paper)
    {
        var lines = paper.Sections.Select(s => new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = WordStyles.Contents }), Words(s.Heading))).ToList();
        var properties = lines[0].GetFirstChild<ParagraphProperties>()!;
        foreach (var part in Opened(@" TOC \o ""1-2"" \h \z \u ").Reverse())
        {
            lines[0].InsertAfter(part, properties);
        }

        lines[^1].Append(new Run(new FieldChar { FieldCharType = FieldCharValues.End }));
        return lines;
    }

    private static IEnumerable<Run> Field(string code, string shown) => [.. Opened($" {code} "), Words(shown), new Run(new FieldChar { FieldCharType = FieldCharValues.End })];

    private static Run[] Opened(string code) =>
    [
        new(new FieldChar { FieldCharType = FieldCharValues.Begin }),
        new(new FieldCode(code) { Space = SpaceProcessingModeValues.Preserve }),
        new(new FieldChar { FieldCharType = FieldCharValues.Separate }),
    ];

    private static Run Words(string text) => new(new Text(text) { Space = SpaceProcessingModeValues.Preserve });

    private static string Short(string name)
    {
        var visible = new System.Globalization.StringInfo(name);
        return visible.LengthInTextElements <= 24 ? name : visible.SubstringByTextElements(0, 24) + "…";
    }
}
