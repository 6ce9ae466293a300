namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Formats that a few bytes at a fixed place tell; the longer ones stand before those they begin with.</summary>
internal static class MagicNumbers
{
    private static readonly (int At, byte[] Bytes, string Key, string? Puid)[] Known =
    [
        (0, [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A], "png", null),
        (0, [.. "GIF87a"u8], "gif", "fmt/3"),
        (0, [.. "GIF89a"u8], "gif", "fmt/4"),
        (0, [0, 0, 0, 0x0C, .. "jP  "u8, 0x0D, 0x0A, 0x87, 0x0A], "jp2", null),
        (0, [0xFF, 0x4F, 0xFF, 0x51], "j2k", null),
        (0, [.. "II*\0"u8], "tiff", "fmt/353"),
        (0, [.. "MM\0*"u8], "tiff", "fmt/353"),
        (0, [.. "II+\0"u8, 8, 0], "tiff", "fmt/1917"),
        (0, [.. "MM\0+"u8, 0, 8], "tiff", "fmt/1917"),
        (0, [0x97, 0x4A, 0x42, 0x32, 0x0D, 0x0A, 0x1A, 0x0A], "jbig2", null),
        (0, [.. "8BPS"u8], "psd", null),
        (0, [.. "AT&TFORM"u8], "djvu", null),
        (0, [.. "fLaC"u8], "flac", null),
        (0, [.. "OggS"u8], "ogg", null),
        (0, [.. "FLV"u8, 1], "flv", null),
        (0, [0, 0, 1, 0xBA], "mpeg", "x-fmt/386"),
        (0, [0, 0, 1, 0xB3], "mpeg", "x-fmt/385"),
        (0, [0x30, 0x26, 0xB2, 0x75, 0x8E, 0x66, 0xCF, 0x11, 0xA6, 0xD9, 0x00, 0xAA, 0x00, 0x62, 0xCE, 0x6C], "asf", null),
        (0, [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "7z", null),
        (0, [.. "Rar!"u8, 0x1A, 0x07, 0x01, 0x00], "rar", "fmt/613"),
        (0, [.. "Rar!"u8, 0x1A, 0x07, 0x00], "rar", "x-fmt/264"),
        (0, [0x1F, 0x8B, 0x08], "gz", null),
        (0, [0xFD, .. "7zXZ"u8, 0], "xz", null),
        (0, [0x28, 0xB5, 0x2F, 0xFD], "zst", null),
        (0, [.. "MSCF\0\0\0\0"u8], "cab", null),
        (257, [.. "ustar"u8], "tar", null),
        (32769, [.. "CD001"u8], "iso", null),
        (0, [0x7F, .. "ELF"u8], "elf", null),
        (0, [0xFE, 0xED, 0xFA, 0xCE], "macho", "fmt/692"),
        (0, [0xCE, 0xFA, 0xED, 0xFE], "macho", "fmt/692"),
        (0, [0xFE, 0xED, 0xFA, 0xCF], "macho", "fmt/693"),
        (0, [0xCF, 0xFA, 0xED, 0xFE], "macho", "fmt/693"),
        (0, [.. "dex\n"u8], "dex", null),
        (0, [0x4C, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xC0], "lnk", null),
        (0, [.. "SQLite format 3\0"u8], "sqlite", null),
        (0, [0, 1, 0, 0, .. "Standard "u8], "mdb", null),
        (0, [.. "Founder CEB"u8], "ceb", null),
        (0, [.. "{\\rtf"u8], "rtf", null),
        (0, [.. "%!PS"u8], "ps", null),
        (0, [0xC5, 0xD0, 0xD3, 0xC6], "ps", null),
        (0, [.. "BZh"u8], "bz2", null),
    ];

    /// <summary>How much of the beginning <see cref="Of"/> needs.</summary>
    public const int HeadBytes = 33 * 1024;

    public static RecognisedFormat? Of(ReadOnlySpan<byte> head)
    {
        foreach (var (at, bytes, key, puid) in Known)
        {
            if (head.Length >= at + bytes.Length && head.Slice(at, bytes.Length).SequenceEqual(bytes))
            {
                var name = FormatCatalogue.Of(key);
                return new RecognisedFormat { Name = puid is null ? name : name with { Puid = puid } };
            }
        }

        return null;
    }
}
