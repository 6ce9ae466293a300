using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>A cipher suite of TLS 1.3 (RFC 8446 §B.4, RFC 8998 §2): its hash, and its AEAD over ciphertext || tag.</summary>
public sealed class Tls13Suite
{
    private const int TagSize = 16;
    private const int ShortTagSize = 8;

    private readonly AeadSeal _seal;
    private readonly AeadOpen _open;

    private Tls13Suite(ushort id, ChannelHash hash, int keySize, AeadSeal seal, AeadOpen open)
    {
        Id = id;
        Hash = hash;
        KeySize = keySize;
        _seal = seal;
        _open = open;
    }

    private delegate byte[] AeadSeal(byte[] key, byte[] nonce, byte[] content, byte[] additional);

    private delegate byte[] AeadOpen(byte[] key, byte[] nonce, byte[] body, byte[] tag, byte[] additional);

    /// <summary>AES-GCM, ChaCha20-Poly1305, AES-CCM and the two of SM4.</summary>
    public static IReadOnlyList<Tls13Suite> All { get; } =
    [
        new(0x1301, ChannelHash.OfSha256, 16, SealGcm, OpenGcm),
        new(0x1302, ChannelHash.OfSha384, 32, SealGcm, OpenGcm),
        new(0x1303, ChannelHash.OfSha256, 32, SealChaCha, OpenChaCha),
        new(0x1304, ChannelHash.OfSha256, 16, (k, n, c, a) => SealCcm(k, n, c, a, TagSize), OpenCcm),
        new(0x1305, ChannelHash.OfSha256, 16, (k, n, c, a) => SealCcm(k, n, c, a, ShortTagSize), OpenCcm) { Tag = ShortTagSize },
        new(0x00C6, ChannelHash.OfSm3, 16, SealSm4Gcm, (k, n, c, t, a) => Sm4.DecryptGcm(k, n, c, t, a)),
        new(0x00C7, ChannelHash.OfSm3, 16, SealSm4Ccm, (k, n, c, t, a) => Sm4.DecryptCcm(k, n, c, t, a)),
    ];

    public ushort Id { get; }

    public ChannelHash Hash { get; }

    /// <summary>Bytes.</summary>
    public int KeySize { get; }

    /// <summary>Bytes of the tag behind each ciphertext.</summary>
    public int Tag { get; private init; } = TagSize;

    /// <returns>Null for suites this library does not complete.</returns>
    public static Tls13Suite? Find(ushort id) => All.FirstOrDefault(s => s.Id == id);

    internal byte[] Seal(byte[] key, byte[] nonce, byte[] content, byte[] additional) => _seal(key, nonce, content, additional);

    /// <exception cref="CryptographicException">They do not belong together.</exception>
    internal byte[] Open(byte[] key, byte[] nonce, ReadOnlySpan<byte> sealedBytes, byte[] additional) =>
        _open(key, nonce, sealedBytes[..^Tag].ToArray(), sealedBytes[^Tag..].ToArray(), additional);

    private static byte[] SealGcm(byte[] key, byte[] nonce, byte[] content, byte[] additional)
    {
        using var gcm = new AesGcm(key, TagSize);
        var (ciphertext, tag) = (new byte[content.Length], new byte[TagSize]);
        gcm.Encrypt(nonce, content, ciphertext, tag, additional);
        return [.. ciphertext, .. tag];
    }

    private static byte[] OpenGcm(byte[] key, byte[] nonce, byte[] body, byte[] tag, byte[] additional)
    {
        using var gcm = new AesGcm(key, TagSize);
        var content = new byte[body.Length];
        gcm.Decrypt(nonce, body, tag, content, additional);
        return content;
    }

    private static byte[] SealChaCha(byte[] key, byte[] nonce, byte[] content, byte[] additional)
    {
        using var cipher = new ChaCha20Poly1305(key);
        var (ciphertext, tag) = (new byte[content.Length], new byte[TagSize]);
        cipher.Encrypt(nonce, content, ciphertext, tag, additional);
        return [.. ciphertext, .. tag];
    }

    private static byte[] OpenChaCha(byte[] key, byte[] nonce, byte[] body, byte[] tag, byte[] additional)
    {
        using var cipher = new ChaCha20Poly1305(key);
        var content = new byte[body.Length];
        cipher.Decrypt(nonce, body, tag, content, additional);
        return content;
    }

    private static byte[] SealCcm(byte[] key, byte[] nonce, byte[] content, byte[] additional, int tagSize)
    {
        using var ccm = new AesCcm(key);
        var (ciphertext, tag) = (new byte[content.Length], new byte[tagSize]);
        ccm.Encrypt(nonce, content, ciphertext, tag, additional);
        return [.. ciphertext, .. tag];
    }

    private static byte[] OpenCcm(byte[] key, byte[] nonce, byte[] body, byte[] tag, byte[] additional)
    {
        using var ccm = new AesCcm(key);
        var content = new byte[body.Length];
        ccm.Decrypt(nonce, body, tag, content, additional);
        return content;
    }

    private static byte[] SealSm4Gcm(byte[] key, byte[] nonce, byte[] content, byte[] additional)
    {
        var (ciphertext, tag) = Sm4.EncryptGcm(key, nonce, content, additional);
        return [.. ciphertext, .. tag];
    }

    private static byte[] SealSm4Ccm(byte[] key, byte[] nonce, byte[] content, byte[] additional)
    {
        var (ciphertext, tag) = Sm4.EncryptCcm(key, nonce, content, additional);
        return [.. ciphertext, .. tag];
    }
}
