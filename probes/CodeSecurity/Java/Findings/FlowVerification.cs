using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Holds rules of flows against the programs that prove them.</summary>
public static class FlowVerification
{
    /// <summary>For one program; small as they are, none comes near it.</summary>
    private static readonly FlowLimits Limits = FlowLimits.Default with { Time = TimeSpan.FromSeconds(30) };

    /// <returns>What is wrong, a sentence each; empty where every weakness is found in its bad examples and not in its good ones, and so every entry and answer.</returns>
    public static IReadOnlyList<string> Verify(IReadOnlyList<FlowTable> tables)
    {
        var apis = new ApiIndex(tables);
        IEnumerable<(string Name, IReadOnlyList<string> Bad, IReadOnlyList<string> Good, string? Id)> rules =
        [
            .. apis.Weaknesses.Select(w => (w.Rule, w.Bad, w.Good, w.Id)),
            .. apis.Entries.Select(e => ($"入口（{e.Kind}）", e.Bad, e.Good, default(string))),
            .. apis.Answers.Select(a => ($"应答（{a.Kind}）", a.Bad, a.Good, default(string))),
        ];
        return [.. rules.SelectMany(r => r.Bad.Select(b => Wrong(apis, r.Name, b, isBad: true, r.Id)).Concat(r.Good.Select(g => Wrong(apis, r.Name, g, isBad: false, r.Id)))).OfType<string>()];
    }

    /// <param name="tables">Of the rules.</param>
    /// <param name="flows">Of the project.</param>
    /// <param name="examples">That prove them; what only a sanitizer stops counts as not found.</param>
    /// <returns>What is wrong, a sentence each.</returns>
    public static IReadOnlyList<string> Verify(IReadOnlyList<FlowTable> tables, ProjectFlows flows, IReadOnlyList<ProjectFlowExample> examples)
    {
        var apis = new ApiIndex(tables, new ProjectApis(flows, tables.SelectMany(t => t.Weaknesses)));
        string? Id(string? word) => apis.Weaknesses.FirstOrDefault(w => w.Id == word || w.Rule == word)?.Id;
        return [.. examples.Select(e => Wrong(apis, e.Place, e.Code, e.Finds is not null, Id(e.Finds))).OfType<string>()];
    }

    /// <param name="apis">With the rules.</param>
    /// <param name="name">Of the rule or of the place of the example.</param>
    /// <param name="code">Of the example.</param>
    /// <param name="isBad">It has to be found.</param>
    /// <param name="id">Of the weakness; null for whatever.</param>
    private static string? Wrong(ApiIndex apis, string name, string code, bool isBad, string? id)
    {
        var gaps = new JavaParser().Parse(code).Gaps.Length;
        var found = Found(apis, code);
        return gaps > 0 ? $"{name}：样例有 {gaps} 处不是 Java：{code.Trim()}"
            : isBad == (id is null ? found.Count > 0 : found.Contains(id)) ? null
            : $"{name}：{(isBad ? "反例里没有找到" : "正例里误报")}：{code.Trim()}";
    }

    private static HashSet<string> Found(ApiIndex apis, string code)
    {
        var program = new JavaProgram([("Example.java", new JavaParser().Parse(code))], apis, new Dictionary<string, string>(StringComparer.Ordinal));
        return FlowAnalysis.Run(program, [], Limits).Found.Select(f => apis.Weaknesses[f.Weakness].Id).ToHashSet(StringComparer.Ordinal);
    }
}
