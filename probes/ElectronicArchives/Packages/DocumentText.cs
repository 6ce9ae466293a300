using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Texts of people's making: UTF-8 or UTF-16 with a mark, UTF-8 without one, else GB18030.</summary>
internal static class DocumentText
{
    static DocumentText() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <returns>Null where it is none of them.</returns>
    public static string? Decode(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return Strict(bytes[0] == 0xFF ? new UnicodeEncoding(bigEndian: false, byteOrderMark: true, throwOnInvalidBytes: true) : new UnicodeEncoding(bigEndian: true, byteOrderMark: true, throwOnInvalidBytes: true), bytes[2..]);
        }

        var body = bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes[3..] : bytes;
        return Strict(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), body)
            ?? Strict(Encoding.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback), body);
    }

    private static string? Strict(Encoding encoding, byte[] bytes)
    {
        try
        {
            var text = encoding.GetString(bytes);
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
