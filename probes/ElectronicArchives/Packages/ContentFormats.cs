using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What a content is by its bytes, as items compare it.</summary>
internal static class ContentFormats
{
    /// <param name="container">Where it lies, for what is too long to be kept; null where it was kept for certain.</param>
    /// <param name="entry">Which one; null with the container.</param>
    /// <param name="content">Read to its end.</param>
    /// <param name="stop">The probe's clock.</param>
    public static SeenFormat Of(IContainer? container, ContainerEntry? entry, ContentReading content, CancellationToken stop)
    {
        var isKept = content.IsWhole || container is null || entry is null;
        var format = isKept ? FormatRecognition.Of(content.Bytes, stop) : FormatRecognition.Of(container!, entry!, stop);
        var readable = isKept ? Readability.Of(content.Bytes, format, stop) : Readability.Of(container!, entry!, format, stop);
        return new SeenFormat(format.Name.Key.ToUpperInvariant(), format.Title)
        {
            Declared = format.Declares,
            Extensions = format.Name.Extensions,
            IsArchive = format.Name.Family == FormatFamily.Archive,
            IsRunnable = format.Name.Family == FormatFamily.Executable,
            IsTestVirus = format.Name.Family == FormatFamily.TestVirus,
            IsEncrypted = format.Vetoes?.Contains(FormatVeto.Encrypted) == true || format.Name.Key == "ooxml-encrypted",
            Vetoes = [.. (format.Vetoes ?? []).Where(v => v != FormatVeto.Encrypted).Select(EnumWords.Say)],
            Broken = readable.Troubles.Count == 0 ? null : string.Join("；", readable.Troubles.Take(3)),
            Pages = isKept ? PageCounting.Of(format.Name.Key, content.Bytes, stop) : null,
        };
    }
}
