using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Reads what the numbers of analyzers mean; numbers that say the same are written together.</summary>
public sealed class EngineRuleReader(FaultList faults)
{
    private const int LargestCwe = 9999;

    private static readonly (string, WeaknessClass)[] Classes =
    [
        ("injection", WeaknessClass.Injection), ("deserialization", WeaknessClass.Deserialization), ("file", WeaknessClass.File), ("credential", WeaknessClass.Credential),
        ("crypto", WeaknessClass.Crypto), ("transport", WeaknessClass.Transport), ("web", WeaknessClass.Web), ("other", WeaknessClass.Other),
    ];

    private static readonly (string, Severity)[] Severities =
        [("critical", Severity.Critical), ("major", Severity.Major), ("minor", Severity.Minor), ("info", Severity.Info)];

    /// <returns>Null where the file has faults.</returns>
    public EngineRuleTable? Read(string shownAs, byte[] bytes)
    {
        var before = faults.Faults.Count;
        if (MappingReader.Open(shownAs, bytes, faults) is not { } head)
        {
            return null;
        }

        var file = RuleDataReader.Head(head, "engines", shownAs, bytes);
        var rules = head.Each("weaknesses", Weakness, required: true).SelectMany(w => w).ToList();
        var ignored = head.Each("ignored", Ignored);
        head.Finish();
        RuleDataReader.RefuseDoubles(head, rules.Select(r => r.Id).Concat(ignored.Select(i => i.Id)), "分析器编号");
        return faults.Faults.Count > before ? null : new EngineRuleTable { File = file!, Rules = rules, Ignored = ignored };
    }

    private static List<EngineRule>? Weakness(MappingReader reader)
    {
        var cwe = reader.Integer("cwe", 1, LargestCwe, required: true);
        var title = reader.Text("title", required: true, "title: 命令注入", cap: 100);
        var kind = reader.Choice("class", Classes, required: true);
        var severity = reader.Choice("severity", Severities, required: true);
        var remedy = reader.Text("remedy", required: true, cap: 400);
        (IReadOnlyList<string> Ids, EngineCertainty Certainty)[] groups =
            [(reader.Texts("firm"), EngineCertainty.Firm), (reader.Texts("rules"), EngineCertainty.Likely), (reader.Texts("hints"), EngineCertainty.Hint)];
        if (groups.All(g => g.Ids.Count == 0))
        {
            reader.Faults.Add(reader.At, "没有写分析器编号", "firm、rules、hints 至少一个", "rules: [CA2100]");
            return null;
        }

        return cwe is null || title is null || kind is null || severity is null || remedy is null
            ? null
            : [.. groups.SelectMany(g => g.Ids.Select(id => new EngineRule(id, cwe.Value, title, kind.Value, severity.Value, g.Certainty, remedy)))];
    }

    private static IgnoredEngineRule? Ignored(MappingReader reader)
    {
        var id = reader.Text("id", required: true, "id: S4818", cap: 60);
        var why = reader.Text("why", required: true, "why: 使用套接字本身不是缺陷", cap: 200);
        return id is null || why is null ? null : new IgnoredEngineRule(id, why);
    }
}
