using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Metadata files as trees, or why they are none.</summary>
internal static class PackageMarkup
{
    public const int SizeCap = 64 * 1024 * 1024;

    public static (XElement? Root, string? Fault) Read(byte[] bytes)
    {
        if (bytes.Length == 0)
        {
            return (null, "文件是空的");
        }

        try
        {
            using var reader = XmlReader.Create(new MemoryStream(bytes, writable: false), new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = SizeCap, IgnoreComments = true, IgnoreProcessingInstructions = true,
            });
            return (XDocument.Load(reader).Root, null);
        }
        catch (Exception broken) when (broken is XmlException or ArgumentException or NotSupportedException or DecoderFallbackException or InvalidOperationException)
        {
            return (null, broken.Message);
        }
    }

    /// <summary>Text of an element that has no others inside.</summary>
    public static string? Leaf(XElement element) => element.HasElements ? null : element.Value;

    /// <summary>Value of a child or attribute of that local name; null where there is none.</summary>
    public static string? Of(XElement element, string? name) => name is null ? null
        : element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? element.Attributes().FirstOrDefault(a => a.Name.LocalName == name)?.Value;

    public static IEnumerable<XElement> Named(XElement root, string name) => root.DescendantsAndSelf().Where(e => e.Name.LocalName == name);
}
