using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Probes.ElectronicArchives;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>The score for people.</summary>
internal static class DetectorScoreTable
{
    private const int Shown = 100;

    public static string Of(DetectorScore score)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"误报：{score.FalseAlarms.Count} / {score.Controls} 个干净批次{(score.FalseAlarms.Count == 0 ? "" : $"（{string.Join('、', score.FalseAlarms.Select(Printable.Of))}）")}\n");
        text.Append(CultureInfo.InvariantCulture, $"检出：{score.Killed} / {score.Defects} 处缺陷{Share(score.Killed, score.Defects)}，其中理由说对检测项的 {score.RightlyNamed} 处\n");
        foreach (var group in score.ByNature)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {group.Name}　{group.Killed} / {group.Defects}{Share(group.Killed, group.Defects)}\n");
        }

        text.Append("逐项（检出 / 植入，理由说对）：\n");
        foreach (var row in score.ByItem.Chunk(4))
        {
            text.Append("  ").AppendJoin("　", row.Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Name,-4} {g.Killed}/{g.Defects}，{g.RightlyNamed}"))).Append('\n');
        }

        foreach (var missed in score.Missed.Take(Shown))
        {
            text.Append(CultureInfo.InvariantCulture, $"漏检 {Printable.Of(missed.Name)}：{missed.Item} {Printable.Of(missed.Title)}\n");
        }

        Say(text, "没有答复、答复矛盾或看不懂（不计入）", score.Unanswered);
        Say(text, "结果表里有、植入清单里没有", score.Unknown);
        return text.Append("每项只植入少数几处缺陷，检出不等于能查出同类的一切缺陷。").ToString();
    }

    private static void Say(StringBuilder text, string what, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"{what}：{names.Count} 个（{string.Join('、', names.Take(10).Select(Printable.Of))}{(names.Count > 10 ? " 等" : "")}）\n");
        }
    }

    private static string Share(int part, int whole) => whole == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"（{100.0 * part / whole:0}%）");
}
