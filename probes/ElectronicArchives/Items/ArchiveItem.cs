using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>One of the 40 items of DA/T 70-2018.</summary>
/// <param name="Id">Such as <c>1-2</c>.</param>
/// <param name="Title">In words of our own.</param>
/// <param name="InTransfer">Asked at 移交与接收; all of them are asked at 归档.</param>
/// <param name="InPreservation">Asked at 长期保存.</param>
internal sealed record ArchiveItem(string Id, string Title, bool InTransfer, bool InPreservation)
{
    public bool IsOf(ArchiveStage stage) => stage switch
    {
        ArchiveStage.Transfer => InTransfer,
        ArchiveStage.Preservation => InPreservation,
        _ => true,
    };
}

/// <summary>The items in their order. Names and stages as in public rule tables; not checked against print.</summary>
internal static class ArchiveItems
{
    public static readonly ArchiveItem Fixity = new("1-1", "固化信息有效性", true, true);
    public static readonly ArchiveItem ValueLengths = new("1-2", "元数据项数据长度", true, true);
    public static readonly ArchiveItem ValueForms = new("1-3", "元数据项数据类型与格式", true, true);
    public static readonly ArchiveItem ValueDomains = new("1-4", "设定值域的元数据项符合值域", true, true);
    public static readonly ArchiveItem ValuePlausibility = new("1-5", "元数据项数据值合理性", true, true);
    public static readonly ArchiveItem SpecialCharacters = new("1-6", "元数据项包含特殊字符", true, true);
    public static readonly ArchiveItem RecordNumbers = new("1-7", "档号规范性", true, true);
    public static readonly ArchiveItem Duplicates = new("1-8", "元数据项数据重复性", true, true);
    public static readonly ArchiveItem ContentSizes = new("1-9", "内容数据大小一致性", true, true);
    public static readonly ArchiveItem ElectronicAttributes = new("1-10", "内容数据的电子属性一致性", true, true);
    public static readonly ArchiveItem FileReferences = new("1-11", "元数据关联内容数据", true, true);
    public static readonly ArchiveItem DescriptiveFiles = new("1-12", "说明文件和目录文件规范性", true, false);
    public static readonly ArchiveItem FolderStructure = new("1-13", "信息包目录结构规范性", true, false);
    public static readonly ArchiveItem PackageDigest = new("1-14", "信息包一致性", true, true);
    public static readonly ArchiveItem TotalCount = new("2-1", "总件数相符性", true, true);
    public static readonly ArchiveItem TotalBytes = new("2-2", "总字节数相符性", true, true);
    public static readonly ArchiveItem ElementPresence = new("2-3", "元数据项完整性", true, true);
    public static readonly ArchiveItem MandatoryValues = new("2-4", "元数据必填著录项目", true, true);
    public static readonly ArchiveItem ProcessStages = new("2-5", "过程信息完整性", true, false);
    public static readonly ArchiveItem SerialContinuity = new("2-6", "连续性元数据项", true, true);
    public static readonly ArchiveItem ContentCompleteness = new("2-7", "内容数据完整性", true, true);
    public static readonly ArchiveItem Attachments = new("2-8", "附件数据完整性", true, true);
    public static readonly ArchiveItem ArchivingScope = new("2-9", "归档范围", false, false);
    public static readonly ArchiveItem PackageMetadata = new("2-10", "信息包元数据完整性", true, true);
    public static readonly ArchiveItem PackageContents = new("2-11", "信息包内容数据完整性", true, true);
    public static readonly ArchiveItem MetadataReadability = new("3-1", "信息包中元数据的可读性", true, true);
    public static readonly ArchiveItem DatabaseAccess = new("3-2", "目标数据库中的元数据可访问性", true, true);
    public static readonly ArchiveItem ContentFormats = new("3-3", "内容数据格式", true, false);
    public static readonly ArchiveItem ContentReadability = new("3-4", "内容数据的可读性", true, true);
    public static readonly ArchiveItem LongTermFormats = new("3-5", "内容数据格式长期可用性", true, true);
    public static readonly ArchiveItem SoftwareEnvironment = new("3-6", "内容数据软硬件环境", true, true);
    public static readonly ArchiveItem BackupReadability = new("3-7", "备份数据可读性", false, true);
    public static readonly ArchiveItem PackageFormats = new("3-8", "信息包与内容数据格式合规性", true, false);
    public static readonly ArchiveItem AntivirusPresence = new("4-1", "系统环境中安装杀毒软件", true, true);
    public static readonly ArchiveItem VirusInfection = new("4-2", "病毒感染", true, true);
    public static readonly ArchiveItem SurplusFiles = new("4-3", "载体中多余文件", true, false);
    public static readonly ArchiveItem CarrierSpeed = new("4-4", "载体读取速度", true, true);
    public static readonly ArchiveItem CarrierAppearance = new("4-5", "载体外观", true, true);
    public static readonly ArchiveItem DiscQuality = new("4-6", "光盘合格性", false, true);
    public static readonly ArchiveItem ProcessSafety = new("4-7", "操作过程安全性", true, false);
}
