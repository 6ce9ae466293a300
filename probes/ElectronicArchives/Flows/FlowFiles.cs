using System.Xml.Linq;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What a flow reads of files it downloaded; whether a package is as it should be is asked by the package probe.</summary>
internal static class FlowFiles
{
    public const int MostBytes = 64 * 1024 * 1024;

    /// <summary>Rows below the head of a CSV, or of the first sheet of a workbook; null where it is neither, or not read to its end.</summary>
    public static int? Rows(string path, CancellationToken stop) => Read(path, stop) is { Rows.Count: > 0 } filled ? filled.Rows.Count - 1 : null;

    /// <summary>Null where it is no table, or longer than is read.</summary>
    public static FlowTable? Read(string path, CancellationToken stop)
    {
        try
        {
            var bytes = RegularFile.Read(path, MostBytes);
            if (bytes.Length > MostBytes)
            {
                return null;
            }

            if (bytes.AsSpan().StartsWith("PK"u8))
            {
                var sheet = WorkbookTable.ReadSheet(bytes, stop);
                return new FlowTable(Filled(sheet.Rows, sheet.Numbers), sheet.Formulas, sheet.OtherSheets);
            }

            if (DocumentText.Decode(bytes) is not { } text || text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("<", StringComparison.Ordinal))
            {
                return null;
            }

            var rows = SeparatedText.Read(text, stop);
            return new FlowTable(Filled(rows, [.. Enumerable.Range(1, rows.Count)]), null, 0);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static List<FlowTableRow> Filled(IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlyList<int> numbers) =>
        [.. rows.Select((r, i) => new FlowTableRow(numbers[i], r)).Where(r => r.Cells.Any(c => c.Trim().Length > 0))];

    /// <summary>Texts by name of the element that holds them, empty ones too, of metadata that was read by its profile; content that happens to be XML is none. Null where a part cannot be read: a value may stand there.</summary>
    public static IReadOnlyDictionary<string, HashSet<string>>? Elements(PackageReading reading) =>
        reading.Metadata is null || reading.Unreadable.Count > 0 ? null : Named(reading.Trees.Select(t => t.Root));

    private static Dictionary<string, HashSet<string>> Named(IEnumerable<XElement> roots) => roots
        .SelectMany(r => r.DescendantsAndSelf()).Where(e => !e.HasElements)
        .GroupBy(e => e.Name.LocalName, e => e.Value.Trim(), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
}
