using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Whether a short session id that comes with a ticket is echoed with memory behind it (CVE-2016-9244).</summary>
public sealed record TicketEcho
{
    /// <summary>The version that was asked.</summary>
    [Description("询问的版本")]
    public required string Version { get; init; }

    /// <summary>The server gives tickets.</summary>
    [Description("给出会话票据")]
    public Fact<bool> TicketGiven { get; init; }

    /// <summary>
    /// True where a session id of one byte came back longer every time; false where it came back as sent, or where no tickets are given.
    /// Missing where the ticket was not taken up.
    /// </summary>
    [Description("泄露内存（Ticketbleed）")]
    public Fact<bool> Leaks { get; init; }

    /// <summary>What came, for people; never the bytes themselves.</summary>
    [Description("应答")]
    public required string Answer { get; init; }
}
