namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>What the signatures of handshakes are made over; the hash belongs to the signature algorithm.</summary>
public static class SignedContent
{
    private const int Spaces = 64;

    /// <summary>The user identification of SM2 signatures in CertificateVerify (RFC 8998 §3.2.1).</summary>
    public static ReadOnlyMemory<byte> Tls13Sm2UserId { get; } = "TLSv1.3+GM+Cipher+Suite"u8.ToArray();

    /// <summary>ServerKeyExchange of the ECC suites of TLCP: both randoms and the encryption certificate (GB/T 38636-2020 §6.4.5.4 a).</summary>
    /// <param name="encryptionCertificate">DER.</param>
    public static byte[] TlcpEcc(ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> serverRandom, ReadOnlySpan<byte> encryptionCertificate)
    {
        var length = encryptionCertificate.Length;
        return [.. clientRandom, .. serverRandom, (byte)(length >> 16), (byte)(length >> 8), (byte)length, .. encryptionCertificate];
    }

    /// <summary>ServerKeyExchange of the ECDHE suites of TLCP: both randoms and ServerECDHEParams (GB/T 38636-2020 §6.4.5.4 b).</summary>
    public static byte[] TlcpEcdhe(ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> serverRandom, ReadOnlySpan<byte> parameters) =>
        [.. clientRandom, .. serverRandom, .. parameters];

    /// <summary>CertificateVerify of TLCP: the SM3 digest of the messages so far (GB/T 38636-2020 §6.4.5.9).</summary>
    public static byte[] TlcpCertificateVerify(ReadOnlySpan<byte> messages) => Sm3.HashData(messages);

    /// <summary>CertificateVerify of TLS 1.3 (RFC 8446 §4.4.3).</summary>
    /// <param name="ofClient">Whose.</param>
    /// <param name="transcript">Hash up to the signer's Certificate.</param>
    public static byte[] Tls13(bool ofClient, ReadOnlySpan<byte> transcript)
    {
        var padding = new byte[Spaces];
        padding.AsSpan().Fill((byte)' ');
        return [.. padding, .. ofClient ? "TLS 1.3, client CertificateVerify"u8 : "TLS 1.3, server CertificateVerify"u8, 0, .. transcript];
    }
}
