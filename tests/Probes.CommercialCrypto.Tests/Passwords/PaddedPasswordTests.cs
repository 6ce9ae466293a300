using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;
using static SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests.UserTable;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>A prefix or a length that anybody can write, and clear text behind it.</summary>
public sealed class PaddedPasswordTests
{
    private static readonly PasswordColumnsProbe Probe = new();
    private static readonly string[] Good = ["PWD-01", "PWD-02", "PWD-03", "PWD-04", "PWD-05", "PWD-06"];

    /// <summary>Real values of the three test accounts, by libxcrypt.</summary>
    private static readonly Dictionary<string, string> Bcrypt = new(StringComparer.Ordinal)
    {
        ["Ceshi#2026-ok"] = "$2b$04$abcdefghijklmnopqrstuuPP2CKsWgZI5MXZCyPRmOcqerNf6WUOy",
        ["Ceshi#2026-b3"] = "$2y$05$N9qo8uLOickgx2ZMRZoMyeMg9E8zz8RYlrKVkinmBxCJAiTNVTOEC",
        ["Ceshi#2026-c5"] = "$2b$04$abcdefghijklmnopqrstuu/x5IsgNDDPPcRH3mA5KODyLc07UO98u",
    };

    [Theory]
    [InlineData("base64 in bcrypt")]
    [InlineData("words in bcrypt")]
    [InlineData("reversed base64 in bcrypt")]
    [InlineData("base64 in sha512-crypt")]
    [InlineData("words in sha512-crypt")]
    [InlineData("text in pbkdf2")]
    [InlineData("text in spring pbkdf2")]
    [InlineData("hex of text")]
    [InlineData("hex of text and blanks")]
    [InlineData("hex of pkcs7")]
    [InlineData("hex under one byte")]
    [InlineData("hex under a pad")]
    [InlineData("real bcrypt")]
    public async Task A_shape_alone_earns_nothing(string how)
    {
        var seen = await SeenAsync(Of(40, (p, s, r) => Stored(how, p, s, r), saltColumn: false));
        var verdicts = seen.Judged("password-columns");
        Assert.All(Good, id => Assert.NotEqual((id, Verdict.Satisfied), (id, verdicts[id])));
        if (how.Contains("text", StringComparison.Ordinal) || how.StartsWith("base64", StringComparison.Ordinal) || how.EndsWith("pkcs7", StringComparison.Ordinal))
        {
            Assert.Equal((how, Verdict.NotSatisfied), (how, verdicts["PWD-01"]));
        }
    }

    /// <summary>Three honest accounts and a table of clear text behind them.</summary>
    [Theory]
    [InlineData("base64 in bcrypt")]
    [InlineData("words in bcrypt")]
    [InlineData("reversed base64 in bcrypt")]
    public async Task Honest_accounts_do_not_vouch_for_what_looks_like_text(string how)
    {
        var seen = await SeenAsync(Of(60, (p, s, r) => Bcrypt.TryGetValue(p, out var real) ? real : Stored(how, p, s, r), saltColumn: false), ("account", Accounts), ("password", Passwords));
        var verdicts = seen.Judged("password-columns");
        Assert.All(Good, id => Assert.NotEqual((id, Verdict.Satisfied), (id, verdicts[id])));
    }

    [Fact]
    public async Task Bcrypt_is_proved_by_its_test_accounts()
    {
        var seen = await SeenAsync(Of(60, (p, s, r) => Bcrypt.TryGetValue(p, out var real) ? real : Stored("real bcrypt", p, s, r), saltColumn: false), ("account", Accounts), ("password", Passwords));
        Assert.Equal((3, 60), (seen.Number("provenRows"), seen.Number("provenFormRows")));
        var verdicts = seen.Judged("password-columns");
        Assert.All(["PWD-01", "PWD-02", "PWD-03"], id => Assert.Equal((id, Verdict.NeedsReview), (id, verdicts[id]))); // three of sixty
        Assert.Equal(Verdict.Partial, verdicts["PWD-05"]); // 2^4 rounds
        Assert.Equal(Verdict.Partial, verdicts["PWD-06"]);
    }

    [Fact]
    public async Task A_wrong_password_of_an_account_proves_nothing()
    {
        var seen = await SeenAsync(Of(60, (p, s, r) => Bcrypt.TryGetValue(p, out var real) ? real : Stored("real bcrypt", p, s, r), saltColumn: false), ("account", Accounts), ("password", "a\nb\nc"));
        Assert.False(seen.Flag("accountMatched"));
        Assert.All(Good, id => Assert.NotEqual(Verdict.Satisfied, seen.Judged("password-columns")[id]));
    }

    private static string Stored(string how, string p, string s, SeededBytes r)
    {
        const string digits = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
        string Random(int n) => string.Concat(r.Take(n).Select(b => digits[b & 63]));
        string Salt() => Random(21) + ".Oeu"[r.Below(4)];
        string Ends(string body) => body[..30] + digits[r.Below(16) * 4];
        var text = Convert.ToBase64String(Utf8($"kouling={p}")).TrimEnd('=').Replace('+', 'x');
        var bytes = Utf8(p.Length > 24 ? p[..24] : p);
        byte[] Fill(byte with) => [.. bytes, .. Enumerable.Repeat(with, 32 - bytes.Length)];
        return how switch
        {
            "base64 in bcrypt" => $"$2a$10${Salt()}{Ends(text.PadRight(31, '.'))}",
            "reversed base64 in bcrypt" => $"$2a$10${Salt()}{Ends((new string([.. text.Reverse()]) + text).PadRight(31, '.'))}",
            "words in bcrypt" => $"$2a$10${Salt()}{Ends((new string([.. p.Where(char.IsAsciiLetterOrDigit)]) + "mimashiyonghudekouling").PadRight(31, 'a'))}",
            "base64 in sha512-crypt" => $"$6${s[..16]}${text.PadRight(86, '.')}",
            "words in sha512-crypt" => $"$6${s[..16]}${(new string([.. p.Where(char.IsAsciiLetterOrDigit)]) + "yonghudekouling").PadRight(86, 'x')}",
            "text in pbkdf2" => $"pbkdf2_sha256$260000${s[..12]}${Convert.ToBase64String(Fill(0))}",
            "text in spring pbkdf2" => "{pbkdf2}" + Hex([.. r.Take(16), .. Fill(0x20), .. new byte[32]]),
            "hex of text" => Hex(Fill(0)),
            "hex of text and blanks" => Hex(Fill(0x20)),
            "hex of pkcs7" => Hex(Fill((byte)(32 - bytes.Length))),
            "hex under one byte" => Hex([.. Fill(0x20).Select(b => (byte)(b ^ 0xA5))]),
            "hex under a pad" => Hex([.. Fill(0x20).Select((b, i) => (byte)(b ^ Sm3.HashData([1, 2, 3])[i]))]),
            _ => $"$2b$04${Salt()}{Ends(Random(31))}",
        };
    }

    private static async Task<SampleSeen> SeenAsync(string table, params IReadOnlyList<(string, string)> settings)
    {
        using var folder = new TemporaryFolder();
        return await SampleRun.SeenAsync(Probe, SampleRun.Sample(CryptoSampleKind.Password, folder.Write("users.csv", table), settings));
    }
}
