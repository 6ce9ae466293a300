using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Lays rules over configuration beside their own examples.</summary>
public static class SettingVerification
{
    /// <returns>What is not as it says, one line each; empty where all is.</returns>
    public static IReadOnlyList<string> Verify(IReadOnlyList<SettingTable> tables)
    {
        var rules = tables.SelectMany(t => t.Rules).ToList();
        var (analysis, apis) = (new SettingAnalysis(rules), new ApiIndex([]));
        return
        [
            .. rules.GroupBy(r => r.Id, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"{g.Key}：编号重复"),
            .. rules.SelectMany(r => r.Bad.Where(e => !IsFound(analysis, apis, r, e)).Select(e => $"{r.Id}：反例里没有查到：{Short(e)}")),
            .. rules.SelectMany(r => r.Good.Where(e => IsFound(analysis, apis, r, e)).Select(e => $"{r.Id}：正例里误报：{Short(e)}")),
        ];
    }

    private static bool IsFound(SettingAnalysis analysis, ApiIndex apis, SettingRule rule, SettingExample example)
    {
        SortedDictionary<string, string> Where(bool isHere) => isHere ? new(StringComparer.Ordinal) { [example.File] = example.Text } : new(StringComparer.Ordinal);
        var sources = new JavaSources(Where(JavaSources.IsJava(example.File)), Where(example.File.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)), [], [], [], [], true) { Settings = Where(SettingFiles.Is(example.File)) };
        var program = new JavaProgram([.. sources.Java.Select(j => (j.Key, new JavaParser().Parse(j.Value)))], apis, new Dictionary<string, string>(StringComparer.Ordinal));
        return analysis.Run(sources, program, new FlowTexts(sources), CancellationToken.None).Defects.Any(d => d.RuleId == rule.Id);
    }

    private static string Short(SettingExample example) => $"{example.File} {(example.Text.Length > 60 ? example.Text[..60] : example.Text).ReplaceLineEndings(" ")}";
}
