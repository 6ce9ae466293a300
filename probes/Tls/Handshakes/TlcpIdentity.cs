using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.Tls;

/// <summary>A client's certificates, for servers that ask for them. The keys are the caller's to dispose of.</summary>
/// <param name="SigningCertificate">DER.</param>
/// <param name="SigningKey">Its key.</param>
/// <param name="EncryptionCertificate">DER; null for a client that offers no ECDHE, which alone needs it (GB/T 38636-2020 §6.4.5.8).</param>
/// <param name="EncryptionKey">Its key.</param>
public sealed record TlcpIdentity(byte[] SigningCertificate, Sm2PrivateKey SigningKey, byte[]? EncryptionCertificate = null, Sm2PrivateKey? EncryptionKey = null)
{
    /// <summary>Sent behind them, DER.</summary>
    public IReadOnlyList<byte[]> Chain { get; init; } = [];

    /// <summary>What keeps it from being used, for people; null where nothing does.</summary>
    public string? Fault() =>
        !Fit(SigningCertificate, SigningKey) ? "签名证书不是 SM2 证书，或与签名私钥不成对"
        : (EncryptionCertificate is null) != (EncryptionKey is null) ? "加密证书与加密私钥须一并给出"
        : EncryptionCertificate is { } sent && !Fit(sent, EncryptionKey!) ? "加密证书不是 SM2 证书，或与加密私钥不成对" : null;

    /// <summary>Body of the Certificate message.</summary>
    internal byte[] CertificateMessage()
    {
        var writer = new WireWriter();
        writer.Vector(3, list =>
        {
            foreach (var certificate in new[] { SigningCertificate, EncryptionCertificate }.OfType<byte[]>().Concat(Chain))
            {
                list.Vector(3, w => w.Bytes(certificate));
            }
        });
        return writer.ToArray();
    }

    /// <summary>Body of the CertificateVerify message over all handshake messages so far.</summary>
    internal byte[] CertificateVerify(byte[] messages)
    {
        var writer = new WireWriter();
        writer.Vector(2, w => w.Bytes(SigningKey.Sign(SignedContent.TlcpCertificateVerify(messages))));
        return writer.ToArray();
    }

    private static bool Fit(byte[] certificate, Sm2PrivateKey key) => CertificateKey.Sm2(certificate)?.Fingerprint == key.PublicKey.Fingerprint;
}
