using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>
/// Keys and passwords that stand in source and configuration. One that does decides; that none does needs every file to have been read.
/// Values are never here: their first four characters and their SM3, or their length.
/// </summary>
public sealed record CodeSecrets
{
    [Description("写有云服务密钥")]
    public Fact<bool> HasCloudKeys { get; init; }

    [Description("云服务密钥")]
    public required IReadOnlyList<CodeDefect> CloudKeys { get; init; }

    [Description("写有平台与接口密钥")]
    public Fact<bool> HasPlatformKeys { get; init; }

    [Description("平台与接口密钥")]
    public required IReadOnlyList<CodeDefect> PlatformKeys { get; init; }

    [Description("写有私钥")]
    public Fact<bool> HasPrivateKeys { get; init; }

    [Description("私钥")]
    public required IReadOnlyList<CodeDefect> PrivateKeys { get; init; }

    [Description("写有对称密钥")]
    public Fact<bool> HasCipherKeys { get; init; }

    [Description("对称密钥")]
    public required IReadOnlyList<CodeDefect> CipherKeys { get; init; }

    [Description("写有口令")]
    public Fact<bool> HasPasswords { get; init; }

    [Description("口令")]
    public required IReadOnlyList<CodeDefect> Passwords { get; init; }

    /// <summary>What unlocks encrypted settings stands beside them.</summary>
    [Description("写有解密配置的口令")]
    public Fact<bool> HasUnlocking { get; init; }

    [Description("解密配置的口令")]
    public required IReadOnlyList<CodeDefect> Unlocking { get; init; }

    /// <summary>Key stores and key files by their names.</summary>
    [Description("有密钥库文件")]
    public Fact<bool> HasKeyFiles { get; init; }

    [Description("密钥库文件")]
    public required IReadOnlyList<string> KeyFiles { get; init; }

    /// <summary>In tests, examples and comments, or defaults of settings; a group with one of them is not called clean.</summary>
    [Description("存疑的")]
    public required IReadOnlyList<CodeDefect> Doubtful { get; init; }

    /// <summary>Those that people suppressed, with effect; none of them stands in the lists above.</summary>
    [Description("已抑制的")]
    public required IReadOnlyList<CodeDefect> Suppressed { get; init; }

    [DisplayName("已抑制的处数")]
    public required int SuppressedCount { get; init; }

    /// <summary>Groups (cloud, platform, privateKey, cipherKey, password, unlocking) of which all is known and nothing but suppressed hits was found.</summary>
    [DisplayName("只有已抑制的发现")]
    public required IReadOnlyList<string> AwaitsAcceptance { get; init; }

    [Description("看过的文件数")]
    public required int Files { get; init; }

    /// <summary>Why having found none proves nothing; empty where it does.</summary>
    [Description("没有看全的原因")]
    public required IReadOnlyList<string> Doubts { get; init; }

    /// <summary>Patterns that were looked for.</summary>
    [Description("特征数")]
    public required int Patterns { get; init; }
}
