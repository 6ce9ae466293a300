using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>
/// EncryptedPrivateKeyInfo (RFC 5958 clause 3) under PBES2 (RFC 8018 clause 6.2): PBKDF2 with HMAC of SHA-1 or SHA-2, and AES or SM4 in
/// CBC. Other schemes are refused by name.
/// </summary>
internal static class EncryptedPkcs8
{
    private const string Pbes2 = "1.2.840.113549.1.5.13";
    private const string Pbkdf2 = "1.2.840.113549.1.5.12";
    private const string Sm4Cbc = "1.2.156.10197.1.104.2";
    private const string HmacSha1 = "1.2.840.113549.2.7";

    // A file can ask for any number; ten million take some seconds.
    private const int MaxIterations = 10_000_000;

    private static readonly Dictionary<string, int> KeySizes = new(StringComparer.Ordinal)
    {
        ["2.16.840.1.101.3.4.1.2"] = 16,
        ["2.16.840.1.101.3.4.1.22"] = 24,
        ["2.16.840.1.101.3.4.1.42"] = 32,
        [Sm4Cbc] = Sm4.KeySizeInBytes,
    };

    /// <summary>Decrypts to PrivateKeyInfo.</summary>
    /// <exception cref="CryptographicException">Another scheme, too many iterations, or a wrong password.</exception>
    public static byte[] Decrypt(byte[] encrypted, string password)
    {
        var scheme = DerGuard.Read(encrypted, DerLimits.Key, "加密的 PKCS#8 私钥", ReadScheme);
        var secret = Encoding.UTF8.GetBytes(password);
        var key = DeriveKey(scheme, secret);
        try
        {
            return scheme.Cipher == Sm4Cbc ? Sm4.DecryptCbc(key, scheme.Iv, scheme.Content) : DecryptAes(key, scheme);
        }
        catch (CryptographicException e)
        {
            throw new CryptographicException("私钥解密失败：口令不正确或内容已损坏。", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    private static byte[] DecryptAes(byte[] key, Scheme scheme)
    {
        using var aes = Aes.Create();
        aes.Key = key;
        return aes.DecryptCbc(scheme.Content, scheme.Iv);
    }

    private static byte[] DeriveKey(Scheme scheme, byte[] password)
    {
        var length = KeySizes[scheme.Cipher];
        return scheme.Prf switch
        {
            HmacSha1 => Rfc2898DeriveBytes.Pbkdf2(password, scheme.Salt, scheme.Iterations, HashAlgorithmName.SHA1, length),
            "1.2.840.113549.2.9" => Rfc2898DeriveBytes.Pbkdf2(password, scheme.Salt, scheme.Iterations, HashAlgorithmName.SHA256, length),
            "1.2.840.113549.2.10" => Rfc2898DeriveBytes.Pbkdf2(password, scheme.Salt, scheme.Iterations, HashAlgorithmName.SHA384, length),
            "1.2.840.113549.2.11" => Rfc2898DeriveBytes.Pbkdf2(password, scheme.Salt, scheme.Iterations, HashAlgorithmName.SHA512, length),
            _ => throw new CryptographicException($"私钥加密所用的伪随机函数 {scheme.Prf} 不受支持。"),
        };
    }

    private static Scheme ReadScheme(AsnReader reader)
    {
        var info = reader.ReadSequence();
        var algorithm = info.ReadSequence();
        Require(algorithm.ReadObjectIdentifier(), Pbes2, "加密方案");
        var parameters = algorithm.ReadSequence();

        var derivation = parameters.ReadSequence();
        Require(derivation.ReadObjectIdentifier(), Pbkdf2, "密钥派生");
        var pbkdf2 = derivation.ReadSequence();
        var salt = pbkdf2.ReadOctetString();
        var iterations = pbkdf2.ReadInteger();
        if (iterations < 1 || iterations > MaxIterations)
        {
            throw new DerRejectedException($"密钥派生迭代 {iterations} 次，不在 1 到 {MaxIterations} 之间", 0);
        }

        if (pbkdf2.HasData && pbkdf2.PeekTag() == Asn1Tag.Integer)
        {
            pbkdf2.ReadInteger();
        }

        // The default of RFC 8018 appendix A.2.
        var prf = pbkdf2.HasData ? pbkdf2.ReadSequence().ReadObjectIdentifier() : HmacSha1;

        var encryption = parameters.ReadSequence();
        var cipher = encryption.ReadObjectIdentifier();
        if (!KeySizes.ContainsKey(cipher))
        {
            throw new DerRejectedException($"私钥加密所用的密码算法 {cipher} 不受支持", 0);
        }

        var iv = encryption.ReadOctetString();
        return iv.Length == Sm4.BlockSizeInBytes
            ? new Scheme(salt, (int)iterations, prf, cipher, iv, info.ReadOctetString())
            : throw new DerRejectedException("初始向量须为 16 字节", 0);
    }

    private static void Require(string actual, string expected, string what)
    {
        if (actual != expected)
        {
            throw new DerRejectedException($"{what} {actual} 不受支持，须为 {expected}", 0);
        }
    }

    private sealed record Scheme(byte[] Salt, int Iterations, string Prf, string Cipher, byte[] Iv, byte[] Content);
}
