using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>Exports of tables of users, made up from a seed.</summary>
internal static class UserTable
{
    public const string Account = "tester01";
    public const string Password = "Ceshi#2026-ok";

    /// <summary>Three test accounts, and their passwords one a line.</summary>
    public const string Accounts = Account + ",user003,user005";
    public const string Passwords = Password + "\nCeshi#2026-b3\nCeshi#2026-c5";

    /// <summary>Whether it is the password of a test account.</summary>
    public static bool Known(string password) => Passwords.Split('\n').Contains(password, StringComparer.Ordinal);

    /// <summary>The i-th user's password: every fifth is one that everybody tries first.</summary>
    private static string PasswordOf(int i, SeededBytes seeded) => i is 0 or 3 or 5 ? Passwords.Split('\n')[i == 0 ? 0 : i == 3 ? 1 : 2] : i % 5 == 4 ? "123456" : "Pw" + Convert.ToHexStringLower(seeded.Take(5));

    public static string Of(int users, Func<string, string, SeededBytes, string> store, bool saltColumn = true)
    {
        var seeded = new SeededBytes(7);
        var text = new StringBuilder(saltColumn ? "id,username,password,salt\n" : "id,username,password\n");
        for (var i = 0; i < users; i++)
        {
            var (password, salt) = (PasswordOf(i, seeded), Convert.ToHexStringLower(seeded.Take(16)));
            text.Append($"{i + 1},{(i == 0 ? Account : $"user{i:000}")},{store(password, salt, seeded)}{(saltColumn ? $",{salt}" : "")}\n");
        }

        return text.ToString();
    }

    public static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Pbkdf2Sm3(string password, byte[] salt, int iterations)
    {
        var u = HmacSm3.HashData(Utf8(password), [.. salt, 0, 0, 0, 1]);
        var sum = (byte[])u.Clone();
        for (var n = 1; n < iterations; n++)
        {
            u = HmacSm3.HashData(Utf8(password), u);
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] ^= u[i];
            }
        }

        return sum;
    }

    public static byte[] Sha256(string text) => SHA256.HashData(Utf8(text));

    public static byte[] Md5(string text) => MD5.HashData(Utf8(text));
}
