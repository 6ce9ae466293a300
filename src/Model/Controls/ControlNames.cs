namespace SmartCity.SecurityCheck.Model;

/// <summary>The Chinese words of controls and assessments.</summary>
public static class ControlNames
{
    public static string Name(this Modal modal) => modal switch
    {
        Modal.Shall => "应",
        Modal.Should => "宜",
        _ => "可",
    };

    public static string Name(this ControlPart part) => part == ControlPart.Technical ? "技术" : "管理";

    public static string Name(this ToolReach reach) => reach switch
    {
        ToolReach.Full => "能连上的对象由工具判 D、A",
        ToolReach.Partial => "工具能看到一部分",
        ToolReach.Sample => "给出样本、密钥或导出后由工具判",
        ToolReach.Register => "按密码产品清单判",
        ToolReach.Document => "看文档与访谈",
        _ => "只能现场看",
    };

    public static string Name(this AssessmentConclusion conclusion) => conclusion switch
    {
        AssessmentConclusion.Satisfied => Verdict.Satisfied.Name(),
        AssessmentConclusion.BasicallySatisfied => "基本符合",
        AssessmentConclusion.NotSatisfied => Verdict.NotSatisfied.Name(),
        _ => "待认定",
    };

    public static string Name(this HighRiskStanding standing) => standing switch
    {
        HighRiskStanding.NotApplicable => Verdict.NotApplicable.Name(),
        HighRiskStanding.Excluded => "已由人排除",
        HighRiskStanding.Mitigated => "已由人降低",
        HighRiskStanding.Open => "未排除",
        HighRiskStanding.Suspected => "疑似",
        _ => "存在",
    };

    public static string Name(this RiskLevel level) => level switch
    {
        RiskLevel.High => "高",
        RiskLevel.Medium => "中",
        _ => "低",
    };

    public static string Name(this SourceKind kind) => kind switch
    {
        SourceKind.Measured => "实测",
        SourceKind.SelfReported => "自报",
        SourceKind.Answered => "人工回答",
        SourceKind.OnRecord => "人工回答（只作记录）",
        SourceKind.Unbacked => "人工回答（未附证据文件）",
        _ => "登记",
    };

    public static string Name(this AlgorithmStatus status) => status switch
    {
        AlgorithmStatus.Approved => "商用密码",
        AlgorithmStatus.NotApproved => "非商用密码",
        AlgorithmStatus.Broken => "已不安全",
        _ => "由测评人员判断",
    };

    /// <summary>What an aspect asks.</summary>
    public static string Meaning(this Aspect aspect) => aspect switch
    {
        Aspect.D => "密码使用有效",
        Aspect.A => "算法、技术合规",
        _ => "密钥管理安全",
    };

    /// <summary>是, 否 or 未知.</summary>
    public static string Answer(bool? holds) => holds switch
    {
        true => "是",
        false => "否",
        _ => "未知",
    };
}
