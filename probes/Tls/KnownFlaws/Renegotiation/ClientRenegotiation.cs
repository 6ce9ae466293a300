using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>Whether a client may start a second handshake inside a session of TLS 1.0 to 1.2.</summary>
public sealed record ClientRenegotiation
{
    /// <summary>The version that was asked.</summary>
    [Description("询问的版本")]
    public required string Version { get; init; }

    /// <summary>
    /// Accepted in the form of RFC 5746: no confidentiality is lost, but each costs the server far more than the client (CVE-2011-1473).
    /// Null where the port does not know RFC 5746.
    /// </summary>
    [Description("接受客户端发起的安全重协商")]
    public Fact<bool?> SecureAccepted { get; init; }

    /// <summary>Accepted without RFC 5746: a man in the middle can put his words before those of a client (CVE-2009-3555).</summary>
    [Description("接受不安全的重协商")]
    public Fact<bool> InsecureAccepted { get; init; }

    /// <summary>What came, for people.</summary>
    [Description("应答")]
    public required string Answer { get; init; }
}
