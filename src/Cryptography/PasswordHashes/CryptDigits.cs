using System.Text;

namespace SmartCity.SecurityCheck.Cryptography;

/// <summary>How crypt(3) of MD5 and SHA-2 writes a digest: three bytes as four digits, the lowest first, the bytes in an order of its own.</summary>
internal static class CryptDigits
{
    private const string Digits = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    public static void Add(StringBuilder text, int b2, int b1, int b0, int count)
    {
        var value = (b2 << 16) | (b1 << 8) | b0;
        for (var i = 0; i < count; i++)
        {
            text.Append(Digits[value & 63]);
            value >>= 6;
        }
    }
}
