using System.Globalization;
using System.Text.Json;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>How the candidate's own detection did on batches with known defects, by a table that people filled in.</summary>
/// <param name="Summary">One sentence.</param>
/// <param name="Groups">All, then each 四性, then each item; empty where nothing could be scored.</param>
public sealed record ReviewedDetection(string Summary, IReadOnlyList<DetectedGroup> Groups)
{
    internal static ReviewedDetection? Of(JsonElement part)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (part.Text("trouble") is { } trouble)
        {
            return new ReviewedDetection($"给了检测结果，没有计分：{trouble}", []);
        }

        int Of(string name) => part.Number(name) ?? 0;
        var all = new DetectedGroup("全部", Of("defects"), Of("killed"), Of("rightlyNamed"));
        IEnumerable<DetectedGroup> Read(string list) => part.Items(list).Select(g => new DetectedGroup(g.Text("name") ?? "", g.Number("defects") ?? 0, g.Number("killed") ?? 0, g.Number("rightlyNamed") ?? 0));
        return new ReviewedDetection(
            string.Create(CultureInfo.InvariantCulture, $"含一处缺陷的批次答复了 {all.Defects} 个，检出 {all.Killed} 个；干净的批次答复了 {Of("controls")} 个，误报 {Of("falseAlarms")} 个；没有答复的 {Of("unanswered")} 个不计入。结果表由人填写（SM3 {part.Text("sm3")}），不参与判定。"),
            [all, .. Read("byNature"), .. Read("byItem")]);
    }
}

/// <param name="Name">全部, one of the 四性, or an item of DA/T 70.</param>
/// <param name="Defects">Planted and answered.</param>
/// <param name="Killed">Refused.</param>
/// <param name="RightlyNamed">Refused for the right item.</param>
public sealed record DetectedGroup(string Name, int Defects, int Killed, int RightlyNamed)
{
    /// <summary>In whole percent, rounded down; 没有答复 where nothing was answered.</summary>
    public string Rate => Defects == 0 ? "没有答复" : string.Create(CultureInfo.InvariantCulture, $"{100L * Killed / Defects}%");
}
