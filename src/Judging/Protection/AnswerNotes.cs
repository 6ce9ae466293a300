using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Answers that found nothing to speak of, each with the reason; nothing anybody signed disappears without a word.</summary>
internal static class AnswerNotes
{
    public static IEnumerable<string> Of(Candidate candidate, AnswerSheet sheet, AnswerStanding standing, IReadOnlyList<DecidedItem> items, HighRiskGuide? guide)
    {
        if (sheet.System.Length > 0 && sheet.System != candidate.Id)
        {
            yield return $"答题文件写的系统是 {sheet.System}，不是 {candidate.Id}，请核对是不是拿错了文件。";
        }

        var known = items.ToDictionary(i => i.Control.Key, StringComparer.Ordinal);
        foreach (var answer in sheet.Answers.Where(a => !AnswerStanding.IsBlank(a)))
        {
            if (!known.TryGetValue(answer.Item, out var item))
            {
                yield return $"回答说的条目 {answer.Item} 不在本系统的条目里，不生效。";
            }
            else if (!item.Item.Objects.Any(o => o.Id == (answer.Object ?? "")))
            {
                yield return item.Item.NotApplicable is { } why
                    ? $"回答说的条目 {answer.Item} 不适用（{why}），不生效。"
                    : $"回答说的对象 {answer.Object ?? "（未写 object）"} 不问 {answer.Item}，不生效；问的是：{string.Join("、", item.Item.Objects.Select(o => o.Id.Length > 0 ? o.Id : "（不写 object）"))}。";
            }
        }

        foreach (var answer in sheet.Cases.Where(c => c.Claim is not null))
        {
            foreach (var code in answer.Cases.Where(c => guide?.Items.Any(i => i.Code == c) != true))
            {
                yield return $"回答说的高风险情形 {code} 不在指引里，不生效。";
            }
        }

        foreach (var document in sheet.Documents.Where(d => d.File is not null))
        {
            if (standing.WhyNot(document) is { } why)
            {
                yield return $"文档 {document.Id} {why}，不作证据。";
            }
        }
    }
}
