using System.Text;
using System.Xml;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>An encapsulated package as it was written: what its elements may have been signed as. Read only where a signature asks.</summary>
/// <param name="bytes">Of a document that was read without fault.</param>
/// <param name="stop">The probe's clock.</param>
internal sealed class EepSource(byte[] bytes, CancellationToken stop)
{
    private readonly Dictionary<(int Line, int Column), (int Start, int End)> _places = [];
    private string _text = "";

    /// <summary>Finds these elements in one pass; what is not among them has no place and no form of markup.</summary>
    public void Seek(IReadOnlyCollection<XElement> elements)
    {
        _places.Clear();
        if (elements.Count > 0)
        {
            _text = _text.Length > 0 ? _text : MarkupEncoding.Decode(bytes).Text;
            Find(elements.Select(PlaceOf).OfType<(int, int)>().ToHashSet());
        }
    }

    /// <summary>
    /// What the standard has signed could not be had in print, so everything that is usual is tried, the narrowest reading first. The last three are of
    /// words alone: they hold whichever elements the words stand in.
    /// </summary>
    public IEnumerable<(EepForm Form, byte[] Content)> Forms(XElement element)
    {
        if (PlaceOf(element) is { } at && _places.TryGetValue(at, out var place))
        {
            var raw = _text[place.Start..place.End];
            yield return (EepForm.Stored, Encoding.UTF8.GetBytes(raw));
            var around = Around(element);
            yield return (EepForm.Canonical, CanonicalXml.Of(raw, around, isExclusive: false, stop));
            yield return (EepForm.Exclusive, CanonicalXml.Of(raw, around, isExclusive: true, stop));
        }

        yield return (EepForm.Text, Encoding.UTF8.GetBytes(element.Value));
        yield return (EepForm.Leaves, Encoding.UTF8.GetBytes(string.Concat(Words(element, withAttributes: false))));
        yield return (EepForm.LeavesAndAttributes, Encoding.UTF8.GetBytes(string.Concat(Words(element, withAttributes: true))));
    }

    private static IEnumerable<string> Words(XElement element, bool withAttributes)
    {
        foreach (var node in element.DescendantNodesAndSelf())
        {
            if (node is XElement inside && withAttributes)
            {
                foreach (var attribute in inside.Attributes().Where(a => !a.IsNamespaceDeclaration))
                {
                    yield return attribute.Value;
                }
            }
            else if (node is XText text && !string.IsNullOrWhiteSpace(text.Value))
            {
                yield return text.Value;
            }
        }
    }

    private static (int Line, int Column)? PlaceOf(XElement element) => element is IXmlLineInfo at && at.HasLineInfo() ? (at.LineNumber, at.LinePosition) : null;

    /// <summary>Prefixes in scope at the element, the innermost meaning of each.</summary>
    private static XmlNamespaceManager Around(XElement element)
    {
        var around = new XmlNamespaceManager(new NameTable());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var declaration in element.AncestorsAndSelf().SelectMany(e => e.Attributes()).Where(a => a.IsNamespaceDeclaration))
        {
            var prefix = declaration.Name.NamespaceName.Length == 0 ? "" : declaration.Name.LocalName;
            if (prefix != "xml" && seen.Add(prefix) && declaration.Value.Length > 0)
            {
                around.AddNamespace(prefix, declaration.Value);
            }
        }

        return around;
    }

    private void Find(HashSet<(int Line, int Column)> wanted)
    {
        using var reader = XmlReader.Create(new StringReader(_text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var info = (IXmlLineInfo)reader;
        var open = new Stack<((int, int) Key, int Start, int Depth)>();
        var (line, begin) = (1, 0);
        int Offset()
        {
            for (; line < info.LineNumber; line++)
            {
                begin = LineAfter(_text, begin);
            }

            return begin + info.LinePosition - 1;
        }

        while (reader.Read())
        {
            stop.ThrowIfCancellationRequested();
            if (reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false } && wanted.Contains((info.LineNumber, info.LinePosition)))
            {
                open.Push(((info.LineNumber, info.LinePosition), Offset() - 1, reader.Depth));
            }
            else if (reader.NodeType == XmlNodeType.EndElement && open.TryPeek(out var last) && last.Depth == reader.Depth)
            {
                open.Pop();
                var end = _text.IndexOf('>', Offset());
                if (_text[last.Start] == '<' && _text.AsSpan(last.Start + 1).StartsWith(reader.Name, StringComparison.Ordinal) && end > last.Start)
                {
                    _places[last.Key] = (last.Start, end + 1);
                }
            }
        }
    }

    /// <summary>Where the next line begins; the end of the text where there is none.</summary>
    private static int LineAfter(string text, int from)
    {
        var at = text.AsSpan(from).IndexOfAny('\r', '\n');
        return at < 0 ? text.Length : from + at + (text[from + at] == '\r' && from + at + 1 < text.Length && text[from + at + 1] == '\n' ? 2 : 1);
    }
}
