using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>What a TLCP handshake (GB/T 38636-2020 §6.4) proved. A field of a step that was not reached is missing.</summary>
public sealed record TlcpProof
{
    /// <summary>How far the best handshake came.</summary>
    [Description("握手到达")]
    public required HandshakeReach Reached { get; init; }

    /// <summary>Four hexadecimal digits behind 0x.</summary>
    public Fact<string> Suite { get; init; }

    [Description("协商的套件")]
    public Fact<string> SuiteName { get; init; }

    /// <summary>An ECC suite, which ordinary clients can use: the ECDHE suites need an encryption certificate of the client.</summary>
    [Description("无客户端证书可用（ECC 套件）")]
    public Fact<bool> EccSuites { get; init; }

    /// <summary>Certificates in the Certificate message, chain included.</summary>
    [Description("出示证书数")]
    public Fact<int> CertificatesSent { get; init; }

    /// <summary>Two different certificates that are no CA's, the signing one and the encryption one (GB/T 38636-2020 §6.4.5.3).</summary>
    [Description("签名与加密双证书")]
    public Fact<bool> DoubleCertificate { get; init; }

    /// <summary>The signature in ServerKeyExchange verifies over both randoms and the encryption certificate or ephemeral key.</summary>
    [Description("密钥交换签名有效")]
    public Fact<bool> SignatureValid { get; init; }

    /// <summary>User identification under which it verified; empty text for none; null where it did not verify.</summary>
    [Description("签名用户标识")]
    public Fact<string?> SignatureUserId { get; init; }

    /// <summary>Position of the certificate whose key signed; 0 as the standard has it; null where none did.</summary>
    [Description("签名证书位置")]
    public Fact<int?> SignerPosition { get; init; }

    /// <summary>The server's Finished verified, which needs the private key of its encryption certificate or exchange.</summary>
    [Description("已证明持有私钥")]
    public Fact<bool> KeyOwned { get; init; }

    [Description("要求客户端证书")]
    public Fact<bool> ClientCertificateRequested { get; init; }

    /// <summary>The handshake ends without a certificate of the client.</summary>
    [Description("没有客户端证书就拒绝")]
    public Fact<bool> ClientCertificateRequired { get; init; }

    /// <summary>Registered name of the alert that ended the handshake; null where none did.</summary>
    [Description("告警")]
    public string? Alert { get; init; }

    /// <summary>0–255; null without an alert.</summary>
    public int? AlertNumber { get; init; }

    /// <summary>Connections this took beside the version survey.</summary>
    public required int Connections { get; init; }

    /// <summary>For people.</summary>
    [Description("说明")]
    public required string Note { get; init; }
}
