using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

/// <summary>What a certificate is for.</summary>
public enum CertificateRole
{
    [Description("CA 证书")]
    Authority,
    [Description("签名证书")]
    Signing,
    [Description("加密证书")]
    Encryption,
    [Description("签名加密合一")]
    Both,
    [Description("用途不明")]
    Unstated,
}
