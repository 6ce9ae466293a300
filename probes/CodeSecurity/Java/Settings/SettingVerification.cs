using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Holds rules over settings against the files that prove them.</summary>
public static class SettingVerification
{
    /// <param name="tables">Of settings.</param>
    /// <param name="flows">What is known of libraries.</param>
    /// <returns>What is wrong, a sentence each; empty where every rule is broken by its bad examples and by none of its good ones.</returns>
    public static IReadOnlyList<string> Verify(IReadOnlyList<SettingTable> tables, IReadOnlyList<FlowTable> flows)
    {
        List<SettingRule> rules = [.. tables.SelectMany(t => t.Rules)];
        var (analysis, apis) = (new SettingAnalysis(rules), new ApiIndex(flows));
        bool IsFound(SettingRule rule, SettingExample example) => DefectsOf(analysis, apis, example).Any(d => d.RuleId == rule.Id);
        return
        [
            .. rules.GroupBy(r => r.Id, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"{g.Key}：编号重复"),
            .. rules.SelectMany(r => r.Bad.Where(b => !IsFound(r, b)).Select(b => $"{r.Id}：反例 {b.File} 里没有找到：{b.Text.Trim()}")
                .Concat(r.Good.Where(g => IsFound(r, g)).Select(g => $"{r.Id}：正例 {g.File} 里误报：{g.Text.Trim()}"))),
        ];
    }

    private static IReadOnlyList<CodeDefect> DefectsOf(SettingAnalysis analysis, ApiIndex apis, SettingExample example)
    {
        SortedDictionary<string, string> Only(bool isMeant) => isMeant ? new(StringComparer.Ordinal) { [example.File] = example.Text } : new(StringComparer.Ordinal);
        var sources = new JavaSources(Only(JavaSources.IsJava(example.File)), Only(example.File.EndsWith(".xml", StringComparison.Ordinal)), [], [], [], [], true) { Settings = Only(SettingFiles.Is(example.File)) };
        var program = new JavaProgram([.. sources.Java.Select(j => (j.Key, new JavaParser().Parse(j.Value)))], apis, new Dictionary<string, string>(StringComparer.Ordinal));
        return analysis.Run(sources, program, new FlowTexts(sources), CancellationToken.None).Defects;
    }
}
