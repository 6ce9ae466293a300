using System.Text;
using System.Text.RegularExpressions;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>
/// Turns the bytes of a document into characters, strictly: the declared encoding must be what the bytes are (XML 1.0, appendix F).
/// UTF-8, UTF-16 in both orders, GB18030 (and GBK, GB2312 as parts of it), ASCII and Latin-1 are read.
/// </summary>
internal static partial class MarkupEncoding
{
    private const int DeclarationCharacters = 400;

    /// <returns>The characters without a byte order mark, and the name of the encoding they were read in.</returns>
    /// <exception cref="MarkupException">Declared otherwise than the bytes are, or an encoding that is not read.</exception>
    public static (string Text, string Name) Decode(ReadOnlySpan<byte> bytes)
    {
        var (byMark, skip) = Mark(bytes);
        var head = bytes[skip..];
        var family = byMark ?? Family(head);
        var declared = Declared(head, family);
        var name = declared is null ? family ?? "UTF-8" : Canonical(declared) ?? throw Fault(MarkupFaultKind.UnsupportedEncoding, $"声明的编码“{declared}”不受支持");
        if (family is not null && name != family && !(name == "UTF-16" && family.StartsWith("UTF-16", StringComparison.Ordinal)))
        {
            throw Fault(MarkupFaultKind.WrongEncoding, $"声明为 {declared}，开头的字节却是 {family}（偏移 0）");
        }

        if (family is null && name.StartsWith("UTF-16", StringComparison.Ordinal))
        {
            throw Fault(MarkupFaultKind.WrongEncoding, $"声明为 {declared}，字节却是单字节编码（偏移 0）");
        }

        return (Strict(head, family ?? name, declared, skip), family ?? name);
    }

    private static (string? Name, int Skip) Mark(ReadOnlySpan<byte> bytes) =>
        bytes.StartsWith<byte>([0xEF, 0xBB, 0xBF]) ? ("UTF-8", 3)
        : bytes.StartsWith<byte>([0xFF, 0xFE, 0, 0]) || bytes.StartsWith<byte>([0, 0, 0xFE, 0xFF]) ? throw Fault(MarkupFaultKind.UnsupportedEncoding, "UTF-32 不受支持")
        : bytes.StartsWith<byte>([0xFF, 0xFE]) ? ("UTF-16LE", 2)
        : bytes.StartsWith<byte>([0xFE, 0xFF]) ? ("UTF-16BE", 2)
        : bytes.StartsWith<byte>([0x84, 0x31, 0x95, 0x33]) ? ("GB18030", 4)
        : (null, 0);

    /// <summary>Without a mark a document begins with "&lt;" and what may follow it.</summary>
    private static string? Family(ReadOnlySpan<byte> head) =>
        head.Length >= 4 && head[0] == '<' && head[1] == 0 && head[3] == 0 ? "UTF-16LE"
        : head.Length >= 4 && head[0] == 0 && head[1] == '<' && head[2] == 0 ? "UTF-16BE"
        : null;

    private static string? Declared(ReadOnlySpan<byte> head, string? family)
    {
        var piece = head[..Math.Min(head.Length, DeclarationCharacters * 2)];
        var text = family switch
        {
            "UTF-16LE" => Encoding.Unicode.GetString(piece),
            "UTF-16BE" => Encoding.BigEndianUnicode.GetString(piece),
            _ => Encoding.Latin1.GetString(piece),
        };
        return Declaration().Match(text) is { Success: true } said ? said.Groups["is"].Value : null;
    }

    private static string? Canonical(string declared) => declared.ToUpperInvariant() switch
    {
        "UTF-8" or "UTF8" => "UTF-8",
        "UTF-16" => "UTF-16",
        "UTF-16LE" => "UTF-16LE",
        "UTF-16BE" => "UTF-16BE",
        "GB18030" or "GBK" or "GB2312" or "CP936" => "GB18030",
        "US-ASCII" or "ASCII" => "US-ASCII",
        "ISO-8859-1" => "ISO-8859-1",
        _ => null,
    };

    private static string Strict(ReadOnlySpan<byte> bytes, string name, string? declared, int skipped)
    {
        Encoding encoding = name switch
        {
            "UTF-16LE" => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
            "UTF-16BE" => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
            "GB18030" => CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!,
            "US-ASCII" => Encoding.GetEncoding("us-ascii", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback),
            "ISO-8859-1" => Encoding.Latin1,
            _ => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true),
        };
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw Fault(MarkupFaultKind.WrongEncoding, $"{(declared is null ? "没有声明编码，应为 " + name : "声明为 " + declared)}，偏移 {Offset(bytes, name) + skipped} 处的字节不是");
        }
    }

    private static int Offset(ReadOnlySpan<byte> bytes, string name) => name switch
    {
        "UTF-8" => StrictText.FirstNotUtf8(bytes),
        "GB18030" => StrictText.FirstNotGb18030(bytes),
        "UTF-16LE" or "UTF-16BE" => StrictText.FirstNotUtf16(bytes, isBigEndian: name == "UTF-16BE"),
        _ => bytes.IndexOfAnyInRange((byte)0x80, (byte)0xFF),
    };

    private static MarkupException Fault(MarkupFaultKind kind, string detail) => new(new MarkupFault(kind, null, null, detail));

    [GeneratedRegex("""^<\?xml\s[^>]{0,300}?\sencoding\s*=\s*["'](?<is>[A-Za-z][A-Za-z0-9._\-]{0,40})["']""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declaration();
}
