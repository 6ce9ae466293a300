using System.Text;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>CSV (RFC 4180).</summary>
internal static class TableText
{
    private const int MostCells = 64;

    public static string Quote(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A spreadsheet takes such a cell as a formula.</summary>
    public static bool IsFormula(string cell) => cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r';

    public static string Escape(string cell) => IsFormula(cell) ? "'" + cell : cell;

    /// <summary>The first three characters and the last two are kept.</summary>
    public static string Mask(string number) => number.Length < 8 ? "****" : string.Concat(number.AsSpan(0, 3), new string('*', number.Length - 5), number.AsSpan(number.Length - 2));

    /// <summary>Rows with the number of the line on which they begin.</summary>
    /// <exception cref="TableFaultException">An open quotation mark, or too many cells.</exception>
    public static IReadOnlyList<(int Line, IReadOnlyList<string> Cells)> Read(string text)
    {
        var (rows, cells, cell) = (new List<(int, IReadOnlyList<string>)>(), new List<string>(), new StringBuilder());
        var (line, began, isQuoted) = (1, 1, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            line += c == '\n' ? 1 : 0;
            if (isQuoted ? c != '"' : c is not ('"' or ',' or '\n' or '\r'))
            {
                cell.Append(c);
            }
            else if (c == '"' && isQuoted && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (c == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (c is ',' or '\n')
            {
                Close(cells, cell, began);
                if (c == '\n')
                {
                    rows.Add((began, cells));
                    (cells, began) = ([], line);
                }
            }
        }

        if (isQuoted)
        {
            throw new TableFaultException(began, "引号没有结束");
        }

        if (cell.Length > 0 || cells.Count > 0)
        {
            Close(cells, cell, began);
            rows.Add((began, cells));
        }

        return rows;
    }

    private static void Close(List<string> cells, StringBuilder cell, int line)
    {
        if (cells.Count >= MostCells)
        {
            throw new TableFaultException(line, "列太多");
        }

        cells.Add(cell.ToString());
        cell.Clear();
    }
}

/// <summary>A table that cannot be read.</summary>
/// <param name="line">From 1.</param>
/// <param name="reason">For people.</param>
internal sealed class TableFaultException(int line, string reason) : Exception(reason)
{
    public int Line => line;
}
