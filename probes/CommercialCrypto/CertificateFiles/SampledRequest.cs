using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>One request (RFC 2986).</summary>
public sealed record SampledRequest
{
    [Description("文件")]
    public required string File { get; init; }

    public required string Note { get; init; }

    [Description("主体")]
    public Fact<string> Subject { get; init; }

    [Description("公钥算法")]
    public Fact<string> KeyAlgorithm { get; init; }

    [Description("密钥位数")]
    public Fact<int?> KeyBits { get; init; }

    [Description("签名算法")]
    public Fact<string> SignatureAlgorithm { get; init; }

    /// <summary>Null where the algorithm chooses none; missing where it, or what its parameters say, is unknown.</summary>
    [Description("签名杂凑")]
    public Fact<string?> SignatureHash { get; init; }

    /// <summary>Hash of the mask of RSASSA-PSS; null where the algorithm has no mask.</summary>
    [Description("签名的 MGF1 杂凑")]
    public Fact<string?> MaskHash { get; init; }

    /// <summary>Missing where this tool cannot verify the algorithm.</summary>
    [Description("自签名验证通过")]
    public Fact<bool> SignatureVerified { get; init; }

    /// <summary>A challengePassword stands in it in clear.</summary>
    [Description("带有明文的质询口令")]
    public Fact<bool> HasChallengePassword { get; init; }
}
