using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Which sessions of TLS 1.0 to 1.2 a port takes up again. A ticket lasts as long as its key: whoever takes the key reads every session under it.</summary>
public sealed record SessionResumption
{
    /// <summary>The version that was asked.</summary>
    [Description("询问的版本")]
    public required string Version { get; init; }

    /// <summary>The server names sessions (RFC 5246 §7.4.1.3).</summary>
    [Description("给出会话标识")]
    public Fact<bool> SessionIdGiven { get; init; }

    /// <summary>Taken up by their name; null where none is given.</summary>
    [Description("凭会话标识恢复")]
    public Fact<bool?> SessionIdResumed { get; init; }

    /// <summary>The server gives tickets (RFC 5077).</summary>
    [Description("给出会话票据")]
    public Fact<bool> TicketGiven { get; init; }

    /// <summary>Taken up by ticket; null where none is given.</summary>
    [Description("凭会话票据恢复")]
    public Fact<bool?> TicketResumed { get; init; }

    /// <summary>Seconds a ticket is good for as the server says; 0 unspecified, null without a ticket.</summary>
    [Description("票据有效期（秒）")]
    public Fact<long?> TicketLifetime { get; init; }

    /// <summary>What ended the first handshake early; null where it was finished.</summary>
    [Description("说明")]
    public string? Note { get; init; }
}
