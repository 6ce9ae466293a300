using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>Reads tables and JSON lines record by record, in UTF-8, UTF-16 or GBK, with as much in memory as one record.</summary>
internal static class SignedRowReader
{
    private const int SniffBytes = 64 * 1024;
    private const int LongestLine = 4 * 1024 * 1024;
    private const int MostNames = 10_000;
    private const int GbkCodePage = 936;

    private static readonly JsonDocumentOptions JsonLimits = new() { MaxDepth = 32 };

    /// <param name="stream">From its start; must be able to seek.</param>
    /// <param name="name">Of the file, whose ending says what it is.</param>
    /// <param name="columns">Asked for.</param>
    /// <param name="met">Takes the names of all columns, of JSON those at the top.</param>
    /// <exception cref="UnableException">A table without the columns.</exception>
    /// <exception cref="RowsBrokenException">While reading: the file cannot be read on.</exception>
    public static IEnumerable<SignedRow> Read(Stream stream, string name, IReadOnlyList<string> columns, ISet<string> met)
    {
        var head = new byte[Math.Min(SniffBytes, stream.Length)];
        stream.ReadExactly(head);
        stream.Position = 0;
        var reader = new StreamReader(stream, EncodingOf(head), detectEncodingFromByteOrderMarks: true);
        var ending = Path.GetExtension(name).ToLowerInvariant();
        return ending is ".jsonl" or ".ndjson" or ".json" ? JsonLines(reader, columns, met) : Table(reader, name, ending == ".tsv" ? '\t' : ',', columns, met);
    }

    /// <summary>UTF-8 where the beginning is nothing else; the cut at the end of the beginning may split a character.</summary>
    private static Encoding EncodingOf(ReadOnlySpan<byte> head)
    {
        for (var cut = 0; cut <= 3 && cut <= head.Length; cut++)
        {
            if (System.Text.Unicode.Utf8.IsValid(head[..^cut]))
            {
                return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
            }
        }

        return Gbk;
    }

    public static Encoding Gbk { get; } = CodePagesEncodingProvider.Instance.GetEncoding(GbkCodePage) ?? Encoding.Latin1;

    private static IEnumerable<SignedRow> Table(StreamReader reader, string name, char separator, IReadOnlyList<string> columns, ISet<string> met)
    {
        var table = new TableScan(reader, separator);
        if (table.Next() is not { } heading)
        {
            throw new UnableException(FailureKind.BadInput, $"{name} 是空文件，第一行应为列名");
        }

        var places = columns.Select(c => heading.FindIndex(h => h.Trim() == c)).ToArray();
        if (Array.IndexOf(places, -1) is var missing and >= 0)
        {
            throw new UnableException(FailureKind.BadInput, $"{name} 第一行没有列 {columns[missing]}，有：{string.Join("、", heading.Take(30).Select(h => Cut(h.Trim())))}");
        }

        met.UnionWith(heading.Select(h => h.Trim()));
        return Rows(table, places, heading.Count);
    }

    private static IEnumerable<SignedRow> Rows(TableScan table, int[] places, int width)
    {
        while (table.Next() is { } fields)
        {
            if (fields is [""])
            {
                continue;
            }

            var values = Array.ConvertAll(places, p => p < fields.Count ? fields[p] : null);
            yield return new SignedRow(table.Line, values, fields.Count != width ? $"有 {fields.Count} 列，列名行有 {width} 列" : Undecodable(values));
        }
    }

    private static IEnumerable<SignedRow> JsonLines(StreamReader reader, IReadOnlyList<string> columns, ISet<string> met)
    {
        var line = 0L;
        while (ReadLine(reader, ++line) is { } text)
        {
            if (!string.IsNullOrWhiteSpace(text))
            {
                yield return OfJson(text, line, columns, met);
            }
        }
    }

    private static SignedRow OfJson(string text, long line, IReadOnlyList<string> columns, ISet<string> met)
    {
        try
        {
            using var json = JsonDocument.Parse(text, JsonLimits);
            if (json.RootElement.ValueKind == JsonValueKind.Object && met.Count < MostNames)
            {
                met.UnionWith(json.RootElement.EnumerateObject().Select(p => p.Name));
            }

            var values = columns.Select(c => Value(json.RootElement, c)).ToArray();
            return new SignedRow(line, values, json.RootElement.ValueKind == JsonValueKind.Object ? Undecodable(values) : "不是 JSON 对象");
        }
        catch (JsonException wrong)
        {
            return new SignedRow(line, new string?[columns.Count], $"不是合格的 JSON（第 {wrong.BytePositionInLine + 1} 字节处）");
        }
        catch (InvalidOperationException)
        {
            return new SignedRow(line, new string?[columns.Count], "字符串里有不成对的代理字符");
        }
    }

    /// <summary>A dot in a name goes one object deeper; numbers are taken as they are written.</summary>
    private static string? Value(JsonElement at, string path)
    {
        foreach (var name in at.ValueKind == JsonValueKind.Object && at.TryGetProperty(path, out _) ? [path] : path.Split('.'))
        {
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.String => at.GetString(),
            _ => at.GetRawText(),
        };
    }

    private static string? Undecodable(string?[] values) =>
        Array.Exists(values, v => v?.Contains('\uFFFD', StringComparison.Ordinal) == true) ? "含有文件编码里没有的字节" : null;

    private static string? ReadLine(StreamReader reader, long line)
    {
        var text = new StringBuilder();
        for (var c = reader.Read(); c >= 0; c = reader.Read())
        {
            if (c == '\n')
            {
                return text.ToString();
            }

            if (text.Length >= LongestLine)
            {
                throw new RowsBrokenException($"第 {line} 行超过 {LongestLine} 个字符");
            }

            text.Append((char)c);
        }

        return text.Length > 0 ? text.ToString() : null;
    }

    private static string Cut(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
