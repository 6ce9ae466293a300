using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probes.ElectronicArchives;
using SmartCity.SecurityCheck.Probing;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>The 40 items of DA/T 70 for people: a row each whatever was seen, with both values where they differ. Made for 80 columns.</summary>
internal static class ArchiveOverview
{
    private const string Kind = "archives.package";
    private const int ShownDifferences = 2;
    private const int ShownProblems = 6;
    private const int SentenceCap = 160;

    public static void Write(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets, ProbeCatalogue probes)
    {
        OfdOverview.Write(records, targets);
        var others = records.Where(r => (r.ProbeId != Kind && r.ProbeId != OfdOverview.Kind) || r.Outcome is not Observed).ToList();
        foreach (var target in targets)
        {
            foreach (var seen in records.Where(r => r.TargetId == target.TargetId && r.ProbeId == Kind).Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations))
            {
                Write(target, seen.Data.Deserialize<ArchivePackageRecord>(ObservationJson.Compact)!);
            }
        }

        if (others.Count > 0)
        {
            ObservationTable.Write(others, [.. targets.Where(t => others.Exists(o => o.TargetId == t.TargetId))], probes);
        }
    }

    private static void Write(Target target, ArchivePackageRecord record)
    {
        Terminal.Out.Write(new Rule(Markup.Escape(Printable.Of(target.DisplayName))) { Justification = Justify.Left });
        Terminal.Out.Write(new Text(Printable.Of($"{EnumWords.Say(record.Stage)}环节，规范 {record.Profile}，方案 {record.Scheme ?? "无"}；信息包 {record.Packages} 个，文件 {record.Files} 个，{record.Bytes} 字节\n")));
        var table = new Table().Border(TableBorder.Rounded).Expand();
        table.AddColumn(new TableColumn("编号").NoWrap());
        table.AddColumn(new TableColumn("检测项").Width(24));
        table.AddColumn("比对结果");
        foreach (var item in ItemTable.Rows(record))
        {
            table.AddRow(new Text(item.Id), new Text(item.Title), new Text(Printable.Of(Result(item)), item.DifferenceCount > 0 ? Style.Parse("red") : null));
        }

        Terminal.Out.Write(table);
        if (record.EepChecks.Count > 0)
        {
            record.EepChecks.ToList().ForEach(c => Terminal.Out.Write(new Text(Printable.Of($"{c.Id} {c.Title}：{ItemTable.State(c)}\n"))));
        }

        foreach (var problem in record.Problems.Take(ShownProblems))
        {
            Terminal.Out.Write(new Text(Printable.Of($"※ {problem}\n"), Style.Parse("yellow")));
        }

        Terminal.Out.Write(new Text($"{(record.Problems.Count > ShownProblems ? $"另有 {record.Problems.Count - ShownProblems} 条问题。" : "")}全部出入与固化清单（SM3 与 SHA-256）用 --json 与 --evidence 取得。\n"));
    }

    private static string Result(ItemComparison item)
    {
        List<string> lines = [ItemTable.State(item)];
        lines.AddRange(item.Differences.Take(ShownDifferences).Select(d => Short(d.Note)));
        if (item.DifferenceCount == 0 && item.IsOfStage is { IsKnown: true, Value: true } && item.Open.Count > 0)
        {
            lines.Add(Short(item.Open[0]));
        }

        lines.AddRange(item.Remarks.Take(1).Select(r => $"提示：{Short(r)}"));
        return string.Join('\n', lines);
    }

    private static string Short(string text) => text.Length > SentenceCap ? string.Concat(text.AsSpan(0, SentenceCap - 1), "…") : text;
}
