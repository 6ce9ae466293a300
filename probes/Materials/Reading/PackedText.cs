using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace SmartCity.SecurityCheck.Probes.Materials;

/// <summary>A part that is larger than anybody's report; nothing is said of what is in it.</summary>
internal sealed class PaperCapException(string message) : Exception(message);

/// <summary>Text of the XML parts of one docx, xlsx or OFD file, with breaks where paragraphs, cells, lines and parts end.</summary>
internal sealed class PackedText(PaperFormat format)
{
    private const int PartCap = 32 * 1024 * 1024;
    private const long AllPartsCap = 128L * 1024 * 1024;

    private readonly StringBuilder _text = new();
    private readonly int _room = PlainPaper.TextCap;
    private (double Right, double Top, double Height)? _line;
    private long _taken;
    private bool _isNumber;

    public bool IsCut => _text.Length > _room;

    /// <summary>A number in a style of its own may be shown as a day; which one only the program that shows it knows.</summary>
    public bool HasStyledNumbers { get; private set; }

    public string Plain => PlainText.Of(IsCut ? _text.ToString(0, _room) : _text.ToString());

    /// <exception cref="PaperCapException">It says that it is larger than the cap.</exception>
    /// <exception cref="InvalidDataException">It is larger than it says.</exception>
    /// <exception cref="XmlException">It is no XML, or has a DTD.</exception>
    public void Append(ZipArchiveEntry part, CancellationToken stop)
    {
        if (part.Length > Math.Min(PartCap, AllPartsCap - _taken))
        {
            throw new PaperCapException($"其中的 {part.FullName} 展开有 {part.Length} 字节，超过上限，没有读");
        }

        using var stream = new BoundedStream(part.Open(), part.Length);
        using var xml = XmlReader.Create(stream, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = PartCap, IgnoreComments = true, IgnoreProcessingInstructions = true });
        _line = null;
        var depth = -1;
        while (!IsCut && xml.Read())
        {
            stop.ThrowIfCancellationRequested();
            if (xml.NodeType == XmlNodeType.Element)
            {
                Begin(xml);
                depth = depth < 0 && !xml.IsEmptyElement && IsText(xml.LocalName) ? xml.Depth : depth;
            }
            else if (xml.NodeType == XmlNodeType.EndElement)
            {
                depth = xml.Depth == depth ? -1 : depth;
                _text.Append(IsEnd(xml.LocalName) ? "\n" : "");
            }
            else if (depth >= 0 && xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace)
            {
                _text.Append(xml.Value);
            }
        }

        _taken += stream.Taken;
        _text.Append('\n');
    }

    private bool IsText(string element) => format switch
    {
        PaperFormat.Ofd => element == "TextCode",
        PaperFormat.Workbook => element == "t" || (element == "v" && _isNumber),
        _ => element == "t",
    };

    private bool IsEnd(string element) => format switch
    {
        PaperFormat.Ofd => element == "Content",
        PaperFormat.Workbook => element is "si" or "c" or "row",
        _ => element is "p" or "tc",
    };

    private void Begin(XmlReader xml)
    {
        switch (format, xml.LocalName)
        {
            case (PaperFormat.Workbook, "c"):
                var type = xml.GetAttribute("t");
                _isNumber = type is not "s";
                HasStyledNumbers = HasStyledNumbers || (type is null or "n" && xml.GetAttribute("s") is { } style && style != "0" && !xml.IsEmptyElement);
                break;
            case (PaperFormat.Ofd, "TextObject"):
                Place(xml.GetAttribute("Boundary"));
                break;
            case (PaperFormat.Word, "br" or "cr"):
                _text.Append('\n');
                break;
            case (PaperFormat.Word, "tab"):
                _text.Append(' ');
                break;
        }
    }

    /// <summary>An OFD line may be many objects, down to one a character: next to each other they are one word, apart they are two, below each other two lines.</summary>
    private void Place(string? boundary)
    {
        var sides = (boundary ?? "").Split(' ', 5, StringSplitOptions.RemoveEmptyEntries).Select(s => double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out var n) && double.IsFinite(n) ? n : double.NaN).ToArray();
        if (sides is not [var left, var top, var width, var height] || Array.Exists(sides, double.IsNaN))
        {
            _line = null;
            _text.Append('\n');
            return;
        }

        var before = _line;
        _line = (left + width, top, height);
        if (before is not { } last || Math.Abs(last.Top - top) > Math.Min(last.Height, height) / 2)
        {
            _text.Append('\n');
        }
        else if (Math.Abs(left - last.Right) > Math.Min(last.Height, height) / 2)
        {
            _text.Append(' ');
        }
    }
}
