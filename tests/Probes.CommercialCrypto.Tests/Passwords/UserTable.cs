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

    /// <summary>Those and seven more.</summary>
    public const string ManyAccounts = Accounts + ",user006,user008,user010,user011,user013,user015,user016";
    public const string ManyPasswords = Passwords + "\nCeshi#2026-d6\nCeshi#2026-e8\nCeshi#2026-f10\nCeshi#2026-g11\nCeshi#2026-h13\nCeshi#2026-i15\nCeshi#2026-j16";

    private static readonly int[] Tested = [0, 3, 5, 6, 8, 10, 11, 13, 15, 16];

    /// <summary>Whether it is the password of a test account.</summary>
    public static bool Known(string password) => Passwords.Split('\n').Contains(password, StringComparer.Ordinal);

    /// <summary>The i-th user's password: every fifth is one that everybody tries first.</summary>
    private static string PasswordOf(int i, SeededBytes seeded) => Array.IndexOf(Tested, i) is >= 0 and var test ? ManyPasswords.Split('\n')[test] : i % 5 == 4 ? "123456" : "Pw" + Convert.ToHexStringLower(seeded.Take(5));

    public static string Of(int users, Func<string, string, SeededBytes, string> store, bool saltColumn = true, Func<int, string, string>? saltOf = null)
    {
        var seeded = new SeededBytes(7);
        var text = new StringBuilder(saltColumn ? "id,username,password,salt\n" : "id,username,password\n");
        for (var i = 0; i < users; i++)
        {
            var (password, random) = (PasswordOf(i, seeded), Convert.ToHexStringLower(seeded.Take(16)));
            var salt = saltOf?.Invoke(i, i == 0 ? Account : $"user{i:000}") ?? random;
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
