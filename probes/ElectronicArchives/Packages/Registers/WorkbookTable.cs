using System.Xml;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>The first sheet of a workbook.</summary>
/// <param name="Rows">Cells as they are written.</param>
/// <param name="Numbers">Of these rows in the sheet, from 1.</param>
/// <param name="Formulas">Numbers of rows by cell that is computed.</param>
/// <param name="OtherSheets">How many were not read.</param>
internal sealed record WorkbookSheet(IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<int> Numbers, IReadOnlyList<int> Formulas, int OtherSheets);

/// <summary>Cells of the first sheet of an Excel workbook (ECMA-376), as they are written: formulas by their last value, dates as numbers.</summary>
internal static class WorkbookTable
{
    private const int MaxParts = 4000;
    private const int MaxStrings = 500_000;
    private const int MaxCells = 2_000_000;
    private const int MaxColumn = 16_384;
    private const long PartCap = 128L * 1024 * 1024;

    /// <exception cref="InvalidDataException">No workbook, damaged, or too large.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Read(byte[] bytes, CancellationToken stop) => ReadSheet(bytes, stop).Rows;

    /// <exception cref="InvalidDataException">As <see cref="Read"/>.</exception>
    public static WorkbookSheet ReadSheet(byte[] bytes, CancellationToken stop)
    {
        try
        {
            using var zip = ZipContainer.Open(bytes, stop);
            if (zip.Entries.Count > MaxParts)
            {
                throw new InvalidDataException($"工作簿有 {zip.Entries.Count} 个部件，超过 {MaxParts}");
            }

            var sheets = zip.Entries.Where(e => e.Path.StartsWith("xl/worksheets/", StringComparison.Ordinal) && e.Path.EndsWith(".xml", StringComparison.Ordinal))
                .OrderBy(e => e.Path.Length).ThenBy(e => e.Path, StringComparer.Ordinal).ToList();
            var sheet = sheets.Count > 0 ? sheets[0] : throw new InvalidDataException("压缩包里没有工作表，不是 xlsx");
            var strings = zip.Entries.FirstOrDefault(e => e.Path == "xl/sharedStrings.xml") is { } part ? Strings(Open(zip, part, stop), stop) : [];
            return Cells(Open(zip, sheet, stop), strings, stop) with { OtherSheets = sheets.Count - 1 };
        }
        catch (Exception broken) when (broken is ContainerException or XmlException or NotSupportedException or ArgumentException or IOException)
        {
            throw new InvalidDataException($"工作簿读不下去：{broken.Message}", broken);
        }
    }

    private static List<string> Strings(XmlReader reader, CancellationToken stop)
    {
        using var own = reader;
        var found = new List<string>();
        var text = new System.Text.StringBuilder();
        while (reader.Read())
        {
            stop.ThrowIfCancellationRequested();
            if (reader.NodeType == XmlNodeType.Text && reader.Depth > 1)
            {
                text.Append(reader.Value);
            }
            else if (reader is { NodeType: XmlNodeType.EndElement, LocalName: "si" } or { NodeType: XmlNodeType.Element, LocalName: "si", IsEmptyElement: true })
            {
                found.Add(text.ToString());
                text.Clear();
            }

            if (found.Count > MaxStrings)
            {
                throw new InvalidDataException($"共享字符串超过 {MaxStrings} 个，没有读");
            }
        }

        return found;
    }

    private static WorkbookSheet Cells(XmlReader reader, List<string> strings, CancellationToken stop)
    {
        using var own = reader;
        var rows = new List<IReadOnlyList<string>>();
        var row = new List<string>();
        var (numbers, formulas) = (new List<int>(), new List<int>());
        var (column, kind, inValue, cells) = (0, "", false, 0);
        while (reader.Read())
        {
            stop.ThrowIfCancellationRequested();
            switch (reader)
            {
                case { NodeType: XmlNodeType.Element, LocalName: "row" }:
                    row = [];
                    rows.Add(row);
                    numbers.Add(Number(reader.GetAttribute("r")) ?? (numbers.Count > 0 ? numbers[^1] : 0) + 1);
                    break;
                case { NodeType: XmlNodeType.Element, LocalName: "f" }:
                    formulas.Add(numbers.Count > 0 ? numbers[^1] : 0);
                    Demand(++cells);
                    break;
                case { NodeType: XmlNodeType.Element, LocalName: "c" }:
                    column = Column(reader.GetAttribute("r")) ?? row.Count;
                    kind = reader.GetAttribute("t") ?? "";
                    break;
                case { NodeType: XmlNodeType.Element, LocalName: "v" or "t" }:
                    inValue = !reader.IsEmptyElement;
                    break;
                case { NodeType: XmlNodeType.EndElement, LocalName: "v" or "t" }:
                    inValue = false;
                    break;
                case { NodeType: XmlNodeType.Text } when inValue:
                    cells += Math.Max(1, column - row.Count);
                    Demand(column >= MaxColumn ? MaxCells + 1 : cells);
                    Put(row, column, kind == "s" ? Shared(strings, reader.Value) : reader.Value);
                    break;
            }
        }

        return new WorkbookSheet(rows, numbers, formulas, 0);
    }

    private static void Demand(int cells)
    {
        if (cells > MaxCells)
        {
            throw new InvalidDataException($"工作表超过 {MaxCells} 格，没有读");
        }
    }

    private static int? Number(string? row) => int.TryParse(row, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number > 0 ? number : null;

    private static void Put(List<string> row, int column, string value)
    {
        while (row.Count <= column)
        {
            row.Add("");
        }

        row[column] += value;
    }

    private static string Shared(List<string> strings, string index) =>
        int.TryParse(index, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var i) && i < strings.Count ? strings[i] : throw new InvalidDataException($"没有共享字符串 {index}");

    /// <summary>From A1 spelling, from 0.</summary>
    private static int? Column(string? cell)
    {
        var column = 0;
        foreach (var c in cell ?? "")
        {
            if (!char.IsAsciiLetterUpper(c) || column > MaxColumn)
            {
                break;
            }

            column = (column * 26) + (c - 'A' + 1);
        }

        return column == 0 ? null : column - 1;
    }

    private static XmlReader Open(IContainer zip, ContainerEntry part, CancellationToken stop) => XmlReader.Create(new MemoryStream(Containers.ReadAll(zip, part, PartCap, stop), writable: false), new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = PartCap, CloseInput = true, IgnoreComments = true, IgnoreProcessingInstructions = true,
    });
}
