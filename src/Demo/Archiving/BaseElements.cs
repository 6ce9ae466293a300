namespace SmartCity.SecurityCheck.Demo;

/// <summary>One element of the basic metadata of a case.</summary>
/// <param name="Name">Of the XML element.</param>
/// <param name="Title">For people.</param>
/// <param name="Must">Its value may not be empty.</param>
/// <param name="Longest">Characters.</param>
/// <param name="Form">moment, region, credit, integer; empty where any text will do.</param>
/// <param name="Values">值域; none where it is open.</param>
internal sealed record BaseElement(string Name, string Title, bool Must, int Longest, string Form, params string[] Values);

/// <summary>基本信息元数据 · what this system writes and asks of packages. Lengths and value lists are its own choice.</summary>
internal static class BaseElements
{
    public static IReadOnlyList<BaseElement> All { get; } =
    [
        new("electronic_record_code", "电子文件号", true, 64, ""),
        new("region_code", "行政区划代码", true, 6, "region"),
        new("task_code", "事项编码", true, 64, ""),
        new("information_system_dcscription", "信息系统描述", true, 500, ""),
        new("archives_identifier", "档案馆代码", false, 20, ""),
        new("archives_name", "档案馆名称", false, 100, ""),
        new("fonds_constituting_unit_name", "立档单位名称", true, 100, ""),
        new("lead_department", "牵头部门", false, 100, ""),
        new("fonds_identifier", "全宗号", true, 20, ""),
        new("social_code", "统一社会信用代码", true, 18, "credit"),
        new("retention_period", "保管期限", true, 10, "", "永久", "30年", "10年"),
        new("security_classification", "密级", false, 10, "", "公开", "国内", "内部", "秘密", "机密", "绝密"),
        new("project_id", "办件编号", true, 64, ""),
        new("task_name", "事项名称", true, 200, ""),
        new("task_version", "事项版本", false, 20, ""),
        new("task_type", "事项类型", true, 20, "", "行政许可", "行政处罚", "行政强制", "行政征收", "行政给付", "行政检查", "行政确认", "行政奖励", "行政裁决", "公共服务", "其他行政权力"),
        new("project_name", "办件名称", true, 200, ""),
        new("service_type", "办件类型", true, 20, "", "即办件", "承诺件", "上报件"),
        new("archive_time", "归档时间", true, 40, "moment"),
        new("apply_name", "申请人名称", true, 100, ""),
        new("apply_type", "申请人类型", true, 20, "", "自然人", "法人", "其他组织"),
        new("card_type", "证件类型", false, 40, "", "居民身份证", "护照", "统一社会信用代码", "组织机构代码", "其他"),
        new("contacted_card", "证件号码", false, 40, ""),
        new("address", "联系地址", false, 200, ""),
        new("is_project", "是否投资项目", true, 2, "", "是", "否"),
        new("receive_department", "受理部门", true, 100, ""),
        new("receive_time", "受理时间", true, 40, "moment"),
        new("transact_time", "办结时间", true, 40, "moment"),
        new("result", "办理结果", true, 20, "", "准予许可", "不予许可", "办结", "退件", "其他"),
        new("result_code", "结果文号", false, 100, ""),
        new("accept_num", "受理文号", false, 100, ""),
        new("total_number", "文件数量", true, 9, "integer"),
        new("remarks", "备注", false, 1000, ""),
    ];

    public static string TitleOf(string name) => All.FirstOrDefault(e => string.Equals(e.Name, name, StringComparison.Ordinal))?.Title ?? name;
}
