using System.Globalization;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>What a standard concludes, in the shape an evaluator of it expects.</summary>
/// <param name="Assessment">The numbers.</param>
/// <param name="Groups">Its controls, layer by layer.</param>
/// <param name="Missing">What is still asked for, by who has it.</param>
public sealed record AssessmentSection(Assessment Assessment, IReadOnlyList<AssessmentGroup> Groups, IReadOnlyList<MissingEvidence> Missing)
{
    internal static AssessmentSection Of(Assessment assessment) => new(
        assessment,
        [.. assessment.Groups.Select(g => new AssessmentGroup(g, [.. assessment.Controls.Where(c => c.GroupId == g.Id)]))],
        [
            .. assessment.Controls.Where(IsOpen).GroupBy(c => c.Holder, StringComparer.Ordinal)
                .Select(g => new MissingEvidence(g.Key, [.. g])),
        ]);

    /// <summary>Something about it is unknown, and somebody could bring it.</summary>
    private static bool IsOpen(ControlJudgement control) =>
        control.Applicability != ControlApplicability.NotApplicable && (control.Applicability == ControlApplicability.Undecided || !control.Score.IsExact);
}

public sealed record AssessmentGroup(GroupScore Score, IReadOnlyList<ControlJudgement> Controls);

/// <param name="Holder">Who usually has it.</param>
/// <param name="Controls">What it is asked for.</param>
public sealed record MissingEvidence(string Holder, IReadOnlyList<ControlJudgement> Controls);

/// <summary>How assessments are said in every format.</summary>
public static class AssessmentWords
{
    /// <summary>What the section is not. No format may leave it out.</summary>
    public const string Disclaimer = "本节是按公开的规则对现状的自评，只说明哪些已知、哪些未知，不代替有资质的机构出具的商用密码应用安全性评估报告。";

    /// <summary>Such as "12.3 至 87.5"; one number where nothing is unknown.</summary>
    public static string Say(this ScoreRange range) => range.IsExact ? Number(range.Lower) : $"{Number(range.Lower)} 至 {Number(range.Upper)}";

    public static string Number(decimal value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>The total, or why there is none.</summary>
    public static string Total(this Assessment assessment) => assessment.Total is { } total
        ? $"{total.Say()} 分"
        : assessment.Level is null ? "未计分（没有密码应用等级）" : "没有总分（公式没有定义）";

    /// <summary>部分符合 whose lower end is 0 may still turn out 不符合.</summary>
    public static string Word(this ControlJudgement control) => control switch
    {
        { Verdict: Verdict.Partial, Score.Lower: 0 } => $"至多{Verdict.Partial.Name()}",
        { Verdict: Verdict.NeedsReview } => "未定",
        _ => control.Verdict.Name(),
    };

    /// <summary>What the score rests on; null where nothing is scored.</summary>
    public static string? Grounds(this Assessment assessment) => assessment.Grounds is not { } g ? null
        : $"按权重，实测 {Percent(g.Measured)}，凭人工答复 {Percent(g.Answered)}，未测 {Percent(g.Untested)}；{g.Units} 个单元里 {g.AnswersAlone.Count} 个只凭人工答复"
        + (g.MeasurableMeasured is { } touched ? $"；工具能测的技术单元里有实测依据的占 {Percent(touched)}（“符合”“基本符合”要达到 {Percent(g.Floor)}，{g.FloorConfidence.Name()}；“不符合”不受此限）" : "");

    private static string Percent(decimal share) => $"{Number(share * 100)}%";

    /// <summary>Two lines for a terminal.</summary>
    public static (string Score, string Risks) Lines(this Assessment assessment)
    {
        string Codes(HighRiskStanding standing) => string.Join("、", assessment.HighRisks.Where(h => h.Standing == standing).Select(h => h.Code));
        var confirmed = Codes(HighRiskStanding.Confirmed);
        var open = assessment.HighRisks.Count(h => h.Standing is HighRiskStanding.Open or HighRiskStanding.Suspected);
        return (
            $"{assessment.Total()}，得分还没有定下来的单元占 {Number(assessment.UntestedShare * 100)}%，结论{assessment.Conclusion.Name()}（分数线 {Number(assessment.Threshold)}，{assessment.ThresholdConfidence.Name()}）",
            assessment.HighRisks.Count == 0 ? "没有判定" : $"存在 {(confirmed.Length == 0 ? "0 项" : confirmed)}，未排除 {open} 项");
    }
}
