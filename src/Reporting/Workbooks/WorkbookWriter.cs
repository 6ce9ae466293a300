using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>
/// Writes worksheets as an .xlsx (ECMA-376): every cell is an inline string, so that nothing typed becomes a formula, a number or a
/// date. The same sheets give the same bytes.
/// </summary>
public static class WorkbookWriter
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/package/2006/relationships";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string ContentTypes = "http://schemas.openxmlformats.org/package/2006/content-types";
    /// <summary><c>_x0041_</c>.</summary>
    private const int EscapeLength = 7;

    private const string Spreadsheet = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    /// <summary>ZIP knows no earlier day.</summary>
    private static readonly DateTimeOffset Stamp = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static byte[] Write(IReadOnlyList<Worksheet> sheets)
    {
        using var buffer = new MemoryStream();
        using (var zip = new ZipArchive(buffer, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(zip, "[Content_Types].xml", x => Types(x, sheets.Count));
            Part(zip, "_rels/.rels", x => Relation(x, [("rId1", "officeDocument", "xl/workbook.xml")]));
            Part(zip, "xl/workbook.xml", x => Workbook(x, sheets));
            Part(zip, "xl/_rels/workbook.xml.rels", x => Relation(x, [.. sheets.Select((_, i) => ($"rId{i + 1}", "worksheet", $"worksheets/sheet{i + 1}.xml")), ($"rId{sheets.Count + 1}", "styles", "styles.xml")]));
            Part(zip, "xl/styles.xml", Styles);
            foreach (var (sheet, i) in sheets.Select((s, i) => (s, i)))
            {
                Part(zip, $"xl/worksheets/sheet{i + 1}.xml", x => Sheet(x, sheet));
            }
        }

        return buffer.ToArray();
    }

    private static void Part(ZipArchive zip, string name, Action<XmlWriter> write)
    {
        var entry = zip.CreateEntry(name, CompressionLevel.Optimal);
        entry.LastWriteTime = Stamp;
        using var stream = entry.Open();
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), NewLineHandling = NewLineHandling.Entitize });
        xml.WriteStartDocument(standalone: true);
        write(xml);
        xml.WriteEndDocument();
    }

    private static void Types(XmlWriter xml, int sheets)
    {
        xml.WriteStartElement("Types", ContentTypes);
        Element(xml, "Default", ("Extension", "rels"), ("ContentType", "application/vnd.openxmlformats-package.relationships+xml"));
        Element(xml, "Default", ("Extension", "xml"), ("ContentType", "application/xml"));
        Element(xml, "Override", ("PartName", "/xl/workbook.xml"), ("ContentType", $"{Spreadsheet}.sheet.main+xml"));
        Element(xml, "Override", ("PartName", "/xl/styles.xml"), ("ContentType", $"{Spreadsheet}.styles+xml"));
        for (var i = 1; i <= sheets; i++)
        {
            Element(xml, "Override", ("PartName", string.Create(CultureInfo.InvariantCulture, $"/xl/worksheets/sheet{i}.xml")), ("ContentType", $"{Spreadsheet}.worksheet+xml"));
        }

        xml.WriteEndElement();
    }

    private static void Relation(XmlWriter xml, IReadOnlyList<(string Id, string Kind, string Target)> relations)
    {
        xml.WriteStartElement("Relationships", Relations);
        foreach (var (id, kind, target) in relations)
        {
            Element(xml, "Relationship", ("Id", id), ("Type", $"{Office}/{kind}"), ("Target", target));
        }

        xml.WriteEndElement();
    }

    private static void Workbook(XmlWriter xml, IReadOnlyList<Worksheet> sheets)
    {
        xml.WriteStartElement("workbook", Main);
        xml.WriteAttributeString("xmlns", "r", null, Office);
        xml.WriteStartElement("sheets");
        foreach (var (sheet, i) in sheets.Select((s, i) => (s, i)))
        {
            xml.WriteStartElement("sheet");
            xml.WriteAttributeString("name", sheet.Name);
            xml.WriteAttributeString("sheetId", (i + 1).ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("id", Office, string.Create(CultureInfo.InvariantCulture, $"rId{i + 1}"));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>0 plain, 1 header, 2 wrapped text, 3 wrapped text on the ground of input cells.</summary>
    private static void Styles(XmlWriter xml)
    {
        xml.WriteStartElement("styleSheet", Main);
        xml.WriteRaw(
            """<fonts count="2"><font><sz val="10"/><name val="宋体"/></font><font><b/><sz val="10"/><name val="宋体"/></font></fonts><fills count="4"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFDCE6F1"/></patternFill></fill><fill><patternFill patternType="solid"><fgColor rgb="FFFFF9E5"/></patternFill></fill></fills><borders count="2"><border/><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf fontId="1" fillId="2" borderId="1" applyFont="1" applyFill="1" applyBorder="1"/><xf borderId="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fillId="3" borderId="1" applyNumberFormat="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf></cellXfs>""");
        xml.WriteEndElement();
    }

    private static void Sheet(XmlWriter xml, Worksheet sheet)
    {
        xml.WriteStartElement("worksheet", Main);
        xml.WriteStartElement("sheetViews");
        xml.WriteStartElement("sheetView");
        xml.WriteAttributeString("workbookViewId", "0");
        Element(xml, "pane", ("ySplit", "1"), ("topLeftCell", "A2"), ("activePane", "bottomLeft"), ("state", "frozen"));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteStartElement("cols");
        foreach (var (column, i) in sheet.Columns.Select((c, i) => (c, (i + 1).ToString(CultureInfo.InvariantCulture))))
        {
            Element(xml, "col", ("min", i), ("max", i), ("width", column.Width.ToString(CultureInfo.InvariantCulture)), ("customWidth", "1"));
        }

        xml.WriteEndElement();
        xml.WriteStartElement("sheetData");
        Row(xml, 1, [.. sheet.Columns.Select(c => (c.Header, 1))]);
        foreach (var (row, i) in sheet.Rows.Select((r, i) => (r, i)))
        {
            Row(xml, i + 2, [.. row.Select((c, j) => (c, sheet.Columns[j].IsInput ? 3 : 2))]);
        }

        xml.WriteEndElement();
        if (sheet.HasFilter)
        {
            Element(xml, "autoFilter", ("ref", string.Create(CultureInfo.InvariantCulture, $"A1:{Letter(sheet.Columns.Count - 1)}{sheet.Rows.Count + 1}")));
        }

        Validations(xml, sheet);
        xml.WriteEndElement();
    }

    private static void Row(XmlWriter xml, int number, IReadOnlyList<(string Text, int Style)> cells)
    {
        xml.WriteStartElement("row");
        xml.WriteAttributeString("r", number.ToString(CultureInfo.InvariantCulture));
        foreach (var ((text, style), i) in cells.Select((c, i) => (c, i)))
        {
            xml.WriteStartElement("c");
            xml.WriteAttributeString("r", $"{Letter(i)}{number}");
            xml.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
            if (text.Length > 0)
            {
                xml.WriteAttributeString("t", "inlineStr");
                xml.WriteStartElement("is");
                xml.WriteStartElement("t");
                xml.WriteAttributeString("xml", "space", null, "preserve");
                xml.WriteString(Escaped(text));
                xml.WriteEndElement();
                xml.WriteEndElement();
            }

            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Validations(XmlWriter xml, Worksheet sheet)
    {
        var lists = sheet.Columns.Select((c, i) => (c.Choices, Letter: Letter(i))).Where(c => c.Choices.Count > 0).ToList();
        if (lists.Count == 0 || sheet.Rows.Count == 0)
        {
            return;
        }

        xml.WriteStartElement("dataValidations");
        xml.WriteAttributeString("count", lists.Count.ToString(CultureInfo.InvariantCulture));
        foreach (var (choices, letter) in lists)
        {
            xml.WriteStartElement("dataValidation");
            xml.WriteAttributeString("type", "list");
            xml.WriteAttributeString("allowBlank", "1");
            xml.WriteAttributeString("showErrorMessage", "1");
            xml.WriteAttributeString("sqref", string.Create(CultureInfo.InvariantCulture, $"{letter}2:{letter}{sheet.Rows.Count + 1}"));
            xml.WriteElementString("formula1", $"\"{string.Join(',', choices)}\"");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Element(XmlWriter xml, string name, params (string Key, string Value)[] attributes)
    {
        xml.WriteStartElement(name);
        foreach (var (key, value) in attributes)
        {
            xml.WriteAttributeString(key, value);
        }

        xml.WriteEndElement();
    }

    private static string Letter(int index) => index < 26 ? $"{(char)('A' + index)}" : $"{(char)('A' + (index / 26) - 1)}{(char)('A' + (index % 26))}";

    /// <summary>Spreadsheets read <c>_x0041_</c> as A (ECMA-376, ST_Xstring); what XML cannot carry at all becomes U+FFFD.</summary>
    private static string Escaped(string text)
    {
        var carried = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            carried.Append(rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\uFFFD" : rune.ToString());
        }

        // Escapes may overlap: every underscore that begins one is spelled out.
        for (var i = carried.Length - EscapeLength; i >= 0; i--)
        {
            if (IsEscape(carried, i))
            {
                carried.Replace("_", "_x005F_", i, 1);
            }
        }

        return carried.ToString();
    }

    private static bool IsEscape(StringBuilder text, int at) =>
        text[at] == '_' && text[at + 1] == 'x' && text[at + EscapeLength - 1] == '_' && Enumerable.Range(at + 2, EscapeLength - 3).All(i => char.IsAsciiHexDigit(text[i]));
}
