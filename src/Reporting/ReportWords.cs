using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>Sentences every format says in the same words.</summary>
public static class ReportWords
{
    public const string Title = "验收前安全检查报告";

    /// <summary>What the report is not. No format may leave it out.</summary>
    public const string Disclaimer =
        "本报告是验收前的技术自查结果，不代替商用密码应用安全性评估（密评）、网络安全等级保护测评（等保测评）和项目档案验收；上述事项以有资质的机构或主管部门出具的正式结论为准。";

    /// <summary>That other rules judged than those of the tool; null where it was those and all of them.</summary>
    public static string? OtherRules(RulesUsed rules)
    {
        if (rules.AreBuiltIn)
        {
            return null;
        }

        var others = rules.Files.Where(f => f.Source != RulesSource.BuiltIn).ToList();
        return "判定用的不是工具的内置规则，结论只对所用的规则成立："
            + string.Join('；', others.Select(f => $"{f.Reference.File} 是{f.Source.Name()}{Beside(f)}").Concat(rules.LeftOut.Select(f => $"内置规则 {f} 没有使用")))
            + "。";
    }

    /// <summary>The same version with other content is no older or newer edition: somebody changed it.</summary>
    private static string Beside(RulesFile rules) => rules switch
    {
        { BuiltInVersion: null } => "",
        { BuiltInVersion: "" } => $"，与内置的 {rules.Reference.Id} 同名而内容不同",
        { BuiltInVersion: var version, Reference: var used } when version == used.Version => $"，与内置的 {used.Id} {version} 版本相同而内容不同",
        { BuiltInVersion: var version, Reference: var used } => $"，{used.Id} 的版本是 {used.Version}，内置的是 {version}",
    };

    /// <summary>Page one in a few words.</summary>
    public static string Headline(GateResult gate) => gate.Outcome switch
    {
        GateOutcome.Passed => $"未发现阻碍{gate.Stage.Name()}的问题",
        GateOutcome.Failed => $"暂不具备{gate.Stage.Name()}条件",
        _ => "尚不能下结论",
    };

    /// <summary>What a severity means to somebody who has to decide.</summary>
    public static string Meaning(this Severity severity) => severity switch
    {
        Severity.Critical => "一旦被利用，后果严重，应当最先处理",
        Severity.Major => "明显削弱防护，应当尽快处理",
        Severity.Minor => "防护不够完整，应当列入整改计划",
        _ => "供参考，可择机改进",
    };

    /// <summary>The threshold of the gate in words.</summary>
    public static string Meaning(this FailOn failOn) => failOn switch
    {
        FailOn.Critical => $"有“{Severity.Critical.Name()}”问题即不通过",
        FailOn.Major => $"有“{Severity.Major.Name()}”及以上问题即不通过",
        FailOn.Minor => $"有“{Severity.Minor.Name()}”及以上问题即不通过",
        _ => $"有“{Severity.Minor.Name()}”及以上问题或未核验项即不通过",
    };

    /// <summary>What the letters are; no format may show one without saying so somewhere.</summary>
    public const string GradeNote =
        "字母等级只是帮助阅读的参考：取所有未满足要求中封顶最低的一级，门槛由本工具的规则给出，不是任何标准的评级，也不影响判定。";

    /// <summary>The letter with what could still lower it, such as "B（3 项未定，最低可到 F）".</summary>
    public static string Words(this TargetGrade grade) => grade.Lower == grade.Upper
        ? $"{grade.Upper}"
        : $"至多 {grade.Upper}（{grade.Undecided.Count} 项未定，最低可到 {grade.Lower}）";

    public static string Name(ForeignTool tool) => tool switch
    {
        ForeignTool.Lynis => "Lynis",
        ForeignTool.OpenScap => "OpenSCAP",
        ForeignTool.Sarif => "SARIF",
        _ => "nmap",
    };

    public static string Name(ForeignOutcome outcome) => outcome switch
    {
        ForeignOutcome.Passed => "没有问题",
        ForeignOutcome.Failed => "有问题",
        _ => "没有结论",
    };
}
