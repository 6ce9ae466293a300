using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Fields of a table with separators (RFC 4180): quotes may hold separators, line ends and doubled quotes.</summary>
internal sealed class TableScan(TextReader reader, char separator)
{
    private const int LongestField = 1024 * 1024;
    private const int MostFields = 2000;

    private readonly StringBuilder _field = new();
    private long _lines = 1;

    /// <summary>On which the last record began; the heading begins on line 1.</summary>
    public long Line { get; private set; }

    /// <returns>Null at the end.</returns>
    /// <exception cref="RowsBrokenException">A field without end, or too many.</exception>
    public List<string>? Next()
    {
        if (reader.Peek() < 0)
        {
            return null;
        }

        Line = _lines;
        var fields = new List<string>();
        while (true)
        {
            var end = ReadField();
            fields.Add(_field.ToString());
            if (fields.Count > MostFields)
            {
                throw new RowsBrokenException($"第 {Line} 行超过 {MostFields} 列");
            }

            if (end != separator)
            {
                return fields;
            }
        }
    }

    /// <returns>What ended it: the separator, a line feed, or -1.</returns>
    private int ReadField()
    {
        _field.Clear();
        var quoted = reader.Peek() == '"';
        if (quoted)
        {
            _ = reader.Read();
        }

        while (true)
        {
            var c = reader.Read();
            if (c == '\n')
            {
                _lines++;
            }

            if (quoted && c == '"')
            {
                quoted = reader.Peek() == '"';
                if (!quoted)
                {
                    continue;
                }

                _ = reader.Read();
            }
            else if (c < 0 && quoted)
            {
                throw new RowsBrokenException($"第 {Line} 行起的引号没有结束");
            }
            else if (!quoted && (c < 0 || c == separator || c == '\n'))
            {
                return c;
            }
            else if (!quoted && c == '\r' && reader.Peek() is '\n' or -1)
            {
                continue;
            }

            if (_field.Length >= LongestField)
            {
                throw new RowsBrokenException($"第 {Line} 行有一个字段超过 {LongestField} 个字符{(quoted ? "（引号可能没有结束）" : "")}");
            }

            _field.Append((char)c);
        }
    }
}
