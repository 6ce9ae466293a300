using System.Security.Cryptography;
using System.Text;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>crypt(3) $5$ and $6$ by Ulrich Drepper's specification of 2007.</summary>
internal static class Sha2Crypt
{
    public const int UsualRounds = 5000;
    public const int FewestRounds = 1000;
    private const int LongestSalt = 16;

    public static string Of256(byte[] password, byte[] salt, int rounds)
    {
        var digest = Digest(HashAlgorithmName.SHA256, password, salt, rounds);
        var (text, a, b, c) = (new StringBuilder(), 0, 10, 20);
        for (var i = 0; i < 10; i++)
        {
            CryptDigits.Add(text, digest[a], digest[b], digest[c], 4);
            (a, b, c) = (c + 1, a + 1, b + 1);
        }

        CryptDigits.Add(text, 0, digest[31], digest[30], 3);
        return text.ToString();
    }

    public static string Of512(byte[] password, byte[] salt, int rounds)
    {
        var digest = Digest(HashAlgorithmName.SHA512, password, salt, rounds);
        var (text, a, b, c) = (new StringBuilder(), 0, 21, 42);
        for (var i = 0; i < 21; i++)
        {
            CryptDigits.Add(text, digest[a], digest[b], digest[c], 4);
            (a, b, c) = (b + 1, c + 1, a + 1);
        }

        CryptDigits.Add(text, 0, 0, digest[63], 2);
        return text.ToString();
    }

    private static byte[] Digest(HashAlgorithmName name, byte[] password, byte[] salt, int rounds)
    {
        var used = salt.Length > LongestSalt ? salt[..LongestSalt] : salt;
        byte[] Hash(params IEnumerable<byte> data) => CryptographicOperations.HashData(name, (byte[])[.. data]);
        var alternate = Hash([.. password, .. used, .. password]);
        List<byte> first = [.. password, .. used, .. Repeated(alternate, password.Length)];
        for (var bits = password.Length; bits > 0; bits >>= 1)
        {
            first.AddRange((bits & 1) != 0 ? alternate : password);
        }

        var digest = Hash(first);
        var p = Repeated(Hash(Enumerable.Repeat(password, password.Length).SelectMany(x => x)), password.Length);
        var s = Repeated(Hash(Enumerable.Repeat(used, 16 + digest[0]).SelectMany(x => x)), used.Length);
        for (var i = 0; i < rounds; i++)
        {
            byte[] round = [.. i % 2 != 0 ? p : digest, .. i % 3 != 0 ? s : [], .. i % 7 != 0 ? p : [], .. i % 2 != 0 ? digest : p];
            digest = CryptographicOperations.HashData(name, round);
        }

        return digest;
    }

    private static byte[] Repeated(byte[] block, int length)
    {
        var result = new byte[length];
        for (var i = 0; i < length; i++)
        {
            result[i] = block[i % block.Length];
        }

        return result;
    }
}
