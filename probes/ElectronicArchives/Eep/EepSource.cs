using System.Text;
using System.Xml;
using System.Xml.Linq;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>An encapsulated package as it was written: what its elements may have been signed as.</summary>
internal sealed class EepSource
{
    private static readonly string[] Signable = ["被签名对象", "电子签名"];
    private readonly Dictionary<(int Line, int Column), (int Start, int End, XmlNamespaceManager Around)> _places = [];
    private readonly CancellationToken _stop;
    private readonly string _text;

    /// <param name="bytes">Of a document that was read without fault.</param>
    /// <param name="stop">The probe's clock.</param>
    public EepSource(byte[] bytes, CancellationToken stop)
    {
        _stop = stop;
        _text = MarkupEncoding.Decode(bytes).Text;
        Find();
    }

    /// <summary>
    /// What the standard has signed could not be had in print, so everything that is usual is tried, the narrowest reading first. The last three are of
    /// words alone: they hold whichever elements the words stand in.
    /// </summary>
    public IEnumerable<(EepForm Form, byte[] Content)> Forms(XElement element)
    {
        if (element is IXmlLineInfo at && _places.TryGetValue((at.LineNumber, at.LinePosition), out var place))
        {
            var raw = _text[place.Start..place.End];
            yield return (EepForm.Stored, Encoding.UTF8.GetBytes(raw));
            yield return (EepForm.Canonical, CanonicalXml.Of(raw, place.Around, isExclusive: false, _stop));
            yield return (EepForm.Exclusive, CanonicalXml.Of(raw, place.Around, isExclusive: true, _stop));
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

    private static ((int, int) Key, int Start, XmlNamespaceManager Around)? Popped(Stack<((int, int) Key, int Start, XmlNamespaceManager Around)> open) =>
        open.TryPop(out var last) ? last : null;

    private void Find()
    {
        var lines = Lines(_text);
        using var reader = XmlReader.Create(new StringReader(_text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        var info = (IXmlLineInfo)reader;
        var open = new Stack<((int, int) Key, int Start, XmlNamespaceManager Around)>();
        int Offset() => lines[info.LineNumber - 1] + info.LinePosition - 1;
        while (reader.Read())
        {
            _stop.ThrowIfCancellationRequested();
            if (!Signable.Contains(reader.LocalName, StringComparer.Ordinal))
            {
                continue;
            }

            if (reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false })
            {
                var around = new XmlNamespaceManager(new NameTable());
                foreach (var (prefix, uri) in ((IXmlNamespaceResolver)reader).GetNamespacesInScope(XmlNamespaceScope.ExcludeXml))
                {
                    around.AddNamespace(prefix, uri);
                }

                open.Push(((info.LineNumber, info.LinePosition), Offset() - 1, around));
            }
            else if (reader.NodeType == XmlNodeType.EndElement && Popped(open) is { } opened)
            {
                var (key, start, around) = opened;
                var end = _text.IndexOf('>', Offset());
                if (_text[start] == '<' && _text.AsSpan(start + 1).StartsWith(reader.Name, StringComparison.Ordinal) && end > start)
                {
                    _places[key] = (start, end + 1, around);
                }
            }
        }
    }

    private static List<int> Lines(string text)
    {
        var lines = new List<int> { 0 };
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                lines.Add(i + 1);
            }
        }

        return lines;
    }
}
