using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>
/// One question, one answer: two answers to the same question, or a 不适用 beside an answer, would let whoever reads them choose.
/// </summary>
internal static class CryptoConsistency
{
    public static void Check(CryptoStatements crypto, YamlMapping map, FaultList faults)
    {
        Once(crypto.Answers, a => a.Controls.Select(c => $"{c}{(a.Object is { } of ? $" / {of}" : "")}"), "cryptoAnswers", "对同一指标与对象的回答", map, faults);
        Once(crypto.Applicability, c => c.Controls, "cryptoApplicability", "对同一指标的适用选择", map, faults);
        Once(crypto.Coverage, c => [$"{c.From} → {c.To}"], "cryptoCoverage", "对同一对指标的覆盖说明", map, faults);
        Once(crypto.HighRisks, h => h.Items, "cryptoHighRisks", "对同一高风险项的回答", map, faults);
        var answered = crypto.Answers.SelectMany(a => a.Controls).ToHashSet(StringComparer.Ordinal);
        foreach (var choice in crypto.Applicability.Where(c => !c.Applies))
        {
            foreach (var both in choice.Controls.Where(answered.Contains))
            {
                faults.Add(Place(map, "cryptoApplicability", choice.Id), $"{choice.Id} 说 {both} 不适用，cryptoAnswers 又有对它的回答", "二者只留其一");
            }
        }
    }

    private static void Once<T>(IReadOnlyList<T> statements, Func<T, IEnumerable<string>> questions, string list, string what, YamlMapping map, FaultList faults)
        where T : SignedStatement
    {
        foreach (var twice in statements.SelectMany(s => questions(s).Select(q => (Question: q, s.Id))).GroupBy(q => q.Question, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            faults.Add(Place(map, list, twice.Last().Id), $"{what} {twice.Key} 有 {twice.Count()} 处：{string.Join("、", twice.Select(t => t.Id))}", "只留一处");
        }
    }

    private static SourcePosition Place(YamlMapping map, string list, string id) =>
        (map[list] as YamlSequence)?.Items.OfType<YamlMapping>().LastOrDefault(i => (i["id"] as YamlScalar)?.Text == id)?.At ?? map.At;
}
