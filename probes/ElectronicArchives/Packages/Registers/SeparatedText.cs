using System.Text;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Rows of a CSV text (RFC 4180); the separator is the first of comma, tab and semicolon that the first row has.</summary>
internal static class SeparatedText
{
    private const int MaxRows = 200_000;
    private const int MaxCells = 2_000_000;

    /// <exception cref="InvalidDataException">Quotes do not close, or it is too large.</exception>
    public static IReadOnlyList<IReadOnlyList<string>> Read(string text, CancellationToken stop)
    {
        var line = text.AsSpan(0, text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var end ? end : text.Length);
        var separator = line.Contains(',') ? ',' : line.Contains('\t') ? '\t' : line.Contains(';') ? ';' : ',';
        var rows = new List<IReadOnlyList<string>>();
        var (row, cell, cells) = (new List<string>(), new StringBuilder(), 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && cell.Length == 0)
            {
                i = Quoted(text, i + 1, cell);
            }
            else if (text[i] == separator || text[i] == '\n')
            {
                stop.ThrowIfCancellationRequested();
                row.Add(cell.ToString().TrimEnd('\r'));
                cell.Clear();
                cells++;
                if (text[i] == '\n')
                {
                    rows.Add(row);
                    row = [];
                }

                if (rows.Count > MaxRows || cells > MaxCells)
                {
                    throw new InvalidDataException($"超过 {MaxRows} 行或 {MaxCells} 格，没有读");
                }
            }
            else
            {
                cell.Append(text[i]);
            }
        }

        if (row.Count > 0 || cell.Length > 0)
        {
            row.Add(cell.ToString().TrimEnd('\r'));
            rows.Add(row);
        }

        return rows;
    }

    /// <returns>Place of the closing quote.</returns>
    private static int Quoted(string text, int from, StringBuilder cell)
    {
        for (var i = from; i < text.Length; i++)
        {
            if (text[i] != '"')
            {
                cell.Append(text[i]);
            }
            else if (i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else
            {
                return i;
            }
        }

        throw new InvalidDataException("引号没有配对");
    }
}
