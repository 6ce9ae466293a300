using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The key schedule of TLS 1.0 to 1.2 (RFC 2246 §5, §6.3; RFC 4346; RFC 5246 §5, §6.3, §8.1).</summary>
[SuppressMessage("Security", "CA5350", Justification = "SHA-1 is what TLS 1.0 and 1.1 consist of; ports that still speak them are inspected")]
[SuppressMessage("Security", "CA5351", Justification = "As above, of MD5")]
public sealed class ClassicKeys
{
    /// <summary>Bytes of a master secret.</summary>
    public const int MasterSize = 48;

    /// <summary>TLS 1.2.</summary>
    private const ushort Tls12 = 0x0303;

    private const int VerifyDataSize = 12;
    private const int ImplicitNonceSize = 4;

    private readonly ClassicSuite _suite;
    private readonly ushort _version;
    private readonly byte[] _master;
    private readonly byte[] _block;

    private ClassicKeys(ClassicSuite suite, ushort version, byte[] master, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> serverRandom)
    {
        _suite = suite;
        _version = version;
        _master = master;
        _block = Prf(master, "key expansion"u8, [.. serverRandom, .. clientRandom], 2 * (suite.MacSize + suite.KeySize + IvSize));
    }

    /// <summary>A new array.</summary>
    public byte[] Master => [.. _master];

    private int IvSize => _suite.Cipher switch
    {
        ClassicCipher.AesGcm => ImplicitNonceSize,
        ClassicCipher.TripleDesCbc => 8,
        _ => 16,
    };

    /// <param name="suite">Negotiated.</param>
    /// <param name="version">0x0301 to 0x0303.</param>
    /// <param name="premaster">Of the key exchange.</param>
    /// <param name="clientRandom">32 bytes.</param>
    /// <param name="serverRandom">32 bytes.</param>
    public static ClassicKeys OfPremaster(ClassicSuite suite, ushort version, ReadOnlySpan<byte> premaster, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> serverRandom)
    {
        ArgumentNullException.ThrowIfNull(suite);
        var master = Prf(version, suite.IsSha384, premaster, "master secret"u8, [.. clientRandom, .. serverRandom], MasterSize);
        return new ClassicKeys(suite, version, master, clientRandom, serverRandom);
    }

    /// <summary>As the other, of a session that is resumed (RFC 5246 §F.1.4).</summary>
    public static ClassicKeys OfMaster(ClassicSuite suite, ushort version, ReadOnlySpan<byte> master, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> serverRandom)
    {
        ArgumentNullException.ThrowIfNull(suite);
        return new ClassicKeys(suite, version, master.ToArray(), clientRandom, serverRandom);
    }

    /// <summary>A new protection, at record 0, of what the client writes.</summary>
    /// <param name="spoilsPadding">True: padding of CBC is filled with something else than its length, as no honest sender does.</param>
    public RecordProtection ClientWrites(bool spoilsPadding = false) => Protection(0, spoilsPadding);

    /// <summary>A new protection, at record 0, of what the server writes.</summary>
    public RecordProtection ServerWrites() => Protection(1, spoilsPadding: false);

    /// <summary>verify_data of a Finished message (RFC 5246 §7.4.9), 12 bytes.</summary>
    /// <param name="ofClient">Whose Finished.</param>
    /// <param name="messages">All handshake messages before it, with their headers.</param>
    public byte[] VerifyData(bool ofClient, ReadOnlySpan<byte> messages)
    {
        byte[] digest = (_version, _suite.IsSha384) switch
        {
            ( < Tls12, _) => [.. MD5.HashData(messages), .. SHA1.HashData(messages)],
            (_, true) => SHA384.HashData(messages),
            _ => SHA256.HashData(messages),
        };
        return Prf(_master, ofClient ? "client finished"u8 : "server finished"u8, digest, VerifyDataSize);
    }

    /// <summary>MAC keys, then keys, then initialisation vectors or implicit nonces, the client's first each time.</summary>
    private RecordProtection Protection(int side, bool spoilsPadding)
    {
        var mac = _block.AsSpan(side * _suite.MacSize, _suite.MacSize);
        var key = _block.AsSpan((2 * _suite.MacSize) + (side * _suite.KeySize), _suite.KeySize);
        var iv = _block.AsSpan((2 * (_suite.MacSize + _suite.KeySize)) + (side * IvSize), IvSize);
        return _suite.Cipher == ClassicCipher.AesGcm
            ? new ClassicGcmProtection(_version, key, iv)
            : new ClassicCbcProtection(_version, _suite.Cipher, mac, key, iv) { SpoilsPadding = spoilsPadding };
    }

    private byte[] Prf(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> seed, int length) =>
        Prf(_version, _suite.IsSha384, secret, label, seed, length);

    private static byte[] Prf(ushort version, bool isSha384, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> seed, int length)
    {
        if (version >= Tls12)
        {
            return (isSha384 ? ChannelHash.OfSha384 : ChannelHash.OfSha256).Prf(secret, label, seed, length);
        }

        // P_MD5 over the first half of the secret and P_SHA-1 over the second; an odd byte belongs to both (RFC 2246 §5).
        var half = (secret.Length + 1) / 2;
        var output = Expand(HMACMD5.HashData, secret[..half], label, seed, length);
        var other = Expand(HMACSHA1.HashData, secret[^half..], label, seed, length);
        for (var i = 0; i < length; i++)
        {
            output[i] ^= other[i];
        }

        return output;
    }

    private static byte[] Expand(Func<byte[], byte[], byte[]> hmac, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> seed, int length)
    {
        var key = secret.ToArray();
        byte[] labelled = [.. label, .. seed];
        var output = new List<byte>();
        for (var chain = hmac(key, labelled); output.Count < length; chain = hmac(key, chain))
        {
            output.AddRange(hmac(key, [.. chain, .. labelled]));
        }

        return [.. output.Take(length)];
    }
}
