using System.Text;
using System.Xml;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>An element of a project file; names without their namespaces.</summary>
internal sealed class ManifestElement(string name, int line)
{
    /// <summary>From so many on a child is looked up instead of searched: a file may define as many properties as it uses.</summary>
    private const int Crowd = 32;

    public string Name { get; } = name;

    /// <summary>Counted from 1.</summary>
    public int Line { get; } = line;

    public Dictionary<string, string> Attributes { get; } = new(StringComparer.Ordinal);

    public List<ManifestElement> Children { get; } = [];

    /// <summary>Of this element alone, each piece of it trimmed.</summary>
    public string Text => _text.Length == 0 ? "" : _text.ToString();

    private readonly StringBuilder _text = new(0);
    private Dictionary<string, ManifestElement>? _first;

    private void Say(string text) => _text.Append(text);

    /// <summary>The first of a name; asked for once all of them are read.</summary>
    public ManifestElement? Child(string name)
    {
        if (Children.Count < Crowd)
        {
            return Children.Find(c => c.Name == name);
        }

        if (_first is null)
        {
            _first = new(StringComparer.Ordinal);
            Children.ForEach(c => _first.TryAdd(c.Name, c));
        }

        return _first.GetValueOrDefault(name);
    }

    public IEnumerable<ManifestElement> Each(params ReadOnlySpan<string> path)
    {
        IEnumerable<ManifestElement> at = [this];
        foreach (var step in path)
        {
            var wanted = step;
            at = at.SelectMany(e => e.Children.Where(c => c.Name == wanted));
        }

        return at;
    }

    public IEnumerable<ManifestElement> Below(string name) => Children.SelectMany(c => c.Name == name ? c.Below(name).Prepend(c) : c.Below(name));

    public string? TextOf(string name) => Child(name)?.Text is { Length: > 0 } text ? text : null;

    /// <exception cref="ManifestFaultException">No XML, with a DTD, or too deep or large.</exception>
    public static ManifestElement Parse(string text)
    {
        try
        {
            using var reader = XmlReader.Create(new StringReader(text.TrimStart('\ufeff')), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true });
            return Read(reader);
        }
        catch (XmlException broken)
        {
            throw new ManifestFaultException($"不是合格的 XML（第 {broken.LineNumber} 行）；带 DTD 的不读");
        }
    }

    private static ManifestElement Read(XmlReader reader)
    {
        const int Deepest = 40;
        var root = new ManifestElement("", 1);
        var open = new Stack<ManifestElement>([root]);
        while (reader.Read())
        {
            if (reader.NodeType == XmlNodeType.Element)
            {
                var element = new ManifestElement(reader.LocalName, ((IXmlLineInfo)reader).LineNumber);
                open.Peek().Children.Add(element);
                var isEmpty = reader.IsEmptyElement;
                while (reader.MoveToNextAttribute())
                {
                    element.Attributes[reader.LocalName] = reader.Value;
                }

                if (!isEmpty)
                {
                    open.Push(element);
                }

                if (open.Count > Deepest)
                {
                    throw new ManifestFaultException($"XML 嵌套超过 {Deepest} 层");
                }
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA)
            {
                open.Peek().Say(reader.Value.Trim());
            }
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                open.Pop();
            }
        }

        return root.Children.Count == 1 ? root.Children[0] : throw new ManifestFaultException("XML 里没有根元素");
    }
}
