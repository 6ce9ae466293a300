using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Many targets at a glance: a row each, made for 80 columns.</summary>
internal static class TargetOverview
{
    private const int WhyCap = 60;

    /// <summary>The field of each kind that says most in few words; kinds not named here are counted alone.</summary>
    private static readonly (string Kind, string Field)[] Telling = [("tls.protocol-versions", "confirmed")];

    public static void Write(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets)
    {
        var table = new Table().Border(TableBorder.Rounded).Title("概览");
        table.AddColumn("目标");
        table.AddColumn("要点");
        table.AddColumn(new TableColumn("已观测").RightAligned().NoWrap());
        table.AddColumn(new TableColumn("未核验").RightAligned().NoWrap());
        foreach (var target in targets)
        {
            var own = records.Where(r => r.TargetId == target.TargetId).ToList();
            table.AddRow(
                new Text(Printable.Of(NameOf(target))),
                new Text(Printable.Of(Summary(own, target))),
                new Text($"{own.Count(r => r.Outcome is Observed)}"),
                new Text($"{own.Count(r => r.Outcome is Unable)}"));
        }

        Terminal.Out.Write(table);
    }

    private static string NameOf(Target target) => target is not Endpoint endpoint ? target.DisplayName : endpoint.Authority
        + (endpoint.StartTls is { } startTls ? $" {startTls.Word()}" : "")
        + (endpoint.ServerName is { } name ? $" {name}" : "");

    private static string Summary(List<ProbeRecord> records, Target target)
    {
        foreach (var (kind, field) in Telling)
        {
            var data = records.Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations).FirstOrDefault(o => o.Kind == kind)?.Data;
            if (data is { } known && known.TryGetProperty(field, out var list) && list.ValueKind == JsonValueKind.Array)
            {
                return list.GetArrayLength() == 0 ? "无" : string.Join("、", list.EnumerateArray().Select(v => v.GetString()));
            }
        }

        var why = records.Select(r => r.Outcome).OfType<Unable>().FirstOrDefault()?.Message ?? "";
        why = target is Endpoint endpoint ? why.Replace(endpoint.Authority, "", StringComparison.Ordinal).Trim() : why;
        return why.Length > WhyCap ? string.Concat(why.AsSpan(0, WhyCap), "…") : why;
    }
}
