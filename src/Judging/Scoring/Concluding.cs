using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>From total and high-risk board to the conclusion: said only where nothing unknown could change it for the worse.</summary>
internal static class Concluding
{
    public static (AssessmentConclusion Conclusion, string Sentence) Of(ScoringRule rule, int level, ScoreRange? total, IReadOnlyList<HighRiskState> board, IReadOnlyList<ControlJudgement> controls, ScoreGrounds grounds, IEnumerable<string> undocumented)
    {
        var confirmed = Codes(board, s => s == HighRiskStanding.Confirmed);
        var open = board.Count(s => s.Standing is HighRiskStanding.Open or HighRiskStanding.Suspected);
        var scope = level >= 3 ? "" : "（一、二级系统只须开展密评，不要求通过）";
        if (confirmed.Length > 0)
        {
            return (AssessmentConclusion.NotSatisfied, $"存在高风险 {confirmed}，按现状密评结论会是“不符合”{scope}。");
        }

        if (total is null)
        {
            return (AssessmentConclusion.Undecided, $"有一组指标全部不适用，公式没有定义，不给总分，结论待认定{scope}。");
        }

        if (total.Upper < rule.Threshold)
        {
            return (AssessmentConclusion.NotSatisfied, $"未知项全部取最好也只有 {total.Upper} 分，低于 {rule.Threshold} 分，按现状密评结论会是“不符合”{scope}。");
        }

        List<string> missing = [.. undocumented];
        if (!controls.SelectMany(c => c.Objects).SelectMany(o => o.Aspects.SelectMany(a => a.Sources).Concat(o.Sources)).Any(s => s is { Kind: SourceKind.Measured, Says: not null }))
        {
            missing.Add("没有任何一项由实测得出，只有人的回答");
        }

        else if (grounds.MeasurableMeasured < grounds.Floor)
        {
            missing.Add($"实测不足，不下结论：工具能测的技术单元里，有实测依据的按权重只占 {Percent(grounds.MeasurableMeasured.Value)}（至少要 {Percent(grounds.Floor)}，{grounds.FloorSource.Split('：')[0]}，{grounds.FloorConfidence.Name()}）");
        }

        if (total.Lower < rule.Threshold)
        {
            missing.Add($"分数在 {total.Lower} 到 {total.Upper} 之间，还不能说达到 {rule.Threshold} 分");
        }

        if (open > 0)
        {
            missing.Add($"高风险判定指引还有 {open} 项没有排除");
        }

        var alone = $"{grounds.Units} 个单元里 {grounds.AnswersAlone.Count} 个只凭人工答复，没有实测";
        if (missing.Count > 0)
        {
            return (AssessmentConclusion.Undecided, $"{string.Join("，", missing)}，结论待认定{scope}；{alone}。");
        }

        return total.Lower == 100
            ? (AssessmentConclusion.Satisfied, $"100 分且没有高风险，预计结论为“符合”{scope}；{alone}。")
            : (AssessmentConclusion.BasicallySatisfied, $"不低于 {total.Lower} 分且没有高风险，预计结论至少为“基本符合”{scope}；{alone}。");
    }

    private static string Percent(decimal share) => $"{(share * 100).ToString("0.##", CultureInfo.InvariantCulture)}%";

    private static string Codes(IReadOnlyList<HighRiskState> board, Func<HighRiskStanding, bool> which) =>
        string.Join("、", board.Where(s => which(s.Standing)).Select(s => s.Code));
}
