using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Whether a server changes to its keys before any were agreed (CVE-2014-0224).</summary>
public sealed record EarlyChangeCipherSpec
{
    /// <summary>The version that was asked.</summary>
    [Description("询问的版本")]
    public required string Version { get; init; }

    /// <summary>
    /// True where the next clear record met a server that decrypts; false after a refusal. Missing where the server stayed silent, or left
    /// without a word at the second.
    /// </summary>
    [Description("接受过早的 ChangeCipherSpec")]
    public Fact<bool> Accepted { get; init; }

    /// <summary>What came, for people.</summary>
    [Description("应答")]
    public required string Answer { get; init; }
}
