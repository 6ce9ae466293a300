using System.Globalization;
using SmartCity.SecurityCheck.Model;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Rules over source code, of all tables.</summary>
internal static class CodeRuleList
{
    public static void Write(ProbeTables tables, bool asJson)
    {
        var rules = All(tables).ToList();
        if (asJson)
        {
            RunWatch.Line(rules.Select(r => new { r.Id, r.Word, r.Title, r.Severity, r.Cwe }));
            return;
        }

        var table = new Table().Border(TableBorder.Rounded).Expand();
        table.AddColumn(new TableColumn("编号").NoWrap());
        table.AddColumn("缺陷");
        table.AddColumn(new TableColumn("等级").NoWrap());
        table.AddColumn(new TableColumn("CWE").NoWrap());
        foreach (var rule in rules)
        {
            table.AddRow(new Text(rule.Word is { } word ? $"{rule.Id} {word}" : rule.Id), new Text(rule.Title), new Text(rule.Severity?.Name() ?? "—"), new Text(rule.Cwe?.ToString(CultureInfo.InvariantCulture) ?? "—"));
        }

        Terminal.Out.Write(table);
        Terminal.Out.WriteLine($"共 {rules.Count} 条；用 securitycheck explain 编号 看含义、认法、修复与正反例。编号后面的英文是 flows 里写缺陷用的词。");
    }

    private static IEnumerable<(string Id, string? Word, string Title, Severity? Severity, int? Cwe)> All(ProbeTables tables) =>
    [
        .. tables.Flows.SelectMany(t => t.Weaknesses).Select(w => (w.Rule, w.Id, w.Title, (Severity?)w.Severity, (int?)w.Cwe)),
        .. tables.Settings.SelectMany(t => t.Rules).Select(r => (r.Id, (string?)null, r.Title, (Severity?)r.Severity, (int?)r.Cwe)),
        .. tables.Patterns.SelectMany(t => t.Rules).Select(r => (r.Id, (string?)null, r.Title, r.Defect?.Severity, r.Defect?.Cwe)),
        .. tables.Secrets.SelectMany(t => t.Patterns).Select(p => (p.Id, (string?)null, p.Title, (Severity?)p.Severity, (int?)p.Cwe)),
    ];
}
