using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>
/// What was compared for each of the 40 items of DA/T 70-2018. Every item is always there; one that was not compared says why.
/// </summary>
public sealed record ArchivePackageRecord
{
    /// <summary>Id of the package profile.</summary>
    [Description("信息包规范")]
    public required string Profile { get; init; }

    [Description("环节")]
    public required ArchiveStage Stage { get; init; }

    /// <summary>Id of the metadata scheme; null where there is none.</summary>
    [Description("元数据方案")]
    public required string? Scheme { get; init; }

    /// <summary>Packages read.</summary>
    [Description("信息包数")]
    public required int Packages { get; init; }

    /// <summary>Files in them.</summary>
    [Description("文件数")]
    public required int Files { get; init; }

    /// <summary>Bytes of package files and folders.</summary>
    [Description("字节数")]
    public required long Bytes { get; init; }

    /// <summary>What could not be read or is wrong with containers; one sentence each, and the batch went on behind it.</summary>
    [Description("读不出与容器的问题")]
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>The checks EEP-01 to EEP-10 of DA/T 48-2009; empty where no package is an EEP.</summary>
    [DisplayName("EEP 检查")]
    public required IReadOnlyList<ItemComparison> EepChecks { get; init; }

    /// <summary>Null where no results of the candidate's own detection were given.</summary>
    [Description("被测系统自己的检测")]
    public DetectionFinding? Detection { get; init; }

    [DisplayName("1-1 固化信息有效性")]
    public required ItemComparison Fixity { get; init; }

    [DisplayName("1-2 元数据项数据长度")]
    public required ItemComparison ValueLengths { get; init; }

    [DisplayName("1-3 元数据项数据类型与格式")]
    public required ItemComparison ValueForms { get; init; }

    [DisplayName("1-4 设定值域的元数据项符合值域")]
    public required ItemComparison ValueDomains { get; init; }

    [DisplayName("1-5 元数据项数据值合理性")]
    public required ItemComparison ValuePlausibility { get; init; }

    [DisplayName("1-6 元数据项包含特殊字符")]
    public required ItemComparison SpecialCharacters { get; init; }

    [DisplayName("1-7 档号规范性")]
    public required ItemComparison RecordNumbers { get; init; }

    [DisplayName("1-8 元数据项数据重复性")]
    public required ItemComparison Duplicates { get; init; }

    [DisplayName("1-9 内容数据大小一致性")]
    public required ItemComparison ContentSizes { get; init; }

    [DisplayName("1-10 内容数据的电子属性一致性")]
    public required ItemComparison ElectronicAttributes { get; init; }

    [DisplayName("1-11 元数据关联内容数据")]
    public required ItemComparison FileReferences { get; init; }

    [DisplayName("1-12 说明文件和目录文件规范性")]
    public required ItemComparison DescriptiveFiles { get; init; }

    [DisplayName("1-13 信息包目录结构规范性")]
    public required ItemComparison FolderStructure { get; init; }

    [DisplayName("1-14 信息包一致性")]
    public required ItemComparison PackageDigest { get; init; }

    [DisplayName("2-1 总件数相符性")]
    public required ItemComparison TotalCount { get; init; }

    [DisplayName("2-2 总字节数相符性")]
    public required ItemComparison TotalBytes { get; init; }

    [DisplayName("2-3 元数据项完整性")]
    public required ItemComparison ElementPresence { get; init; }

    [DisplayName("2-4 元数据必填著录项目")]
    public required ItemComparison MandatoryValues { get; init; }

    [DisplayName("2-5 过程信息完整性")]
    public required ItemComparison ProcessStages { get; init; }

    [DisplayName("2-6 连续性元数据项")]
    public required ItemComparison SerialContinuity { get; init; }

    [DisplayName("2-7 内容数据完整性")]
    public required ItemComparison ContentCompleteness { get; init; }

    [DisplayName("2-8 附件数据完整性")]
    public required ItemComparison Attachments { get; init; }

    [DisplayName("2-9 归档范围")]
    public required ItemComparison ArchivingScope { get; init; }

    [DisplayName("2-10 信息包元数据完整性")]
    public required ItemComparison PackageMetadata { get; init; }

    [DisplayName("2-11 信息包内容数据完整性")]
    public required ItemComparison PackageContents { get; init; }

    [DisplayName("3-1 信息包中元数据的可读性")]
    public required ItemComparison MetadataReadability { get; init; }

    [DisplayName("3-2 目标数据库中的元数据可访问性")]
    public required ItemComparison DatabaseAccess { get; init; }

    [DisplayName("3-3 内容数据格式")]
    public required ItemComparison ContentFormats { get; init; }

    [DisplayName("3-4 内容数据的可读性")]
    public required ItemComparison ContentReadability { get; init; }

    [DisplayName("3-5 内容数据格式长期可用性")]
    public required ItemComparison LongTermFormats { get; init; }

    [DisplayName("3-6 内容数据软硬件环境")]
    public required ItemComparison SoftwareEnvironment { get; init; }

    [DisplayName("3-7 备份数据可读性")]
    public required ItemComparison BackupReadability { get; init; }

    [DisplayName("3-8 信息包与内容数据格式合规性")]
    public required ItemComparison PackageFormats { get; init; }

    [DisplayName("4-1 系统环境中安装杀毒软件")]
    public required ItemComparison AntivirusPresence { get; init; }

    [DisplayName("4-2 病毒感染")]
    public required ItemComparison VirusInfection { get; init; }

    [DisplayName("4-3 载体中多余文件")]
    public required ItemComparison SurplusFiles { get; init; }

    [DisplayName("4-4 载体读取速度")]
    public required ItemComparison CarrierSpeed { get; init; }

    [DisplayName("4-5 载体外观")]
    public required ItemComparison CarrierAppearance { get; init; }

    [DisplayName("4-6 光盘合格性")]
    public required ItemComparison DiscQuality { get; init; }

    [DisplayName("4-7 操作过程安全性")]
    public required ItemComparison ProcessSafety { get; init; }

    /// <summary>The 40 items in their order.</summary>
    internal IReadOnlyList<ItemComparison> Items =>
    [
        Fixity, ValueLengths, ValueForms, ValueDomains, ValuePlausibility,
        SpecialCharacters, RecordNumbers, Duplicates, ContentSizes, ElectronicAttributes,
        FileReferences, DescriptiveFiles, FolderStructure, PackageDigest, TotalCount,
        TotalBytes, ElementPresence, MandatoryValues, ProcessStages, SerialContinuity,
        ContentCompleteness, Attachments, ArchivingScope, PackageMetadata, PackageContents,
        MetadataReadability, DatabaseAccess, ContentFormats, ContentReadability, LongTermFormats,
        SoftwareEnvironment, BackupReadability, PackageFormats, AntivirusPresence, VirusInfection,
        SurplusFiles, CarrierSpeed, CarrierAppearance, DiscQuality, ProcessSafety,
    ];
}
