using System.IO.Compression;

namespace SmartCity.SecurityCheck.Model;

/// <summary>
/// Tells a document from bytes that only have a document's size: filler, noise, one letter a thousand times, a packed file nobody can look
/// into. It is a look at the shape: a meaningless text in whole sentences passes, which is why every report says that nobody read them.
/// </summary>
public static class PaperShape
{
    /// <summary>Bytes of the beginning and of the end that are looked at.</summary>
    public const int Part = 64 * 1024;

    /// <summary>What is left of filler when it is compressed is less; of a page of words, a scan or a signed page it is several times as much.</summary>
    private const int FewestCompressed = 256;

    private const int PdfMarkWithin = 1024;

    private static readonly (int At, byte[] Bytes, PaperForm Form)[] Marks =
    [
        (0, [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], PaperForm.Picture),
        (0, [0xFF, 0xD8, 0xFF], PaperForm.Picture),
        (0, [.. "GIF8"u8], PaperForm.Picture),
        (0, [.. "II"u8, 0x2A, 0], PaperForm.Picture),
        (0, [.. "MM"u8, 0, 0x2A], PaperForm.Picture),
        (0, [.. "BM"u8], PaperForm.Picture),
        (8, [.. "WEBPVP8"u8], PaperForm.Picture),
        (0, [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], PaperForm.Office),
        (4, [.. "ftyp"u8], PaperForm.Recording),
        (0, [.. "ID3"u8], PaperForm.Recording),
        (8, [.. "WAVE"u8], PaperForm.Recording),
        (8, [.. "AVI "u8], PaperForm.Recording),
    ];

    /// <param name="head">The first <see cref="Part"/> bytes of a file, or all of a shorter one.</param>
    /// <param name="tail">The last <see cref="Part"/> bytes, or all.</param>
    /// <returns>Null where it has the shape of no document.</returns>
    public static PaperForm? Of(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail) =>
        FormOf(head, tail) is { } form && CompressedLength(head) >= FewestCompressed ? form : null;

    /// <summary>As <see cref="Of(ReadOnlySpan{byte}, ReadOnlySpan{byte})"/> of a whole file at hand.</summary>
    public static PaperForm? Of(ReadOnlySpan<byte> file) => Of(file[..Math.Min(file.Length, Part)], file[Math.Max(0, file.Length - Part)..]);

    private static PaperForm? FormOf(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        if (head[..Math.Min(head.Length, PdfMarkWithin)].IndexOf("%PDF-"u8) >= 0)
        {
            return tail.IndexOf("startxref"u8) >= 0 && tail.LastIndexOf("%%EOF"u8) >= 0 ? PaperForm.Pdf : null;
        }

        if (head.StartsWith("PK\u0003\u0004"u8))
        {
            return Packed(head, tail);
        }

        foreach (var (at, bytes, form) in Marks)
        {
            if (head.Length > at && head[at..].StartsWith(bytes))
            {
                return form;
            }
        }

        return WordCount.IsLanguage(head) ? PaperForm.Text : null;
    }

    /// <summary>Names of members stand in clear in the list at the end; a packed folder of anything is no document until somebody unpacks it.</summary>
    private static PaperForm? Packed(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail) =>
        tail.LastIndexOf("PK\u0005\u0006"u8) < 0 ? null
        : tail.IndexOf("OFD.xml"u8) >= 0 ? PaperForm.Ofd
        : tail.IndexOf("[Content_Types].xml"u8) >= 0 || head.IndexOf("application/vnd.oasis.opendocument"u8) >= 0 ? PaperForm.Office
        : null;

    private static long CompressedLength(ReadOnlySpan<byte> bytes)
    {
        using var buffer = new MemoryStream();
        using (var deflate = new DeflateStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            deflate.Write(bytes);
        }

        return buffer.Length;
    }
}
