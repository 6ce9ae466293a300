using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>Hashes by object identifier or by the names signing software writes.</summary>
public static class SealHashes
{
    private const string Sm3Oid = "1.2.156.10197.1.401";

    /// <summary>Null where it is none of SM3, SHA-256, SHA-384, SHA-512, SHA-1, MD5.</summary>
    /// <param name="method">Object identifier or name; empty or null means SM3.</param>
    public static string? NameOf(string? method) => method?.Trim().ToUpperInvariant().Replace("-", "", StringComparison.Ordinal) switch
    {
        null or "" or Sm3Oid or "SM3" => "SM3",
        "2.16.840.1.101.3.4.2.1" or "SHA256" => "SHA-256",
        "2.16.840.1.101.3.4.2.2" or "SHA384" => "SHA-384",
        "2.16.840.1.101.3.4.2.3" or "SHA512" => "SHA-512",
        "1.3.14.3.2.26" or "SHA1" or "SHA" => "SHA-1",
        "1.2.840.113549.2.5" or "MD5" => "MD5",
        _ => null,
    };

    /// <summary>Known to be broken: collisions can be made.</summary>
    public static bool IsWeak(string name) => name is "MD2" or "MD5" or "SHA-1";

    /// <summary>The first of these names that <see cref="IsWeak"/>; null where none is.</summary>
    public static string? FirstWeak(params IEnumerable<string?> names) => names.FirstOrDefault(n => n is not null && IsWeak(n));

    /// <summary>Null where <see cref="NameOf"/> knows no name.</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "What others signed with is recomputed, and named as weak.")]
    [SuppressMessage("Security", "CA5351:Do Not Use Broken Cryptographic Algorithms", Justification = "What others signed with is recomputed, and named as weak.")]
    [SuppressMessage("Security", "S4790:Using weak hashing algorithms is security-sensitive", Justification = "What others signed with is recomputed, and named as weak.")]
    public static byte[]? Of(string? method, ReadOnlySpan<byte> data) => NameOf(method) switch
    {
        "SM3" => Sm3.HashData(data),
        "SHA-256" => SHA256.HashData(data),
        "SHA-384" => SHA384.HashData(data),
        "SHA-512" => SHA512.HashData(data),
        "SHA-1" => SHA1.HashData(data),
        "MD5" => MD5.HashData(data),
        _ => null,
    };
}
