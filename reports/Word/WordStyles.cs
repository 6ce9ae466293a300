using DocumentFormat.OpenXml.Wordprocessing;

namespace SmartCity.SecurityCheck.Reports.Word;

/// <summary>The style sheet. Sizes are half points, distances twentieths of a point.</summary>
internal static class WordStyles
{
    public const string Title = "Title";
    public const string Subject = "Subtitle";
    public const string Section = "Heading1";
    public const string Subsection = "Heading2";
    public const string Body = "BodyText";
    public const string Notice = "Notice";
    public const string Point = "ListBullet";
    public const string Cell = "TableText";
    public const string CellHead = "TableHead";
    public const string Gap = "AfterTable";
    public const string Head = "Header";
    public const string Foot = "Footer";
    public const string Contents = "TOC1";
    public const string SubContents = "TOC2";
    public const string CoverGap = "CoverGap";
    public const string ContentsTitle = "TOCHeading";
    public const string Grid = "PlainGrid";

    private const int Bullet = 1;
    private const string Normal = "Normal";
    private const string Serif = "Noto Serif CJK SC";
    private const string Sans = "Noto Sans CJK SC";

    public static Styles Sheet() => new(
    [
        new DocDefaults(
            new RunPropertiesDefault(new RunPropertiesBaseStyle(
                new RunFonts { Ascii = Serif, HighAnsi = Serif, EastAsia = "宋体", ComplexScript = Serif }, new FontSize { Val = "21" }, new Languages { Val = "en-US", EastAsia = "zh-CN" })),
            new ParagraphPropertiesDefault(new ParagraphPropertiesBaseStyle(new SpacingBetweenLines { After = "0", Line = "300", LineRule = LineSpacingRuleValues.Auto }))),
        new Style(new StyleName { Val = Normal }, new PrimaryStyle()) { Type = StyleValues.Paragraph, StyleId = Normal, Default = true },
        Paragraph(Title, "Title", Space("240", "60", center: true), Letters("36", sans: true, bold: true)),
        Paragraph(Subject, "Subtitle", Space("0", "240", center: true), Letters("26", sans: true)),
        Paragraph(Section, "heading 1", Head1(0), Letters("28", sans: true, bold: true, "1F3A5F")),
        Paragraph(Subsection, "heading 2", Head1(1), Letters("24", sans: true, bold: true)),
        Paragraph(Body, "Body Text", Space("0", "120"), null),
        Paragraph(Notice, "Notice", Framed(), Letters("21", sans: true, bold: true, "7A4B00")),
        Paragraph(Point, "List Bullet", new StyleParagraphProperties(new NumberingProperties(new NumberingId { Val = Bullet }), new SpacingBetweenLines { After = "80" }), null),
        Paragraph(Cell, "Table Text", new StyleParagraphProperties(new SpacingBetweenLines { Before = "20", After = "20", Line = "250", LineRule = LineSpacingRuleValues.Auto }, new Justification { Val = JustificationValues.Left }), Letters("18")),
        Paragraph(CellHead, "Table Head", new StyleParagraphProperties(new KeepNext(), new SpacingBetweenLines { Before = "40", After = "40" }), Letters("18", sans: true, bold: true)),
        Paragraph(Gap, "After Table", new StyleParagraphProperties(new SpacingBetweenLines { After = "140", Line = "20", LineRule = LineSpacingRuleValues.Exact }), Letters("10")),
        Paragraph(Head, "header", Running(JustificationValues.Left, isHead: true), Letters("17", sans: true, bold: false, "4D5A67")),
        Paragraph(Foot, "footer", Running(JustificationValues.Center, isHead: false), Letters("17", sans: true, bold: false, "4D5A67")),
        Paragraph(ContentsTitle, "TOC Heading", Space("200", "80"), Letters("24", sans: true, bold: true)),
        Paragraph(Contents, "toc 1", Toc(), null),
        Paragraph(CoverGap, "Cover Gap", Space("2400", "0"), null),
        Paragraph(SubContents, "toc 2", new StyleParagraphProperties(new Tabs(new TabStop { Val = TabStopValues.Right, Leader = TabStopLeaderCharValues.Dot, Position = WordBlocks.TextWidth }), new SpacingBetweenLines { After = "20" }, new Indentation { Left = "420" }), Letters("19")),
        Borders(),
    ]);

    public static Numbering Bullets() => new(
        new AbstractNum(new MultiLevelType { Val = MultiLevelValues.SingleLevel }, new Level(
            new StartNumberingValue { Val = 1 }, new NumberingFormat { Val = NumberFormatValues.Bullet }, new LevelText { Val = "•" }, new LevelJustification { Val = LevelJustificationValues.Left },
            new PreviousParagraphProperties(new Indentation { Left = "420", Hanging = "320" }))
        { LevelIndex = 0 })
        { AbstractNumberId = 0 },
        new NumberingInstance(new AbstractNumId { Val = 0 }) { NumberID = Bullet });

    private static Style Paragraph(string id, string name, StyleParagraphProperties layout, StyleRunProperties? letters)
    {
        var style = new Style(new StyleName { Val = name }, new BasedOn { Val = Normal }, new PrimaryStyle(), layout) { Type = StyleValues.Paragraph, StyleId = id };
        if (letters is not null)
        {
            style.Append(letters);
        }

        return style;
    }

    private static StyleRunProperties Letters(string size, bool sans = false, bool bold = false, string? colour = null)
    {
        var letters = new StyleRunProperties();
        if (sans)
        {
            letters.Append(new RunFonts { Ascii = Sans, HighAnsi = Sans, EastAsia = "黑体", ComplexScript = Sans });
        }

        if (bold)
        {
            letters.Append(new Bold());
        }

        if (colour is not null)
        {
            letters.Append(new Color { Val = colour });
        }

        letters.Append(new FontSize { Val = size });
        return letters;
    }

    private static StyleParagraphProperties Space(string before, string after, bool center = false)
    {
        var layout = new StyleParagraphProperties(new SpacingBetweenLines { Before = before, After = after });
        if (center)
        {
            layout.Append(new Justification { Val = JustificationValues.Center });
        }

        return layout;
    }

    private static StyleParagraphProperties Head1(int level) => new(
        new KeepNext(), new KeepLines(), new SpacingBetweenLines { Before = level == 0 ? "360" : "200", After = level == 0 ? "140" : "80" }, new OutlineLevel { Val = level });

    private static StyleParagraphProperties Framed()
    {
        T Line<T>()
            where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 6, Space = 4, Color = "C9962B" };
        return new StyleParagraphProperties(
            new ParagraphBorders(Line<TopBorder>(), Line<LeftBorder>(), Line<BottomBorder>(), Line<RightBorder>()),
            new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = "FDF7E8" },
            new SpacingBetweenLines { Before = "120", After = "160" },
            new Indentation { Left = "100", Right = "100" });
    }

    private static StyleParagraphProperties Running(JustificationValues justification, bool isHead)
    {
        var layout = new StyleParagraphProperties();
        if (isHead)
        {
            layout.Append(new ParagraphBorders(new BottomBorder { Val = BorderValues.Single, Size = 4, Space = 3, Color = "8A96A1" }));
            layout.Append(new Tabs(new TabStop { Val = TabStopValues.Right, Position = WordBlocks.TextWidth }));
        }

        layout.Append(new Justification { Val = justification });
        return layout;
    }

    private static StyleParagraphProperties Toc() => new(
        new Tabs(new TabStop { Val = TabStopValues.Right, Leader = TabStopLeaderCharValues.Dot, Position = WordBlocks.TextWidth }), new SpacingBetweenLines { After = "40" });

    private static Style Borders()
    {
        T Line<T>()
            where T : BorderType, new() => new() { Val = BorderValues.Single, Size = 4, Space = 0, Color = "8A96A1" };
        return new Style(
            new StyleName { Val = "Plain Grid" },
            new StyleTableProperties(
                new TableBorders(Line<TopBorder>(), Line<LeftBorder>(), Line<BottomBorder>(), Line<RightBorder>(), Line<InsideHorizontalBorder>(), Line<InsideVerticalBorder>()),
                new TableCellMarginDefault(new TopMargin { Width = "20", Type = TableWidthUnitValues.Dxa }, new TableCellLeftMargin { Width = 80, Type = TableWidthValues.Dxa }, new BottomMargin { Width = "20", Type = TableWidthUnitValues.Dxa }, new TableCellRightMargin { Width = 80, Type = TableWidthValues.Dxa })),
            new TableStyleProperties(new TableStyleConditionalFormattingTableCellProperties(new Shading { Val = ShadingPatternValues.Clear, Color = "auto", Fill = "EEF2F6" })) { Type = TableStyleOverrideValues.FirstRow })
        { Type = StyleValues.Table, StyleId = Grid, CustomStyle = true };
    }
}
