using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Runs every pattern over the texts that come with it.</summary>
public static class SecretFixtures
{
    /// <returns>One sentence for every text that a pattern says otherwise of than it should; empty where all agree.</returns>
    public static IReadOnlyList<string> Verify(IReadOnlyList<SecretTable> tables)
    {
        var examiner = new SecretExaminer(new SecretRules(tables));
        return
        [
            .. from table in tables
               from pattern in table.Patterns
               from wrong in pattern.Bad.Select((f, i) => (Fixture: f, Number: i + 1, Wanted: true)).Concat(pattern.Good.Select((f, i) => (Fixture: f, Number: i + 1, Wanted: false)))
               let found = Found(examiner, wrong.Fixture)
               let isWrong = wrong.Wanted ? !found.Contains(pattern.Id, StringComparer.Ordinal) : found.Count > 0
               where isWrong
               select $"{table.File.File} {pattern.Id} 的 {(wrong.Wanted ? "bad" : "good")} 第 {wrong.Number} 条：{(wrong.Wanted ? "没有找到" : $"不应当命中 {string.Join("、", found)}")}",
        ];
    }

    private static List<string> Found(SecretExaminer examiner, SecretFixture fixture)
    {
        var text = fixture.Sewn;
        var source = new SourceFile(fixture.File, LanguageNames.Of(fixture.File, text), text, "utf-8", text.Split('\n').Length);
        return [.. examiner.Examine(Tokenizer.Tokenize(source)).Defects.Select(d => d.RuleId)];
    }
}
