using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>An SM2 private key d in [1, n-2] (GM/T 0003.1-2012 clause 6.1). Disposing it wipes this object's copy of d.</summary>
public sealed class Sm2PrivateKey : IDisposable
{
    private readonly byte[] _d;
    private bool _disposed;

    private Sm2PrivateKey(byte[] d)
    {
        _d = d;
        PublicKey = Sm2PublicKey.FromPoint(Sm2.DerivePublicPoint(d));
    }

    /// <summary>The public key d·G.</summary>
    public Sm2PublicKey PublicKey { get; }

    /// <summary>Draws a key from the operating system's random generator.</summary>
    public static Sm2PrivateKey Generate()
    {
        var d = new byte[Sm2.FieldSizeInBytes];
        do
        {
            RandomNumberGenerator.Fill(d);
        }
        while (!Sm2PrivateKeyEncoding.IsInRange(d));
        return new Sm2PrivateKey(d);
    }

    /// <summary>Takes d itself, as test vectors write it.</summary>
    /// <param name="d">32 bytes, big-endian.</param>
    /// <exception cref="CryptographicException">Another length, or outside [1, n-2].</exception>
    public static Sm2PrivateKey ImportScalar(ReadOnlySpan<byte> d) =>
        d.Length == Sm2.FieldSizeInBytes ? Adopt(new Sm2PrivateKeyEncoding.Content(d.ToArray(), null)) : throw new CryptographicException($"SM2 私钥须为 32 字节，实为 {d.Length} 字节。");

    /// <summary>Reads an unencrypted PKCS#8 PrivateKeyInfo (RFC 5208) with a SEC 1 ECPrivateKey inside.</summary>
    /// <exception cref="DerRejectedException">Not such a structure, or beyond <see cref="DerLimits.Key"/>.</exception>
    /// <exception cref="CryptographicException">d is outside [1, n-2], or the enclosed public key is not d·G.</exception>
    public static Sm2PrivateKey ImportPkcs8(ReadOnlySpan<byte> pkcs8) => Adopt(Sm2PrivateKeyEncoding.ReadPkcs8(pkcs8.ToArray()));

    /// <summary>Reads the first PEM section "PRIVATE KEY" (PKCS#8), "EC PRIVATE KEY" (SEC 1) or "ENCRYPTED PRIVATE KEY" (PBES2).</summary>
    /// <param name="pem">RFC 7468 text; other sections, such as EC PARAMETERS, are passed over.</param>
    /// <param name="password">Needed for an encrypted section only.</param>
    /// <exception cref="CryptographicException">No such section, a wrong or missing password, or the content is refused.</exception>
    public static Sm2PrivateKey ImportPem(string pem, string? password = null)
    {
        var section = PemSection.Require(pem, PemLabels.Pkcs8, PemLabels.Sec1, PemLabels.OpenSslSec1, PemLabels.EncryptedPkcs8);
        return section.Label switch
        {
            PemLabels.Sec1 or PemLabels.OpenSslSec1 => Adopt(Sm2PrivateKeyEncoding.ReadSec1(section.Der)),
            PemLabels.Pkcs8 => ImportPkcs8(section.Der),
            _ => ImportPkcs8(EncryptedPkcs8.Decrypt(
                section.Der, password ?? throw new CryptographicException("私钥已加密，需要提供口令。"))),
        };
    }

    /// <summary>PKCS#8 PrivateKeyInfo in DER, unencrypted, with the public key enclosed.</summary>
    public byte[] ExportPkcs8()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Sm2PrivateKeyEncoding.WritePkcs8(_d, PublicKey.ExportPoint());
    }

    /// <summary>PKCS#8 as PEM "PRIVATE KEY", unencrypted, lines ending in LF.</summary>
    public string ExportPkcs8Pem() => PemSection.Write(PemLabels.Pkcs8, ExportPkcs8());

    /// <summary>Signs the data with SM3 and a random k (GM/T 0003.2 clause 6).</summary>
    /// <param name="data">The message itself, not its digest.</param>
    /// <param name="userId">The signer's identification, at most 8191 bytes; empty means <see cref="Sm2.DefaultUserId"/>.</param>
    /// <returns>SEQUENCE { r, s } in DER, at most 72 bytes.</returns>
    /// <exception cref="ArgumentException"><paramref name="userId"/> is too long.</exception>
    public byte[] Sign(ReadOnlySpan<byte> data, ReadOnlySpan<byte> userId = default) => Sm2Signature.Encode(SignRaw(data, userId));

    /// <summary>As <see cref="Sign"/>, returning r || s, 64 bytes.</summary>
    public byte[] SignRaw(ReadOnlySpan<byte> data, ReadOnlySpan<byte> userId = default)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        return Sm2.Sign(_d, data, userId);
    }

    /// <summary>Decrypts SM2Cipher in DER (GM/T 0009-2012 clause 7.2), which <see cref="Sm2PublicKey.Encrypt"/> writes.</summary>
    /// <exception cref="DerRejectedException">Not such a structure, or beyond <see cref="DerLimits.Sm2Cipher"/>.</exception>
    /// <exception cref="CryptographicException">Encrypted for another key, or changed.</exception>
    public byte[] Decrypt(ReadOnlySpan<byte> cipherDer) => DecryptRaw(Sm2Cipher.Decode(cipherDer));

    /// <summary>Decrypts C1 || C3 || C2 (GB/T 32918.4-2016 clause 7) with C1 as 04 || X || Y.</summary>
    /// <exception cref="CryptographicException">Too short, encrypted for another key, or changed.</exception>
    public byte[] DecryptRaw(ReadOnlySpan<byte> ciphertext) => Sm2Encryption.Decrypt(Scalar, ciphertext);

    /// <summary>The x coordinate of d·P, 32 bytes: elliptic curve Diffie-Hellman as curveSM2 of TLS 1.3 uses it (RFC 8998 clause 3.1).</summary>
    public byte[] Agree(Sm2PublicKey peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        return Sm2.Decode(peer.ExportPoint()).Multiply(Sm2.Number(Scalar)).Normalize().AffineXCoord.GetEncoded();
    }

    /// <summary>d, while it is there.</summary>
    internal ReadOnlySpan<byte> Scalar
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _d;
        }
    }

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_d);
        _disposed = true;
    }

    private static Sm2PrivateKey Adopt(Sm2PrivateKeyEncoding.Content content)
    {
        if (!Sm2PrivateKeyEncoding.IsInRange(content.D))
        {
            throw new CryptographicException("SM2 私钥不在 [1, n-2] 范围内。");
        }

        var key = new Sm2PrivateKey(content.D);
        if (content.Point is not null && !content.Point.AsSpan().SequenceEqual(key.PublicKey.ExportPoint()))
        {
            key.Dispose();
            throw new CryptographicException("SM2 私钥与随附的公钥不匹配。");
        }

        return key;
    }
}
