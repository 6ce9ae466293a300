namespace SmartCity.SecurityCheck.Model;

/// <summary>The only place with the Chinese words of verdicts, reasons, severities, failures and the origin of rules.</summary>
public static class VerdictNames
{
    public static string Name(this Verdict verdict) => verdict switch
    {
        Verdict.Satisfied => "符合",
        Verdict.Partial => "部分符合",
        Verdict.NotSatisfied => "不符合",
        Verdict.NotApplicable => "不适用",
        _ => "待人工",
    };

    public static Verdict? ParseVerdict(string name) => Enum.GetValues<Verdict>().Where(v => v.Name() == name).Select(v => (Verdict?)v).FirstOrDefault();

    public static string Name(this VerdictReason reason) => reason switch
    {
        VerdictReason.Measured => "实测",
        VerdictReason.ConditionNotMet => "条件不成立",
        VerdictReason.ProbeUnable => "未核验：未能探测",
        VerdictReason.FieldMissing => "未核验：缺少数据",
        VerdictReason.ManualOnly => "只能人工判断",
        VerdictReason.Attested => "人工确认",
        VerdictReason.SelfReported => "自报（登记表所填，未核实）",
        _ => "未核验：只有人工确认",
    };

    /// <summary>未核验: a probe should have seen it and did not, whatever people say of it.</summary>
    public static bool IsUnverified(this VerdictReason reason) =>
        reason is VerdictReason.ProbeUnable or VerdictReason.FieldMissing or VerdictReason.AttestedUnseen;

    public static string Name(this Severity severity) => severity switch
    {
        Severity.Info => "提示",
        Severity.Minor => "一般",
        Severity.Major => "重要",
        _ => "高风险",
    };

    public static string Name(this BasisConfidence confidence) => confidence == BasisConfidence.Checked ? "已核" : "待核";

    public static string Name(this Gate gate) => gate switch
    {
        Gate.Filing => "备案",
        Gate.GoLive => "上线",
        Gate.Acceptance => "验收",
        _ => "参考",
    };

    public static string Name(this MaterialState state) => state switch
    {
        MaterialState.Listed => "已提交，内容待人工核对",
        MaterialState.Missing => "未提交",
        MaterialState.AttestedUnseen => "有人工确认而未见文件",
        MaterialState.Unfit => "提交的文件不合要求",
        MaterialState.Scant => "提交的文件没有读到，或认不出有文件的内容（太小、填充、乱码、压缩包）",
        _ => "已由人工确认",
    };

    public static string Name(this FailureKind kind) => kind switch
    {
        FailureKind.TimedOut => "超时",
        FailureKind.Unreachable => "无法连接",
        FailureKind.AccessDenied => "无权访问",
        FailureKind.ToolMissing => "缺少工具",
        FailureKind.BadInput => "输入无法理解",
        FailureKind.Refused => "本工具按规定未执行",
        FailureKind.Cancelled => "已中断",
        _ => "探测程序缺陷",
    };

    public static string Name(this RulesSource source) => source switch
    {
        RulesSource.BuiltIn => "内置规则",
        RulesSource.Changed => "自带规则（由内置规则改动而来）",
        _ => "自带规则",
    };

    public static string Name(this SystemKind kind) => kind switch
    {
        SystemKind.GovernmentService => "政务服务办理系统",
        SystemKind.BusinessSystem => "业务系统",
        SystemKind.DataPlatform => "数据系统",
        SystemKind.Infrastructure => "基础设施",
        SystemKind.Website => "政府网站",
        _ => "其他",
    };

    public static string Name(this Deployment deployment) => deployment switch
    {
        Deployment.OwnRoom => "自建机房",
        Deployment.GovernmentCloud => "政务云",
        _ => "混合部署",
    };
}
