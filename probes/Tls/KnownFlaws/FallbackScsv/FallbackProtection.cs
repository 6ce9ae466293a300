using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Whether a port notices clients that were pushed down to an older version (RFC 7507).</summary>
public sealed record FallbackProtection
{
    /// <summary>
    /// True after the alert inappropriate_fallback, false where the lower version was accepted all the same; null where the port has one
    /// version alone and nobody can be pushed down. Missing where another refusal came.
    /// </summary>
    [Description("识别被迫降级的客户端")]
    public Fact<bool?> Honoured { get; init; }

    /// <summary>The version that was asked for with the signal; null where none lower than the highest is offered.</summary>
    [Description("询问的版本")]
    public Fact<string?> AskedVersion { get; init; }

    /// <summary>The highest version proven.</summary>
    [Description("最高版本")]
    public required string HighestVersion { get; init; }

    /// <summary>What came, for people.</summary>
    [Description("应答")]
    public required string Answer { get; init; }
}
