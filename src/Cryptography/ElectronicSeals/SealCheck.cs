using System.ComponentModel;
using System.Text.Json.Serialization;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What is looked at of a signature; each has its own answer.</summary>
public enum SealStep
{
    [Description("签名值可解析")]
    Shape,

    [Description("原文摘要")]
    DataHash,

    [Description("签名属性里的内容类型")]
    ContentType,

    [Description("原文属性（路径）")]
    PropertyPath,

    [Description("签名者对签名数据的签名")]
    SignerSignature,

    [Description("签名证书在印章的证书列表中")]
    CertificateListed,

    [Description("制章者对印章的签名")]
    MakerSignature,

    [Description("签名时证书在有效期内")]
    CertificateValidity,

    [Description("签名时印章在有效期内")]
    SealValidity,

    [Description("印章文件与签名内的印章一致")]
    SealFile,

    [Description("时间戳")]
    Timestamp,

    [Description("签名证书链到信任根")]
    SignerChain,

    [Description("制章者证书链到信任根")]
    MakerChain,

    [Description("签名时证书未被撤销")]
    SignerRevocation,

    [Description("签名时制章者证书未被撤销")]
    MakerRevocation,
}

/// <summary>How a step came out.</summary>
public enum SealOutcome
{
    [Description("一致")]
    Holds,

    [Description("不一致")]
    Fails,

    /// <summary>Something that is needed is missing, or is of a kind this tool does not verify.</summary>
    [Description("无法判定")]
    Undecided,

    /// <summary>There is nothing of the kind to look at.</summary>
    [Description("没有")]
    Absent,

    [Description("未配置信任根")]
    NoRoots,

    /// <summary>Nobody gave what it could be told from; nothing is claimed.</summary>
    [Description("没有查")]
    NotChecked,
}

/// <summary>One step.</summary>
/// <param name="Step">Which.</param>
/// <param name="Outcome">How it came out.</param>
/// <param name="Stated">What the signature, seal or certificate says.</param>
/// <param name="Found">What was computed or found; compared with the former.</param>
/// <param name="Note">For people, without the values.</param>
public sealed record SealCheck(SealStep Step, SealOutcome Outcome, string Stated, string Found, string Note)
{
    /// <summary>MD2, MD5 or SHA-1 where the step rests on it: what holds then may have been made to. Null otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? WeakHash { get; init; }
}

/// <summary>How the value of a signature is laid out.</summary>
public enum SealShape
{
    [Description("印章签名")]
    Seal,

    [Description("GB/T 35275 签名消息")]
    SignedData,

    [Description("裸 SM2 签名值")]
    BareSm2,

    [Description("无法识别")]
    Unknown,
}
