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
    /// True where the next clear record met a server that decrypts; false after an alert, or where the server left and completes
    /// handshakes that are in order. Missing where it stayed silent, left without a word at the second, or leaves whatever comes.
    /// </summary>
    [Description("接受过早的 ChangeCipherSpec")]
    public Fact<bool> Accepted { get; init; }

    /// <summary>What came, for people.</summary>
    [Description("应答")]
    public required string Answer { get; init; }
}
