using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>What became of one thing between two packs. Worst first, the order in which they are read.</summary>
public enum Change
{
    /// <summary>新出现: wrong now, and was not known to be.</summary>
    New,

    /// <summary>变差: was partly met, and is not met now.</summary>
    Worse,

    /// <summary>这次没有结论: was decided or not asked, and is 待人工 or 未核验 now. Never 已整改.</summary>
    Undecided,

    /// <summary>不再检查: its requirement or its target is not there any more, is at another place, or it does not apply any more.</summary>
    Gone,

    /// <summary>不可比: by the rules of now the earlier observations give another verdict than they gave then.</summary>
    OtherRules,

    /// <summary>已整改: was wrong, and was measured or confirmed to be right.</summary>
    Fixed,

    /// <summary>好转: better, without having been fixed as a whole.</summary>
    Better,

    /// <summary>新增检查: was not asked before, and nothing is wrong with it.</summary>
    Added,
    Unchanged,
}

/// <summary>The words of comparisons.</summary>
public static class ChangeNames
{
    public static string Name(this Change change) => change switch
    {
        Change.New => "新出现",
        Change.Worse => "变差",
        Change.Undecided => "这次没有结论",
        Change.Gone => "不再检查",
        Change.OtherRules => "规则不同，不可比",
        Change.Fixed => "已整改",
        Change.Better => "好转",
        Change.Added => "新增检查",
        _ => "未变",
    };

    /// <summary>What a class is, for whoever reads the word for the first time.</summary>
    public static string Meaning(this Change change) => change switch
    {
        Change.New => "这次有问题，上次没有或不知道",
        Change.Worse => "上次部分满足，这次不满足",
        Change.Undecided => "这次没有核验或待人工（上次有结论，或上次没有检查），不算整改",
        Change.Gone => "要求或对象不在了、换了地址，或不再适用，不算整改",
        Change.OtherRules => "按这次的规则，上次的观测会得出别的结论，差别不能归于系统",
        Change.Fixed => "上次有问题，这次核验为满足",
        Change.Better => "有改善，还没有完全解决，或原来没有结论",
        Change.Added => "上次没有检查，这次没有问题",
        _ => "结论与上次相同",
    };

    /// <summary>符合（实测）.</summary>
    public static string State(Judgement? judgement) => judgement is null ? "没有检查" : $"{judgement.Verdict.Name()}（{judgement.Reason.Name()}）";

    /// <summary>符合.</summary>
    public static string Said(Verdict? verdict) => verdict is { } said ? said.Name() : "没有检查";
}
