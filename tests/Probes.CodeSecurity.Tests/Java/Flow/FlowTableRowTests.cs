using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Rows of the tables: each is read, and says nothing that an earlier one for the same method says already or takes away.</summary>
public sealed class FlowTableRowTests
{
    private const int MostArguments = 20;

    private static IEnumerable<(string File, string Type, string Name, FlowMethod Row)> Rows =>
        from table in FlowCase.Tables
        from type in table.Types
        from row in type.Methods
        from name in row.Names
        select (table.File.File, type.Name, name, row);

    [Fact]
    public void No_row_stands_behind_one_that_is_read_in_its_place() =>
        Assert.Empty(Rows.Where(r => !IsRead(FlowCase.Apis, r.Type, r.Name, r.Row)).Select(r => $"{r.File} {r.Type} {r.Name}"));

    [Fact]
    public void No_row_says_once_more_what_another_one_says()
    {
        var twice = Rows.Where(r => !r.Row.IsField).GroupBy(r => (r.Type, r.Name, r.Row.Arguments, Said(r.Row))).Where(g => g.Count() > 1);
        Assert.Empty(twice.Select(g => $"{string.Join(", ", g.Select(r => r.File))} {g.Key.Type} {g.Key.Name}"));
        Assert.Empty(Rows.Where(r => r.Row.Names.Distinct(StringComparer.Ordinal).Count() < r.Row.Names.Count).Select(r => $"{r.File} {r.Type} {r.Name}"));
    }

    [Fact]
    public void A_further_row_of_a_method_says_only_what_is_read_of_it()
    {
        var further = Rows.Where(r => !r.Row.IsField && !IsFirst(r.Type, r.Name, r.Row));
        Assert.Empty(further.Where(r => r.Row.Source is not null || r.Row.Into is not null || r.Row.Notes.Count > 0 || r.Row.FixedProgram && r.Row.Sink is null).Select(r => $"{r.File} {r.Type} {r.Name}"));
    }

    [Fact]
    public void A_hidden_row_is_seen_by_this_test()
    {
        var (file, first) = (FlowCase.Tables[0], new FlowMethod { Names = ["read"], IsInert = true });
        FlowMethod[] rows = [first, new() { Names = ["read"], Returns = "int" }, new() { Names = ["read"], Arguments = 2 }, new() { Names = ["read"], Sink = "sql" }];
        var index = new ApiIndex([file with { Types = [new FlowType("a.B", [], false, rows)] }]);
        Assert.Equal([true, false, true, true], rows.Select(r => IsRead(index, "a.B", "read", r)));
    }

    private static bool IsRead(ApiIndex index, string type, string name, FlowMethod row) => row.IsField
        ? ReferenceEquals(index.Field(type, name), row)
        : Counts(row).Any(c => index.Find(type, name, c) is { } found && (ReferenceEquals(found.Known, row) || found.More.Exists(m => ReferenceEquals(m.Known, row))));

    private static bool IsFirst(string type, string name, FlowMethod row) => Counts(row).Any(c => ReferenceEquals(FlowCase.Apis.Find(type, name, c)?.Known, row));

    private static IEnumerable<int> Counts(FlowMethod row) => row.Arguments is { } count ? [count] : Enumerable.Range(0, MostArguments + 1);

    private static string Said(FlowMethod row) => string.Join('|', row.Sink, string.Join(' ', row.At), row.Matches, row.Always, string.Join(' ', row.Unless.Select(u => string.Join('+', u))), row.With, row.Until, row.Acts, string.Join(' ', row.Cleans), string.Join(' ', row.Guards), string.Join(' ', row.GuardsNot));
}
