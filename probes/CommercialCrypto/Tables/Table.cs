namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>An open table; its rows can be walked once.</summary>
internal sealed class Table : IDisposable
{
    private readonly RowSource _source;
    private readonly TableOptions _options;
    private readonly List<string> _columns = [];
    private readonly string?[]? _first;

    public Table(string name, TableFormat format, string? encoding, RowSource source, TableOptions options)
    {
        (Name, Format, Encoding, _source, _options) = (name, format, encoding, source, options);
        IsWhole = options.Sheet is not null || source.Unread.Count == 0;
        _first = source.Next();
        if (source.Names is null && _first is not null)
        {
            HasHeader = options.HasHeader ?? HeaderGuess.IsHeader(_first);
            if (HasHeader)
            {
                _columns.AddRange(_first.Select((c, i) => string.IsNullOrWhiteSpace(c) ? Numbered(i) : c.Trim()));
                _first = source.Next();
            }
        }
    }

    public string Name { get; }

    public TableFormat Format { get; }

    /// <summary>UTF-8, UTF-16LE, UTF-16BE or GB18030; null for workbooks.</summary>
    public string? Encoding { get; }

    /// <summary>The first row was taken for names.</summary>
    public bool HasHeader { get; }

    /// <summary>Names, or 列1, 列2 … where there are none. May grow while rows are read.</summary>
    public IReadOnlyList<string> Columns
    {
        get
        {
            if (_source.Names is { } named)
            {
                return named;
            }

            Widen(_first?.Length ?? 0);
            return _columns;
        }
    }

    /// <summary>Known after the last row: false where <see cref="TableOptions.MaxRows"/> cut the rows off, or where other sheets hold data and nobody chose this one.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Rows whose number of fields is another than that of the names or of the first row.</summary>
    public long RaggedRows { get; private set; }

    public IEnumerable<TableRow> Rows(CancellationToken cancellationToken)
    {
        var number = 0L;
        var width = _source.Names is null ? Columns.Count : -1;
        for (var cells = _first; cells is not null; cells = _source.Next())
        {
            if (number == _options.MaxRows)
            {
                IsWhole = false;
                yield break;
            }

            if ((number & 0xFF) == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            if (width >= 0 && cells.Length != width)
            {
                RaggedRows++;
                Widen(cells.Length);
            }

            yield return new TableRow(++number, cells);
        }
    }

    /// <summary>By name (letter case and blanks around it aside), or by number from 1; -1 where there is none.</summary>
    public int Find(string column)
    {
        var wanted = column.Trim();
        for (var i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i], wanted, StringComparison.OrdinalIgnoreCase))
            {
                return i;
            }
        }

        return int.TryParse(wanted, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= Columns.Count
            ? number - 1
            : -1;
    }

    /// <exception cref="Probing.UnableException">There is no such column; the message lists those there are.</exception>
    public int Require(string column) => Find(column) is var at && at >= 0
        ? at
        : throw TableFault.Of(Name, $"没有名为 {column} 的列", $"其中之一：{string.Join("、", Columns.Take(40))}，或从 1 开始的列号");

    public void Dispose() => _source.Dispose();

    private void Widen(int width)
    {
        while (_columns.Count < width)
        {
            _columns.Add(Numbered(_columns.Count));
        }
    }

    private static string Numbered(int index) => $"列{index + 1}";
}

/// <summary>Whether a first row holds names rather than values.</summary>
internal static class HeaderGuess
{
    private const int LongestName = 40;

    public static bool IsHeader(IReadOnlyList<string?> cells)
    {
        var names = cells.Where(c => !string.IsNullOrWhiteSpace(c)).Select(c => c!.Trim()).ToList();
        return names.Count > 0 && names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Count && names.TrueForAll(IsName);
    }

    /// <summary>A word as columns are called: begins with a letter, and is no hexadecimal or base64 value.</summary>
    private static bool IsName(string text) =>
        text.Length <= LongestName && (char.IsLetter(text[0]) || text[0] == '_')
        && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or ' ' or '.' or '(' or ')' or '（' or '）' or '/' or '、' or '*' or ':' or '：' or '※')
        && !(text.Length >= 16 && (text.All(char.IsAsciiHexDigit) || (text.Any(char.IsAsciiDigit) && text.Any(char.IsAsciiLetterUpper) && text.Any(char.IsAsciiLetterLower))));
}
