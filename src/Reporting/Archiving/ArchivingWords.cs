using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Sentences about electronic archiving that every format says in the same words.</summary>
public static class ArchivingWords
{
    public const string Method =
        "功能由真实浏览器按流程文件走一遍：走通只说明写流程的人让它看的东西在那里，是否足够由人看画面认定；看到相反的才有结论。四性检测由本工具直接读包比对，不采信系统自己的检测报告；没有比对过的项目不下结论。";

    /// <summary>What was measured and what was not, in one sentence; never more than the judgements say.</summary>
    public static string Standing(ArchivingReview review)
    {
        var counts = review.Counts;
        var numbers = $"共 {counts.Total} 项判定：{Verdict.Satisfied.Name()} {counts.Satisfied}、{Verdict.Partial.Name()} {counts.Partial}、{Verdict.NotSatisfied.Name()} {counts.NotSatisfied}、{Verdict.NeedsReview.Name()} {counts.NeedsReview}、{Verdict.NotApplicable.Name()} {counts.NotApplicable}；未决事项 {review.Open.Count} 项。";
        return !review.IsJudged ? "电子文件归档没有判定，什么结论也没有。"
            : counts.NotSatisfied > 0 ? $"{numbers}有实测{Verdict.NotSatisfied.Name()}的项目，整改并复测之前不宜签认。"
            : counts.NeedsReview > 0 || counts.Partial > 0 ? $"{numbers}没有实测{Verdict.NotSatisfied.Name()}的项目，但还有没查清或部分满足的，仅凭本次检查不能得出规范性结论。"
            : $"{numbers}本次检查没有发现{Verdict.NotSatisfied.Name()}的项目；是否{Verdict.Satisfied.Name()}由归档主管部门连同未决事项认定。";
    }
}
