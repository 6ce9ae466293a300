using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>A cipher in CBC that private keys are encrypted with, in order to try passphrases.</summary>
internal sealed record KeyCipher(string Name, int KeyBytes, int BlockBytes)
{
    private static readonly Dictionary<string, KeyCipher> ByOid = new(StringComparer.Ordinal)
    {
        ["2.16.840.1.101.3.4.1.2"] = new("AES-128-CBC", 16, 16),
        ["2.16.840.1.101.3.4.1.22"] = new("AES-192-CBC", 24, 16),
        ["2.16.840.1.101.3.4.1.42"] = new("AES-256-CBC", 32, 16),
        ["1.2.156.10197.1.104.2"] = new("SM4-CBC", 16, 16),
        ["1.2.156.10197.1.104"] = new("SM4-CBC", 16, 16),
        ["1.2.840.113549.3.7"] = new("DES-EDE3-CBC", 24, 8),
    };

    public static KeyCipher? Find(string oid) => ByOid.GetValueOrDefault(oid);

    public static KeyCipher? FindByName(string name) => ByOid.Values.FirstOrDefault(c => c.Name == name);

    /// <summary>Whether the key decrypts the content to the structure of a private key. Its plaintext is wiped at once.</summary>
    public bool Opens(byte[] key, byte[] iv, byte[] content)
    {
        byte[]? plain = null;
        try
        {
            plain = Decrypt(key, iv, content);
            return IsPrivateKey(plain);
        }
        catch (CryptographicException)
        {
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private byte[] Decrypt(byte[] key, byte[] iv, byte[] content)
    {
        if (iv.Length != BlockBytes || content.Length == 0 || content.Length % BlockBytes != 0)
        {
            throw new CryptographicException();
        }

        if (Name.StartsWith("SM4", StringComparison.Ordinal))
        {
            return Sm4.DecryptCbc(key, iv, content);
        }

#pragma warning disable CA5350, S5547 // What others encrypted with it has to be opened with it.
        using SymmetricAlgorithm cipher = BlockBytes == 8 ? TripleDES.Create() : Aes.Create();
#pragma warning restore CA5350, S5547
        cipher.Key = key;
        return cipher.DecryptCbc(content, iv);
    }

    /// <summary>A SEQUENCE of exactly this length that begins with a number: one chance in some millions for a wrong key with lucky padding.</summary>
    private static bool IsPrivateKey(byte[] plain)
    {
        try
        {
            var reader = new AsnReader(plain, AsnEncodingRules.DER);
            var sequence = reader.ReadSequence();
            return !reader.HasData && sequence.PeekTag().HasSameClassAndValue(Asn1Tag.Integer) && sequence.TryReadInt32(out var version) && version is >= 0 and <= 3;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}

/// <summary>PBES2 with PBKDF2 (RFC 8018 §6.2).</summary>
internal sealed class Pbes2Check(Pbkdf2Parameters derivation, KeyCipher cipher, byte[] iv, byte[] content) : IPassphraseCheck
{
    public long Cost { get; } = derivation.Iterations * ((cipher.KeyBytes + 19) / 20);

    public bool Opens(string passphrase) => cipher.Opens(derivation.Derive(Encoding.UTF8.GetBytes(passphrase), cipher.KeyBytes), iv, content);
}

/// <summary>pbeWithSHAAnd3-KeyTripleDES-CBC (RFC 7292 §C).</summary>
internal sealed class TripleDesCheck(byte[] salt, long iterations, int keyBytes, byte[] content) : IPassphraseCheck
{
    private const int Block = 8;

    public long Cost { get; } = iterations * 3;

    public bool Opens(string passphrase)
    {
        var key = Pkcs12Kdf.Derive(HashAlgorithmName.SHA1, passphrase, salt, iterations, Pkcs12Kdf.ForKey, keyBytes);
        byte[] triple = keyBytes == 16 ? [.. key, .. key.AsSpan(0, Block)] : key;
        var iv = Pkcs12Kdf.Derive(HashAlgorithmName.SHA1, passphrase, salt, iterations, Pkcs12Kdf.ForIv, Block);
        return new KeyCipher("DES-EDE3-CBC", 24, Block).Opens(triple, iv, content);
    }
}
