using System.Buffers.Binary;
using System.ComponentModel;
using System.Text;
using System.Text.Unicode;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>How the bytes of a name in a ZIP file were read.</summary>
public enum NameEncoding
{
    [Description("ASCII")]
    Ascii,

    [Description("UTF-8（有标志位）")]
    Utf8Declared,

    [Description("UTF-8（Unicode 路径扩展字段）")]
    UnicodePath,

    [Description("UTF-8（无标志位，按内容推断）")]
    Utf8Guessed,

    [Description("GB18030（无标志位，按内容推断）")]
    Gb18030,

    [Description("无法解码")]
    Undecodable,
}

/// <summary>Names of ZIP entries (APPNOTE 6.3 appendix D; Info-ZIP Unicode path 0x7075), else as Chinese software writes them.</summary>
internal static class NameDecoding
{
    private const ushort UnicodePathField = 0x7075;
    private const int UnicodePathHead = 5;
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding("GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <param name="name">Bytes of the header.</param>
    /// <param name="isUtf8">General purpose bit 11.</param>
    /// <param name="extra">Extra fields of the same header.</param>
    /// <param name="trouble">For people; null where nothing is wrong.</param>
    public static (string Path, NameEncoding Encoding) Decode(ReadOnlySpan<byte> name, bool isUtf8, ReadOnlySpan<byte> extra, out string? trouble)
    {
        trouble = null;
        var plain = Plain(name, isUtf8);
        if (!ExtraFields.TryFind(extra, UnicodePathField, out var field) || field.Length < UnicodePathHead || field[0] != 1)
        {
            return plain;
        }

        var path = field[UnicodePathHead..];
        if (BinaryPrimitives.ReadUInt32LittleEndian(field[1..]) != Crc32.Of(name))
        {
            trouble = "Unicode 路径扩展字段与文件名的校验不符，未采用";
            return plain;
        }

        if (!Utf8.IsValid(path))
        {
            trouble = "Unicode 路径扩展字段不是 UTF-8，未采用";
            return plain;
        }

        var said = Encoding.UTF8.GetString(path);
        if (said != plain.Path && (isUtf8 || (plain.Encoding == NameEncoding.Ascii && plain.Path.AsSpan().IndexOfAny('?', '#', '_') < 0)))
        {
            trouble = $"文件名“{plain.Path}”与 Unicode 路径扩展字段“{said}”不同";
        }

        return (said, NameEncoding.UnicodePath);
    }

    private static (string Path, NameEncoding Encoding) Plain(ReadOnlySpan<byte> name, bool isUtf8)
    {
        if (Ascii.IsValid(name))
        {
            return (Encoding.ASCII.GetString(name), isUtf8 ? NameEncoding.Utf8Declared : NameEncoding.Ascii);
        }

        if (Utf8.IsValid(name))
        {
            return (Encoding.UTF8.GetString(name), isUtf8 ? NameEncoding.Utf8Declared : NameEncoding.Utf8Guessed);
        }

        try
        {
            return isUtf8 ? (Encoding.UTF8.GetString(name), NameEncoding.Undecodable) : (Gb18030.GetString(name), NameEncoding.Gb18030);
        }
        catch (DecoderFallbackException)
        {
            return (Encoding.Latin1.GetString(name), NameEncoding.Undecodable);
        }
    }
}
