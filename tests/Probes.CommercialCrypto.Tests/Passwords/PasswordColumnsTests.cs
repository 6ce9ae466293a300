using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;
using static SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests.UserTable;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

public sealed class PasswordColumnsTests
{
    private static readonly PasswordColumnsProbe Probe = new();

    [Fact]
    public async Task A_well_run_table_is_proved_by_its_test_account()
    {
        var seen = await SeenAsync(Of(40, (p, s, _) => Hex(Pbkdf2Sm3(p, Utf8(s), 2000))), ("account", ManyAccounts), ("password", ManyPasswords));

        Assert.Equal("uniqueColumn", seen.Word("salt"));
        Assert.Equal(2000, seen.Number("iterationsLeast"));
        Assert.Equal("SM3", seen.Data.GetProperty("proof").GetProperty("algorithm").GetString());
        var verdicts = seen.Judged("password-columns");
        Assert.All(["PWD-01", "PWD-02", "PWD-03", "PWD-04", "PWD-05", "PWD-06"], id => Assert.Equal(Verdict.Satisfied, verdicts[id]));
        Assert.Equal(Verdict.NeedsReview, verdicts["PWD-07"]); // salted: a list of passwords cannot be compared
        Secret(seen);
    }

    /// <summary>Three accounts that were made to fit, and a table of something else of the same length behind them.</summary>
    [Theory]
    [InlineData("cipher")]
    [InlineData("one round")]
    public async Task Three_accounts_do_not_vouch_for_a_hundred_others(string others)
    {
        var key = new SeededBytes(9).Take(16);
        var table = Of(150, (p, s, r) => Known(p) ? Hex(Pbkdf2Sm3(p, Utf8(s), 2000)) : others == "cipher" ? Hex(Sm4.EncryptCbc(key, new byte[16], Utf8(p.PadRight(30, 'x')))) : Hex(Pbkdf2Sm3(p, Utf8(s), 1)));
        var seen = await SeenAsync(table.Replace("salt\n", "salt,it\n", StringComparison.Ordinal).Replace("\n", ",2000\n", StringComparison.Ordinal).Replace("it,2000\n", "it\n", StringComparison.Ordinal), ("account", Accounts), ("password", Passwords), ("iterations", "it"));
        Assert.Equal(3, seen.Number("provenRows"));
        Assert.All(["PWD-02", "PWD-03", "PWD-04", "PWD-05", "PWD-06"], id => Assert.NotEqual((id, Verdict.Satisfied), (id, seen.Judged("password-columns")[id])));
    }

    [Theory]
    [InlineData("address")]
    [InlineData("counter")]
    [InlineData("constant")]
    [InlineData("digest of the account")]
    public async Task Salts_that_can_be_told_beforehand_are_poor_ones(string how)
    {
        var seen = await SeenAsync(Of(40, (p, s, _) => Hex(Pbkdf2Sm3(p, Utf8(s), 2000)), saltOf: (i, account) => how switch
        {
            "address" => account + "@example.cn",
            "counter" => $"{i:0000000000000000}",
            "constant" => $"smartcity-salt-{i:00}",
            _ => Hex(Md5(account)),
        }), ("account", ManyAccounts), ("password", ManyPasswords));
        Assert.Equal("predictable", seen.Word("salt"));
        var verdicts = seen.Judged("password-columns");
        Assert.Equal((Verdict.Partial, Verdict.NeedsReview, Verdict.Partial), (verdicts["PWD-04"], verdicts["PWD-05"], verdicts["PWD-06"]));
    }

    /// <summary>Whether a salt is a digest of another cell is looked at in so many rows and no more.</summary>
    [Fact]
    public void Of_salts_behind_the_limit_nobody_knows()
    {
        const int limit = 100_000;
        var (salts, seeded) = (new SaltTally(), new SeededBytes(4));
        for (var i = 0; i < limit; i++)
        {
            salts.Add(Hex(seeded.Take(16)), []);
        }

        Assert.Equal((true, false), (salts.IsSeenThrough, salts.IsPredictable));
        salts.Add(Hex(seeded.Take(16)), []);
        Assert.False(salts.IsSeenThrough);
    }

    [Fact]
    public async Task A_careless_table_is_seen_through_without_any_key()
    {
        var seen = await SeenAsync(Of(50, (p, _, _) => Hex(Md5(p)), saltColumn: false));

        Assert.Equal(10, seen.Number("commonPasswordRows"));
        Assert.Equal(10, seen.Number("equalRows"));
        Assert.Equal("provedAbsent", seen.Word("salt"));
        var verdicts = seen.Judged("password-columns");
        // Who has a common password is no sample of the table.
        Assert.All(["PWD-01", "PWD-02"], id => Assert.Equal(Verdict.NeedsReview, verdicts[id]));
        Assert.All(["PWD-03", "PWD-04", "PWD-06", "PWD-07"], id => Assert.Equal(Verdict.NotSatisfied, verdicts[id]));
        Secret(seen);
    }

    [Fact]
    public async Task Passwords_in_clear_and_merely_encoded_ones_are_counted()
    {
        var seen = await SeenAsync(Of(30, (p, _, s) => s.Below(2) == 0 ? p : Convert.ToBase64String(Utf8(p)), saltColumn: false));
        Assert.Equal(30, seen.Number("readableRows"));
        var verdicts = seen.Judged("password-columns");
        Assert.Equal(Verdict.NotSatisfied, verdicts["PWD-01"]);
        Assert.Equal(Verdict.NotSatisfied, verdicts["PWD-02"]);
        Secret(seen);
    }

    [Fact]
    public async Task Sixty_four_digits_without_a_test_account_stay_undecided()
    {
        var seen = await SeenAsync(Of(30, (p, s, _) => Hex(Sm3.HashData(Utf8(s + p)))));
        Assert.False(seen.Has("isNational"));
        Assert.Equal(Verdict.NeedsReview, seen.Judged("password-columns")["PWD-06"]);
    }

    public static TheoryData<string, string, bool> Recipes => new()
    {
        { "sm3-salt-before", "SM3(盐 ‖ 口令)", true },
        { "sm3-salt-decoded", "SM3(口令 ‖ 盐（解码后）)", true },
        { "sm3-of-md5", "SM3(十六进制 MD5(口令) ‖ 盐)", true },
        { "sha256", "SHA-256(口令)", false },
        { "hmac-key", "HMAC-SM3(所给密钥, 盐 ‖ 口令)", true },
        { "hmac-salt", "HMAC-SM3(密钥=盐, 口令)", true },
        { "iterated", "SM3 迭代 1500 次(盐 ‖ 口令)", true },
        { "inside", "SM3(值内的盐 ‖ 口令)", true },
        { "account", "SM3(口令 ‖ 账号)", true },
        { "double", "MD5(十六进制 MD5(口令) ‖ 盐)", false },
    };

    [Theory]
    [MemberData(nameof(Recipes))]
    public async Task The_recipe_of_the_test_account_is_found(string recipe, string words, bool national)
    {
        var key = Convert.ToHexString(new SeededBytes(3).Take(16));
        var table = Of(6, (p, s, r) => recipe switch
        {
            "sm3-salt-before" => Hex(Sm3.HashData(Utf8(s + p))),
            "sm3-salt-decoded" => Convert.ToBase64String(Sm3.HashData([.. Utf8(p), .. Convert.FromHexString(s)])),
            "sm3-of-md5" => Hex(Sm3.HashData(Utf8(Hex(Md5(p)) + s))).ToUpperInvariant(),
            "sha256" => Hex(Sha256(p)),
            "hmac-key" => Hex(HmacSm3.HashData(Convert.FromHexString(key), Utf8(s + p))),
            "hmac-salt" => Hex(HmacSm3.HashData(Utf8(s), Utf8(p))),
            "iterated" => Hex(Iterated(Utf8(s + p), 1500)),
            "inside" => Inside(p, r),
            "account" => Hex(Sm3.HashData(Utf8(p + Account))),
            _ => Hex(Md5(Hex(Md5(p)) + s)),
        });
        var seen = await SeenAsync(table, ("account", recipe == "account" ? Account : Accounts), ("password", recipe == "account" ? Password : Passwords), ("key", key));
        Assert.True(seen.Flag("accountMatched"));
        Assert.Equal(words, seen.Data.GetProperty("proof").GetProperty("recipe").GetString());
        Assert.Equal(recipe != "account" && national, seen.Has("isNational") && seen.Flag("isNational"));
        Secret(seen);
    }

    [Fact]
    public async Task An_unknown_recipe_is_said_to_be_none_of_those_tried()
    {
        var seen = await SeenAsync(Of(6, (p, s, _) => Hex(Sm3.HashData(Utf8("unsaid" + s + "|" + p)))), ("account", Accounts), ("password", Passwords));
        Assert.False(seen.Flag("accountMatched"));
        Assert.InRange(seen.Number("recipesTried"), 100, 100_000);
        Assert.Equal(Verdict.NeedsReview, seen.Judged("password-columns")["PWD-06"]);
    }

    [Theory]
    [InlineData("$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy", PasswordShape.Bcrypt)]
    [InlineData("{bcrypt}$2a$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy", PasswordShape.Bcrypt)]
    [InlineData("{noop}secret", PasswordShape.PlainText)]
    [InlineData("{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr", PasswordShape.SaltedSha1)]
    [InlineData("$1$abcdefgh$irWbblnpmw.5z7wgBnprh0", PasswordShape.CryptMd5)]
    [InlineData("$6$rounds=10000$saltsalt$8RWsOfwR6M6PpnoeQiEiWzNTPo1f0HjVYjDnLZhGx16aBFRkeqiHAzfXP/LgrOWMBMXqiU2pLrXsSOHNUyUm91", PasswordShape.CryptSha2)]
    [InlineData("$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7", PasswordShape.Yescrypt)]
    [InlineData("$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$RdescudvJCsgt3ub+b0dWRWJTmaaJObG", PasswordShape.Argon2)]
    [InlineData("pbkdf2_sha256$260000$foobar12$i0baNU/2krYruM1I1jo7YK5OD0JXxWKEad1EyVEA2E8=", PasswordShape.Pbkdf2)]
    [InlineData("pbkdf2:sha256:260000$foobar12$8b46da354ff692b62bb8cd48d63a3b60ae4e0f4257c5628469dd44c95100d84f", PasswordShape.Pbkdf2)]
    [InlineData("$pbkdf2-sha256$29000$Zm9vYmFyMTI$i0baNU/2krYruM1I1jo7YK5OD0JXxWKEad1EyVEA2E8", PasswordShape.Pbkdf2)]
    [InlineData("$scrypt$ln=15,r=8,p=1$Zm9vYmFyMTI$i0baNU/2krYruM1I1jo7YK5OD0JXxWKEad1EyVEA2E8", PasswordShape.Scrypt)]
    [InlineData("{SM3}i0baNU/2krYruM1I1jo7YK5OD0JXxWKEad1EyVEA2E8=", PasswordShape.Sm3OrSha256)]
    [InlineData("{SM3}hunter2-today", PasswordShape.PlainText)]
    [InlineData("{SM3}emhhbmdzYW4xMjM=", PasswordShape.EncodedText)]
    [InlineData("{bcrypt}hunter2-today", PasswordShape.PlainText)]
    [InlineData("{SSHA}hunter2", PasswordShape.PlainText)]
    [InlineData("$argon2id$v=19$m=65536,t=3,p=4$hunter2", PasswordShape.Other)]
    [InlineData("$argon2id$hunter2", PasswordShape.Other)]
    [InlineData("$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHQ$dGhpcy1pcy1teS1wYXNzd29yZA", PasswordShape.Other)]
    [InlineData("$6$salt$hunter2", PasswordShape.Other)]
    [InlineData("$2b$10$hunter2", PasswordShape.Other)]
    [InlineData("pbkdf2_sha256$260000$foobar12$VGhpcyBpcyBub3QgYSByZWFsIGhhcw==", PasswordShape.Other)]
    [InlineData("scrypt:hunter2", PasswordShape.Other)]
    [InlineData("correct horse battery staple", PasswordShape.PlainText)]
    [InlineData("我家的门前有一条河，河上有桥", PasswordShape.PlainText)]
    [InlineData("correcthorsebatterystaple", PasswordShape.Other)]
    [InlineData("correcthorsebatterysta", PasswordShape.Other)]
    [InlineData("CorrectHorseBatteryStapleIsWhatTheyAllUseNow", PasswordShape.Other)]
    [InlineData("12345678901234567890123456789012", PasswordShape.Other)]
    [InlineData("cABhAHMAcwB3AG8AcgBkAA==", PasswordShape.EncodedText)]
    [InlineData("0070006100730073", PasswordShape.EncodedText)]
    [InlineData("5a68616e6773616e4031323334353637", PasswordShape.EncodedText)]
    [InlineData("5byg5LiJ55qE5Y+j5Luk", PasswordShape.EncodedText)]
    [InlineData("ZTEwYWRjMzk0OWJhNTlhYmJlNTZlMDU3ZjIwZjg4M2U=", PasswordShape.Md5OrNtlm)]
    [InlineData("e10adc3949ba59abbe56e057f20f883e:a1b2c3d4", PasswordShape.BrokenDigestWithSalt)]
    [InlineData("a1b2c3d4$da39a3ee5e6b4b0d3255bfef95601890afd80709", PasswordShape.BrokenDigestWithSalt)]
    [InlineData("e10adc3949ba59abbe56e057f20f883e", PasswordShape.Md5OrNtlm)]
    [InlineData("4QrcOUm6Wau+VuBX8g+IPg==", PasswordShape.Md5OrNtlm)]
    [InlineData("da39a3ee5e6b4b0d3255bfef95601890afd80709", PasswordShape.Sha1)]
    [InlineData("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", PasswordShape.Sm3OrSha256)]
    [InlineData("a1b2:66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", PasswordShape.DigestWithSalt)]
    [InlineData("Passw0rd!", PasswordShape.PlainText)]
    [InlineData("19900101", PasswordShape.PlainText)]
    [InlineData("密码一二三", PasswordShape.PlainText)]
    [InlineData("UGFzc3cwcmQh", PasswordShape.EncodedText)]
    [InlineData("506173737730726421", PasswordShape.EncodedText)]
    public void Shapes_are_told_by_prefix_length_and_alphabet(string value, PasswordShape shape) => Assert.Equal(shape, PasswordShapes.Read(value).Shape);

    [Theory]
    [InlineData("$scrypt$ln=10,r=8,p=1$Zm9vYmFyMTI$YWNUO5CBkcIZ2q0GWf0eo4UAUaAtlRiJtqlvsQtjqP8", 1024)]
    [InlineData("$s0$e0801$Zm9vYmFyMTI=$YWNUO5CBkcIZ2q0GWf0eo4UAUaAtlRiJtqlvsQtjqP8=", 16384)]
    [InlineData("{scrypt}$e0801$Zm9vYmFyMTI=$YWNUO5CBkcIZ2q0GWf0eo4UAUaAtlRiJtqlvsQtjqP8=", 16384)]
    [InlineData("scrypt:32768:8:1$Zm9vYmFyMTI$YWNUO5CBkcIZ2q0GWf0eo4UAUaAtlRiJtqlvsQtjqP8", 32768)]
    public void The_cost_of_scrypt_is_read_from_the_value(string value, long iterations)
    {
        var reading = PasswordShapes.Read(value);
        Assert.Equal((PasswordShape.Scrypt, iterations), (reading.Shape, reading.Iterations));
        Assert.All(StoredForms.Find(value, reading, Password).Recipe is { } recipe ? [recipe] : Array.Empty<PasswordRecipe>(), r => Assert.Equal(iterations, r.Iterations));
    }

    [Theory]
    [InlineData("correcthorsebatterystaple")]
    [InlineData("$argon2id$hunter2")]
    public async Task A_value_of_no_known_form_may_be_a_passphrase(string value)
    {
        var seen = await SeenAsync(Of(30, (p, s, _) => p == "123456" ? value : Hex(Sm3.HashData(Utf8(s + p)))));
        Assert.False(seen.Has("readableRows"));
        var verdicts = seen.Judged("password-columns");
        Assert.All(["PWD-01", "PWD-02", "PWD-03"], id => Assert.Equal(Verdict.NeedsReview, verdicts[id]));
    }

    [Fact]
    public async Task Digests_of_md5_length_with_something_beside_them_are_broken_ones()
    {
        var verdicts = (await SeenAsync(Of(30, (p, s, _) => $"{Hex(Md5(s + p))}:{s}", saltColumn: false))).Judged("password-columns");
        Assert.Equal(Verdict.NotSatisfied, verdicts["PWD-03"]);
        Assert.Equal(Verdict.NeedsReview, verdicts["PWD-04"]);
    }

    [Fact]
    public async Task A_column_of_salts_proves_no_salt()
    {
        // Distinct passwords hashed without the salt that stands beside them.
        var seen = await SeenAsync(Of(30, (p, _, s) => Hex(Sm3.HashData(Utf8(p + Hex(s.Take(4)))))));
        Assert.False(seen.Has("salt"));
        Assert.Equal(30, seen.Number("distinctSalts"));
        Assert.All(["PWD-02", "PWD-04", "PWD-06"], id => Assert.Equal(Verdict.NeedsReview, seen.Judged("password-columns")[id]));
    }

    [Fact]
    public async Task Equal_digests_beside_different_salts_refute_the_salt()
    {
        var seen = await SeenAsync(Of(30, (p, s, r) => Hex(Sm3.HashData(Utf8(Known(p) ? s + p : "the-same-for-" + r.Below(3))))), ("account", Accounts), ("password", Passwords));
        Assert.True(seen.Number("equalDigestsBesideOtherSalts") > 20);
        Assert.Equal("provedAbsent", seen.Word("salt"));
        Assert.All(["PWD-04", "PWD-06"], id => Assert.Equal(Verdict.NotSatisfied, seen.Judged("password-columns")[id]));
    }

    [Theory]
    [InlineData("sha384")]
    [InlineData("bcrypt")]
    [InlineData("cipher")]
    [InlineData("other")]
    public async Task One_row_speaks_for_the_rows_of_its_form_alone(string others)
    {
        var seen = await SeenAsync(Of(40, (p, s, r) => Known(p) ? Hex(Pbkdf2Sm3(p, Utf8(s), 2000)) : others switch
        {
            "sha384" => Hex(r.Take(48)),
            "bcrypt" => "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy",
            "cipher" => Convert.ToBase64String(r.Take(80)),
            _ => Convert.ToBase64String(r.Take(37)),
        }), ("account", Accounts), ("password", Passwords));
        Assert.Equal(3, seen.Number("provenFormRows"));
        Assert.All(["PWD-04", "PWD-05", "PWD-06"], id => Assert.NotEqual(Verdict.Satisfied, seen.Judged("password-columns")[id]));
    }

    /// <summary>One account was made to fit; the others only look like it.</summary>
    [Theory]
    [InlineData("sha256")]
    [InlineData("md5 twice")]
    [InlineData("cipher")]
    public async Task One_account_does_not_vouch_for_a_table(string others)
    {
        var key = new SeededBytes(9).Take(16);
        var table = Of(40, (p, s, r) => p == Password ? Hex(Pbkdf2Sm3(p, Utf8(s), 2000)) : others switch
        {
            "sha256" => Hex(Sha256(p + Hex(r.Take(4)))),
            "md5 twice" => Hex(Md5(p)) + Hex(Md5(p + "x" + Hex(r.Take(4)))),
            _ => Hex(Sm4.EncryptCbc(key, r.Take(16), Utf8(p.PadRight(20)))),
        });
        var one = await SeenAsync(table, ("account", Account), ("password", Password));
        Assert.Equal((1, 40), (one.Number("provenRows"), one.Number("provenFormRows")));
        Assert.All(["PWD-02", "PWD-03", "PWD-04", "PWD-05", "PWD-06"], id => Assert.Equal(Verdict.NeedsReview, one.Judged("password-columns")[id]));

        var several = await SeenAsync(table, ("account", Accounts), ("password", Passwords));
        Assert.All(["PWD-02", "PWD-04", "PWD-06"], id => Assert.NotEqual(Verdict.Satisfied, several.Judged("password-columns")[id]));
    }

    [Fact]
    public async Task Rows_without_a_password_are_not_proved_by_the_others()
    {
        var table = Of(40, (p, s, r) => Known(p) || r.Below(8) > 0 ? Hex(Pbkdf2Sm3(p, Utf8(s), 2000)) : "");
        var seen = await SeenAsync(table, ("account", Accounts), ("password", Passwords));
        Assert.True(seen.Number("emptyRows") > 0);
        Assert.Equal(Verdict.Partial, seen.Judged("password-columns")["PWD-06"]);
    }

    [Fact]
    public async Task Accounts_and_passwords_that_do_not_go_together_are_told()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("u.csv", Of(12, (p, s, _) => Hex(Sm3.HashData(Utf8(s + p)))));
        var wrong = await SampleRun.UnableAsync(Probe, SampleRun.Sample(CryptoSampleKind.Password, path, ("account", Accounts), ("password", "a\nb")));
        Assert.Contains("3 个测试账号", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("2 行", wrong.Message, StringComparison.Ordinal);
        var absent = await SampleRun.UnableAsync(Probe, SampleRun.Sample(CryptoSampleKind.Password, path, ("account", $"{Account},nobody"), ("password", "a")));
        Assert.Contains("第 2 个", absent.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("column")]
    [InlineData("inside")]
    public async Task One_salt_for_all_is_none(string where)
    {
        const string salt = "f00dfeed11223344";
        var seen = where == "column"
            ? await SeenAsync(Of(20, (p, _, _) => Hex(Sm3.HashData(Utf8(salt + p))) + "," + salt, saltColumn: false).Replace("password\n", "password,salt\n", StringComparison.Ordinal), ("account", Accounts), ("password", Passwords))
            : await SeenAsync(Of(20, (p, _, _) => $"{salt}:{Hex(Sm3.HashData(Utf8(salt + p)))}", saltColumn: false), ("account", Accounts), ("password", Passwords));
        Assert.Equal("provedAbsent", seen.Word("salt"));
        Assert.Equal(Verdict.NotSatisfied, seen.Judged("password-columns")["PWD-04"]);
    }

    /// <summary>Sixteen or thirty-two bytes are what a block cipher writes too.</summary>
    [Fact]
    public async Task A_column_of_ciphertexts_of_digest_length_is_not_taken_for_one_way()
    {
        var key = new SeededBytes(6).Take(16);
        var seen = await SeenAsync(Of(40, (p, _, s) => s.Take(16) is var iv ? Hex([.. iv, .. Sm4.EncryptCbc(key, iv, Utf8(p))]) : "", saltColumn: false));
        Assert.False(seen.Has("oneWay"));
        Assert.Equal(Verdict.NeedsReview, seen.Judged("password-columns")["PWD-02"]);
    }

    [Fact]
    public async Task Cipher_blocks_are_suspected_and_not_judged()
    {
        var seen = await SeenAsync(Of(30, (p, _, s) => Convert.ToBase64String(s.Take(p.Length > 8 ? 32 : 16 + 16 + 48)), saltColumn: false));
        Assert.True(seen.Number("reversibleRows") > 0);
        Assert.Equal(Verdict.NeedsReview, seen.Judged("password-columns")["PWD-02"]);
    }

    [Fact]
    public async Task Wrong_settings_name_what_is_missing()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("u.csv", "a,b\n1,2\n");
        Assert.Contains("column", (await SampleRun.UnableAsync(Probe, SampleRun.Sample(CryptoSampleKind.Password, path))).Message, StringComparison.Ordinal);
        Assert.Contains("没有名为 x 的列", (await SampleRun.UnableAsync(Probe, SampleRun.Sample(CryptoSampleKind.Password, path, ("column", "x")))).Message, StringComparison.Ordinal);
        folder.Write("v.csv", "");
        Assert.Contains("2 个文件", (await SampleRun.UnableAsync(Probe, SampleRun.Sample(CryptoSampleKind.Password, folder.Path))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Mutated_values_have_some_shape()
    {
        var seeded = new SeededBytes(5);
        byte[][] values = [.. new[] { "$2b$10$N9qo8uLOickgx2ZMRZoMyeIjZAgcfl7p92ldGxad68LJZdL17lhWy", "{SSHA}0c0blFTXXNuAMHECS4uxrj3ZieMoWImr", "pbkdf2_sha256$260000$Zm9v$VGhpcyBpcyBub3Q=", "$6$rounds=10000$s$KbHn", "e10adc3949ba59abbe56e057f20f883e" }.Select(Utf8)];
        for (var i = 0; i < 20_000; i++)
        {
            Assert.True(Enum.IsDefined(PasswordShapes.Read(System.Text.Encoding.UTF8.GetString(seeded.Mutate(values[i % values.Length]))).Shape));
        }
    }

    private static async Task<SampleSeen> SeenAsync(string table, params IReadOnlyList<(string, string)> settings)
    {
        using var folder = new TemporaryFolder();
        return await SampleRun.SeenAsync(Probe, SampleRun.Sample(CryptoSampleKind.Password, folder.Write("users.csv", table), settings));
    }

    private static string Inside(string password, SeededBytes seeded)
    {
        var salt = seeded.Take(8);
        return Convert.ToBase64String([.. salt, .. Sm3.HashData([.. salt, .. Utf8(password)])]);
    }

    private static byte[] Iterated(byte[] start, int times)
    {
        for (var i = 0; i < times; i++)
        {
            start = Sm3.HashData(start);
        }

        return start;
    }

    /// <summary>Nothing of accounts, passwords or stored values leaves the probe.</summary>
    private static void Secret(SampleSeen seen)
    {
        Assert.DoesNotContain(Password, seen.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Account, seen.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("user00", seen.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Hex(Md5("123456")), seen.Everything, StringComparison.Ordinal);
    }
}
