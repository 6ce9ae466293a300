using System.Text;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// Text of certificate names as people meant it. Chinese authorities have written UTF-8 and GBK bytes under every string tag there is, so
/// the tag decides for the two-byte and four-byte forms alone.
/// </summary>
internal static class NameText
{
    private const int GbkCodePage = 936;
    private const int BmpTag = 30;
    private const int UniversalTag = 28;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding(
        GbkCodePage, EncoderFallback.ReplacementFallback, DecoderFallback.ReplacementFallback) ?? Encoding.Latin1;

    /// <param name="tag">Number of the universal string tag; 22 for an implicitly tagged IA5String.</param>
    /// <param name="content">Without tag and length.</param>
    /// <param name="oddity">Set where the bytes are not what the tag promises; for people.</param>
    public static string Decode(int tag, ReadOnlySpan<byte> content, out string? oddity)
    {
        oddity = null;
        switch (tag)
        {
            case BmpTag:
                return Encoding.BigEndianUnicode.GetString(content);
            case UniversalTag:
                return new UTF32Encoding(bigEndian: true, byteOrderMark: false).GetString(content);
        }

        if (System.Text.Ascii.IsValid(content))
        {
            return Encoding.ASCII.GetString(content);
        }

        var (text, encoding) = NonAscii(content);
        oddity = tag == 12 && encoding == "UTF-8" ? null : $"{TagName(tag)} 里实为 {encoding} 编码的文字";
        return text;
    }

    private static (string Text, string Encoding) NonAscii(ReadOnlySpan<byte> content)
    {
        try
        {
            return (StrictUtf8.GetString(content), "UTF-8");
        }
        catch (DecoderFallbackException)
        {
            return IsGb2312(content) ? (Gbk.GetString(content), "GBK") : (Encoding.Latin1.GetString(content), "Latin-1");
        }
    }

    /// <summary>Pairs of bytes from the square of GB 2312 among ASCII; western letters of Latin-1 hardly ever come in such pairs.</summary>
    private static bool IsGb2312(ReadOnlySpan<byte> content)
    {
        for (var i = 0; i < content.Length; i++)
        {
            if (content[i] < 0x80)
            {
                continue;
            }

            if (content[i] is < 0xA1 or > 0xF7 || i + 1 == content.Length || content[i + 1] is < 0xA1 or > 0xFE)
            {
                return false;
            }

            i++;
        }

        return true;
    }

    private static string TagName(int tag) => tag switch
    {
        12 => "UTF8String",
        18 => "NumericString",
        19 => "PrintableString",
        20 => "T61String",
        22 => "IA5String",
        26 => "VisibleString",
        _ => $"通用标签 {tag} ",
    };
}
