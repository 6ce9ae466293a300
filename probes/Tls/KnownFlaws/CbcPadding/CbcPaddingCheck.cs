using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Whether a server checks the padding of CBC records, as every version since TLS 1.0 demands (CVE-2014-8730, POODLE against TLS).</summary>
public sealed record CbcPaddingCheck
{
    /// <summary>The version that was asked.</summary>
    [Description("询问的版本")]
    public required string Version { get; init; }

    /// <summary>
    /// True where a handshake whose last record is wrongly padded is completed all the same; false where it fails and an honest one does
    /// not. Null where no CBC suite is offered.
    /// </summary>
    [Description("不检查 CBC 填充")]
    public Fact<bool?> PaddingIgnored { get; init; }

    /// <summary>What came, for people.</summary>
    [Description("应答")]
    public required string Answer { get; init; }
}
