using System.Text;
using System.Text.Unicode;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>The text of bytes.</summary>
/// <param name="Text">Without the byte order mark.</param>
/// <param name="Charset">utf-8, utf-16le, utf-16be, utf-32le, utf-32be, gb18030, or unknown where some bytes fit none of them.</param>
internal sealed record DecodedText(string Text, string Charset)
{
    /// <summary>Some bytes could not be told; the rest of the text is as it stands.</summary>
    public bool IsDamaged => Charset == Charsets.Unknown;
}

/// <summary>Tells encodings of source files apart by the whole file.</summary>
internal static class Charsets
{
    public const string Unknown = "unknown";

    /// <summary>Share of zero bytes in one of the two places above which a file without a mark is UTF-16.</summary>
    private const double ZeroShare = 0.3;

    /// <summary>Control characters slip into sources now and then; of random bytes one in ten is one.</summary>
    private const int TextBytesPerControl = 30;

    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    private static readonly Encoding StrictGb18030 =
        CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <returns>Null where it is no text.</returns>
    public static DecodedText? Decode(ReadOnlySpan<byte> bytes)
    {
        if (Marked(bytes) is { } marked)
        {
            return marked;
        }

        if (bytes.Contains((byte)0))
        {
            return ByZeros(bytes);
        }

        if (Utf8.IsValid(bytes))
        {
            return IsBinary(bytes) ? null : new(StrictUtf8.GetString(bytes), "utf-8");
        }

        return IsBinary(bytes) ? null : Chinese(bytes) ?? new(Encoding.UTF8.GetString(bytes), Unknown);
    }

    private static DecodedText? Marked(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? Of(bytes[3..], Encoding.UTF8, "utf-8", Utf8.IsValid(bytes[3..]))
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE, 0, 0]) && bytes.Length % 4 == 0 ? Wide(bytes[4..], new UTF32Encoding(false, false), "utf-32le")
        : bytes.StartsWith((ReadOnlySpan<byte>)[0, 0, 0xFE, 0xFF]) && bytes.Length % 4 == 0 ? Wide(bytes[4..], new UTF32Encoding(true, false), "utf-32be")
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) ? Wide(bytes[2..], Encoding.Unicode, "utf-16le")
        : bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) ? Wide(bytes[2..], Encoding.BigEndianUnicode, "utf-16be")
        : null;

    private static DecodedText Of(ReadOnlySpan<byte> bytes, Encoding encoding, string name, bool isValid) => new(encoding.GetString(bytes), isValid ? name : Unknown);

    private static DecodedText Wide(ReadOnlySpan<byte> bytes, Encoding encoding, string name)
    {
        var text = encoding.GetString(bytes);
        return new(text, text.Contains('\uFFFD', StringComparison.Ordinal) ? Unknown : name);
    }

    private static DecodedText? ByZeros(ReadOnlySpan<byte> bytes)
    {
        int even = 0, odd = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] == 0)
            {
                _ = (i & 1) == 0 ? even++ : odd++;
            }
        }

        var bar = ZeroShare * bytes.Length / 2;
        return bytes.Length < 4 || (bytes.Length & 1) == 1 ? null
            : odd > bar && even == 0 ? Wide(bytes, Encoding.Unicode, "utf-16le")
            : even > bar && odd == 0 ? Wide(bytes, Encoding.BigEndianUnicode, "utf-16be")
            : null;
    }

    private static DecodedText? Chinese(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return new(StrictGb18030.GetString(bytes), "gb18030");
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool IsBinary(ReadOnlySpan<byte> bytes)
    {
        var controls = 0;
        foreach (var b in bytes)
        {
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r' or 0x0B or 0x0C or 0x1A or 0x1B))
            {
                controls++;
            }
        }

        return (long)controls * TextBytesPerControl > bytes.Length;
    }
}
