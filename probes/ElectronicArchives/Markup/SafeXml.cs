using System.Xml;
using System.Xml.Linq;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>An XML document that was read.</summary>
/// <param name="Root">The tree; every element and attribute knows its line (<see cref="IXmlLineInfo"/>). Nobody changes it.</param>
/// <param name="Encoding">Name of the encoding that the bytes were read in, such as UTF-8 or GB18030.</param>
public sealed record MarkupDocument(XElement Root, string Encoding);

/// <summary>Reads XML that strangers wrote: no document type, no entities but the five, nothing fetched, everything within bounds.</summary>
public static class SafeXml
{
    /// <exception cref="MarkupException">Not well-formed, forbidden, or beyond <paramref name="limits"/>.</exception>
    public static MarkupDocument Read(ReadOnlySpan<byte> bytes, CancellationToken stop, MarkupLimits? limits = null)
    {
        limits ??= MarkupLimits.Default;
        if (bytes.Length > limits.Bytes)
        {
            throw new MarkupException(new MarkupFault(MarkupFaultKind.TooLarge, null, null, $"{bytes.Length} 字节，超过上限 {limits.Bytes}"));
        }

        var (text, encoding) = MarkupEncoding.Decode(bytes);
        using var reader = XmlReader.Create(new StringReader(text), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = limits.Bytes,
            IgnoreComments = false,
            CloseInput = true,
        });
        return new MarkupDocument(new MarkupTreeBuilder(reader, limits).Build(stop), encoding);
    }

    /// <summary>The document, or its fault; never both.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, CancellationToken stop, out MarkupDocument? document, out MarkupFault? fault)
    {
        try
        {
            (document, fault) = (Read(bytes, stop), null);
            return true;
        }
        catch (MarkupException trouble)
        {
            (document, fault) = (null, trouble.Fault);
            return false;
        }
    }
}
