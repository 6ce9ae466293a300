using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>How far a TLS 1.3 server goes with the algorithms of RFC 8998.</summary>
public enum SmTls13Extent
{
    /// <summary>No SM suite.</summary>
    [Description("无")]
    None,

    /// <summary>An SM suite, but not with curveSM2 and an SM2 certificate: the key exchange and the proof of identity stay international.</summary>
    [Description("只有套件（证书或密钥交换不是国密）")]
    SuiteOnly,

    /// <summary>Everything SM for clients that ask for it, and international suites for others.</summary>
    [Description("国密与国际并存")]
    Mixed,

    /// <summary>Everything SM, and nothing else.</summary>
    [Description("全国密")]
    Full,
}

/// <summary>What TLS 1.3 handshakes (RFC 8446, RFC 8998) proved. A field of a step that was not reached is missing.</summary>
public sealed record Tls13Proof
{
    /// <summary>How far the handshake came that offered everything; the one with SM algorithms alone where that came further.</summary>
    [Description("握手到达")]
    public required HandshakeReach Reached { get; init; }

    /// <summary>Four hexadecimal digits behind 0x.</summary>
    public Fact<string> Suite { get; init; }

    [Description("协商的套件")]
    public Fact<string> SuiteName { get; init; }

    /// <summary>NamedGroup by name.</summary>
    [Description("密钥交换群")]
    public Fact<string> Group { get; init; }

    /// <summary>SignatureScheme of CertificateVerify by name.</summary>
    [Description("握手签名算法")]
    public Fact<string> SignatureScheme { get; init; }

    /// <summary>CertificateVerify verifies under the key of the certificate.</summary>
    [Description("握手签名有效")]
    public Fact<bool> SignatureValid { get; init; }

    /// <summary>CertificateVerify and the server's Finished verified; false where the signature did not.</summary>
    [Description("已证明持有私钥")]
    public Fact<bool> KeyOwned { get; init; }

    [Description("出示证书数")]
    public Fact<int> CertificatesSent { get; init; }

    [Description("要求客户端证书")]
    public Fact<bool> ClientCertificateRequested { get; init; }

    /// <summary>The server ends the connection of a client without one.</summary>
    [Description("没有客户端证书就拒绝")]
    public Fact<bool> ClientCertificateRequired { get; init; }

    /// <summary>A ticket came on the connection, so that sessions can be resumed.</summary>
    [Description("发放会话票据")]
    public Fact<bool> SessionTickets { get; init; }

    /// <summary>A ticket allows early data, which can be replayed (RFC 8446 §8).</summary>
    [Description("接受早期数据（0-RTT）")]
    public Fact<bool> EarlyData { get; init; }

    [Description("国密程度（RFC 8998）")]
    public Fact<SmTls13Extent> SmExtent { get; init; }

    /// <summary>Suite of the handshake that offered SM algorithms alone; null where the server refuses it.</summary>
    [Description("国密套件")]
    public Fact<string?> SmSuiteName { get; init; }

    /// <summary>CertificateVerify of that handshake; null as above.</summary>
    [Description("国密握手签名有效")]
    public Fact<bool?> SmSignatureValid { get; init; }

    /// <summary>User identification under which it verified: RFC 8998 §3.2.1 wants TLSv1.3+GM+Cipher+Suite; empty text for none; null where it did not verify.</summary>
    [Description("国密签名用户标识")]
    public Fact<string?> SmSignatureUserId { get; init; }

    /// <summary>The server's Finished of that handshake verified; null where the server refuses it.</summary>
    [Description("国密握手完成")]
    public Fact<bool?> SmKeyOwned { get; init; }

    /// <summary>Registered name of the alert that ended the first handshake, or the connection behind it; null where none did.</summary>
    [Description("告警")]
    public string? Alert { get; init; }

    /// <summary>0–255; null without an alert.</summary>
    public int? AlertNumber { get; init; }

    /// <summary>For people.</summary>
    [Description("说明")]
    public required string Note { get; init; }
}
