using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>One revocation list (RFC 5280 §5).</summary>
public sealed record SampledRevocationList
{
    [Description("文件")]
    public required string File { get; init; }

    public required string Note { get; init; }

    [Description("签发者")]
    public Fact<string> Issuer { get; init; }

    [Description("条目数")]
    public Fact<int> Entries { get; init; }

    [Description("本次更新")]
    public Fact<DateTimeOffset?> ThisUpdate { get; init; }

    /// <summary>Null: none promised.</summary>
    [Description("下次更新")]
    public Fact<DateTimeOffset?> NextUpdate { get; init; }

    [Description("有列表编号")]
    public Fact<bool> HasNumber { get; init; }

    [Description("签名算法")]
    public Fact<string> SignatureAlgorithm { get; init; }

    /// <summary>Null where the algorithm chooses none; missing where it, or what its parameters say, is unknown.</summary>
    [Description("签名杂凑")]
    public Fact<string?> SignatureHash { get; init; }

    /// <summary>Hash of the mask of RSASSA-PSS; null where the algorithm has no mask.</summary>
    [Description("签名的 MGF1 杂凑")]
    public Fact<string?> MaskHash { get; init; }

    /// <summary>Null where the sample does not hold its issuer; missing where the algorithm is not one this tool verifies.</summary>
    [Description("签名验证通过")]
    public Fact<bool?> SignatureVerified { get; init; }
}
