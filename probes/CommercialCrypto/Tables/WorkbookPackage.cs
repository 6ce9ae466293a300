using System.IO.Compression;
using System.Xml;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>The zip of a workbook. Parts are read under caps of their own, whatever their headers claim, and without document types.</summary>
internal sealed class WorkbookPackage : IDisposable
{
    private const int MaxParts = 4000;
    private const int ShownSheets = 50;
    private const long MaxPartBytes = 1024L * 1024 * 1024;

    /// <summary>Sheets of repeated rows are seen to shrink eighty to one; what shrinks further holds no data.</summary>
    private const long MaxRatio = 300;
    private const long FreeBytes = 4L * 1024 * 1024;

    /// <summary>Bytes of one text or tag.</summary>
    private const long LongestRun = 1024 * 1024;

    private readonly ZipArchive _zip;
    private readonly string _file;

    private WorkbookPackage(ZipArchive zip, string file) => (_zip, _file) = (zip, file);

    /// <exception cref="UnableException">Not a zip, or too many parts.</exception>
    public static WorkbookPackage Open(Stream stream, string file)
    {
        ZipArchive zip;
        try
        {
            zip = new ZipArchive(stream, ZipArchiveMode.Read);
            _ = zip.Entries.Count;
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or ArgumentException or NotSupportedException)
        {
            throw TableFault.Of(file, "以 PK 开头但压缩包目录损坏或被截断", "完整的 .xlsx 工作簿");
        }

        return zip.Entries.Count <= MaxParts ? new WorkbookPackage(zip, file) : throw TableFault.Of(file, $"压缩包里有 {zip.Entries.Count} 个部件", $"不多于 {MaxParts} 个部件的 .xlsx 工作簿");
    }

    public bool Has(string part) => _zip.GetEntry(part) is not null;

    public XmlReader Xml(string part)
    {
        var entry = _zip.GetEntry(part) ?? throw TableFault.Of(_file, $"压缩包里没有 {part}", ".xlsx 工作簿");
        Stream content;
        try
        {
            content = entry.Open();
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or NotSupportedException)
        {
            throw Fault("压缩数据损坏或加了密", part);
        }

        var most = Math.Min(MaxPartBytes, Math.Max(FreeBytes, entry.CompressedLength * MaxRatio));
        return XmlReader.Create(new CappedStream(content, most, found => Fault(found, part)), new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            IgnoreComments = true,
            IgnoreProcessingInstructions = true,
            MaxCharactersInDocument = MaxPartBytes,
            CloseInput = true,
        });
    }

    /// <summary>The part of a worksheet by its name; of the first one where null.</summary>
    public string SheetPart(string? name)
    {
        var sheets = Pairs("xl/workbook.xml", "sheet", "name", "id");
        var chosen = name is null ? sheets.FirstOrDefault() : sheets.FirstOrDefault(s => s.Key == name);
        if (chosen.Key is null)
        {
            throw TableFault.Of(_file, name is null ? "工作簿里没有工作表" : $"没有工作表 {name}", $"其中之一：{string.Join("、", sheets.Take(20).Select(s => s.Key))}");
        }

        var target = Pairs("xl/_rels/workbook.xml.rels", "Relationship", "Id", "Target").FirstOrDefault(r => r.Key == chosen.Value).Value
            ?? throw Fault($"没有写工作表 {chosen.Value} 在哪里", "xl/_rels/workbook.xml.rels");
        return target.StartsWith('/') ? target[1..] : $"xl/{target}";
    }

    /// <summary>Names of the worksheets with at least one cell that are not in that part, hidden ones marked.</summary>
    public IReadOnlyList<string> OtherSheets(string part)
    {
        var targets = Pairs("xl/_rels/workbook.xml.rels", "Relationship", "Id", "Target");
        var hidden = Pairs("xl/workbook.xml", "sheet", "name", "state").Where(s => s.Value is "hidden" or "veryHidden").Select(s => s.Key).ToHashSet(StringComparer.Ordinal);
        var (found, looked) = (new List<string>(), 0);
        foreach (var (name, id) in Pairs("xl/workbook.xml", "sheet", "name", "id"))
        {
            var target = targets.FirstOrDefault(t => t.Key == id).Value;
            var other = target is null ? null : target.StartsWith('/') ? target[1..] : $"xl/{target}";
            if (found.Count < ShownSheets && other is not null && other != part && (++looked > ShownSheets || HasCells(other)))
            {
                found.Add(hidden.Contains(name) ? $"{name}（隐藏）" : name);
            }
        }

        return found;
    }

    /// <summary>A sheet that cannot be read counts as one with cells.</summary>
    private bool HasCells(string part)
    {
        if (!Has(part))
        {
            return false;
        }

        try
        {
            using var xml = Xml(part);
            for (var cell = false; xml.Read();)
            {
                cell |= xml.NodeType == XmlNodeType.Element && xml.LocalName == "c";
                if (cell && xml.NodeType == XmlNodeType.Text)
                {
                    return true;
                }
            }

            return false;
        }
        catch (Exception broken) when (broken is XmlException or InvalidDataException or IOException or UnableException)
        {
            return true;
        }
    }

    public UnableException Fault(string found, string part) => TableFault.Of(_file, $"{part} {found}", "完整的 .xlsx 工作簿");

    public void Dispose() => _zip.Dispose();

    private List<KeyValuePair<string, string>> Pairs(string part, string element, string key, string value)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        using var xml = Xml(part);
        while (xml.Read() && pairs.Count < MaxParts)
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

    private sealed class CappedStream(Stream inner, long most, Func<string, Exception> fault) : Stream
    {
        private long _read;
        private long _run;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _read; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            _read += read;
            if (_read > most)
            {
                throw fault($"解压后超过 {most} 字节（压缩前后相差 {MaxRatio} 倍以上）");
            }

            Measure(buffer[..read]);
            return read;
        }

        /// <summary>The reader of XML keeps a text or tag whole, whatever its length.</summary>
        private void Measure(ReadOnlySpan<byte> bytes)
        {
            for (int at; (at = bytes.IndexOfAny((byte)'<', (byte)'>')) >= 0; bytes = bytes[(at + 1)..])
            {
                Check(_run + at);
                _run = 0;
            }

            _run += bytes.Length;
            Check(_run);
        }

        private void Check(long run)
        {
            if (run > LongestRun)
            {
                throw fault($"有一处文字或标记超过 {LongestRun} 字节（Excel 的单元格至多 32767 个字符）");
            }
        }

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
