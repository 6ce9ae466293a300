namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Names the format of a file by its content, never by its name.</summary>
public static class FormatRecognition
{
    private const int TextBytes = 8 << 20;
    private const int EicarCap = 128;

    /// <summary>In two parts, so that this program is not taken for it.</summary>
    private const string EicarBegin = @"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-";
    private const string EicarEnd = "ANTIVIRUS-TEST-FILE!$H+H*";

    /// <exception cref="ContainerException">The content cannot be had.</exception>
    public static RecognisedFormat Of(IContainer container, ContainerEntry entry, CancellationToken stop)
    {
        using var source = ContentSample.Of(container, entry, out var isWhole, stop);
        return Of(source, isWhole, stop);
    }

    public static RecognisedFormat Of(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        using var source = ByteSource.Of(bytes);
        return Of(source, isWhole: true, stop);
    }

    /// <exception cref="IOException">Not a file, or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">May not be read.</exception>
    public static RecognisedFormat Of(string path, CancellationToken stop)
    {
        using var source = ByteSource.Of(path);
        return Of(source, isWhole: true, stop);
    }

    internal static RecognisedFormat Of(ByteSource source, bool isWhole, CancellationToken stop)
    {
        if (source.Length == 0)
        {
            return Named("empty");
        }

        var head = new byte[Math.Min(source.Length, MagicNumbers.HeadBytes)];
        head = head[..source.ReadFully(0, head)];
        return Eicar(head, source.Length)
            ?? Framed(source, head, isWhole, stop)
            ?? MagicNumbers.Of(head)
            ?? MediaFormats.Of(head, source.Length)
            ?? (PdfScan.Is(head) ? PdfScan.Of(source, isWhole, stop) : null)
            ?? Text(source, isWhole)
            ?? Named("binary");
    }

    private static RecognisedFormat? Framed(ByteSource source, byte[] head, bool isWhole, CancellationToken stop) =>
        head.AsSpan().StartsWith("%PDF-"u8) ? PdfScan.Of(source, isWhole, stop)
        : IsZip(head) ? OfficeFormats.OfZip(source, stop)
        : Ole2Directory.Is(head) ? OfficeFormats.OfOle2(source, stop)
        : null;

    private static bool IsZip(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && head[0] == 'P' && head[1] == 'K' && (head[2], head[3]) is (3, 4) or (5, 6) or (7, 8) or (6, 6);

    private static RecognisedFormat? Eicar(ReadOnlySpan<byte> head, long length)
    {
        var text = System.Text.Encoding.Latin1.GetBytes(EicarBegin + EicarEnd);
        return length <= EicarCap && head.StartsWith(text) ? Named("eicar") : null;
    }

    private static RecognisedFormat? Text(ByteSource source, bool isWhole)
    {
        var bytes = new byte[Math.Min(source.Length, TextBytes)];
        bytes = bytes[..source.ReadFully(0, bytes)];
        return TextFormats.Of(bytes, isWhole && bytes.Length == source.Length);
    }

    private static RecognisedFormat Named(string key) => new() { Name = FormatCatalogue.Of(key) };
}
