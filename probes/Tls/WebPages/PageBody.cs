using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>The text of an answer: chunks joined, compression undone within a cap, characters as the server or the first bytes say.</summary>
internal static class PageBody
{
    private const int Cap = 2 * 1024 * 1024;

    /// <returns>Whole is false where bytes are missing, broken, beyond the cap, compressed in a way that is not known, or no text in the encoding named.</returns>
    public static (string Text, bool IsWhole) Read(ResponseHead head, ReadOnlySpan<byte> received)
    {
        var (bytes, isWhole) = IsChunked(head) ? Joined(received) : (received.ToArray(), true);
        foreach (var coding in (head.Value("Content-Encoding") ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            (bytes, var isUndone) = Undone(coding.ToLowerInvariant(), bytes);
            isWhole &= isUndone;
        }

        // Between what the server names and what two bytes a character would say browsers choose otherwise than one would think.
        var text = Characters(head, bytes);
        return (text, isWhole && !text.Contains('\0', StringComparison.Ordinal));
    }

    public static bool IsChunked(ResponseHead head) => head.Value("Transfer-Encoding")?.Contains("chunked", StringComparison.OrdinalIgnoreCase) == true;

    private static (byte[] Bytes, bool IsWhole) Undone(string coding, byte[] bytes)
    {
        Func<Stream, Stream>? open = coding switch
        {
            "gzip" or "x-gzip" => s => new GZipStream(s, CompressionMode.Decompress),
            "deflate" => s => bytes.Length > 1 && (bytes[0] & 15) == 8 && ((bytes[0] << 8) + bytes[1]) % 31 == 0 ? new ZLibStream(s, CompressionMode.Decompress) : new DeflateStream(s, CompressionMode.Decompress),
            "br" => s => new BrotliStream(s, CompressionMode.Decompress),
            _ => null,
        };
        if (open is null)
        {
            return (bytes, coding == "identity");
        }

        var plain = new MemoryStream();
        try
        {
            using var stream = open(new MemoryStream(bytes, writable: false));
            var buffer = new byte[16 * 1024];
            int read;
            while ((read = stream.Read(buffer)) > 0)
            {
                plain.Write(buffer, 0, read);
                if (plain.Length > Cap)
                {
                    return (plain.ToArray(), false);
                }
            }

            return (plain.ToArray(), true);
        }
        catch (Exception broken) when (broken is InvalidDataException or InvalidOperationException or IOException)
        {
            return (plain.ToArray(), false);
        }
    }

    /// <summary>RFC 9112 §7.1.</summary>
    private static (byte[] Bytes, bool IsWhole) Joined(ReadOnlySpan<byte> received)
    {
        var joined = new MemoryStream();
        while (true)
        {
            var end = received.IndexOf("\r\n"u8);
            var size = end < 0 ? "" : Encoding.Latin1.GetString(received[..end]).Split(';')[0].Trim();
            if (size.Length is 0 or > 7 || !int.TryParse(size, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var length))
            {
                return (joined.ToArray(), false);
            }

            received = received[(end + 2)..];
            if (length == 0 || length > received.Length)
            {
                joined.Write(received[..Math.Min(length, received.Length)]);
                return (joined.ToArray(), length == 0);
            }

            joined.Write(received[..length]);
            received = received[Math.Min(received.Length, length + 2)..];
        }
    }

    /// <summary>A mark at the beginning counts before what the server says (Encoding §6.1); what is neither is read as UTF-8, in which the signs looked for are the same.</summary>
    private static string Characters(ResponseHead head, byte[] bytes)
    {
        var encoding = bytes switch
        {
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            [0xEF, 0xBB, 0xBF, ..] => Encoding.UTF8,
            _ => PageCharacters.Named(head.Value("Content-Type")) switch
            {
                "utf-16be" => Encoding.BigEndianUnicode,
                "utf-16" or "utf-16le" => Encoding.Unicode,
                _ => Encoding.UTF8,
            },
        };
        return encoding.GetString(bytes).TrimStart('\uFEFF');
    }
}
