using System.IO.Compression;
using System.Security;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>Small .xlsx files as spreadsheet programs lay them out.</summary>
internal static class WorkbookText
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    /// <param name="rows">Null cells are left out; numbers are stored as numbers, everything else as shared strings.</param>
    public static byte[] Of(params IReadOnlyList<IReadOnlyList<string?>> rows)
    {
        var strings = rows.SelectMany(r => r).OfType<string>().Where(c => !IsNumber(c)).Distinct(StringComparer.Ordinal).ToList();
        var sheet = new StringBuilder($"<worksheet xmlns=\"{Main}\"><sheetData>");
        for (var r = 0; r < rows.Count; r++)
        {
            sheet.Append($"<row r=\"{r + 1}\">");
            for (var c = 0; c < rows[r].Count; c++)
            {
                if (rows[r][c] is { } cell)
                {
                    var at = $"{(char)('A' + c)}{r + 1}";
                    sheet.Append(IsNumber(cell) ? $"<c r=\"{at}\"><v>{cell}</v></c>" : $"<c r=\"{at}\" t=\"s\"><v>{strings.IndexOf(cell)}</v></c>");
                }
            }

            sheet.Append("</row>");
        }

        var shared = string.Concat(strings.Select(s => $"<si><t xml:space=\"preserve\">{SecurityElement.Escape(s)}</t></si>"));
        return Zip(
            ("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets><sheet name=\"表一\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
            ("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\">{shared}</sst>"),
            ("xl/worksheets/sheet1.xml", sheet.Append("</sheetData></worksheet>").ToString()));
    }

    /// <summary>Two sheets of inline text: the first as <see cref="Of"/> names it, the second 另一张.</summary>
    public static byte[] Two(string state, IReadOnlyList<IReadOnlyList<string>> first, IReadOnlyList<IReadOnlyList<string>> second)
    {
        static string Sheet(IReadOnlyList<IReadOnlyList<string>> rows) =>
            $"<worksheet xmlns=\"{Main}\"><sheetData>{string.Concat(rows.Select(r => $"<row hidden=\"1\">{string.Concat(r.Select(c => $"<c t=\"inlineStr\"><is><t>{SecurityElement.Escape(c)}</t></is></c>"))}</row>"))}</sheetData></worksheet>";
        return Zip(
            ("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets><sheet name=\"表一\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"另一张\" sheetId=\"2\" state=\"{state}\" r:id=\"rId2\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Target=\"worksheets/sheet2.xml\"/></Relationships>"),
            ("xl/worksheets/sheet1.xml", Sheet(first)),
            ("xl/worksheets/sheet2.xml", Sheet(second)));
    }

    public static byte[] Zip(params IReadOnlyList<(string Name, string Text)> parts)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in parts)
            {
                using var part = zip.CreateEntry(name).Open();
                part.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return memory.ToArray();
    }

    private static bool IsNumber(string cell) => cell.Length is > 0 and < 12 && cell.All(c => char.IsAsciiDigit(c) || c == '.');
}
