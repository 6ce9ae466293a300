using System.Security.Cryptography;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Names of digests as lists write them.</summary>
internal static class AlgorithmNames
{
    /// <summary>Null for one that is not known.</summary>
    public static string? Of(string written) => written.Trim().ToUpperInvariant().Replace("_", "-", StringComparison.Ordinal) switch
    {
        "SM3" or "1.2.156.10197.1.401" or "国密SM3" => "SM3",
        "SHA-256" or "SHA256" or "2.16.840.1.101.3.4.2.1" => "SHA-256",
        "SHA-512" or "SHA512" => "SHA-512",
        "SHA-1" or "SHA1" or "SHA" => "SHA-1",
        "MD5" => "MD5",
        _ => null,
    };

    /// <summary>Of those that are neither SM3 nor SHA-256.</summary>
    public static HashAlgorithmName Hash(string name) => name switch { "MD5" => HashAlgorithmName.MD5, "SHA-1" => HashAlgorithmName.SHA1, _ => HashAlgorithmName.SHA512 };

    public static bool IsWeak(string name) => SealHashes.IsWeak(name);

    /// <param name="computed">Lower-case hexadecimal.</param>
    /// <param name="written">Hexadecimal or Base64.</param>
    public static bool AreSame(string computed, string written)
    {
        var text = written.Trim();
        if (text.Length == computed.Length)
        {
            return string.Equals(computed, text, StringComparison.OrdinalIgnoreCase);
        }

        Span<byte> bytes = stackalloc byte[128];
        return text.Length < 128 && Convert.TryFromBase64String(text, bytes, out var length) && Convert.ToHexStringLower(bytes[..length]) == computed;
    }
}
