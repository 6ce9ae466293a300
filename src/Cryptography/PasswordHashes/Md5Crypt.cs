using System.Security.Cryptography;
using System.Text;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>crypt(3) $1$ and Apache's $apr1$: a thousand rounds of MD5.</summary>
internal static class Md5Crypt
{
    private const int Rounds = 1000;
    private const int LongestSalt = 8;

    public static string Of(byte[] password, byte[] salt, string magic)
    {
        var used = salt.Length > LongestSalt ? salt[..LongestSalt] : salt;
#pragma warning disable CA5351 // recomputed to be recognised
        var alternate = MD5.HashData([.. password, .. used, .. password]);
        List<byte> first = [.. password, .. Encoding.ASCII.GetBytes(magic), .. used];
        for (var left = password.Length; left > 0; left -= alternate.Length)
        {
            first.AddRange(alternate.AsSpan(0, Math.Min(left, alternate.Length)));
        }

        for (var bits = password.Length; bits > 0; bits >>= 1)
        {
            first.Add((bits & 1) != 0 ? (byte)0 : password[0]);
        }

        var digest = MD5.HashData([.. first]);
        for (var i = 0; i < Rounds; i++)
        {
            byte[] round = [.. i % 2 != 0 ? password : digest, .. i % 3 != 0 ? used : [], .. i % 7 != 0 ? password : [], .. i % 2 != 0 ? digest : password];
            digest = MD5.HashData(round);
        }
#pragma warning restore CA5351

        var text = new StringBuilder();
        for (var i = 0; i < 5; i++)
        {
            CryptDigits.Add(text, digest[i], digest[i + 6], digest[i == 4 ? 5 : i + 12], 4);
        }

        CryptDigits.Add(text, 0, 0, digest[11], 2);
        return text.ToString();
    }
}
