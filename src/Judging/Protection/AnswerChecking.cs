using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>What is wrong with the answers of a sheet, before anything is judged by them.</summary>
public static class AnswerChecking
{
    /// <param name="library">The rules.</param>
    /// <param name="candidate">Whose items and objects are known; null checks the sheet alone.</param>
    /// <param name="sheet">Attachments looked at.</param>
    /// <param name="today">Day of Beijing.</param>
    public static IReadOnlyList<string> Of(StandardLibrary library, Candidate? candidate, AnswerSheet sheet, DateOnly today)
    {
        var standing = new AnswerStanding(sheet, library, today);
        var questions = new AnswerQuestions(library, candidate);
        return
        [
            .. sheet.Answers.Where(a => !AnswerStanding.IsBlank(a)).SelectMany(a => Faults(standing, a, a.Verdict == Verdict.NotSatisfied).Select(f => $"{a.Item}{(a.Object is { } o ? $"（{o}）" : "")} 回答“{a.Verdict!.Value.Name()}”：{f}")),
            .. sheet.Cases.Where(c => c.Claim is not null).SelectMany(c => Faults(standing, c, c.Claim == HighRiskClaim.Present).Select(f => $"高风险 {string.Join('、', c.Cases)}：{f}")),
            .. sheet.Answers.GroupBy(a => (a.Item, a.Object)).Where(g => g.Count() > 1).Select(g => $"{g.Key.Item}{(g.Key.Object is { } o ? $"（{o}）" : "")} 有 {g.Count()} 行，按最差的算"),
            .. candidate?.ProtectionLevel is { } level && library.Conclusions is [var rule, ..]
                ? AnswerNotes.Of(candidate, sheet, standing, [.. new AskedItems(candidate with { Protection = candidate.Protection with { Answers = sheet } }, library, rule, standing).All(level).Select(i => new DecidedItem(i, []))], library.HighRisks.FirstOrDefault(h => h.Catalogue == rule.Catalogue))
                : sheet.Answers.Where(a => !questions.Knows(a.Item)).Select(a => $"条目 {a.Item} 不在规则里")
                    .Concat(sheet.Cases.SelectMany(c => c.Cases).Where(c => !questions.KnowsCase(c)).Select(c => $"高风险情形 {c} 不在指引里"))
                    .Concat(sheet.Documents.Where(d => d.File is not null).Select(d => (d.Id, Why: standing.WhyNot(d))).Where(d => d.Why is not null).Select(d => $"文档 {d.Id} {d.Why}")),
        ];
    }

    /// <summary>不符合 and 存在 need no more than a day and a name.</summary>
    private static IEnumerable<string> Faults(AnswerStanding standing, SheetRow row, bool isAdverse) =>
        isAdverse ? standing.WhyDated(row) is { } why ? [why] : [] : standing.Faults(row);
}
