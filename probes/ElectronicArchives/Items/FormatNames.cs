namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>The many spellings of a format's name.</summary>
internal static class FormatNames
{
    private static readonly HashSet<string> Extensions = FormatCatalogue.All.SelectMany(f => f.Extensions).ToHashSet(StringComparer.Ordinal);

    /// <param name="written">As metadata or an extension has it: OFD, .pdf, application/pdf, PDF/A-1b, PDF 1.7.</param>
    /// <param name="seen">What the content is.</param>
    public static bool AreSame(string written, SeenFormat seen)
    {
        var text = written.Trim().TrimStart('.').ToUpperInvariant();
        if (text.StartsWith("PDF/A", StringComparison.Ordinal))
        {
            return seen.Name == "PDF" && seen.Declared?.StartsWith("PDF/A", StringComparison.OrdinalIgnoreCase) == true;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        var name = slash >= 0 ? text[(slash + 1)..] : text.Split(' ', '-', '_')[0];
        return name == seen.Name || name == "PLAIN" && seen.Name == "TXT" || seen.Extensions.Contains(name.ToLowerInvariant(), StringComparer.Ordinal);
    }

    /// <summary>Null where the path has none, or one that says nothing of a format.</summary>
    public static string? OfExtension(string path)
    {
        var dot = path.LastIndexOf('.');
        var extension = dot > path.LastIndexOf('/') && dot >= 0 ? path[(dot + 1)..].ToLowerInvariant() : "";
        return Extensions.Contains(extension) ? extension : null;
    }
}
