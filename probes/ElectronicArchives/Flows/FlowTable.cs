using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>A table file that was downloaded.</summary>
/// <param name="Rows">Those with something in them, the head among them.</param>
/// <param name="Formulas">Numbers of rows by cell that a workbook says is computed; null of a text, where whoever opens it takes some cells for that.</param>
/// <param name="OtherSheets">Of a workbook: how many were not read.</param>
internal sealed partial record FlowTable(IReadOnlyList<FlowTableRow> Rows, IReadOnlyList<int>? Formulas, int OtherSheets)
{
    /// <summary>Numbers of the rows, once for each cell that has it.</summary>
    public IReadOnlyList<int> RowsWith(CellTrouble trouble) => trouble == CellTrouble.Formula && Formulas is { } computed ? computed
        : [.. Rows.SelectMany(r => r.Cells.Where(c => trouble == CellTrouble.Formula ? IsFormula(c.Trim()) : HasCard(c)).Select(_ => r.Number))];

    /// <summary>What a spreadsheet computes once it opens the text; a number with a sign is a number, and a sign alone is nothing.</summary>
    private static bool IsFormula(string cell) => cell is ['=' or '@', ..] || (cell is ['+' or '-', _, ..] && !Number().IsMatch(cell));

    /// <summary>Of a number that stands alone the shape is enough; within other text its check digit has to be right.</summary>
    private static bool HasCard(string cell) => Card().IsMatch(cell.Trim()) || Digits().Matches(cell).Any(m => ValueForms.IsIdentityNumber(m.Value));

    [GeneratedRegex(@"^[+-](?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?%?\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Number();

    [GeneratedRegex(@"^[1-9][0-9]{5}(?:18|19|20)[0-9]{9}[0-9Xx]\z", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Card();

    [GeneratedRegex("(?<![0-9])[1-9][0-9]{16}[0-9Xx](?![0-9])", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}

/// <param name="Number">In the file, from 1.</param>
/// <param name="Cells">As written.</param>
internal sealed record FlowTableRow(int Number, IReadOnlyList<string> Cells);
