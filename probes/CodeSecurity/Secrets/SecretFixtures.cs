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
        var source = new SourceFile(fixture.File, LanguageOf(fixture.File), text, "utf-8", text.Split('\n').Length);
        return [.. examiner.Examine(new TokenizedSource(source, [])).Defects.Select(d => d.RuleId)];
    }

    /// <summary>By the ends that fixtures use.</summary>
    private static SourceLanguage LanguageOf(string file) => Path.GetExtension(file) switch
    {
        ".java" => SourceLanguage.Java,
        ".js" => SourceLanguage.JavaScript,
        ".ts" => SourceLanguage.TypeScript,
        ".vue" => SourceLanguage.Vue,
        ".py" => SourceLanguage.Python,
        ".go" => SourceLanguage.Go,
        ".cs" => SourceLanguage.CSharp,
        ".html" => SourceLanguage.Html,
        ".yml" => SourceLanguage.Yaml,
        ".json" => SourceLanguage.Json,
        ".xml" or ".config" => SourceLanguage.Xml,
        ".properties" => SourceLanguage.Properties,
        ".sh" => SourceLanguage.Shell,
        _ => SourceLanguage.Other,
    };
}
