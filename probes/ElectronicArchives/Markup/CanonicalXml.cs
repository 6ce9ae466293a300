using System.Text;
using System.Xml;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Canonical XML of one element without comments: Canonical XML 1.0, or the exclusive one. Attributes xml:… of what stands around it are not taken in.</summary>
/// <param name="isExclusive">Prefixes are declared only where they are used.</param>
internal sealed class CanonicalXml(bool isExclusive)
{
    private readonly StringBuilder _text = new();
    private readonly Stack<(string Name, List<(string Prefix, string? Before)> Declared)> _open = new();
    private readonly Dictionary<string, string> _rendered = new(StringComparer.Ordinal);

    /// <param name="element">The element as it stands in its document.</param>
    /// <param name="around">Prefixes in force where it stands.</param>
    /// <param name="stop">The probe's clock.</param>
    public static byte[] Of(string element, XmlNamespaceManager around, bool isExclusive, CancellationToken stop)
    {
        using var reader = XmlReader.Create(
            new StringReader(element),
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, ConformanceLevel = ConformanceLevel.Fragment, IgnoreComments = true },
            new XmlParserContext(around.NameTable, around, null, XmlSpace.None));
        var canonical = new CanonicalXml(isExclusive);
        while (reader.Read())
        {
            stop.ThrowIfCancellationRequested();
            canonical.Visit(reader);
        }

        return Encoding.UTF8.GetBytes(canonical._text.ToString());
    }

    private void Visit(XmlReader reader)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                var isEmpty = reader.IsEmptyElement;
                Element(reader);
                if (isEmpty)
                {
                    Close();
                }

                break;
            case XmlNodeType.EndElement:
                Close();
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                Escape(reader.Value, isAttribute: false);
                break;
            case XmlNodeType.ProcessingInstruction:
                _text.Append("<?").Append(reader.Name).Append(reader.Value.Length > 0 ? " " : "").Append(reader.Value).Append("?>");
                break;
            default:
                break;
        }
    }

    private void Element(XmlReader reader)
    {
        var name = reader.Name;
        var used = new HashSet<string>(StringComparer.Ordinal) { reader.Prefix };
        var attributes = new List<(string Space, string Local, string Name, string Value)>();
        var own = new Dictionary<string, string>(StringComparer.Ordinal);
        if (_open.Count == 0 && !isExclusive)
        {
            foreach (var (prefix, uri) in ((IXmlNamespaceResolver)reader).GetNamespacesInScope(XmlNamespaceScope.ExcludeXml))
            {
                own[prefix] = uri;
            }
        }

        while (reader.MoveToNextAttribute())
        {
            if (reader.NamespaceURI == "http://www.w3.org/2000/xmlns/")
            {
                own[reader.Prefix.Length == 0 ? "" : reader.LocalName] = reader.Value;
            }
            else
            {
                attributes.Add((reader.NamespaceURI, reader.LocalName, reader.Name, reader.Value));
                if (reader.Prefix is { Length: > 0 } and not "xml")
                {
                    used.Add(reader.Prefix);
                }
            }
        }

        reader.MoveToElement();
        var spaces = isExclusive ? used.ToDictionary(p => p, p => reader.LookupNamespace(p) ?? "", StringComparer.Ordinal) : own;
        Open(name, spaces, attributes);
    }

    private void Open(string name, Dictionary<string, string> spaces, List<(string Space, string Local, string Name, string Value)> attributes)
    {
        var declared = new List<(string, string?)>();
        _text.Append('<').Append(name);
        foreach (var (prefix, uri) in spaces.OrderBy(s => s.Key, StringComparer.Ordinal))
        {
            var before = _rendered.GetValueOrDefault(prefix);
            if (prefix == "xml" || (before ?? "") == uri)
            {
                continue;
            }

            declared.Add((prefix, before));
            _rendered[prefix] = uri;
            Attribute(prefix.Length == 0 ? "xmlns" : $"xmlns:{prefix}", uri);
        }

        foreach (var attribute in attributes.OrderBy(a => a.Space, StringComparer.Ordinal).ThenBy(a => a.Local, StringComparer.Ordinal))
        {
            Attribute(attribute.Name, attribute.Value);
        }

        _text.Append('>');
        _open.Push((name, declared));
    }

    private void Close()
    {
        var (name, declared) = _open.Pop();
        _text.Append("</").Append(name).Append('>');
        foreach (var (prefix, before) in declared)
        {
            if (before is null)
            {
                _rendered.Remove(prefix);
            }
            else
            {
                _rendered[prefix] = before;
            }
        }
    }

    private void Attribute(string name, string value)
    {
        _text.Append(' ').Append(name).Append("=\"");
        Escape(value, isAttribute: true);
        _text.Append('"');
    }

    private void Escape(string value, bool isAttribute)
    {
        foreach (var c in value)
        {
            _ = c switch
            {
                '&' => _text.Append("&amp;"),
                '<' => _text.Append("&lt;"),
                '>' when !isAttribute => _text.Append("&gt;"),
                '\r' => _text.Append("&#xD;"),
                '"' when isAttribute => _text.Append("&quot;"),
                '\t' when isAttribute => _text.Append("&#x9;"),
                '\n' when isAttribute => _text.Append("&#xA;"),
                _ => _text.Append(c),
            };
        }
    }
}
