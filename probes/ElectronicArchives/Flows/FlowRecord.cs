using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>How a step ended.</summary>
public enum StepOutcome
{
    [Description("做成")]
    Done,

    [Description("会用这个元素（试走，没有做）")]
    WouldUse,

    [Description("没有找到")]
    NotFound,

    [Description("不止一个")]
    Ambiguous,

    [Description("超时")]
    TimedOut,

    [Description("被拒绝")]
    Refused,

    [Description("看到的相反")]
    Contradicted,

    [Description("没有做")]
    NotRun,

    [Description("浏览器出错")]
    Trouble,
}

/// <summary>What walking through the pages of a system gave.</summary>
public sealed record FlowRecord
{
    [Description("流程")]
    public required string Flow { get; init; }

    [Description("登录")]
    public required string Login { get; init; }

    /// <summary>Every step of the file, in its order.</summary>
    [Description("步骤")]
    public required IReadOnlyList<FlowStepResult> Steps { get; init; }

    /// <summary>Values that differ between page, package and interface.</summary>
    [Description("不一致的字段")]
    public required IReadOnlyList<FieldDifference> Differences { get; init; }

    [Description("F-01 归档配置")]
    public required FunctionFinding F01 { get; init; }

    [Description("F-02 办结自动归集")]
    public required FunctionFinding F02 { get; init; }

    [Description("F-03 整理组件")]
    public required FunctionFinding F03 { get; init; }

    [Description("F-04 清点检测")]
    public required FunctionFinding F04 { get; init; }

    [Description("F-05 信息包封装")]
    public required FunctionFinding F05 { get; init; }

    [Description("F-06 校验信息")]
    public required FunctionFinding F06 { get; init; }

    [Description("F-07 数据交换")]
    public required FunctionFinding F07 { get; init; }

    [Description("F-08 统计")]
    public required FunctionFinding F08 { get; init; }

    [Description("F-09 审计日志")]
    public required FunctionFinding F09 { get; init; }

    [Description("F-10 元数据")]
    public required FunctionFinding F10 { get; init; }

    [Description("F-11 存储格式")]
    public required FunctionFinding F11 { get; init; }

    [Description("F-12 接收检测")]
    public required FunctionFinding F12 { get; init; }

    [Description("B-01 备份")]
    public required FunctionFinding B01 { get; init; }

    [Description("B-02 导出")]
    public required FunctionFinding B02 { get; init; }

    [Description("B-03 导入")]
    public required FunctionFinding B03 { get; init; }

    [Description("B-04 恢复")]
    public required FunctionFinding B04 { get; init; }

    /// <summary>host:port that was asked for and not given, with how often, and whether the pages or the browser asked.</summary>
    [Description("被拦下的主机")]
    public required IReadOnlyList<string> Blocked { get; init; }

    [Description("弹窗")]
    public required IReadOnlyList<string> Dialogs { get; init; }

    /// <summary>Masks of the flow that found no column and no field on any page: what they were to cover may stand in texts and pictures under another name.</summary>
    [Description("没有对上的遮盖")]
    public IReadOnlyList<string> UnmatchedMasks { get; init; } = [];

    /// <summary>Certificates of the target were taken as they came.</summary>
    [Description("没有核对网站证书")]
    public required bool CertificatesUnchecked { get; init; }

    /// <summary>SM3 over the steps: of the digest so far, id, outcome, and the digests of picture and text.</summary>
    [Description("证据链")]
    public required string Chain { get; init; }
}

/// <param name="Id">As in the file.</param>
/// <param name="Verb">As in the file.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Note">For people.</param>
/// <param name="Used">Elements that were used, and by which way each was found.</param>
/// <param name="Candidates">What answered to a label that should name one thing.</param>
/// <param name="Seen">Values that were read, covered where masks say so.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Account">第一账户 or 第二账户.</param>
/// <param name="Proves">Functions it is a step of.</param>
/// <param name="Chain">SM3 up to this step.</param>
public sealed record FlowStepResult(
    string Id, string Verb, StepOutcome Outcome, string Note, IReadOnlyList<string> Used, IReadOnlyList<string> Candidates, IReadOnlyList<string> Seen,
    long Milliseconds, string Account, IReadOnlyList<string> Proves, string Chain);

/// <param name="Field">Label.</param>
/// <param name="OnPage">Value of the page.</param>
/// <param name="Elsewhere">Value of the other source; null where it has none.</param>
/// <param name="Source">The other source.</param>
/// <param name="Note">For people.</param>
public sealed record FieldDifference(string Field, string OnPage, string? Elsewhere, string Source, string Note);

/// <summary>What the steps say of one function.</summary>
public sealed record FunctionFinding
{
    /// <summary>True: every step that speaks of it was done and saw what it should; false: one saw the contrary; missing: undecided, or no step speaks of it.</summary>
    [Description("演示成功")]
    public Fact<bool> Shown { get; init; }

    /// <summary>False where a step saw the contrary, missing otherwise: what steps show is what their author let them look at, and whether that is enough people say.</summary>
    [Description("功能成立")]
    public Fact<bool> Holds { get; init; }

    /// <summary>Ids of the steps that speak of it; empty where none does.</summary>
    [Description("有关步骤")]
    public IReadOnlyList<string> Steps { get; init; } = [];

    [Description("说明")]
    public IReadOnlyList<string> Reasons { get; init; } = [];

    internal static FunctionFinding Of(string id, IEnumerable<FlowStepResult> all)
    {
        var own = all.Where(s => s.Proves.Contains(id, StringComparer.Ordinal)).ToList();
        if (own.Count == 0)
        {
            return new FunctionFinding { Reasons = ["流程里没有一步说到它"] };
        }

        var open = own.Where(s => s.Outcome != StepOutcome.Done).ToList();
        return new FunctionFinding
        {
            Holds = own.Exists(s => s.Outcome == StepOutcome.Contradicted) ? false : default(Fact<bool>),
            Shown = own.Exists(s => s.Outcome == StepOutcome.Contradicted) ? false : open.Count == 0 ? true : default(Fact<bool>),
            Steps = [.. own.Select(s => s.Id)],
            Reasons = [.. (open.Count > 0 ? open : own).Select(s => $"{s.Id}：{s.Note}")],
        };
    }
}
