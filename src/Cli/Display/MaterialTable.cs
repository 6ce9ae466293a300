using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Papers, a row each, and below it what is wrong or open with each.</summary>
internal static class MaterialTable
{
    /// <param name="records">Of the papers' probes.</param>
    /// <param name="targets">The papers.</param>
    /// <param name="verdicts">What the rules say of them.</param>
    public static void Write(IReadOnlyList<ProbeRecord> records, IReadOnlyList<Target> targets, IReadOnlyList<TargetVerdict> verdicts)
    {
        var seen = records.Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations).ToLookup(o => o.TargetId, StringComparer.Ordinal);
        var judged = verdicts.ToDictionary(v => v.Target.TargetId, StringComparer.Ordinal);
        var table = new Table().Border(TableBorder.Rounded).Title("验收材料");
        foreach (var column in new[] { "文件", "种类", "日期", "页数", "本系统", "签章" })
        {
            table.AddColumn(column);
        }

        foreach (var paper in targets.OfType<Document>())
        {
            var facts = seen[paper.TargetId].ToDictionary(o => o.Kind, o => o.Data, StringComparer.Ordinal);
            table.AddRow(
            [
                .. new[]
                {
                    paper.DisplayName, paper.MaterialKind, Say(facts, "materials.dates", "writtenOn", "没有认出"), Say(facts, "materials.files", "pages", "—"),
                    Say(facts, "materials.subject", "namesSystem", "待看"), Signed(facts),
                }.Select(c => new Text(Printable.Of(c))),
            ]);
        }

        Terminal.Out.Write(table);
        foreach (var paper in targets.OfType<Document>().Where(p => judged.ContainsKey(p.TargetId)))
        {
            Tell(paper, judged[paper.TargetId]);
        }
    }

    private static void Tell(Document paper, TargetVerdict verdict)
    {
        foreach (var problem in verdict.Problems)
        {
            Terminal.Out.WriteLine(Printable.Of($"{paper.DisplayName} · {problem.Title}：{problem.Message}"));
        }

        foreach (var open in verdict.Open)
        {
            Terminal.Out.WriteLine(Printable.Of($"{paper.DisplayName} · {Verdict.NeedsReview.Name()} {open.RequirementId}：{open.Explanation}"));
        }
    }

    private static string Signed(Dictionary<string, JsonElement> facts) => Say(facts, "materials.signatures", "isSigned", "待看") is var said && said == "是"
        ? Say(facts, "materials.signatures", "isIntact", "") switch { "是" => "有，完好", "否" => "有，与内容不一致", _ => "有，未核验" }
        : said == "否" ? "没有" : said;

    private static string Say(Dictionary<string, JsonElement> facts, string kind, string field, string unknown) =>
        !facts.TryGetValue(kind, out var data) || !data.TryGetProperty(field, out var value) ? unknown : value.ValueKind switch
        {
            JsonValueKind.True => "是",
            JsonValueKind.False => "否",
            JsonValueKind.Null => unknown,
            JsonValueKind.String => value.GetString()!,
            _ => value.GetRawText(),
        };
}
