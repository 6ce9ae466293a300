using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What a port takes up of the options of a ClientHello of TLS 1.0 to 1.2.</summary>
public sealed record HandshakeOptions
{
    /// <summary>The version that was asked.</summary>
    [Description("询问的版本")]
    public required string Version { get; init; }

    /// <summary>DEFLATE or LZS compression below the encryption (RFC 3749): CRIME (CVE-2012-4929).</summary>
    [Description("TLS 压缩")]
    public Fact<bool> Compression { get; init; }

    /// <summary>RFC 5746 §3.6: without it a man in the middle can put his words before those of a client.</summary>
    [Description("安全重协商扩展")]
    public Fact<bool> SecureRenegotiation { get; init; }

    /// <summary>RFC 7627: without it two sessions can be made to share their master secret (triple handshake).</summary>
    [Description("扩展主密钥")]
    public Fact<bool> ExtendedMasterSecret { get; init; }

    /// <summary>RFC 7366; null where the suite selected needs no MAC of its own.</summary>
    [Description("先加密后 MAC")]
    public Fact<bool?> EncryptThenMac { get; init; }

    /// <summary>RFC 6520; nobody needs it over TCP.</summary>
    [Description("心跳扩展")]
    public Fact<bool> Heartbeat { get; init; }

    /// <summary>The server promises a ticket (RFC 5077).</summary>
    [Description("会话票据扩展")]
    public Fact<bool> SessionTicket { get; init; }
}
