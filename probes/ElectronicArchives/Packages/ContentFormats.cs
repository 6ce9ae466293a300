using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What a content is by its bytes, as items compare it.</summary>
internal static class ContentFormats
{
    /// <summary>Formats that have no room for scripts, programs and ciphers.</summary>
    private static readonly string[] Plain = ["empty", "txt", "jpeg", "png", "gif", "bmp", "tiff", "jp2", "j2k", "wav", "aiff", "flac", "mp3"];

    /// <summary>Formats whose encryption the recogniser looks for wherever it looks for anything; an encrypted OOXML file is none any more by its bytes.</summary>
    private static readonly string[] SearchedForCiphers = ["pdf", "ofd", "zip", "jar", "odt", "ods", "odp", "odf", "docx", "docm", "xlsx", "xlsm", "xlsb", "pptx", "pptm", "ooxml"];

    /// <param name="container">Where it lies, for what is too long to be kept; null where it was kept for certain.</param>
    /// <param name="entry">Which one; null with the container.</param>
    /// <param name="content">Read to its end.</param>
    /// <param name="stop">The probe's clock.</param>
    public static SeenFormat Of(IContainer? container, ContainerEntry? entry, ContentReading content, CancellationToken stop)
    {
        var isKept = content.IsWhole || container is null || entry is null;
        var format = isKept ? FormatRecognition.Of(content.Bytes, stop) : FormatRecognition.Of(container!, entry!, stop);
        var readable = isKept ? Readability.Of(content.Bytes, format, stop) : Readability.Of(container!, entry!, format, stop);
        var vetoes = Vetoes(format, isKept ? content.Bytes : null, stop);
        return new SeenFormat(format.Name.Key.ToUpperInvariant(), format.Title)
        {
            Declared = format.Declares,
            Extensions = format.Name.Extensions,
            IsArchive = format.Name.Family == FormatFamily.Archive,
            IsRunnable = format.Name.Family == FormatFamily.Executable,
            IsTestVirus = format.Name.Family == FormatFamily.TestVirus,
            IsEncrypted = vetoes?.Contains(FormatVeto.Encrypted) == true || format.Name.Key == "ooxml-encrypted" ? true
                : vetoes is not null && (format.Vetoes is null || SearchedForCiphers.Contains(format.Name.Key, StringComparer.Ordinal)) ? false
                : null,
            Vetoes = vetoes is null ? null : [.. vetoes.Where(v => v != FormatVeto.Encrypted).Select(EnumWords.Say)],
            IsOpened = readable.How is not null,
            Broken = readable.Troubles.Count == 0 ? null : string.Join("；", readable.Troubles.Take(3)),
            Pages = isKept ? PageCounting.Of(format.Name.Key, content.Bytes, stop) : null,
        };
    }

    private static IReadOnlyList<FormatVeto>? Vetoes(RecognisedFormat format, byte[]? kept, CancellationToken stop) =>
        format.Vetoes is { } looked ? looked
        : Plain.Contains(format.Name.Key, StringComparer.Ordinal) ? []
        : format.Name.Key == "xml" && kept is not null ? MarkupVetoes.Of(kept, stop)
        : null;
}
