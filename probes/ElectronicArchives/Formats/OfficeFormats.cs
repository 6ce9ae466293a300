using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What a ZIP or OLE2 file is by the names and types of its parts.</summary>
internal static class OfficeFormats
{
    private const int ContentTypesCap = 4 << 20;
    private const int MimeTypeCap = 256;

    /// <summary>Types of the main part (ISO/IEC 29500-1, and Microsoft's for macros).</summary>
    private static readonly (string Has, string Key)[] MainParts =
    [
        ("wordprocessingml.document.main", "docx"),
        ("wordprocessingml.template.main", "docx"),
        ("ms-word.document.macroEnabled.main", "docm"),
        ("ms-word.template.macroEnabledTemplate.main", "docm"),
        ("spreadsheetml.sheet.main", "xlsx"),
        ("spreadsheetml.template.main", "xlsx"),
        ("ms-excel.sheet.macroEnabled.main", "xlsm"),
        ("ms-excel.template.macroEnabled.main", "xlsm"),
        ("ms-excel.addin.macroEnabled.main", "xlsm"),
        ("ms-excel.sheet.binary.macroEnabled.main", "xlsb"),
        ("presentationml.presentation.main", "pptx"),
        ("presentationml.slideshow.main", "pptx"),
        ("presentationml.template.main", "pptx"),
        ("ms-powerpoint.presentation.macroEnabled.main", "pptm"),
        ("ms-powerpoint.slideshow.macroEnabled.main", "pptm"),
        ("ms-powerpoint.template.macroEnabled.main", "pptm"),
        ("ms-powerpoint.addin.macroEnabled.main", "pptm"),
        ("ms-visio.drawing.main", "visio"),
    ];

    public static RecognisedFormat OfZip(ByteSource source, CancellationToken stop)
    {
        try
        {
            using var zip = ZipContainer.Open(ByteSource.Of(source, 0, source.Length), stop);
            var names = zip.Entries.Select(e => e.Path).ToHashSet(StringComparer.Ordinal);
            if (names.Contains("OFD.xml") || zip.Entries.Any(e => e.Path.Equals("OFD.xml", StringComparison.OrdinalIgnoreCase)))
            {
                return Named("ofd", Vetoes((FormatVeto.Encrypted, names.Any(n => n.EndsWith("Encryptions.xml", StringComparison.OrdinalIgnoreCase)))));
            }

            return Typed(zip, names, stop) ?? Named(names.Contains("META-INF/MANIFEST.MF") || names.Contains("AndroidManifest.xml") ? "jar" : "zip", Vetoes((FormatVeto.Encrypted, zip.Faults.Any(f => f.Kind == ContainerFaultKind.Encrypted))));
        }
        catch (ContainerException)
        {
            return Named("zip", vetoes: null);
        }
    }

    public static RecognisedFormat OfOle2(ByteSource source, CancellationToken stop)
    {
        var directory = Ole2Directory.Read(source, stop);
        var names = directory.Names;
        var key = names.Contains("EncryptedPackage") ? "ooxml-encrypted"
            : names.Contains("WpsCustomData") || names.Contains("WpsContent") ? "wps"
            : names.Contains("WordDocument") ? "doc"
            : names.Contains("Workbook") || names.Contains("Book") ? "xls"
            : names.Contains("PowerPoint Document") || names.Contains("PP97_DUALSTORAGE") ? "ppt"
            : names.Contains("VisioDocument") ? "visio"
            : names.Contains("__properties_version1.0") ? "msg"
            : "ole2";
        var vetoes = Vetoes(
            (FormatVeto.Encrypted, names.Contains("EncryptedPackage")),
            (FormatVeto.Macro, names.Overlaps(["Macros", "_VBA_PROJECT_CUR", "VBA", "_VBA_PROJECT"])),
            (FormatVeto.OleObject, names.Overlaps(["ObjectPool", "\u0001Ole10Native"]) || names.Any(n => n.StartsWith("MBD", StringComparison.Ordinal))));
        return Named(key, directory.IsWhole || vetoes.Count > 0 ? vetoes : null);
    }

    private static RecognisedFormat? Typed(ZipContainer zip, HashSet<string> names, CancellationToken stop)
    {
        if (Text(zip, "[Content_Types].xml", ContentTypesCap, stop) is { } types)
        {
            var key = MainParts.FirstOrDefault(m => types.Contains(m.Has, StringComparison.Ordinal)).Key ?? "ooxml";
            return Named(key, Vetoes(
                (FormatVeto.Macro, names.Any(n => n.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase)) || types.Contains("vbaProject", StringComparison.OrdinalIgnoreCase)),
                (FormatVeto.OleObject, names.Any(n => n.Contains("/embeddings/", StringComparison.OrdinalIgnoreCase) && n.EndsWith(".bin", StringComparison.OrdinalIgnoreCase)) || types.Contains("oleObject", StringComparison.OrdinalIgnoreCase)),
                (FormatVeto.EmbeddedFile, names.Any(n => n.Contains("/embeddings/", StringComparison.OrdinalIgnoreCase) && !n.EndsWith(".bin", StringComparison.OrdinalIgnoreCase)))));
        }

        const string openDocument = "application/vnd.oasis.opendocument.";
        return (Text(zip, "mimetype", MimeTypeCap, stop)?.Trim() ?? Listed(zip, openDocument, stop)) is not { } mime ? null
            : mime == "application/epub+zip" ? Named("epub", [])
            : !mime.StartsWith(openDocument, StringComparison.Ordinal) ? null
            : Named(
                mime[openDocument.Length..] switch { "text" or "text-template" or "text-master" => "odt", "spreadsheet" or "spreadsheet-template" => "ods", "presentation" or "presentation-template" => "odp", _ => "odf" },
                Vetoes((FormatVeto.Encrypted, Text(zip, "META-INF/manifest.xml", ContentTypesCap, stop)?.Contains("encryption-data", StringComparison.Ordinal) == true), (FormatVeto.Macro, names.Any(n => n.StartsWith("Basic/", StringComparison.Ordinal) || n.StartsWith("Scripts/", StringComparison.Ordinal))), (FormatVeto.OleObject, names.Any(n => n.StartsWith("Object ", StringComparison.Ordinal) && !n.Contains('/', StringComparison.Ordinal)))));
    }

    /// <summary>Older writers have no part of that name; then the list of parts begins with the type of the whole.</summary>
    private static string? Listed(ZipContainer zip, string type, CancellationToken stop)
    {
        var list = Text(zip, "META-INF/manifest.xml", ContentTypesCap, stop) ?? "";
        var at = list.IndexOf(type, StringComparison.Ordinal);
        return at < 0 ? null : new string([.. list.Skip(at).TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '/')]);
    }

    /// <summary>Two-byte texts lose their zeros: only ASCII is looked for in them.</summary>
    private static string? Text(ZipContainer zip, string path, int cap, CancellationToken stop)
    {
        var entry = zip.Entries.FirstOrDefault(e => e.Path == path);
        try
        {
            return entry is null ? null : Encoding.UTF8.GetString(Containers.ReadAll(zip, entry, cap, stop)).Replace("\0", "", StringComparison.Ordinal);
        }
        catch (ContainerException)
        {
            return null;
        }
    }

    private static List<FormatVeto> Vetoes(params ReadOnlySpan<(FormatVeto Veto, bool IsThere)> looked)
    {
        var found = new List<FormatVeto>();
        foreach (var (veto, isThere) in looked)
        {
            if (isThere)
            {
                found.Add(veto);
            }
        }

        return found;
    }

    private static RecognisedFormat Named(string key, IReadOnlyList<FormatVeto>? vetoes) => new() { Name = FormatCatalogue.Of(key), Vetoes = vetoes };
}
