using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Formats by content, in the short names of package profiles.</summary>
internal static class ContentFormats
{
    public static SeenFormat Of(ContentReading content, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        var head = content.Bytes.AsSpan();
        if (head.IsEmpty)
        {
            return new SeenFormat("空", "空文件") { Broken = "零字节" };
        }

        if (head.StartsWith("%PDF-"u8))
        {
            return new SeenFormat("PDF", "PDF") { Declared = head.IndexOf("pdfaid:part"u8) >= 0 ? "PDF/A" : null, Broken = head.LastIndexOf("%%EOF"u8) < 0 ? "没有 %%EOF" : null };
        }

        if (head.StartsWith("PK"u8))
        {
            return new SeenFormat(head.IndexOf("OFD.xml"u8) >= 0 ? "OFD" : "ZIP", "ZIP");
        }

        return head.StartsWith("<?xml"u8) ? new SeenFormat("XML", "XML") : head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? new SeenFormat("JPEG", "JPEG")
            : head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) ? new SeenFormat("PNG", "PNG")
            : DocumentText.Decode(content.Bytes) is not null ? new SeenFormat("TXT", "文本") : new SeenFormat("未知", "不认识的格式");
    }
}
