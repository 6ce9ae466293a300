using System.Text;
using System.Xml;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>
/// Opens XML that strangers wrote: bounded in size and depth, nothing outside it is fetched, no entity is declared. A bare document type
/// as nmap writes it (<c>&lt;!DOCTYPE nmaprun&gt;</c>) is passed over; one with declarations or an address is refused.
/// </summary>
internal static class BoundedXml
{
    public const int SizeCap = 64 * 1024 * 1024;
    public const int DepthCap = 128;
    private const int HeadBytes = 64 * 1024;

    /// <exception cref="UnableException">Too large, or with a document type that says something.</exception>
    public static XmlReader Open(byte[] bytes)
    {
        if (bytes.Length > SizeCap)
        {
            throw new UnableException(FailureKind.BadInput, $"XML 超过 {SizeCap / 1024 / 1024} MiB，未读");
        }

        RefuseDeclarations(bytes);
        return XmlReader.Create(new MemoryStream(bytes, writable: false), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Ignore,
            XmlResolver = null,
            MaxCharactersInDocument = SizeCap,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            IgnoreWhitespace = true,
        });
    }

    /// <summary>Walks a document and turns everything a reader may throw into one failure.</summary>
    /// <param name="bytes">The document.</param>
    /// <param name="what">For people.</param>
    /// <param name="visit">Is shown every element once, the reader on it; must not move it.</param>
    /// <param name="stop">The probe's clock.</param>
    /// <exception cref="UnableException">No XML, or too deep.</exception>
    public static void Walk(byte[] bytes, string what, Action<XmlReader> visit, CancellationToken stop)
    {
        try
        {
            using var reader = Open(bytes);
            while (reader.Read())
            {
                stop.ThrowIfCancellationRequested();
                if (reader.Depth > DepthCap)
                {
                    throw new UnableException(FailureKind.BadInput, $"{what} 嵌套超过 {DepthCap} 层，未读");
                }

                visit(reader);
            }
        }
        catch (Exception broken) when (broken is XmlException or ArgumentException or NotSupportedException or DecoderFallbackException)
        {
            throw new UnableException(FailureKind.BadInput, $"{what} 不是完整的 XML：{Plain.Text(broken.Message, 200)}", broken);
        }
    }

    /// <summary>A document type stands before the first element; in two-byte encodings every other byte is zero.</summary>
    private static void RefuseDeclarations(byte[] bytes)
    {
        var head = Encoding.Latin1.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, HeadBytes))).Replace("\0", "", StringComparison.Ordinal);
        var at = head.IndexOf("<!DOCTYPE", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return;
        }

        var end = head.IndexOf('>', at);
        var said = end < 0 ? head[at..] : head[at..end];
        if (end < 0 || said.Contains('[', StringComparison.Ordinal) || said.Contains("SYSTEM", StringComparison.Ordinal) || said.Contains("PUBLIC", StringComparison.Ordinal))
        {
            throw new UnableException(FailureKind.BadInput, "XML 带有文档类型声明（DTD），为安全起见未读");
        }
    }
}
