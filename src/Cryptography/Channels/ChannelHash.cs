using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// The hash of a channel and what key schedules make of it: HMAC, HKDF (RFC 5869), P_hash (RFC 5246 §5; with SM3 in GB/T 38636-2020 §5.2.5).
/// </summary>
public sealed class ChannelHash
{
    private readonly Func<byte[], byte[]> _hash;
    private readonly Func<byte[], byte[], byte[]> _hmac;

    private ChannelHash(string name, int size, Func<byte[], byte[]> hash, Func<byte[], byte[], byte[]> hmac)
    {
        Name = name;
        Size = size;
        _hash = hash;
        _hmac = hmac;
    }

    public static ChannelHash OfSm3 { get; } = new("SM3", Sm3.HashSizeInBytes, d => Sm3.HashData(d), (k, d) => HmacSm3.HashData(k, d));

    public static ChannelHash OfSha256 { get; } = new("SHA-256", SHA256.HashSizeInBytes, SHA256.HashData, HMACSHA256.HashData);

    public static ChannelHash OfSha384 { get; } = new("SHA-384", SHA384.HashSizeInBytes, SHA384.HashData, HMACSHA384.HashData);

    public string Name { get; }

    /// <summary>Bytes of a digest.</summary>
    public int Size { get; }

    public byte[] HashData(ReadOnlySpan<byte> data) => _hash(data.ToArray());

    public byte[] Hmac(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data) => _hmac(key.ToArray(), data.ToArray());

    /// <summary>HKDF-Extract (RFC 5869 §2.2).</summary>
    public byte[] Extract(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> keyMaterial) => Hmac(salt, keyMaterial);

    /// <summary>HKDF-Expand (RFC 5869 §2.3).</summary>
    /// <param name="length">At most 255 digests.</param>
    public byte[] Expand(ReadOnlySpan<byte> key, ReadOnlySpan<byte> info, int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, 255 * Size);
        var output = new byte[length];
        byte[] previous = [];
        byte counter = 1;
        for (var at = 0; at < length; at += Size, counter++)
        {
            previous = Hmac(key, [.. previous, .. info, counter]);
            previous.AsSpan(0, Math.Min(Size, length - at)).CopyTo(output.AsSpan(at));
        }

        return output;
    }

    /// <summary>PRF(secret, label, seed) in the form of TLS 1.2 (RFC 5246 §5), which TLCP uses with SM3 (GB/T 38636-2020 §5.2.5).</summary>
    public byte[] Prf(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> label, ReadOnlySpan<byte> seed, int length)
    {
        byte[] labelled = [.. label, .. seed];
        var output = new byte[length];
        var chain = labelled;
        for (var at = 0; at < length; at += Size)
        {
            chain = Hmac(secret, chain);
            var block = Hmac(secret, [.. chain, .. labelled]);
            block.AsSpan(0, Math.Min(Size, length - at)).CopyTo(output.AsSpan(at));
        }

        return output;
    }

    public override string ToString() => Name;
}
