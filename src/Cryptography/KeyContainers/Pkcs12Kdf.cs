using System.Security.Cryptography;
using System.Text;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>The key derivation of PKCS#12 (RFC 7292 §B.2): the passphrase as big-endian UTF-16 with two zero bytes behind it.</summary>
internal static class Pkcs12Kdf
{
    public const byte ForKey = 1;
    public const byte ForIv = 2;
    public const byte ForMac = 3;

    public static byte[] Derive(HashAlgorithmName hash, string passphrase, byte[] salt, long iterations, byte purpose, int length)
    {
        var (hashBytes, block) = Sizes(hash);
        var password = Encoding.BigEndianUnicode.GetBytes(passphrase + '\0');
        byte[] input = [.. Repeated(salt, block), .. Repeated(password, block)];
        var diversifier = new byte[block];
        diversifier.AsSpan().Fill(purpose);
        var derived = new byte[length];
        for (var at = 0; at < length; at += hashBytes)
        {
            var a = CryptographicOperations.HashData(hash, [.. diversifier, .. input]);
            for (var i = 1L; i < iterations; i++)
            {
                a = CryptographicOperations.HashData(hash, a);
            }

            a.AsSpan(0, Math.Min(hashBytes, length - at)).CopyTo(derived.AsSpan(at));
            Advance(input, a, block);
        }

        CryptographicOperations.ZeroMemory(input);
        CryptographicOperations.ZeroMemory(password);
        return derived;
    }

    public static bool Knows(HashAlgorithmName hash) => hash == HashAlgorithmName.SHA1 || hash == HashAlgorithmName.SHA256 || hash == HashAlgorithmName.SHA384 || hash == HashAlgorithmName.SHA512;

    private static (int Hash, int Block) Sizes(HashAlgorithmName hash) =>
        hash == HashAlgorithmName.SHA1 ? (20, 64) : hash == HashAlgorithmName.SHA256 ? (32, 64) : hash == HashAlgorithmName.SHA384 ? (48, 128) : (64, 128);

    private static byte[] Repeated(byte[] value, int block)
    {
        var whole = new byte[(value.Length + block - 1) / block * block];
        for (var i = 0; i < whole.Length; i++)
        {
            whole[i] = value[i % value.Length];
        }

        return whole;
    }

    /// <summary>Every block of the input plus B plus 1, modulo the size of a block.</summary>
    private static void Advance(byte[] input, byte[] a, int block)
    {
        for (var start = 0; start < input.Length; start += block)
        {
            var carry = 1;
            for (var i = block - 1; i >= 0; i--)
            {
                carry += input[start + i] + a[i % a.Length];
                input[start + i] = (byte)carry;
                carry >>= 8;
            }
        }
    }
}

/// <summary>Names of the password schemes before PBES2 (RFC 8018 §A.3, RFC 7292 §C).</summary>
internal static class Pkcs12Scheme
{
    private const string TwoKeys = "1.2.840.113549.1.12.1.4";
    private const string ThreeKeys = "1.2.840.113549.1.12.1.3";

    public static string? NameOf(string oid) => oid switch
    {
        "1.2.840.113549.1.5.1" => "PBES1-MD2-DES",
        "1.2.840.113549.1.5.3" => "PBES1-MD5-DES",
        "1.2.840.113549.1.5.4" => "PBES1-MD2-RC2",
        "1.2.840.113549.1.5.6" => "PBES1-MD5-RC2",
        "1.2.840.113549.1.5.10" => "PBES1-SHA1-DES",
        "1.2.840.113549.1.5.11" => "PBES1-SHA1-RC2",
        "1.2.840.113549.1.12.1.1" => "SHA1-RC4-128",
        "1.2.840.113549.1.12.1.2" => "SHA1-RC4-40",
        ThreeKeys => "SHA1-3DES",
        TwoKeys => "SHA1-2DES",
        "1.2.840.113549.1.12.1.5" => "SHA1-RC2-128",
        "1.2.840.113549.1.12.1.6" => "SHA1-RC2-40",
        _ => null,
    };

    /// <summary>Null where the scheme is not Triple DES.</summary>
    public static int? TripleDesKeyBytes(string oid) => oid switch
    {
        ThreeKeys => 24,
        TwoKeys => 16,
        _ => null,
    };
}
