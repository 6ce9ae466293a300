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
    private const string InclusionNamespace = "http://www.w3.org/2001/XInclude";

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
        return new MarkupDocument(new TreeBuilder(reader, limits).Build(stop), encoding);
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

    /// <summary>Builds the tree without recursion, so that depth costs no stack.</summary>
    private sealed class TreeBuilder(XmlReader reader, MarkupLimits limits)
    {
        private readonly Stack<XElement> _open = new();
        private XElement? _root;
        private int _nodes;

        public XElement Build(CancellationToken stop)
        {
            try
            {
                while (reader.Read())
                {
                    stop.ThrowIfCancellationRequested();
                    Count(1);
                    Visit();
                }
            }
            catch (XmlException broken)
            {
                var kind = _root is null && broken.Message.Contains("DTD", StringComparison.Ordinal) ? MarkupFaultKind.DocumentType : MarkupFaultKind.NotWellFormed;
                throw new MarkupException(new MarkupFault(kind, broken.LineNumber > 0 ? broken.LineNumber : Line, broken.LineNumber > 0 ? broken.LinePosition : Column, kind == MarkupFaultKind.DocumentType ? "XML 带有文档类型声明（DTD），为安全起见未读" : MarkupWords.Of(broken)));
            }
            catch (ArgumentException broken)
            {
                throw Fault(MarkupFaultKind.NotWellFormed, broken.Message);
            }

            return _root ?? throw Fault(MarkupFaultKind.NotWellFormed, "没有根元素");
        }

        private void Visit()
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    Element();
                    break;
                case XmlNodeType.EndElement:
                    _open.Pop();
                    break;
                case XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace when _open.TryPeek(out var at):
                    at.Add(new XText(reader.Value));
                    break;
                case XmlNodeType.CDATA when _open.TryPeek(out var at):
                    at.Add(new XCData(reader.Value));
                    break;
                case XmlNodeType.EntityReference:
                    throw Fault(MarkupFaultKind.NotWellFormed, $"未定义的实体“{reader.Name}”");
                default:
                    break;
            }
        }

        private void Element()
        {
            if (_open.Count >= limits.Depth)
            {
                throw Fault(MarkupFaultKind.TooLarge, $"元素嵌套超过 {limits.Depth} 层");
            }

            if (reader.NamespaceURI == InclusionNamespace)
            {
                throw Fault(MarkupFaultKind.Inclusion, "XML 带有 XInclude，为安全起见未读");
            }

            if (reader.AttributeCount > limits.Attributes)
            {
                throw Fault(MarkupFaultKind.TooLarge, $"元素“{reader.LocalName}”有 {reader.AttributeCount} 个属性，超过上限 {limits.Attributes}");
            }

            var element = new PlacedElement(XName.Get(reader.LocalName, reader.NamespaceURI), Line ?? 0, Column ?? 0);
            var isEmpty = reader.IsEmptyElement;
            Count(reader.AttributeCount);
            Attributes(element);
            if (_open.TryPeek(out var parent))
            {
                parent.Add(element);
            }
            else
            {
                _root = element;
            }

            if (!isEmpty)
            {
                _open.Push(element);
            }
        }

        private void Attributes(XElement element)
        {
            while (reader.MoveToNextAttribute())
            {
                if (reader.Value.Length > limits.AttributeCharacters)
                {
                    throw Fault(MarkupFaultKind.TooLarge, $"属性“{reader.LocalName}”有 {reader.Value.Length} 个字符，超过上限 {limits.AttributeCharacters}");
                }

                var space = reader.NamespaceURI == XNamespace.Xmlns.NamespaceName && reader.Prefix.Length == 0 ? "" : reader.NamespaceURI;
                element.Add(new XAttribute(XName.Get(reader.LocalName, space), reader.Value));
            }

            reader.MoveToElement();
        }

        private void Count(int nodes)
        {
            _nodes += nodes;
            if (_nodes > limits.Nodes)
            {
                throw Fault(MarkupFaultKind.TooLarge, $"节点超过上限 {limits.Nodes}");
            }
        }

        private int? Line => Place(((IXmlLineInfo)reader).LineNumber);

        private int? Column => Place(((IXmlLineInfo)reader).LinePosition);

        /// <summary>Before the first node the reader knows of no line.</summary>
        private static int? Place(int number) => number > 0 ? number : null;

        private MarkupException Fault(MarkupFaultKind kind, string detail) => new(new MarkupFault(kind, Line, Column, detail));
    }

    /// <summary>XElement keeps its line only where its own loader sets it.</summary>
    private sealed class PlacedElement(XName name, int line, int column) : XElement(name), IXmlLineInfo
    {
        public int LineNumber => line;

        public int LinePosition => column;

        public bool HasLineInfo() => true;
    }
}
