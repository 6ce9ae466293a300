using System.Text;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>RFC 4180 with any separator: quoted fields may hold separators, line breaks and doubled quotes. Empty lines are passed over.</summary>
internal sealed class SeparatedRows(CharFeed feed, char separator, TableOptions options) : RowSource
{
    /// <summary>What MySQL and PostgreSQL write for null.</summary>
    private const string Null = "\\N";

    private readonly StringBuilder _field = new();
    private readonly List<string?> _cells = [];

    public override string?[]? Next()
    {
        while (feed.Peek() >= 0)
        {
            _cells.Clear();
            bool more, wasQuoted;
            do
            {
                (more, wasQuoted) = Field();
                if (_cells.Count > options.MaxColumns)
                {
                    throw feed.Fault($"的字段多于 {options.MaxColumns} 个", "列数有限的表格；分隔符可能认错了");
                }
            }
            while (more);
            if (_cells.Count > 1 || wasQuoted || !string.IsNullOrWhiteSpace(_cells[0]))
            {
                return [.. _cells];
            }
        }

        return null;
    }

    public override void Dispose() => feed.Dispose();

    /// <returns>Whether another field follows in this row, and whether this one was quoted.</returns>
    private (bool More, bool Quoted) Field()
    {
        _field.Clear();
        var quoted = feed.Peek() == '"';
        if (quoted)
        {
            Quoted();
        }

        while (true)
        {
            var c = feed.Take();
            if (c < 0 || c == '\n' || c == separator || (c == '\r' && feed.Peek() is '\n' or -1))
            {
                if (c == '\r')
                {
                    feed.Take();
                }

                var text = _field.ToString();
                _cells.Add(!quoted && text == Null ? null : text);
                return (c == separator, quoted);
            }

            Append((char)c);
        }
    }

    private void Quoted()
    {
        var (line, offset) = (feed.Line, feed.Offset);
        feed.Take();
        while (true)
        {
            var c = feed.Take();
            if (c < 0)
            {
                throw TableFault.Of(feed.File, $"第 {line} 行（第 {offset} 个字符）开始的引号到文件末尾没有闭合", "成对的双引号，引号里的双引号写两次");
            }

            if (c != '"')
            {
                Append((char)c);
            }
            else if (feed.Peek() == '"')
            {
                Append((char)feed.Take());
            }
            else
            {
                return;
            }
        }
    }

    private void Append(char c)
    {
        if (_field.Length >= options.MaxField)
        {
            throw feed.Fault($"的一个字段超过 {options.MaxField} 个字符", "长度有限的字段；可能有没有闭合的引号");
        }

        _field.Append(c);
    }
}

/// <summary>Which character separates the fields of a text.</summary>
internal static class Separator
{
    private const int Lines = 40;
    private static readonly char[] Known = ['\t', ',', ';', '|'];

    /// <summary>The one that occurs equally often in most of the first lines; a comma where none does.</summary>
    public static char In(ReadOnlySpan<char> ahead)
    {
        var (best, bestScore) = (',', 0.0);
        foreach (var candidate in Known)
        {
            var counts = Counts(ahead, candidate);
            var usual = counts.Count == 0 ? 0 : counts.GroupBy(c => c).MaxBy(g => (g.Count(), g.Key))!.Key;
            var score = usual == 0 ? 0 : (double)counts.Count(c => c == usual) / counts.Count + (usual / 10_000.0);
            if (score > bestScore)
            {
                (best, bestScore) = (candidate, score);
            }
        }

        return best;
    }

    /// <summary>Occurrences outside quotes, line by line; a last line that the buffer cuts is left out.</summary>
    private static List<int> Counts(ReadOnlySpan<char> ahead, char separator)
    {
        var counts = new List<int>();
        var (count, length, quoted) = (0, 0, false);
        foreach (var c in ahead)
        {
            quoted ^= c == '"';
            if (c == '\n' && !quoted)
            {
                if (length > 0)
                {
                    counts.Add(count);
                }

                (count, length) = (0, 0);
                if (counts.Count == Lines)
                {
                    break;
                }
            }
            else
            {
                count += c == separator && !quoted ? 1 : 0;
                length += c == '\r' ? 0 : 1;
            }
        }

        if (counts.Count == 0)
        {
            counts.Add(count);
        }

        return counts;
    }
}
