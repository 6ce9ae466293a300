using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Statements that found nothing to speak of, each with the reason; nothing anybody signed disappears without a word.</summary>
internal static class AnswerRemarks
{
    public static IEnumerable<string> Of(AssessmentInput facts, ControlCatalogue catalogue, IReadOnlyList<DecidedControl> decided)
    {
        var crypto = facts.Candidate.Crypto;
        foreach (var late in All(crypto).Where(s => !facts.IsInEffect(s)))
        {
            yield return $"{late.Id} 的日期 {late.On:yyyy-MM-dd} {facts.WhyDated(late)}，不生效，相关问题待人工。";
        }

        foreach (var bare in All(crypto).Where(s => facts.IsInEffect(s) && !facts.IsBacked(s) && s is not ApplicabilityChoice { Applies: true }))
        {
            yield return facts.ScantOf(bare) is { Count: > 0 } scant
                ? $"{bare.Id} 的证据文件 {string.Join("、", scant)} 里认得出是文件内容的不足 {facts.FewestBytes} 字节（填充、乱码、压缩包不算），装不下它要证明的内容，不算证据，待人工：不提高下界，也不确认或排除高风险。"
                : $"{bare.Id} 没有附上证据文件（evidence 应写 materials 里一份已读出的文件的编号），不提高下界，也不确认或排除高风险。";
        }

        var known = decided.ToDictionary(d => d.Control.Key, StringComparer.Ordinal);
        foreach (var answer in crypto.Answers.Where(facts.IsInEffect))
        {
            foreach (var key in answer.Controls.Where(k => catalogue.Controls.Any(c => c.Key == k) && !Finds(known, k, answer.Object)))
            {
                yield return known.TryGetValue(key, out var control)
                    ? $"{answer.Id} 说的对象 {answer.Object ?? "（未写 object）"} 不是 {key} 的测评对象，不生效；其测评对象：{string.Join("、", control.Objects.Select(o => o.Object.Id.Length > 0 ? o.Object.Id : "（未登记）"))}。"
                    : $"{answer.Id} 说的指标 {key} 在本级没有，不生效。";
            }
        }
    }

    /// <summary>Names of units and items that nobody knows: most likely a slip, and the answer is lost with it.</summary>
    public static IEnumerable<string> Unknown(AssessmentInput facts, ControlCatalogue catalogue, HighRiskGuide? guide)
    {
        var crypto = facts.Candidate.Crypto;
        var named = crypto.Objects.SelectMany(o => o.Controls.Select(c => (o.Id, Name: c)))
            .Concat(crypto.Answers.SelectMany(a => a.Controls.Select(c => (a.Id, Name: c))))
            .Concat(crypto.Applicability.SelectMany(a => a.Controls.Select(c => (a.Id, Name: c))))
            .Concat(crypto.Coverage.SelectMany(c => new[] { (c.Id, Name: c.From), (c.Id, Name: c.To) }));
        foreach (var (id, name) in named.Where(n => !catalogue.Controls.Any(c => c.Key == n.Name)).OrderBy(n => n.Id, StringComparer.Ordinal).ThenBy(n => n.Name, StringComparer.Ordinal))
        {
            yield return $"{id} 说的指标 {name} 不在 {catalogue.Standard} 的目录里，不生效。";
        }

        foreach (var (id, code) in crypto.HighRisks.SelectMany(h => h.Items.Select(i => (h.Id, Code: i))).Where(i => guide?.Items.Any(g => g.Code == i.Code) != true)
            .OrderBy(i => i.Id, StringComparer.Ordinal).ThenBy(i => i.Code, StringComparer.Ordinal))
        {
            yield return $"{id} 说的高风险项 {code} 不在指引里，不生效。";
        }
    }

    private static bool Finds(Dictionary<string, DecidedControl> known, string key, string? of) =>
        known.GetValueOrDefault(key)?.Objects.Any(o => o.Object.Id == (of ?? "")) == true;

    private static IEnumerable<SignedStatement> All(CryptoStatements crypto) => [.. crypto.Answers, .. crypto.Applicability, .. crypto.Coverage, .. crypto.HighRisks];
}
