namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>The many spellings of a format's name.</summary>
internal static class FormatNames
{
    private static readonly Dictionary<string, string> Spellings = new(StringComparer.Ordinal)
    {
        ["JPG"] = "JPEG", ["JPE"] = "JPEG", ["TIF"] = "TIFF", ["TEXT"] = "TXT", ["PLAIN"] = "TXT", ["CSV"] = "TXT", ["MPEG"] = "MP3", ["JFIF"] = "JPEG",
    };

    private static readonly string[] Known =
        ["OFD", "PDF", "XML", "TXT", "CSV", "JPG", "JPEG", "TIF", "TIFF", "PNG", "GIF", "BMP", "DOC", "DOCX", "XLS", "XLSX", "PPT", "PPTX", "WPS", "ZIP", "RAR", "7Z", "MP3", "MP4", "WAV", "AVI", "EXE"];

    /// <param name="written">As metadata or an extension has it: OFD, .pdf, application/pdf, PDF/A-1b, PDF 1.7.</param>
    /// <param name="seen">What the content is.</param>
    public static bool AreSame(string written, SeenFormat seen)
    {
        var name = Normal(written);
        return name == Normal(seen.Name) || (seen.Declared is { } declared && Normal(declared) == name) || (name == "PDF/A" && seen.Declared is not null && seen.Name == "PDF");
    }

    /// <summary>Null where the path has none, or one that says nothing of a format.</summary>
    public static string? OfExtension(string path)
    {
        var dot = path.LastIndexOf('.');
        var extension = dot > path.LastIndexOf('/') && dot >= 0 ? path[(dot + 1)..].ToUpperInvariant() : "";
        return Known.Contains(extension, StringComparer.Ordinal) ? extension : null;
    }

    public static string Normal(string written)
    {
        var text = written.Trim().TrimStart('.').ToUpperInvariant();
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (text.StartsWith("PDF/A", StringComparison.Ordinal))
        {
            return "PDF/A";
        }

        var name = slash >= 0 ? text[(slash + 1)..] : text.Split(' ', '-', '_')[0];
        return Spellings.GetValueOrDefault(name, name);
    }
}
