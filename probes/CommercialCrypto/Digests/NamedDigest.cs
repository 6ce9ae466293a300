using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto;

internal delegate byte[] DigestFunction(ReadOnlySpan<byte> data);

internal delegate byte[] MacFunction(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data);

/// <summary>A hash function and its HMAC (RFC 2104) by the name people call it.</summary>
/// <param name="Name">SM3, SHA-256 …</param>
/// <param name="Size">Bytes.</param>
/// <param name="IsNational">One of the national algorithms (GB/T 32905-2016).</param>
internal sealed record NamedDigest(string Name, int Size, bool IsNational, DigestFunction Hash, MacFunction Mac)
{
    public static readonly NamedDigest Sm3 = new("SM3", 32, true, static d => Cryptography.Sm3.HashData(d), static (k, d) => HmacSm3.HashData(k, d));
    public static readonly NamedDigest Sha256 = new("SHA-256", 32, false, static d => SHA256.HashData(d), static (k, d) => HMACSHA256.HashData(k, d));
    public static readonly NamedDigest Sha384 = new("SHA-384", 48, false, static d => SHA384.HashData(d), static (k, d) => HMACSHA384.HashData(k, d));
    public static readonly NamedDigest Sha512 = new("SHA-512", 64, false, static d => SHA512.HashData(d), static (k, d) => HMACSHA512.HashData(k, d));
#pragma warning disable CA5350, CA5351 // what candidates use is recomputed with what they used
    public static readonly NamedDigest Sha1 = new("SHA-1", 20, false, static d => SHA1.HashData(d), static (k, d) => HMACSHA1.HashData(k, d));
    public static readonly NamedDigest Md5 = new("MD5", 16, false, static d => MD5.HashData(d), static (k, d) => HMACMD5.HashData(k, d));
#pragma warning restore CA5350, CA5351

    public static IReadOnlyList<NamedDigest> All { get; } = [Sm3, Sha256, Sha512, Sha384, Sha1, Md5];
}
