using System.Xml.Linq;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What in an XML document speaks against keeping it: encrypted elements (W3C XML Encryption) and scripts of XHTML and SVG.</summary>
internal static class MarkupVetoes
{
    private const string Encryption = "http://www.w3.org/2001/04/xmlenc#";
    private static readonly string[] Scripted = ["http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"];

    /// <summary>Without one of these words, and without a reference that may spell one, neither can be there.</summary>
    private static readonly string[] Words = ["xmlenc#", "script", "&#"];

    /// <returns>Null where it is no document that could be read.</returns>
    public static IReadOnlyList<FormatVeto>? Of(byte[] bytes, CancellationToken stop)
    {
        if (DocumentText.Decode(bytes) is { } text && !Array.Exists(Words, w => text.Contains(w, StringComparison.Ordinal)))
        {
            return [];
        }

        return SafeXml.TryRead(bytes, stop, out var document, out _) && document?.Root is { } root ? Of(root) : null;
    }

    public static IReadOnlyList<FormatVeto> Of(XElement root)
    {
        var found = new SortedSet<FormatVeto>();
        foreach (var element in root.DescendantsAndSelf())
        {
            if (element.Name.NamespaceName == Encryption)
            {
                found.Add(FormatVeto.Encrypted);
            }
            else if (element.Name.LocalName == "script" && Scripted.Contains(element.Name.NamespaceName, StringComparer.Ordinal))
            {
                found.Add(FormatVeto.Script);
            }
        }

        return [.. found];
    }
}
