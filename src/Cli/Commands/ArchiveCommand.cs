using System.CommandLine;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>What people do around the archiving function, beside looking at it.</summary>
internal static class ArchiveCommand
{
    public static Command Create() => new DocumentedCommand(
        "archive",
        "电子文件归档：配合核验归档功能的工具",
        ("securitycheck archive defects make 样本/", "写出各含一处缺陷的归档信息包，检验被测系统自己的检测"),
        ("securitycheck archive receiver --port 8090", "在本机扮演档案馆，接收被测系统移交的归档信息包"))
    {
        ArchiveDefectsCommand.Create(),
        ArchiveReceiverCommand.Create(),
        ArchiveFlowCommands.DryRun(),
        ArchiveFlowCommands.Record(),
    };
}
