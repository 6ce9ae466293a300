using System.Globalization;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Wordprocessing;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Reports.Word;

/// <summary>Blocks of a manuscript as elements of a Word file. Text of strangers is made visible first.</summary>
internal static class WordBlocks
{
    /// <summary>Of the text area in twentieths of a point: A4 less margins.</summary>
    public const int TextWidth = 9070;

    public static IEnumerable<OpenXmlElement> Of(ManuscriptBlock block) => block switch
    {
        TextBlock text => Lines(text.Text).Select(l => Paragraph(l, WordStyles.Body)),
        NoticeBlock notice => [Paragraph(notice.Text, WordStyles.Notice)],
        HeadingBlock heading => [Paragraph(heading.Text, WordStyles.Subsection)],
        ListBlock list => list.Items.Select(i => Paragraph(i, WordStyles.Point)),
        TableBlock table => [Table(table), new Paragraph(new ParagraphProperties(new ParagraphStyleId { Val = WordStyles.Gap }))],
        _ => throw new InvalidOperationException($"no way to write {block.GetType().Name}"),
    };

    public static Paragraph Paragraph(string text, string style) => new(new ParagraphProperties(new ParagraphStyleId { Val = style }), Words(text));

    /// <summary>Line feeds become breaks of the line.</summary>
    private static Run Words(string text)
    {
        var run = new Run();
        foreach (var (line, i) in Lines(text).Select((l, i) => (l, i)))
        {
            if (i > 0)
            {
                run.Append(new Break());
            }

            run.Append(new Text(line) { Space = SpaceProcessingModeValues.Preserve });
        }

        return run;
    }

    private static string[] Lines(string text) => VisibleText.Of(text).Replace('\t', ' ').Split('\n');

    private static Table Table(TableBlock table)
    {
        var all = table.Columns.Sum(c => c.Share);
        var widths = table.Columns.Select(c => (TextWidth * c.Share / all).ToString(CultureInfo.InvariantCulture)).ToList();
        return new Table(
        [
            new TableProperties(
                new TableStyle { Val = WordStyles.Grid },
                new TableWidth { Width = TextWidth.ToString(CultureInfo.InvariantCulture), Type = TableWidthUnitValues.Dxa },
                new TableLayout { Type = TableLayoutValues.Fixed },
                new TableLook { Val = "0020", FirstRow = true, LastRow = false, FirstColumn = false, LastColumn = false, NoHorizontalBand = true, NoVerticalBand = true }),
            new TableGrid(widths.Select(w => new GridColumn { Width = w })),
            Row([.. table.Columns.Select(c => c.Head)], widths, isHead: true),
            .. table.Rows.Select(r => Row(r, widths, isHead: false)),
        ]);
    }

    /// <summary>A head is repeated on every page its table reaches; a row is not torn where it fits on one.</summary>
    private static TableRow Row(IReadOnlyList<string> cells, List<string> widths, bool isHead)
    {
        var properties = new TableRowProperties(new CantSplit());
        if (isHead)
        {
            properties.Append(new TableHeader());
        }

        return new TableRow([properties, .. cells.Zip(widths).Select(c => new TableCell(
            new TableCellProperties(new TableCellWidth { Width = c.Second, Type = TableWidthUnitValues.Dxa }),
            Paragraph(c.First, isHead ? WordStyles.CellHead : WordStyles.Cell)))]);
    }
}
