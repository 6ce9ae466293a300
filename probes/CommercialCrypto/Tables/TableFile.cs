using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>How a file holds its rows.</summary>
internal enum TableFormat
{
    /// <summary>Fields between commas, tabs, semicolons or bars (RFC 4180 quoting).</summary>
    Separated,

    /// <summary>A JSON array of objects, objects one after the other, or an object around such an array.</summary>
    Json,

    /// <summary>A worksheet of an .xlsx workbook (ISO/IEC 29500).</summary>
    Workbook,

    /// <summary>INSERT statements of a database dump.</summary>
    Inserts,

    /// <summary>A YAML list of flat entries.</summary>
    Yaml,
}

/// <summary>What the reader is told, and where it stops.</summary>
internal sealed record TableOptions
{
    public static TableOptions Default { get; } = new();

    /// <summary>Whether the first row holds names; null to find out.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>Worksheet or table of the dump; null for the first.</summary>
    public string? Sheet { get; init; }

    /// <summary>Rows after which reading stops; <see cref="Table.IsWhole"/> is false then.</summary>
    public long MaxRows { get; init; } = 2_000_000;

    public int MaxColumns { get; init; } = 1000;

    /// <summary>Characters of one field.</summary>
    public int MaxField { get; init; } = 4 * 1024 * 1024;

    /// <summary>Bytes of the file.</summary>
    public long MaxBytes { get; init; } = 4L * 1024 * 1024 * 1024;
}

/// <summary>One row. <paramref name="Number"/> counts data rows from 1; a name row is not counted.</summary>
internal sealed record TableRow(long Number, IReadOnlyList<string?> Cells)
{
    /// <summary>Null where the row is too short or the file says null.</summary>
    public string? this[int column] => column >= 0 && column < Cells.Count ? Cells[column] : null;
}

/// <summary>Rows of one format; names come with them or out of the first row.</summary>
internal abstract class RowSource : IDisposable
{
    /// <summary>Null where the format carries none and the first row may hold them. Grows while JSON is read.</summary>
    public virtual IReadOnlyList<string>? Names => null;

    /// <summary>Parts of the file that hold data and are not among the rows, by name; none where nobody could mistake the rows for the whole.</summary>
    public virtual IReadOnlyList<string> Unread => [];

    /// <summary>Null at the end.</summary>
    public abstract string?[]? Next();

    public abstract void Dispose();
}

/// <summary>Opens a file of a sample as a table, whatever of the known formats it has.</summary>
internal static class TableFile
{
    private static ReadOnlySpan<byte> Zip => "PK\u0003\u0004"u8;

    private static ReadOnlySpan<byte> CompoundFile => [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    /// <exception cref="UnableException">Too large, encrypted, or of no format that is known; the message says where and what was expected.</exception>
    public static Table Open(FileTree tree, string name, TableOptions options, CancellationToken cancellationToken = default)
    {
        var stream = tree.OpenRead(name);
        try
        {
            return Open(stream, name, options, cancellationToken);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Sheets of a workbook with data that are not read; none for other files.</summary>
    public static IReadOnlyList<string> UnreadSheets(FileTree tree, string name, TableOptions options)
    {
        using var stream = tree.OpenRead(name);
        if (!Head(stream).StartsWith(Zip))
        {
            return [];
        }

        using var rows = WorkbookRows.Open(stream, name, options);
        return rows.Unread;
    }

    /// <summary>Whether the file is no text and no workbook, so that only its bytes can be looked at.</summary>
    public static bool IsBinary(FileTree tree, string name)
    {
        using var stream = tree.OpenRead(name);
        var head = Head(stream);
        return !head.StartsWith(Zip) && TextEncodings.Detect(stream, name, CancellationToken.None) is { Encoding: null };
    }

    private static Table Open(Stream stream, string name, TableOptions options, CancellationToken cancellationToken)
    {
        if (stream.Length > options.MaxBytes)
        {
            throw TableFault.Of(name, $"文件有 {stream.Length} 字节", $"不超过 {options.MaxBytes} 字节；请抽取一部分记录");
        }

        var head = Head(stream);
        if (head.StartsWith(Zip))
        {
            return new Table(name, TableFormat.Workbook, null, WorkbookRows.Open(stream, name, options), options);
        }

        if (head.StartsWith(CompoundFile))
        {
            throw TableFault.Of(name, "第 0 字节起是复合文档（旧版 .xls 或加了打开口令的 .xlsx）", "未加密的 .xlsx、CSV 或 JSON");
        }

        var found = TextEncodings.Detect(stream, name, cancellationToken);
        if (found.Encoding is null)
        {
            throw TableFault.Of(name, found.Fault!, "UTF-8、UTF-16 或 GB18030 文本，或者 .xlsx");
        }

        stream.Position = found.Preamble;
        var feed = new CharFeed(new StreamReader(stream, found.Encoding, detectEncodingFromByteOrderMarks: false, bufferSize: 1 << 16), name);
        var format = FormatOf(feed.Ahead(), name);
        RowSource rows = format switch
        {
            TableFormat.Json => new JsonRows(feed, options),
            TableFormat.Inserts => new InsertRows(feed, options),
            TableFormat.Yaml => new YamlRows(feed, options),
            _ => new SeparatedRows(feed, Separator.In(feed.Ahead()), options),
        };
        return new Table(name, format, found.Name, rows, options);
    }

    private static TableFormat FormatOf(ReadOnlySpan<char> ahead, string name)
    {
        var start = ahead.TrimStart();
        return start.Length > 0 && start[0] is '[' or '{' && JsonRows.LooksLikeRows(start) ? TableFormat.Json
            : name.EndsWith(".sql", StringComparison.OrdinalIgnoreCase) || start.StartsWith("INSERT INTO ", StringComparison.OrdinalIgnoreCase) ? TableFormat.Inserts
            : name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) ? TableFormat.Yaml
            : TableFormat.Separated;
    }

    private static ReadOnlySpan<byte> Head(Stream stream)
    {
        var head = new byte[8];
        var length = stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        stream.Position = 0;
        return head.AsSpan(0, length);
    }
}

/// <summary>Words of the refusals: which file, what was found where, what was expected.</summary>
internal static class TableFault
{
    public static UnableException Of(string file, string found, string expected) => new(FailureKind.BadInput, $"{file}：{found}；应为{expected}");
}
