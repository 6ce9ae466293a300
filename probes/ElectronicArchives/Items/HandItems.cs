namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Items that no package answers.</summary>
internal static class HandItems
{
    public static ItemTally Database() => Open("目标库里的记录", "包里的元数据", "没有连接目标库；用归档流程（webFlows）或人工核对");

    public static ItemTally Backup() => Open("备份的文件", "源文件的摘要", "没有给出备份");

    public static ItemTally Speed() => Open("读取载体的速度", "载体标称的速度", "没有测；需要载体与门限值");

    public static ItemTally Appearance() => Open("载体的外观", "没有划痕、变形与污损", "只有人能看，请附照片");

    public static ItemTally Disc() => Open("光盘的错误率", "DA/T 38 的指标", "需要光盘检测仪的报告");

    public static ItemTally Process() => Open("归档与移交过程的日志、权限与传输保护", "过程安全的要求", "看审计日志与其他支柱的结果，由人判断");

    private static ItemTally Open(string left, string right, string why)
    {
        var tally = new ItemTally(left, right);
        tally.LeaveToPeople(why);
        return tally;
    }
}
