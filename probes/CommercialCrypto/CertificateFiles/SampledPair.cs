using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>A signing and an encryption certificate of one subject (GB/T 38636-2020).</summary>
public sealed record SampledPair
{
    public required string Signing { get; init; }

    public required string Encryption { get; init; }

    public required string Note { get; init; }

    [Description("密钥不同")]
    public required bool DistinctKeys { get; init; }

    [Description("主体一致")]
    public required bool SameSubject { get; init; }

    [Description("签发者一致")]
    public required bool SameIssuer { get; init; }

    /// <summary>There is a moment at which both are valid; null where a time could not be read.</summary>
    [Description("有效期有重叠")]
    public required bool? ValidTogether { get; init; }
}
