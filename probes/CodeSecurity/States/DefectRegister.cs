using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Every defect of a source tree in one count, what people wrote of them, and how they stand beside an earlier look.</summary>
public sealed record DefectRegister
{
    /// <summary>Of all engines that look at the tree itself, and of its history where that was asked for.</summary>
    [Description("缺陷处数")]
    public required int Defects { get; init; }

    /// <summary>Why there may be more; empty where every engine came to its end.</summary>
    [Description("没有看全的原因")]
    public required IReadOnlyList<string> Doubts { get; init; }

    [Description("已抑制的处数")]
    public required int Suppressed { get; init; }

    /// <summary>With the reason, the reviewer and the day; the first 5,000.</summary>
    [Description("已抑制的缺陷")]
    public required IReadOnlyList<CodeDefect> SuppressedDefects { get; init; }

    /// <summary>Without effect, each with why: they leave what they mean as it is. The first 5,000.</summary>
    [Description("无效的抑制")]
    public required IReadOnlyList<DefectSuppression> WithoutEffect { get; init; }

    [Description("无效的抑制条数")]
    public int WithoutEffectCount { get; init; }

    /// <summary>That mean no defect there is; missing where an engine did not come to its end, as it may have been the one, where it may mean a history that nobody asked for, and where there are more than 5,000.</summary>
    [Description("查无此缺陷的抑制")]
    public Fact<IReadOnlyList<DefectSuppression>> WithoutDefect { get; init; }

    /// <summary>When the baseline was written; null where there is none.</summary>
    [Description("基线写于")]
    public Fact<DateOnly?> BaselineOf { get; init; }

    /// <summary>Not in the baseline and not suppressed; missing where there is no baseline, where there are more than 5,000, and where of one in a shallow history nobody knows.</summary>
    [Description("新增")]
    public Fact<IReadOnlyList<CodeDefect>> New { get; init; }

    /// <summary>Missing where there is no baseline, and where of a finding in a shallow history nobody knows.</summary>
    [Description("既有的处数")]
    public Fact<int> Known { get; init; }

    /// <summary>In the baseline and not found any more; missing where an engine did not come to its end.</summary>
    [Description("已消失的处数")]
    public Fact<int> VanishedCount { get; init; }

    /// <summary>These; missing also where there are more than 5,000.</summary>
    [Description("已消失")]
    public Fact<IReadOnlyList<BaselineDefect>> Vanished { get; init; }
}
