using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Sorts of faults of a container, with the words people are shown.</summary>
public enum ContainerFaultKind
{
    [Description("不是 ZIP，或已经截断")]
    NoContainer,

    [Description("CRC-32 不符")]
    WrongCrc,

    [Description("声明的长度与实际不符")]
    WrongLength,

    [Description("条目互相重叠")]
    Overlap,

    [Description("本地头与中央目录不一致")]
    HeaderMismatch,

    [Description("条目重名")]
    DuplicateName,

    [Description("条目加密")]
    Encrypted,

    [Description("压缩方法不是存储或 DEFLATE")]
    CompressionMethod,

    [Description("压缩比过大")]
    Ratio,

    [Description("嵌套过深")]
    Nesting,

    [Description("路径越出包外")]
    EscapingPath,

    [Description("符号链接或特殊文件")]
    Link,

    [Description("文件名无法解码")]
    UndecodableName,

    [Description("文件名含保留字符或过长")]
    ReservedName,

    [Description("条目过多")]
    TooManyEntries,

    [Description("总量过大")]
    TooLarge,

    [Description("容器里有不属于任何条目的数据")]
    StrayData,

    [Description("读不出来")]
    Unreadable,
}
