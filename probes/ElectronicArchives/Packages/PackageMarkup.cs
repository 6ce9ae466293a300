using System.Globalization;
using System.Xml.Linq;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Metadata files as trees, or why they are none.</summary>
internal static class PackageMarkup
{
    public static (XElement? Root, string? Fault) Read(byte[] bytes, CancellationToken stop)
    {
        if (bytes.Length == 0)
        {
            return (null, "文件是空的");
        }

        return SafeXml.TryRead(bytes, stop, out var document, out var fault) ? (document!.Root, null) : (null, Say(fault!));
    }

    private static string Say(MarkupFault fault) => fault.Line is null ? fault.Detail : string.Create(CultureInfo.InvariantCulture, $"第 {fault.Line} 行第 {fault.Column} 列：{fault.Detail}");

    /// <summary>Text of an element that has no others inside.</summary>
    public static string? Leaf(XElement element) => element.HasElements ? null : element.Value;

    /// <summary>Value of a child or attribute of that local name; null where there is none.</summary>
    public static string? Of(XElement element, string? name) => name is null ? null
        : element.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value ?? element.Attributes().FirstOrDefault(a => a.Name.LocalName == name)?.Value;

    public static IEnumerable<XElement> Named(XElement root, string name) => root.DescendantsAndSelf().Where(e => e.Name.LocalName == name);
}
