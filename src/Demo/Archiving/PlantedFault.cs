namespace SmartCity.SecurityCheck.Demo;

/// <summary>One fault of the careless variant.</summary>
/// <param name="Id">Short name.</param>
/// <param name="Function">Of the archiving checklist: F-01 to F-12, B-01 to B-04.</param>
/// <param name="What">What the careless system does.</param>
/// <param name="Why">Why it is there: how it comes about in real systems, and what a check must see.</param>
public sealed record PlantedFault(string Id, string Function, string What, string Why)
{
    /// <summary>Everything that is wrong in the careless variant of the archiving function, and in it alone.</summary>
    public static IReadOnlyList<PlantedFault> All { get; } =
    [
        new("green-detection", "F-04", "四性检测恒为通过，什么也不比", "界面上的绿色不是证据；要用带缺陷的包去试"),
        new("unblocked-packing", "F-04", "没有做四性检测也能打包", "检测与打包各走各的，检测成了摆设"),
        new("orphan-file", "F-05", "包里有一个元数据没有列的文件", "只按元数据找文件、不按文件找元数据的检测看不到它"),
        new("font-not-embedded", "F-11", "OFD 文件用的字体没有嵌入", "换一台机器、过若干年，字形就可能不是原来的"),
        new("md5-digest", "F-06", "移交目录的包摘要用 MD5", "MD5 能造出碰撞，不能证明包没有换过"),
        new("hand-typed-metadata", "F-10", "元数据页面上是手工录入的值，与包里的不同", "两处录入，两处不一致；只看界面看不出来"),
        new("reused-number", "F-03", "删除最后一件以后，办件编号和电子文件号给了下一件", "编号取“现有最大号加一”，一个号对应两件事"),
        new("editable-log", "F-09", "操作日志可以编辑、删除", "能改的日志不能作证"),
        new("open-log", "F-09", "普通用户能打开操作日志", "没有按角色分权"),
        new("empty-backup", "B-01", "立即备份只添一行“成功”，不写文件", "任务登记了，执行没有接上"),
        new("hollow-restore", "B-04", "恢复演练只添一行“成功”，什么也没有读回", "演练成了填表；没有前后一致的摘要，不能证明备份能恢复"),
        new("formula-export", "B-02", "导出不转义公式单元格", "申请人填的字在电子表格里成了公式"),
        new("full-numbers", "B-02", "导出带完整的身份证号", "导出文件离开了系统的权限"),
        new("partial-import", "B-03", "导入遇到坏行时，好行已经入库", "没有按整个文件提交，重传就重复"),
        new("wrong-statistics", "F-08", "归档统计数的是办件，不是归档信息包", "统计与实际的包数对不上"),
        new("swallowed-return", "F-07", "对方退回或出错时仍显示已移交，没有原因", "异常被吞掉，退回的件没有人处理"),
    ];
}
