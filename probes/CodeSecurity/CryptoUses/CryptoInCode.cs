using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>Inventory of the uses of cryptography that the pattern rules know, good or bad. Numbers are of lines of code, an algorithm counted once a line, and not of data protected.</summary>
public sealed record CryptoInCode
{
    [Description("读了的程序文件")]
    public required int Files { get; init; }

    [Description("行数")]
    public required long Lines { get; init; }

    [Description("程序语言")]
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>Languages of programs in the tree for which the inventory has no rule.</summary>
    [Description("没有规则的语言")]
    public required IReadOnlyList<string> NotCovered { get; init; }

    /// <summary>By reason, with the number.</summary>
    [Description("没有读的")]
    public required IReadOnlyList<string> LeftOut { get; init; }

    [Description("目录全部读完")]
    public required bool IsWhole { get; init; }

    /// <summary>Missing where a file could not be read or looked through to its end, as are the list and the numbers below; binary files and folders of others do not count as such.</summary>
    [Description("算法")]
    public Fact<IReadOnlyList<AlgorithmCount>> Algorithms { get; init; }

    /// <summary>Every use; missing also where there are more than 5,000.</summary>
    [Description("全部使用处")]
    public Fact<IReadOnlyList<CryptoUse>> Uses { get; init; }

    /// <summary>What was seen where not everything was read, at most 5,000; empty where it was.</summary>
    [Description("已看到的使用处（没有看全）")]
    public IReadOnlyList<CryptoUse> SeenSoFar { get; init; } = [];

    [Description("商密算法的使用处")]
    public Fact<int> SmUses { get; init; }

    [Description("国外算法的使用处")]
    public Fact<int> ForeignUses { get; init; }

    [Description("不安全算法的使用处")]
    public Fact<int> WeakUses { get; init; }

    /// <summary>The code leaves the algorithm open, or it is none the tables know.</summary>
    [Description("算法未写明的使用处")]
    public Fact<int> OpenUses { get; init; }

    /// <summary>
    /// Encryption, signature or agreement on keys by an algorithm that is none of the national ones. False only where everything was read, every
    /// language has rules, and no use leaves its algorithm open; what the data is, code does not say.
    /// </summary>
    [Description("用了国外的加密或公钥算法")]
    public Fact<bool> UsesForeignEncryption { get; init; }

    /// <summary>Those that were seen, most frequent first; the whole tree read or not.</summary>
    [Description("国外的加密与公钥算法")]
    public required IReadOnlyList<AlgorithmCount> ForeignEncryption { get; init; }
}

/// <summary>One algorithm as used; those of its keys that make it weak stand by themselves.</summary>
/// <param name="Algorithm">As the inventory names it.</param>
/// <param name="Standing">商密, 国外, 不安全, 随机数 or 未定.</param>
/// <param name="Primitive">What it is for.</param>
/// <param name="Uses">Lines.</param>
/// <param name="First">File and line of the first.</param>
/// <param name="KeyBits">Of keys so short that they make it weak; null for all others.</param>
public sealed record AlgorithmCount(
    [property: Description("")] string Algorithm,
    [property: Description("")] string Standing,
    [property: Description("用途")] string Primitive,
    [property: Description("处数")] int Uses,
    [property: Description("首处")] string First,
    [property: Description("密钥位数")] int? KeyBits = null);
