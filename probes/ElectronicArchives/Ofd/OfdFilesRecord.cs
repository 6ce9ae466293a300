using System.ComponentModel;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>OFD files of a package, with the answer of each. A list cut short leaves its field out.</summary>
public sealed record OfdFilesRecord
{
    [Description("OFD 文件数")]
    public Fact<int> FileCount { get; init; }

    /// <summary>In the order of their paths.</summary>
    [Description("逐个文件")]
    public Fact<IReadOnlyList<OfdFileFinding>> Files { get; init; }

    /// <summary>Names files with the first reason; for people, as are the lists below.</summary>
    [Description("被改动或签名不成立的文件")]
    public required IReadOnlyList<string> Tampered { get; init; }

    [Description("结构错误的文件")]
    public required IReadOnlyList<string> Broken { get; init; }

    [Description("签名时证书或印章已失效的文件")]
    public required IReadOnlyList<string> Expired { get; init; }

    [Description("签名无法判定的文件")]
    public required IReadOnlyList<string> Undecided { get; init; }

    [Description("没有签名的文件")]
    public required IReadOnlyList<string> Unsigned { get; init; }

    [Description("可见部分未被签名保护的文件")]
    public required IReadOnlyList<string> Uncovered { get; init; }

    [Description("用 MD5 或 SHA-1 作摘要的文件")]
    public required IReadOnlyList<string> WeakDigests { get; init; }

    [Description("签名者未能链到信任根的文件")]
    public required IReadOnlyList<string> Untrusted { get; init; }

    [Description("签名证书的撤销没有查清的文件")]
    public required IReadOnlyList<string> RevocationOpen { get; init; }

    [Description("加密的文件")]
    public required IReadOnlyList<string> Encrypted { get; init; }

    [Description("OFD-A 规则未满足之处")]
    public required IReadOnlyList<string> ArchivalGaps { get; init; }

    [Description("妨碍长期读出之处")]
    public required IReadOnlyList<string> LongTermProblems { get; init; }

    [Description("签名与 OFD-A 的取舍")]
    public required IReadOnlyList<string> StageTension { get; init; }

    [Description("说明")]
    public required IReadOnlyList<string> Remarks { get; init; }
}

/// <summary>One OFD file.</summary>
public sealed record OfdFileFinding
{
    /// <summary>Path in the package; the name of the file where it is one.</summary>
    public required string File { get; init; }

    /// <summary>For people.</summary>
    public required string Note { get; init; }

    /// <summary>The worst of its signatures and of its structure; a superseded signature beside an intact one does not count.</summary>
    [Description("结论")]
    public required OfdAnswer Answer { get; init; }

    [Description("理由")]
    public required IReadOnlyList<string> Reasons { get; init; }

    [DisplayName("文档类型")]
    public Fact<string?> DocumentType { get; init; }

    [DisplayName("页数")]
    public Fact<int> Pages { get; init; }

    [DisplayName("有签名")]
    public Fact<bool> HasSignatures { get; init; }

    [DisplayName("加密")]
    public Fact<bool> IsEncrypted { get; init; }

    /// <summary>Everything it names is there and can be read, and the container is sound.</summary>
    [DisplayName("结构完整")]
    public Fact<bool> IsSound { get; init; }

    /// <summary>All signatures hold for what is there; null where there are none, missing where one is not decided, or was not read.</summary>
    [DisplayName("签名成立")]
    public Fact<bool?> SignaturesHold { get; init; }

    /// <summary>Certificates and seals were valid when they signed; null where there are none, missing where one is not decided, or says nothing of it.</summary>
    [DisplayName("签名时有效")]
    public Fact<bool?> ValidAtSigning { get; init; }

    /// <summary>No certificate was revoked when it signed; null where there are none, missing where nobody gave a list or response that says so of all.</summary>
    [DisplayName("签名时未撤销")]
    public Fact<bool?> NotRevoked { get; init; }

    /// <summary>All signers and seal makers lead to a configured root; null where there are none, missing where no roots were configured or it is not decided.</summary>
    [DisplayName("签名者可信")]
    public Fact<bool?> SignersTrusted { get; init; }

    /// <summary>Digests over files by MD5 or SHA-1. Missing where none was found and not all were read.</summary>
    [DisplayName("弱摘要")]
    public Fact<bool> HasWeakDigests { get; init; }

    [DisplayName("声明为 OFD-A")]
    public Fact<bool> DeclaresArchival { get; init; }

    /// <summary>Numbers of the rules of OFD-A of level ERROR that are not met; missing where parts were not read.</summary>
    [DisplayName("未满足的 OFD-A 规则")]
    public Fact<IReadOnlyList<string>> ArchivalErrors { get; init; }

    /// <summary>Of those, the ones that every file should meet to be read in decades: fonts, pictures, sound, paths, actions.</summary>
    [DisplayName("妨碍长期可读之处")]
    public Fact<IReadOnlyList<string>> LongTermGaps { get; init; }

    /// <summary>In the order of Signatures.xml.</summary>
    [DisplayName("签名")]
    public Fact<IReadOnlyList<OfdSignatureFinding>> Signatures { get; init; }

    /// <summary>Parts people see that no valid signature protects; empty where nothing is signed. Missing where none was found and parts were not read.</summary>
    [DisplayName("未受保护的可见部分")]
    public Fact<IReadOnlyList<UncoveredPart>> Uncovered { get; init; }

    /// <summary>OFDA-01 to OFDA-28, those this tool knows.</summary>
    [DisplayName("OFD-A 规则")]
    public Fact<IReadOnlyList<ArchivalFinding>> Archival { get; init; }
}

/// <summary>One signature with its steps.</summary>
public sealed record OfdSignatureFinding
{
    public required string Id { get; init; }

    /// <summary>Seal or Sign.</summary>
    public required string Type { get; init; }

    public required OfdAnswer Answer { get; init; }

    public required IReadOnlyList<string> Reasons { get; init; }

    public Fact<SealShape> Shape { get; init; }

    public Fact<SealStandard?> Standard { get; init; }

    public Fact<string?> SealName { get; init; }

    public Fact<string?> SealId { get; init; }

    /// <summary>Subject of the signer's certificate.</summary>
    public Fact<string?> Signer { get; init; }

    public Fact<DateTimeOffset?> SignedAt { get; init; }

    [DisplayName("摘要算法")]
    public required IReadOnlyList<string> DigestMethods { get; init; }

    /// <summary>Signer's and seal maker's chain: true, false, or null where no roots were configured. Missing where not decided.</summary>
    [DisplayName("链到信任根")]
    public Fact<bool?> IsTrusted { get; init; }

    public required IReadOnlyList<SealCheck> Steps { get; init; }

    /// <summary>Paths of the files it protects.</summary>
    public required IReadOnlyList<string> Covered { get; init; }

    /// <summary>The first 500; how many more stands in <see cref="Remarks"/>.</summary>
    public required IReadOnlyList<UncoveredPart> Uncovered { get; init; }

    public required IReadOnlyList<string> Remarks { get; init; }
}

/// <summary>One rule of GB/T 42133-2022 as far as it can be told by looking.</summary>
public sealed record ArchivalFinding
{
    /// <summary>OFDA-01 and so on.</summary>
    public required string Rule { get; init; }

    [DisplayName("条款")]
    public required string Clause { get; init; }

    /// <summary>ERROR, WARN or INFO.</summary>
    [DisplayName("程度")]
    public required string Level { get; init; }

    public required string Title { get; init; }

    /// <summary>Missing where it was not looked at.</summary>
    [DisplayName("满足")]
    public Fact<bool> Holds { get; init; }

    /// <summary>What was found; for people.</summary>
    public required string Found { get; init; }
}
