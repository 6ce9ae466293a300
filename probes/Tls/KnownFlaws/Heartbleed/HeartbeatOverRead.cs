using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Whether a heartbeat that claims more than it carries is answered with memory of the server (CVE-2014-0160).</summary>
public sealed record HeartbeatOverRead
{
    /// <summary>The version that was asked.</summary>
    [Description("询问的版本")]
    public required string Version { get; init; }

    /// <summary>The port takes up the heartbeat extension (RFC 6520 §2).</summary>
    [Description("心跳扩展")]
    public Fact<bool> HeartbeatOffered { get; init; }

    /// <summary>
    /// True where bytes came that were never sent. False without the extension, after a refusal, or where an honest heartbeat was answered
    /// and the other was not (RFC 6520 §4). Missing where both stayed unanswered.
    /// </summary>
    [Description("泄露内存（心脏出血）")]
    public Fact<bool> Leaks { get; init; }

    /// <summary>What came, for people; never the bytes themselves.</summary>
    [Description("应答")]
    public required string Answer { get; init; }
}
