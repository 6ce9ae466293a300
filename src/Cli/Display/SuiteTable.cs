using SmartCity.SecurityCheck.Reporting;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>The suites of a port for people: all of them, a row a version and class, the weakest class first.</summary>
internal static class SuiteTable
{
    public static void AddTo(Table table, IReadOnlyList<SuiteRow> rows)
    {
        foreach (var row in rows)
        {
            if (row.IsFirst)
            {
                table.AddRow(new Text(Printable.Of(row.Version)), new Text(""));
            }

            table.AddRow(new Text(Printable.Of($"  {row.Class}")), new Text(Printable.Of(string.Join('\n', row.Names))));
        }
    }
}
