using System.Text.RegularExpressions;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What a flow reads of files it downloaded; whether a package is as it should be is asked by the package probe.</summary>
internal static partial class FlowFiles
{
    public const int MostBytes = 64 * 1024 * 1024;
    private const int MostParts = 100;

    /// <summary>Rows below the head of a CSV, or of the first sheet of a workbook; null where it is neither.</summary>
    public static int? Rows(string path, CancellationToken stop) => Table(path, stop) is { Count: > 0 } filled ? filled.Count - 1 : null;

    /// <summary>Rows with something in them, the head among them; null where it is no table.</summary>
    public static IReadOnlyList<IReadOnlyList<string>>? Table(string path, CancellationToken stop)
    {
        try
        {
            var bytes = RegularFile.Read(path, MostBytes);
            var rows = bytes.AsSpan().StartsWith("PK"u8) ? WorkbookTable.Read(bytes, stop) : DocumentText.Decode(bytes) is { } text && !text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("<", StringComparison.Ordinal) ? SeparatedText.Read(text, stop) : [];
            return [.. rows.Where(r => r.Any(c => c.Trim().Length > 0))];
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A cell that a spreadsheet computes, or that is a whole number of an identity card; plain numbers with a sign are neither.</summary>
    public static bool Has(string cell, CellTrouble trouble) => trouble == CellTrouble.Formula
        ? cell.TrimStart() is ['=' or '@', ..] or ['+' or '-', not (>= '0' and <= '9'), ..]
        : Card().IsMatch(cell.Trim());

    /// <summary>Texts by name of the element that holds them, empty ones too, of every XML of a package; null where there is none, or one of them cannot be read: a value may stand there.</summary>
    public static IReadOnlyDictionary<string, HashSet<string>>? Elements(string path, CancellationToken stop)
    {
        try
        {
            using var package = Containers.Open(path, stop);
            List<ContainerEntry> parts = [.. package.Entries.Where(e => !e.IsFolder && e.Path.EndsWith(".xml", StringComparison.OrdinalIgnoreCase))];
            if (parts.Count is 0 or > MostParts)
            {
                return null;
            }

            return Named(parts.Select(p => SafeXml.Read(Containers.ReadAll(package, p, MostBytes, stop), stop).Root));
        }
        catch (Exception broken) when (broken is ContainerException or MarkupException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The same of metadata that was read by its profile; content that happens to be XML is none.</summary>
    public static IReadOnlyDictionary<string, HashSet<string>>? Elements(PackageReading reading) =>
        reading.Metadata is null || reading.Unreadable.Count > 0 ? null : Named(reading.Trees.Select(t => t.Root));

    private static Dictionary<string, HashSet<string>> Named(IEnumerable<XElement> roots) => roots
        .SelectMany(r => r.DescendantsAndSelf()).Where(e => !e.HasElements)
        .GroupBy(e => e.Name.LocalName, e => e.Value.Trim(), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);

    [GeneratedRegex("^[1-9][0-9]{5}(?:18|19|20)[0-9]{9}[0-9Xx]$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Card();
}
