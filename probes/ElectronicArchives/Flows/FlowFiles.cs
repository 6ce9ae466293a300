using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What a flow reads of files it downloaded; whether a package is as it should be is asked by the package probe.</summary>
internal static class FlowFiles
{
    private const int MostBytes = 64 * 1024 * 1024;
    private const int MostParts = 100;

    /// <summary>Rows below the head of a CSV, or of the first sheet of a workbook; null where it is neither.</summary>
    public static int? Rows(string path, CancellationToken stop)
    {
        try
        {
            var bytes = RegularFile.Read(path, MostBytes);
            var rows = bytes.AsSpan().StartsWith("PK"u8) ? WorkbookTable.Read(bytes, stop) : DocumentText.Decode(bytes) is { } text && !text.AsSpan().TrimStart("\uFEFF \t\r\n").StartsWith("<", StringComparison.Ordinal) ? SeparatedText.Read(text, stop) : [];
            return rows.Count(r => r.Any(c => c.Trim().Length > 0)) is > 0 and var filled ? filled - 1 : null;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Texts by name of the element that holds them, of every XML of a package; null where there is none, or one of them cannot be read: a value may stand there.</summary>
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

            return parts.Select(p => SafeXml.Read(Containers.ReadAll(package, p, MostBytes, stop), stop).Root)
                .SelectMany(r => r.DescendantsAndSelf()).Where(e => !e.HasElements && e.Value.Trim().Length > 0)
                .GroupBy(e => e.Name.LocalName, e => e.Value.Trim(), StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        }
        catch (Exception broken) when (broken is ContainerException or MarkupException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
