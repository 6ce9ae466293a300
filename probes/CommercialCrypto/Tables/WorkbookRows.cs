using System.Globalization;
using System.Xml;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>
/// Rows of one worksheet (ISO/IEC 29500-1 clause 18.3). Numbers come as the file spells them, dates as serial numbers. Formulas are not
/// computed: what the writer stored beside them is read.
/// </summary>
internal sealed class WorkbookRows : RowSource
{
    private readonly WorkbookPackage _package;
    private readonly SharedStrings _strings;
    private readonly XmlReader _sheet;
    private readonly TableOptions _options;
    private readonly string _part;
    private readonly List<string?> _cells = [];

    private WorkbookRows(WorkbookPackage package, SharedStrings strings, string part, TableOptions options)
    {
        (_package, _strings, _part, _options) = (package, strings, part, options);
        _sheet = package.Xml(part);
    }

    /// <summary>Other sheets with cells; rows and columns that are hidden in this one are read as the others are.</summary>
    private IReadOnlyList<string> Others { get; init; } = [];

    public override IReadOnlyList<string> Unread => Others;

    public static WorkbookRows Open(Stream stream, string file, TableOptions options)
    {
        var package = WorkbookPackage.Open(stream, file);
        try
        {
            var part = package.SheetPart(options.Sheet);
            return new WorkbookRows(package, SharedStrings.Read(package), part, options) { Others = package.OtherSheets(part) };
        }
        catch (Exception trouble) when (trouble is XmlException or InvalidDataException or IOException)
        {
            package.Dispose();
            throw package.Fault(trouble.Message, "xl/workbook.xml");
        }
        catch
        {
            package.Dispose();
            throw;
        }
    }

    public override string?[]? Next()
    {
        try
        {
            while (_sheet.Read())
            {
                if (_sheet.NodeType == XmlNodeType.Element && _sheet.LocalName == "row" && Row() is { } row)
                {
                    return row;
                }
            }

            return null;
        }
        catch (Exception trouble) when (trouble is XmlException or InvalidDataException or IOException)
        {
            throw _package.Fault(trouble is XmlException { LineNumber: var line, LinePosition: var column } ? $"第 {line} 行第 {column} 个字符不是正确的 XML" : "压缩数据损坏", _part);
        }
    }

    public override void Dispose()
    {
        _sheet.Dispose();
        _package.Dispose();
    }

    /// <summary>Null for an empty row.</summary>
    private string?[]? Row()
    {
        _cells.Clear();
        if (_sheet.IsEmptyElement)
        {
            return null;
        }

        var depth = _sheet.Depth;
        while (_sheet.Read() && _sheet.Depth > depth)
        {
            if (_sheet.NodeType == XmlNodeType.Element && _sheet.LocalName == "c")
            {
                Cell();
            }
        }

        return _cells.TrueForAll(string.IsNullOrWhiteSpace) ? null : [.. _cells];
    }

    private void Cell()
    {
        var reference = _sheet.GetAttribute("r");
        var type = _sheet.GetAttribute("t") ?? "n";
        var column = reference is null ? _cells.Count : Column(reference);
        if (column < 0 || column >= _options.MaxColumns)
        {
            throw _package.Fault($"单元格 {(reference?.Length > 12 ? "的位置" : reference)} 不在前 {_options.MaxColumns} 列", _part);
        }

        while (_cells.Count <= column)
        {
            _cells.Add(null);
        }

        _cells[column] = Value(type);
    }

    private string? Value(string type)
    {
        if (_sheet.IsEmptyElement)
        {
            return null;
        }

        var depth = _sheet.Depth;
        var (read, inValue) = (new System.Text.StringBuilder(), false);
        while (_sheet.Read() && _sheet.Depth > depth)
        {
            if (_sheet.NodeType == XmlNodeType.Element)
            {
                inValue = _sheet.LocalName is "v" or "t";
            }
            else if (inValue && _sheet.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA)
            {
                read.Append(_sheet.Value);
                if (read.Length > _options.MaxField)
                {
                    throw _package.Fault($"一个单元格超过 {_options.MaxField} 个字符", _part);
                }
            }
        }

        var text = read.ToString();
        return type switch
        {
            "s" => _strings.At(text) ?? throw _package.Fault("单元格指向不存在的共享字符串", _part),
            "b" => text == "1" ? "true" : "false",
            "e" => null,
            _ => text,
        };
    }

    /// <summary>Letters of A1-style references to a column from 0; -1 where it is none.</summary>
    private static int Column(string reference)
    {
        var column = 0;
        var at = 0;
        for (; at < reference.Length && at < 4 && char.IsAsciiLetter(reference[at]); at++)
        {
            column = (column * 26) + char.ToUpperInvariant(reference[at]) - 'A' + 1;
        }

        return at is 0 or 4 ? -1 : column - 1;
    }
}

/// <summary>The strings the cells of a workbook share (clause 18.4); phonetic readings are left out.</summary>
internal sealed class SharedStrings
{
    private const string Part = "xl/sharedStrings.xml";
    private const int MaxStrings = 4_000_000;
    private const long MaxCharacters = 128L * 1024 * 1024;

    private readonly List<string> _strings = [];

    public static SharedStrings Read(WorkbookPackage package)
    {
        var read = new SharedStrings();
        if (!package.Has(Part))
        {
            return read;
        }

        using var xml = package.Xml(Part);
        var (text, phonetic, inText, total) = (new System.Text.StringBuilder(), 0, false, 0L);
        while (xml.Read())
        {
            var starts = xml.NodeType == XmlNodeType.Element;
            if (starts || xml.NodeType == XmlNodeType.EndElement)
            {
                phonetic += xml.LocalName == "rPh" && !xml.IsEmptyElement ? (starts ? 1 : -1) : 0;
                inText = starts && xml.LocalName == "t" && phonetic == 0;
                if (xml.LocalName == "si" && (!starts || xml.IsEmptyElement))
                {
                    read._strings.Add(text.ToString());
                    text.Clear();
                }
            }
            else if (inText && xml.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace or XmlNodeType.CDATA)
            {
                text.Append(xml.Value);
                total += xml.Value.Length;
            }

            if (total > MaxCharacters || read._strings.Count > MaxStrings)
            {
                throw package.Fault($"共享字符串超过 {MaxStrings} 个或 {MaxCharacters} 个字符", Part);
            }
        }

        return read;
    }

    public string? At(string index) =>
        int.TryParse(index, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < _strings.Count ? _strings[at] : null;
}
