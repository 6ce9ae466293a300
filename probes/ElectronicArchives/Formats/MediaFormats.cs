using System.Buffers.Binary;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Formats that share a frame and say inside which they are: RIFF, IFF, ISO base media, Matroska, and those without any frame.</summary>
internal static class MediaFormats
{
    private const int EbmlCap = 4096;
    private static readonly int[] BmpHeaders = [12, 16, 40, 52, 56, 64, 108, 124];

    public static RecognisedFormat? Of(ReadOnlySpan<byte> head, long length) =>
        Riff(head) ?? Jpeg(head) ?? BaseMedia(head) ?? Matroska(head) ?? Executable(head) ?? Bitmap(head) ?? Drawing(head) ?? OldTar(head) ?? Mp3(head, length);

    private static RecognisedFormat? Riff(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12)
        {
            return null;
        }

        var (outer, inner) = (Encoding.Latin1.GetString(head[..4]), Encoding.Latin1.GetString(head.Slice(8, 4)));
        return (outer, inner) switch
        {
            ("RIFF" or "RIFX" or "RF64" or "BW64", "WAVE") => Named("wav"),
            ("RIFF", "AVI ") => Named("avi"),
            ("RIFF", "WEBP") => Named("webp", head.Length < 16 ? null : head[15] switch { (byte)'L' => "fmt/567", (byte)'X' => "fmt/568", _ => "fmt/566" }),
            ("FORM", "AIFF" or "AIFC") => Named("aiff", inner == "AIFC" ? "x-fmt/136" : null),
            _ => null,
        };
    }

    private static RecognisedFormat? Jpeg(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith<byte>([0xFF, 0xD8, 0xFF]))
        {
            return null;
        }

        if (head.Length >= 13 && head[3] == 0xE0 && head.Slice(6, 5).SequenceEqual("JFIF\0"u8))
        {
            return Named("jpeg", head[12] switch { 0 => "fmt/42", 1 => "fmt/43", _ => "fmt/44" }) with { Version = $"JFIF {head[11]}.{head[12]:00}" };
        }

        return head.Length >= 11 && head[3] == 0xE1 && head.Slice(6, 5).SequenceEqual("Exif\0"u8) ? Named("jpeg", "fmt/645") with { Version = "Exif" }
            : head.Length >= 12 && head[3] == 0xE8 && head.Slice(6, 6).SequenceEqual("SPIFF\0"u8) ? Named("jpeg", "fmt/112") with { Version = "SPIFF" }
            : Named("jpeg", "fmt/41");
    }

    private static RecognisedFormat? BaseMedia(ReadOnlySpan<byte> head)
    {
        if (head.Length < 12)
        {
            return null;
        }

        var (box, brand) = (Encoding.Latin1.GetString(head.Slice(4, 4)), Encoding.Latin1.GetString(head.Slice(8, 4)));
        if (box != "ftyp")
        {
            return box is "moov" or "mdat" or "wide" or "pnot" && IsBoxLength(head) ? Named("mov") : null;
        }

        return brand switch
        {
            "qt  " => Named("mov"),
            "M4A " or "M4B " or "M4P " => Named("m4a"),
            "heic" or "heix" or "mif1" or "heim" or "heis" or "hevc" or "avif" => Named("heif"),
            "jp2 " or "jpx " or "jpm " => Named("jp2"),
            _ when brand.StartsWith("3g", StringComparison.Ordinal) => Named("3gp"),
            _ => Named("mp4"),
        };
    }

    private static bool IsBoxLength(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadUInt32BigEndian(head) is 0 or 1 or >= 8;

    private static RecognisedFormat? Matroska(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith<byte>([0x1A, 0x45, 0xDF, 0xA3]))
        {
            return null;
        }

        var start = head[..Math.Min(head.Length, EbmlCap)];
        return start.IndexOf("webm"u8) >= 0 ? Named("webm") : start.IndexOf("matroska"u8) >= 0 ? Named("mkv") : null;
    }

    private static RecognisedFormat? Executable(ReadOnlySpan<byte> head)
    {
        if (head.Length >= 8 && head.StartsWith<byte>([0xCA, 0xFE, 0xBA, 0xBE]))
        {
            return Named(BinaryPrimitives.ReadUInt16BigEndian(head[6..]) is >= 45 and <= 120 && BinaryPrimitives.ReadUInt16BigEndian(head[4..]) < 45 ? "class" : "macho");
        }

        if (head.Length < 2 || head[0] != 'M' || head[1] != 'Z' || StrictText.FirstNotUtf8(head) == head.Length && head.IndexOfAnyInRange((byte)0, (byte)8) < 0 && head.Length > 64)
        {
            return null;
        }

        var at = head.Length >= 64 ? BinaryPrimitives.ReadInt32LittleEndian(head[60..]) : -1;
        if (at < 64 || at > head.Length - 26 || !head[at..].StartsWith("PE\0\0"u8))
        {
            return Named("exe", "x-fmt/409");
        }

        var isWide = BinaryPrimitives.ReadUInt16LittleEndian(head[(at + 24)..]) == 0x20B;
        return Named("exe", isWide ? "fmt/900" : "fmt/899") with { Version = isWide ? "PE32+" : "PE32" };
    }

    private static RecognisedFormat? Bitmap(ReadOnlySpan<byte> head) =>
        head.Length >= 28 && head[0] == 'B' && head[1] == 'M' && BmpHeaders.Contains(BinaryPrimitives.ReadInt32LittleEndian(head[14..])) && (BinaryPrimitives.ReadUInt16LittleEndian(head[22..]) == 1 || BinaryPrimitives.ReadUInt16LittleEndian(head[26..]) == 1)
            ? Named("bmp", BinaryPrimitives.ReadInt32LittleEndian(head[14..]) switch { 108 => "fmt/118", 124 => "fmt/119", 12 => "fmt/114", _ => "fmt/116" })
            : null;

    private static RecognisedFormat? Drawing(ReadOnlySpan<byte> head) =>
        head.Length >= 6 && head.StartsWith("AC10"u8) && char.IsAsciiDigit((char)head[4]) && char.IsAsciiDigit((char)head[5]) ? Named("dwg") : null;

    /// <summary>Without "ustar" only the checksum of the first header tells (octal, its own field counted as blanks).</summary>
    private static RecognisedFormat? OldTar(ReadOnlySpan<byte> head)
    {
        if (head.Length < 512 || head[0] == 0)
        {
            return null;
        }

        var (said, sum) = (0, 8 * ' ');
        foreach (var one in head.Slice(148, 8).Trim(" \0"u8))
        {
            if (one is < (byte)'0' or > (byte)'7')
            {
                return null;
            }

            said = (said * 8) + one - '0';
        }

        for (var i = 0; i < 512; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : head[i];
        }

        return said == sum ? Named("tar") : null;
    }

    /// <summary>An ID3 tag, or three frames in a row that all begin where the one before says (ISO/IEC 11172-3, 2.4.1.3).</summary>
    private static RecognisedFormat? Mp3(ReadOnlySpan<byte> head, long length)
    {
        if (head.StartsWith("ID3"u8) && head.Length >= 10 && head[3] is >= 2 and <= 4)
        {
            return Named("mp3");
        }

        var at = 0;
        for (var frames = 0; frames < 3; frames++)
        {
            if (at + 4 > head.Length)
            {
                return frames > 0 && at >= length ? Named("mp3") : null;
            }

            var frame = FrameBytes(head[at..]);
            if (frame == 0)
            {
                return null;
            }

            at += frame;
        }

        return Named("mp3");
    }

    private static int FrameBytes(ReadOnlySpan<byte> at)
    {
        ReadOnlySpan<short> first = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320];
        ReadOnlySpan<short> second = [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160];
        ReadOnlySpan<int> rates = [44100, 48000, 32000];
        var (version, layer, rate, sampling) = ((at[1] >> 3) & 3, (at[1] >> 1) & 3, at[2] >> 4, (at[2] >> 2) & 3);
        if (at[0] != 0xFF || at[1] < 0xE0 || version == 1 || layer != 1 || rate is 0 or 15 || sampling == 3)
        {
            return 0;
        }

        var isFirst = version == 3;
        var hertz = rates[sampling] >> (isFirst ? 0 : version == 2 ? 1 : 2);
        return ((isFirst ? 144 : 72) * 1000 * (isFirst ? first : second)[rate] / hertz) + ((at[2] >> 1) & 1);
    }

    private static RecognisedFormat Named(string key, string? puid = null)
    {
        var name = FormatCatalogue.Of(key);
        return new RecognisedFormat { Name = puid is null ? name : name with { Puid = puid } };
    }
}
