using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>
/// Reads the text of an .xlsx somebody filled in. A stranger's zip: parts, bytes, rows and cells are capped, document types are
/// refused, formulas are not computed (their stored value is read).
/// </summary>
internal sealed partial class WorkbookReader
{
    private const string Damaged = "工作簿损坏、加了密，或不是 .xlsx";
    private const int MostParts = 500;
    private const int MostPartBytes = 32 * 1024 * 1024;
    private const int MostSheets = 20;
    private const int MostRows = 20_000;
    private const int MostColumns = 60;
    private const int MostCharacters = 16 * 1024 * 1024;

    private readonly ZipArchive _zip;
    private readonly List<string> _shared = [];
    private int _characters;

    private WorkbookReader(ZipArchive zip) => _zip = zip;

    /// <summary>Rows of cells by the name of their sheet, in the order of the workbook.</summary>
    /// <exception cref="InvalidDataException">Not a workbook, damaged, or over a cap. The message is for people.</exception>
    public static IReadOnlyList<(string Name, IReadOnlyList<IReadOnlyList<string>> Rows)> Read(byte[] bytes)
    {
        try
        {
            using var zip = Open(bytes);
            var reader = new WorkbookReader(zip);
            reader.ReadShared();
            return [.. reader.Sheets()];
        }
        catch (Exception broken) when (broken is XmlException or NotSupportedException or ArgumentException or OverflowException or FormatException or IOException)
        {
            throw new InvalidDataException(Damaged, broken);
        }
    }

    /// <summary>The platform speaks English of a file that is cut off.</summary>
    private static ZipArchive Open(byte[] bytes)
    {
        try
        {
            var zip = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
            if (zip.Entries.Count <= MostParts)
            {
                return zip;
            }
        }
        catch (InvalidDataException broken)
        {
            throw new InvalidDataException(Damaged, broken);
        }

        throw new InvalidDataException($"工作簿里的部件多于 {MostParts} 个");
    }

    private IEnumerable<(string, IReadOnlyList<IReadOnlyList<string>>)> Sheets()
    {
        var targets = Pairs("xl/_rels/workbook.xml.rels", "Relationship", "Id", "Target").DistinctBy(p => p.Key, StringComparer.Ordinal).ToDictionary(p => p.Key, p => p.Value, StringComparer.Ordinal);
        foreach (var (name, id) in Pairs("xl/workbook.xml", "sheet", "name", "id").Take(MostSheets))
        {
            if (targets.TryGetValue(id, out var target))
            {
                yield return (name, Rows(target.StartsWith('/') ? target[1..] : $"xl/{target}"));
            }
        }
    }

    private void ReadShared()
    {
        if (_zip.GetEntry("xl/sharedStrings.xml") is null)
        {
            return;
        }

        using var xml = Open("xl/sharedStrings.xml");
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "si" })
            {
                _shared.Add(Text(xml, "si"));
            }
        }
    }

    private List<IReadOnlyList<string>> Rows(string part)
    {
        var rows = new List<IReadOnlyList<string>>();
        using var xml = Open(part);
        while (xml.Read())
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "row" })
            {
                rows.Add(Row(xml));
                if (rows.Count > MostRows)
                {
                    throw new InvalidDataException($"工作表的行多于 {MostRows}");
                }
            }
        }

        return rows;
    }

    private List<string> Row(XmlReader xml)
    {
        var cells = new List<string>();
        if (xml.IsEmptyElement)
        {
            return cells;
        }

        while (xml.Read() && xml is not { NodeType: XmlNodeType.EndElement, LocalName: "row" })
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "c" })
            {
                continue;
            }

            var column = Column(xml.GetAttribute("r")) ?? cells.Count;
            if (column >= MostColumns)
            {
                Skip(xml);
                continue;
            }

            while (cells.Count <= column)
            {
                cells.Add("");
            }

            cells[column] = Cell(xml);
        }

        return cells;
    }

    private string Cell(XmlReader xml)
    {
        var type = xml.GetAttribute("t");
        var value = "";
        if (xml.IsEmptyElement)
        {
            return value;
        }

        while (xml.Read() && xml is not { NodeType: XmlNodeType.EndElement, LocalName: "c" })
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "is" })
            {
                value = Text(xml, "is");
            }
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "v" })
            {
                value = Text(xml, "v");
            }
        }

        return type == "s"
            ? int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _shared.Count ? _shared[index] : throw new InvalidDataException("单元格引用了没有的共享文字")
            : value;
    }

    /// <summary>All text inside an element, phonetic hints left out.</summary>
    private string Text(XmlReader xml, string element)
    {
        var text = new StringBuilder();
        if (!xml.IsEmptyElement)
        {
            while (xml.Read() && !(xml.NodeType == XmlNodeType.EndElement && xml.LocalName == element))
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "rPh" })
                {
                    Skip(xml);
                }
                else if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                {
                    text.Append(xml.Value);
                    _characters += xml.Value.Length;
                    if (_characters > MostCharacters)
                    {
                        throw new InvalidDataException("工作簿里的文字太多");
                    }
                }
            }
        }

        return Escape().Replace(text.ToString(), m => ((char)int.Parse(m.Groups["code"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString());
    }

    private static void Skip(XmlReader xml)
    {
        if (xml.IsEmptyElement)
        {
            return;
        }

        var depth = xml.Depth;
        var isInside = true;
        while (isInside)
        {
            isInside = xml.Read() && xml.Depth > depth;
        }
    }

    /// <summary>A is 0; null where the reference is none.</summary>
    private static int? Column(string? reference)
    {
        var column = 0;
        var letters = 0;
        while (reference is not null && letters < reference.Length && char.IsAsciiLetterUpper(reference[letters]) && letters < 4)
        {
            column = (column * 26) + (reference[letters++] - 'A' + 1);
        }

        return letters == 0 ? null : column - 1;
    }

    private List<KeyValuePair<string, string>> Pairs(string part, string element, string key, string value)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        using var xml = Open(part);
        while (xml.Read() && pairs.Count < MostParts)
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == element && Attribute(xml, key) is { } k && Attribute(xml, value) is { } v)
            {
                pairs.Add(new(k, v));
            }
        }

        return pairs;
    }

    /// <summary>Whatever its namespace: transitional and strict workbooks differ in it.</summary>
    private static string? Attribute(XmlReader xml, string name)
    {
        string? found = null;
        for (var more = xml.MoveToFirstAttribute(); more; more = xml.MoveToNextAttribute())
        {
            found = xml.LocalName == name ? xml.Value : found;
        }

        xml.MoveToElement();
        return found;
    }

    private XmlReader Open(string part)
    {
        var entry = _zip.GetEntry(part) ?? throw new InvalidDataException($"工作簿里没有 {part}");
        using var stream = entry.Open();
        var bytes = new byte[Math.Min(MostPartBytes + 1, Math.Max(64 * 1024, (entry.CompressedLength * 400) + 1))];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length == bytes.Length
            ? throw new InvalidDataException($"{part} 解压后太大")
            : XmlReader.Create(new MemoryStream(bytes, 0, length), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreProcessingInstructions = true });
    }

    [GeneratedRegex("_x(?<code>[0-9A-Fa-f]{4})_", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Escape();
}
