using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Why a flow is not sure, in a few words each, for a line under it; the sentences of its message begin with the same words.</summary>
internal static class FlowDoubtWords
{
    public const string OfChecks = "路上有检查或过滤没有读懂，或值的开头没有看到";
    public const string OfStored = "来源是先存放、后取出的数据或其他系统的应答";
    public const string OfMachine = "来源是本机的配置或操作者";

    private static readonly (StepDoubt Doubt, string Words)[] OfSteps =
    [
        (StepDoubt.UnknownLibrary, "路上经过不认识的库"),
        (StepDoubt.UnknownVersion, "用的是哪个版本的库不知道"),
        (StepDoubt.Rewritten, "值在路上被改写"),
        (StepDoubt.OnResolution, "要看视图名怎样解析"),
        (StepDoubt.Permitted, "只有有权限的人能调用"),
        (StepDoubt.InException, "不一定在异常的原文里"),
        (StepDoubt.Uncalled, "没有看到谁调用"),
        (StepDoubt.OwnCallers, "供其他服务调用，源码树里的调用者没有交来外部输入"),
        (StepDoubt.Unmade, "路上的类没有看到谁创建它的对象"),
        (StepDoubt.ForDevelopers, "只在开发环境里执行"),
        (StepDoubt.Asked, "程序先问过调用者的权限"),
    ];

    /// <param name="flow">With or without a way.</param>
    /// <param name="weakness">It is.</param>
    /// <param name="harmless">As of <see cref="ToldFlow"/>.</param>
    /// <returns>Null where nothing is to be said.</returns>
    public static string? Of(FoundFlow flow, FlowWeakness weakness, string? harmless)
    {
        var doubts = StepDoubt.None;
        for (var step = flow.Way; step is not null; step = step.Before)
        {
            doubts |= step.Words.Doubt;
        }

        string?[] all =
        [
            TestCode.IsTest(flow.Site.File) ? "在测试代码里" : FlowDoubt.BeginsInTests(flow) ? "从测试代码开始" : null,
            TestCode.IsBuilding(flow.Site.File) ? "属于构建工具" : null,
            flow.IsDoubted ? OfChecks : null,
            .. OfSteps.Where(s => (doubts & s.Doubt) != StepDoubt.None).Select(s => s.Words),
            flow.Way is null || flow.Trust == FlowTrust.Remote ? null : flow.Trust == FlowTrust.Stored ? OfStored : OfMachine,
            harmless?.Split('，')[0],
            weakness.IsUnsure || (flow.Way is null && weakness.Severity < Severity.Major) ? "有没有害要看代码以外的情况" : null,
        ];
        return string.Join("；", all.OfType<string>()) is { Length: > 0 } said ? said : null;
    }
}
