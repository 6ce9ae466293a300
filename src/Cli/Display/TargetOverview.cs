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

    /// <param name="records">Without what was left out.</param>
    /// <param name="targets">A row each.</param>
    /// <param name="verdicts">What the rules say of them; empty where nothing was judged.</param>
    public static void Write(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets, IReadOnlyList<TargetVerdict> verdicts)
    {
        var judged = verdicts.ToDictionary(v => v.Target.TargetId, StringComparer.Ordinal);
        var own = records.ToLookup(r => r.TargetId, StringComparer.Ordinal);
        var table = new Table().Border(TableBorder.Rounded).Title("概览");
        table.AddColumn("目标");
        table.AddColumn("要点");
        List<string> counted = judged.Count > 0 ? ["等级", "不满足", "未核验"] : ["已观测", "未核验"];
        counted.ForEach(c => table.AddColumn(new TableColumn(c).RightAligned().NoWrap()));
        foreach (var target in targets)
        {
            List<ProbeRecord> seen = [.. own[target.TargetId]];
            List<string> numbers = judged.GetValueOrDefault(target.TargetId) is { } verdict
                ? [Letters(verdict), $"{verdict.Problems.Count}", $"{verdict.Counts.NeedsReview}"]
                : [$"{seen.Count(r => r.Outcome is Observed)}", $"{seen.Count(r => r.Outcome is Unable)}"];
            table.AddRow(
            [
                new Text(Printable.Of(NameOf(target))),
                new Text(Printable.Of(Summary(seen, target))),
                .. numbers.Select(n => new Text(n)),
            ]);
        }

        Terminal.Out.Write(table);
        if (verdicts.FirstOrDefault(v => v.Grade is { } g && g.Lower != g.Upper) is { Grade: { } example })
        {
            Terminal.Out.WriteLine($"等级 {Range(example)}：从已看到的算至多 {example.Upper}，未核验的都不满足时为 {example.Lower}。");
        }
    }

    public static string NameOf(Target target) => target is not Endpoint endpoint ? target.DisplayName : endpoint.Authority
        + (endpoint.StartTls is { } startTls ? $" {startTls.Word()}" : "")
        + (endpoint.ServerName is { } name ? $" {name}" : "");

    /// <summary>A letter alone only where nothing undecided could lower it.</summary>
    private static string Letters(TargetVerdict verdict) =>
        verdict.Target is Endpoint { Protocol: EndpointProtocol.Http } ? "无 TLS" : verdict.Grade is { } grade ? Range(grade) : "—";

    private static string Range(TargetGrade grade) => grade.Lower == grade.Upper ? $"{grade.Upper}" : $"{grade.Upper}–{grade.Lower}";

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
