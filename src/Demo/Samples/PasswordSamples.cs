using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>A password column.</summary>
internal static class PasswordSamples
{
    private const int Count = 60;
    private const int Rounds = 1024;

    /// <summary>Their places in the table: few of them prove little of the others.</summary>
    private static readonly int[] Tested = [0, 5, 13, 19, 27, 31, 38, 44, 52, 58];

    /// <summary>Careless: bare MD5, many accounts with the password they were created with. Well-run: HMAC-SM3 under a salt of each account.</summary>
    public static void Write(DemoSamples samples, DemoVariant variant)
    {
        var tests = Array.ConvertAll(Tested, static _ => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        var rows = new List<string[]> { variant == DemoVariant.Careless ? ["username", "password"] : ["username", "salt", "password"] };
        for (var i = 0; i < Count; i++)
        {
            var test = Array.IndexOf(Tested, i);
            var user = test >= 0 ? TestAccount(test) : $"user{i.ToString("D4", CultureInfo.InvariantCulture)}";
            var password = test >= 0 ? tests[test] : variant == DemoVariant.Careless && i % 3 == 0 ? "123456" : Chosen();
            rows.Add(variant == DemoVariant.Careless ? [user, Md5(password)] : Salted(user, password));
        }

        samples.Table("users.csv", rows);
        var settings = new List<(string, string)> { ("column", "password"), ("user", "username"), ("account", string.Join(',', Enumerable.Range(0, Tested.Length).Select(TestAccount))), ("password", $"file:{samples.File("test-account.key", string.Join('\n', tests) + "\n")}") };
        if (variant == DemoVariant.WellRun)
        {
            settings.AddRange([("salt", "salt"), ("iterations", Rounds.ToString(CultureInfo.InvariantCulture))]);
        }

        samples.List("password-column", "口令字段样本", "password", "users.csv", settings);
    }

    private static string TestAccount(int number) => $"tester{(number + 1).ToString("D2", CultureInfo.InvariantCulture)}";

    private static string[] Salted(string user, string password)
    {
        var salt = RandomNumberGenerator.GetBytes(16);
        return [user, Convert.ToHexStringLower(salt), Convert.ToHexStringLower(Derive(password, salt))];
    }

    /// <summary>PBKDF2 with HMAC-SM3, one block, as many rounds as GM/T 0091 asks for at least.</summary>
    private static byte[] Derive(string password, byte[] salt)
    {
        var key = Encoding.UTF8.GetBytes(password);
        var last = HmacSm3.HashData(key, [.. salt, 0, 0, 0, 1]);
        var sum = last;
        for (var i = 1; i < Rounds; i++)
        {
            last = HmacSm3.HashData(key, last);
            sum = [.. sum.Zip(last, static (a, b) => (byte)(a ^ b))];
        }

        return sum;
    }

    private static string Chosen() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(7));

#pragma warning disable CA5351, S4790 // the sample is meant to be weak
    private static string Md5(string password) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5351, S4790
}
