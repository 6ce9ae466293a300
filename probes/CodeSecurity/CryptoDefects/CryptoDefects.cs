using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Weak or wrong uses of cryptography that the pattern rules found in a source tree. Finding none says that what the rules look for is not
/// written in the languages they know; it does not say that the system uses cryptography rightly.
/// </summary>
public sealed record CryptoDefects
{
    /// <summary>Of programs, read.</summary>
    [Description("读了的程序文件")]
    public required int Files { get; init; }

    [Description("行数")]
    public required long Lines { get; init; }

    [Description("程序语言")]
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>By reason, with the number.</summary>
    [Description("没有读的")]
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>Every file of the tree was read that is not left out on purpose.</summary>
    [Description("目录全部读完")]
    public required bool IsWhole { get; init; }

    /// <summary>All of them; missing where the sweep was cut or there are more than 5,000.</summary>
    [Description("全部发现")]
    public Fact<IReadOnlyList<CodeDefect>> Defects { get; init; }

    /// <summary>What was found where the list above is missing, at most 5,000; empty where it is there, as it has all.</summary>
    [Description("已看到的发现（没有看全）")]
    public required IReadOnlyList<CodeDefect> SeenSoFar { get; init; }

    [Description("MD5/SHA-1")]
    public required DefectGroup WeakHash { get; init; }

    [Description("DES/3DES/RC4")]
    public required DefectGroup WeakCipher { get; init; }

    [Description("RSA 密钥过短")]
    public required DefectGroup ShortKey { get; init; }

    [Description("ECB 模式")]
    public required DefectGroup Ecb { get; init; }

    [Description("写死的 IV")]
    public required DefectGroup FixedIv { get; init; }

    [Description("写死的密钥")]
    public required DefectGroup FixedKey { get; init; }

    [Description("可预测的随机数")]
    public required DefectGroup WeakRandom { get; init; }

    [Description("SM2 密文次序")]
    public required DefectGroup Sm2Order { get; init; }

    [Description("SM2 签名没有先做 SM3")]
    public required DefectGroup Sm2WithoutSm3 { get; init; }

    [Description("口令存储")]
    public required DefectGroup PasswordStorage { get; init; }

    [Description("信任所有证书")]
    public required DefectGroup TrustAll { get; init; }

    [Description("过时的协议版本")]
    public required DefectGroup OldProtocol { get; init; }

    [Description("自写的商密算法")]
    public required DefectGroup OwnImplementation { get; init; }

    /// <summary>Low confidence throughout: protection elsewhere is not seen.</summary>
    [Description("附近没有完整性保护的加密")]
    public required DefectGroup Unauthenticated { get; init; }

    /// <summary>Of the languages, pages and those of front ends count alone.</summary>
    [Description("前端代码里的密钥")]
    public required DefectGroup FrontEndKey { get; init; }

    /// <summary>Hits of all checks that people suppressed, with effect; they stand in the lists above.</summary>
    [Description("已抑制的处数")]
    public required int Suppressed { get; init; }

    /// <summary>Names of checks (as fields above) of which all is known and nothing but suppressed hits was found.</summary>
    [DisplayName("只有已抑制的发现")]
    public required IReadOnlyList<string> AwaitsAcceptance { get; init; }
}

/// <summary>What was found for one check.</summary>
public sealed record DefectGroup
{
    /// <summary>
    /// True where one of at least medium confidence was found that is not suppressed. False only where none was, suppressed or not, all was read, and rules of the check speak of every
    /// language of programs in the tree; else missing.
    /// </summary>
    [Description("发现了")]
    public Fact<bool> IsFound { get; init; }

    /// <summary>All hits that are not suppressed; missing where the sweep was cut.</summary>
    [Description("处数")]
    public Fact<int> Count { get; init; }

    /// <summary>Hits that people suppressed, with effect.</summary>
    [Description("已抑制")]
    public int Suppressed { get; init; }

    /// <summary>The first of them, file and line; at most 20, those of high confidence first.</summary>
    [Description("位置举例")]
    public required IReadOnlyList<string> Seen { get; init; }

    /// <summary>Languages of programs in the tree for which the check has no rule.</summary>
    [Description("没有规则的语言")]
    public required IReadOnlyList<string> NotCovered { get; init; }
}
