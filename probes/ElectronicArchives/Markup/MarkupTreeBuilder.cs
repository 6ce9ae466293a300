using System.Xml;
using System.Xml.Linq;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Builds the tree without recursion, so that depth costs no stack.</summary>
internal sealed class MarkupTreeBuilder(XmlReader reader, MarkupLimits limits)
{
    private const string InclusionNamespace = "http://www.w3.org/2001/XInclude";

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
internal sealed class PlacedElement(XName name, int line, int column) : XElement(name), IXmlLineInfo
{
    public int LineNumber => line;

    public int LinePosition => column;

    public bool HasLineInfo() => true;
}
