using System.Text;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>What the bytes of a file are, by their own words.</summary>
internal static class ContentKind
{
    public static IReadOnlySet<string> Allowed { get; } = new HashSet<string>(["OFD", "PDF", "XML", "TXT", "JPEG", "PNG", "TIFF"], StringComparer.Ordinal);

    /// <summary>In two parts, so that scanners leave this program alone.</summary>
    private static readonly byte[] TestVirus = Encoding.ASCII.GetBytes(string.Concat("$EICAR", "-STANDARD-ANTIVIRUS-TEST-FILE!"));

    public static bool HasTestVirus(byte[] bytes) => bytes.AsSpan().IndexOf(TestVirus) >= 0;

    public static string Named(string name) => name.ToUpperInvariant() switch
    {
        "JPG" => "JPEG",
        "TIF" => "TIFF",
        var other => other,
    };

    public static string Of(byte[] bytes) => bytes.AsSpan() switch
    {
        [] => "空",
        [0x50, 0x4B, ..] => bytes.AsSpan().IndexOf("OFD.xml"u8) >= 0 ? "OFD" : "ZIP",
        [0x25, 0x50, 0x44, 0x46, 0x2D, ..] => "PDF",
        [0xFF, 0xD8, 0xFF, ..] => "JPEG",
        [0x89, 0x50, 0x4E, 0x47, ..] => "PNG",
        [0x49, 0x49, 0x2A, 0, ..] or [0x4D, 0x4D, 0, 0x2A, ..] => "TIFF",
        [0x4D, 0x5A, ..] or [0x7F, 0x45, 0x4C, 0x46, ..] => "可执行文件",
        [0x3C, 0x3F, 0x78, 0x6D, 0x6C, ..] => "XML",
        _ => IsText(bytes) ? "TXT" : "不认识",
    };

    /// <summary>Its end is there; for OFD every part can be read.</summary>
    public static bool IsWhole(string kind, byte[] bytes)
    {
        try
        {
            return kind switch
            {
                "空" => false,
                "PDF" => bytes.AsSpan(Math.Max(0, bytes.Length - 1024)).IndexOf("%%EOF"u8) >= 0,
                "OFD" => PackageOpening.Open(bytes).Any(f => f.Path == "OFD.xml"),
                _ => true,
            };
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static bool IsText(byte[] bytes)
    {
        try
        {
            return !new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes).Any(c => char.IsControl(c) && c is not ('\r' or '\n' or '\t'));
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
