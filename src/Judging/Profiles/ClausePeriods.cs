using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// 期限. Days that people gave speak against the project at once and for it only where a paper that was read says them too; a day nobody gave
/// is a question.
/// </summary>
internal static class ClausePeriods
{
    private const string TrialPaper = "试运行报告";
    private const string ApplicationPaper = "验收申请报告";
    private const string Postponement = "延期";

    public static PeriodStatus Judge(JudgeInput input, MeasuredPapers measured, Papers papers, ClausePeriod period) =>
        period.Kind == PeriodKind.TrialAtLeast ? Trial(input, measured, papers, period.Months) : Application(input, measured, papers, period.Months);

    private static PeriodStatus Trial(JudgeInput input, MeasuredPapers measured, Papers papers, int months)
    {
        var title = $"试运行不少于 {months} 个月";
        var stated = input.Candidate.Milestones;
        var reports = papers.There.Where(d => d.MaterialKind == TrialPaper && !measured.IsUnfit(d)).ToList();
        var read = reports.SelectMany(measured.TrialsOf).Distinct().ToList();
        if (read.Count > 1)
        {
            return Open(title, $"{TrialPaper}写着几个不同的起止日期：{string.Join("、", read.Select(r => $"{r.From:yyyy-MM-dd} 至 {r.To:yyyy-MM-dd}"))}");
        }

        var (from, to) = read.Count == 1 ? (read[0].From, read[0].To) : (stated.TrialStart, stated.TrialEnd);
        if (from is not { } start || to is not { } end)
        {
            return Open(title, $"没有给出试运行的起止日期（candidate.yaml 的 milestones，或{TrialPaper}里写明）");
        }

        if (read.Count == 1 && ((stated.TrialStart is { } saidStart && saidStart != start) || (stated.TrialEnd is { } saidEnd && saidEnd != end)))
        {
            return Open(title, $"{TrialPaper}写的是 {start:yyyy-MM-dd} 至 {end:yyyy-MM-dd}，candidate.yaml 写的是 {Say(stated.TrialStart)} 至 {Say(stated.TrialEnd)}");
        }

        var enough = LastDay(start, months);
        var compared = $"{start:yyyy-MM-dd} 至 {end:yyyy-MM-dd} 共 {end.DayNumber - start.DayNumber + 1} 天，满 {months} 个月要到 {enough:yyyy-MM-dd}";
        if (end < enough)
        {
            return new PeriodStatus(title, Verdict.NotSatisfied, compared);
        }

        return end > input.Today ? Open(title, $"{compared}；今天 {input.Today:yyyy-MM-dd}，还没有结束")
            : read.Count == 1 ? new PeriodStatus(title, Verdict.Satisfied, $"{compared}；{TrialPaper}写着试运行是这两个日期")
            : Open(title, $"{compared}；日期是自报的，没有读到把它们写成试运行起止的{TrialPaper}");
    }

    /// <summary>A month from the 5th ends on the 4th; one from the 31st of January on the last of February, where no 31st is left to end before.</summary>
    private static DateOnly LastDay(DateOnly start, int months) => start.AddMonths(months) is var after && after.Day == start.Day ? after.AddDays(-1) : after;

    private static PeriodStatus Application(JudgeInput input, MeasuredPapers measured, Papers papers, int months)
    {
        var title = $"建成后 {months} 个月内申请验收";
        if (input.Candidate.Milestones.CompletedOn is not { } completed)
        {
            return Open(title, "没有给出建成日期（candidate.yaml 的 milestones.completedOn）");
        }

        var deadline = completed.AddMonths(months);
        var applied = input.Candidate.Milestones.AppliedOn;
        var by = applied ?? input.Today;
        var compared = $"{completed:yyyy-MM-dd} 建成，应在 {deadline:yyyy-MM-dd} 前申请；{(applied is { } day ? $"{day:yyyy-MM-dd} 申请" : $"到今天 {input.Today:yyyy-MM-dd} 没有写申请日期")}";
        if (by > deadline)
        {
            var late = $"{compared}，晚了 {by.DayNumber - deadline.DayNumber} 天";
            return papers.There.FirstOrDefault(d => d.MaterialKind.Contains(Postponement, StringComparison.Ordinal)) is { } postponed
                ? Open(title, $"{late}；交了{postponed.MaterialKind}，是否获准由人核对")
                : new PeriodStatus(title, Verdict.NotSatisfied, late);
        }

        compared += $"，{(applied is null ? "还有" : "提前")} {deadline.DayNumber - by.DayNumber} 天";
        var fit = papers.There.Where(d => !measured.IsUnfit(d)).ToList();
        return applied is { } said && said <= input.Today && fit.Exists(d => measured.Says(d, completed)) && fit.Exists(d => d.MaterialKind == ApplicationPaper && measured.Says(d, said))
            ? new PeriodStatus(title, Verdict.Satisfied, $"{compared}；材料里写着这些日期，申请日期写在{ApplicationPaper}里")
            : Open(title, $"{compared}；日期是自报的，没有读到写着建成日期的材料和写着申请日期的{ApplicationPaper}");
    }

    private static PeriodStatus Open(string title, string sentence) => new(title, Verdict.NeedsReview, sentence);

    private static string Say(DateOnly? day) => day is { } known ? $"{known:yyyy-MM-dd}" : "没有写";
}
