using System.Buffers;
using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Tells from the beginning of a file how bits are written in it.</summary>
internal static class SampleShape
{
    /// <summary>Bytes looked at.</summary>
    public const int Head = 64 * 1024;

    private const int EnoughDigits = 64;

    private static readonly SearchValues<byte> BitDigits = SearchValues.Create("01 \t\r\n,"u8);
    private static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF \t\r\nxX,:;-"u8);
    private static readonly SearchValues<byte> HexLetters = SearchValues.Create("abcdefABCDEF"u8);

    /// <summary>Words between blanks would pass for Base64, lines of it have none.</summary>
    private static readonly SearchValues<byte> Base64Digits = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=\r\n"u8);

    private static readonly (byte[] Begins, string Name)[] Foreign =
    [
        ([0x1F, 0x8B, 0x08], "gzip 压缩文件"),
        ([0x50, 0x4B, 0x03, 0x04], "ZIP 压缩文件（或 Office 文档）"),
        ([0x37, 0x7A, 0xBC, 0xAF], "7z 压缩文件"),
        ([0xFD, 0x37, 0x7A, 0x58], "xz 压缩文件"),
        ([0x52, 0x61, 0x72, 0x21], "RAR 压缩文件"),
        ([0x25, 0x50, 0x44, 0x46], "PDF 文档"),
        ([0x89, 0x50, 0x4E, 0x47], "PNG 图像"),
        ([0x7F, 0x45, 0x4C, 0x46], "可执行文件"),
        ([0x53, 0x51, 0x4C, 0x69], "SQLite 数据库"),
    ];

    /// <param name="head">The first <see cref="Head"/> bytes, or all.</param>
    /// <returns>The format; or null with what it looks like instead.</returns>
    public static (SampleFormat? Format, string Why) Of(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
        {
            return (null, "空文件");
        }

        foreach (var (begins, name) in Foreign)
        {
            if (head.StartsWith(begins))
            {
                return (null, $"看起来是{name}，不是随机数样本；确是随机数时请写明 format=binary");
            }
        }

        if (IsUtf16(head))
        {
            return (null, "看起来是 UTF-16 文本（PowerShell 的 > 会这样存），请另存为 UTF-8 或 ASCII");
        }

        var text = WithoutMark(head);
        return IsText(text) ? OfText(text) : (SampleFormat.Binary, "");
    }

    /// <summary>Behind a UTF-8 byte order mark.</summary>
    public static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    public static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    private static (SampleFormat? Format, string Why) OfText(ReadOnlySpan<byte> text)
    {
        if (!text.ContainsAnyExcept(BitDigits))
        {
            return (SampleFormat.Ascii01, "");
        }

        if (!text.ContainsAnyExcept(HexDigits))
        {
            return text.Length >= EnoughDigits && !text.ContainsAny(HexLetters)
                ? (null, "只有数字而没有 A–F，看起来是十进制数列；请改为二进制、十六进制或 0/1 文本，确是十六进制时请写明 format=hex")
                : (SampleFormat.Hex, "");
        }

        return text.Length >= EnoughDigits && !text.ContainsAnyExcept(Base64Digits)
            ? (SampleFormat.Base64, "")
            : (null, "看起来是普通文本，不是随机数样本；确是随机数的二进制时请写明 format=binary");
    }

    private static bool IsUtf16(ReadOnlySpan<byte> head)
    {
        if (head.Length < 16 || !(head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])))
        {
            return false;
        }

        return head.Count((byte)0) > head.Length / 3;
    }

    private static bool IsText(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes;
        while (!rest.IsEmpty)
        {
            switch (Rune.DecodeFromUtf8(rest, out var rune, out var length))
            {
                case OperationStatus.Done when !Rune.IsControl(rune) || rune.Value is '\t' or '\r' or '\n':
                    rest = rest[length..];
                    break;
                case OperationStatus.NeedMoreData:
                    return bytes.Length > rest.Length;
                default:
                    return false;
            }
        }

        return true;
    }
}
