using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

public sealed class IntegrityColumnsTests
{
    private static readonly IntegrityColumnsProbe Probe = new();
    private static readonly byte[] Key = new SeededBytes(77).Take(16);
    private static readonly string Hex = Convert.ToHexString(Key);

    [Fact]
    public async Task A_well_run_table_is_recomputed_with_its_key()
    {
        var seen = await SeenAsync(Records(200, r => Convert.ToHexString(HmacSm3.HashData(Key, Utf8(string.Join('|', r))))), ("key", Hex));
        Assert.Equal(200, seen.Data.GetProperty("recipe").GetProperty("matchedRows").GetInt64());
        Assert.All(seen.Judged("integrity-columns"), v => Assert.Equal(Verdict.Satisfied, v.Value));
        var tampering = seen.Data.GetProperty("tampering");
        Assert.Equal(80, tampering.GetProperty("tried").GetInt32());
        Assert.Equal(80, tampering.GetProperty("detected").GetInt32());
        Secret(seen);
    }

    [Fact]
    public async Task A_careless_table_is_seen_through_and_its_altered_rows_are_found()
    {
        var seen = await SeenAsync(Records(100, r => Convert.ToHexString(Sm3.HashData(Utf8(r[0] + r[1] + r[2]))), altered: 42, without: 7));
        var verdicts = seen.Judged("integrity-columns");

        Assert.Equal("SM3(id‖name‖phone，直接相连，UTF-8)", seen.Data.GetProperty("recipe").GetProperty("recipe").GetString());
        Assert.Equal("amount", Assert.Single(seen.Data.GetProperty("recipe").GetProperty("uncovered").EnumerateArray()).GetString());
        Assert.Equal(42, Assert.Single(seen.Data.GetProperty("firstMismatches").EnumerateArray()).GetInt64());
        Assert.All(verdicts, v => Assert.Equal(Verdict.NotSatisfied, v.Value));
        Secret(seen);
    }

    /// <summary>As people write digests down: behind the name of the algorithm, cut, or the middle of them.</summary>
    [Theory]
    [InlineData("{SHA256}", "SHA-256(id‖name‖phone‖amount，以 | 分隔，UTF-8)")]
    [InlineData("sm3:", "SM3(id‖name‖phone‖amount，以 | 分隔，UTF-8)")]
    [InlineData("cut", "SM3(id‖name‖phone‖amount，以 | 分隔，UTF-8) 的前 16 字节")]
    [InlineData("cut to 12", "SHA-1(id‖name‖phone‖amount，以 | 分隔，UTF-8) 的前 12 字节")]
    [InlineData("16", "MD5(id‖name‖phone‖amount，以 | 分隔，UTF-8) 的中间 8 字节（“16 位 MD5”）")]
    public async Task A_digest_written_in_another_way_is_still_a_bare_digest(string how, string recipe)
    {
        var seen = await SeenAsync(Records(30, r => how switch
        {
            "{SHA256}" => how + Convert.ToBase64String(SHA256.HashData(Utf8(string.Join('|', r)))),
            "cut" => Convert.ToHexString(Sm3.HashData(Utf8(string.Join('|', r))))[..32],
            "cut to 12" => Convert.ToHexString(SHA1.HashData(Utf8(string.Join('|', r))))[..24],
            "16" => Convert.ToHexStringLower(MD5.HashData(Utf8(string.Join('|', r))))[8..24],
            _ => how + Convert.ToHexStringLower(Sm3.HashData(Utf8(string.Join('|', r)))),
        }));
        Assert.Equal((recipe, 30L, Verdict.NotSatisfied), (seen.Data.GetProperty("keylessRecipe").GetString(), seen.Number("keylessRows"), seen.Judged("integrity-columns")["INTEGRITY-01"]));
        Assert.False(seen.Data.GetProperty("recipe").GetProperty("usesKey").GetBoolean());
    }

    [Theory]
    [InlineData("")]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("31323334353637383132333435363738")]
    [InlineData("0123456789ABCDEFFEDCBA9876543210")]
    [InlineData("616d6f756e74")]
    [InlineData("7265636f726473")]
    [InlineData("736563726574")]
    public async Task A_key_that_everybody_has_is_none(string hex)
    {
        var table = Records(30, r => Convert.ToHexString(HmacSm3.HashData(Convert.FromHexString(hex), Utf8(string.Join('|', r)))));
        foreach (var seen in new[] { await SeenAsync(table), await SeenAsync(table, ("key", hex.Length == 0 ? Hex : hex)) })
        {
            Assert.Equal(30, seen.Number("keylessRows"));
            Assert.All(["INTEGRITY-01", "INTEGRITY-02"], id => Assert.Equal(Verdict.NotSatisfied, seen.Judged("integrity-columns")[id]));
        }
    }

    /// <summary>Too many to be tried without being given, known when they are.</summary>
    [Theory]
    [InlineData("md5", Verdict.NotSatisfied)]
    [InlineData("sm3 in letters", Verdict.NotSatisfied)]
    [InlineData("smartcity2024", Verdict.NotSatisfied)]
    [InlineData("qpwk7d2m", Verdict.NeedsReview)]
    [InlineData("83920174650012", Verdict.NeedsReview)]
    public async Task A_key_that_can_be_guessed_is_none(string how, Verdict expected)
    {
        byte[] key = how switch { "md5" => MD5.HashData("123456"u8), "sm3 in letters" => Utf8(Convert.ToHexStringLower(Sm3.HashData("admin123"u8))), _ => Utf8(how) };
        var seen = await SeenAsync(Records(30, r => Convert.ToHexString(HmacSm3.HashData(key, Utf8(string.Join('|', r))))), ("key", how == "md5" ? Convert.ToHexString(key) : Encoding.UTF8.GetString(key)));
        Assert.All(["INTEGRITY-01", "INTEGRITY-02"], id => Assert.Equal(expected, seen.Judged("integrity-columns")[id]));
    }

    /// <summary>王1, 23 and 王12, 3 have one value.</summary>
    [Theory]
    [InlineData("", Verdict.Partial, Verdict.NotSatisfied)]
    [InlineData(",", Verdict.Satisfied, Verdict.Satisfied)]
    public async Task Columns_that_run_into_each_other_are_named(string between, Verdict algorithm, Verdict covers)
    {
        var seen = await SeenAsync(Records(30, r => Convert.ToHexString(HmacSm3.HashData(Key, Utf8(string.Join(between, r))))), ("key", Hex));
        var verdicts = seen.Judged("integrity-columns");
        Assert.Equal((Verdict.Satisfied, algorithm, covers), (verdicts["INTEGRITY-01"], verdicts["INTEGRITY-02"], verdicts["INTEGRITY-05"]));
    }

    [Fact]
    public async Task A_mac_of_sm4_under_zeros_is_seen_through_as_well()
    {
        var seen = await SeenAsync(Records(30, r => Convert.ToHexString(Sm4.EncryptCbc(new byte[16], new byte[16], Utf8(string.Concat(r)))[^16..])));
        Assert.Equal(Verdict.NotSatisfied, seen.Judged("integrity-columns")["INTEGRITY-01"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_key_in_the_table_is_none(bool given)
    {
        var table = Records(30, r => Convert.ToHexString(HmacSm3.HashData(Key, Utf8(string.Concat(r))))).Replace(",mac\n", ",k,mac\n", StringComparison.Ordinal);
        table = string.Join('\n', table.Split('\n').Select((l, i) => i == 0 || l.Length == 0 ? l : l[..l.LastIndexOf(',')] + "," + Hex + l[l.LastIndexOf(',')..]));
        var seen = await SeenAsync(table, given ? [("key", Hex)] : []);
        Assert.True(seen.Flag("isKeyless"));
        Assert.Equal(30, seen.Number("keylessRows"));
        Assert.Equal(Verdict.NotSatisfied, seen.Judged("integrity-columns")["INTEGRITY-01"]);
    }

    [Fact]
    public async Task A_key_of_each_row_in_the_row_is_none()
    {
        var seen = await SeenAsync(Records(30, r => Convert.ToHexString(HmacSm3.HashData(Utf8(r[2]), Utf8(string.Join('|', r))))));
        Assert.Equal(30, seen.Number("keylessRows"));
    }

    [Theory]
    [InlineData(3, 97)]
    [InlineData(99, 1)]
    public async Task Bare_hashes_among_codes_are_counted(int keyed, int bare)
    {
        var i = 0;
        var seen = await SeenAsync(Records(keyed + bare, r => Convert.ToHexString(i++ < keyed ? HmacSm3.HashData(Key, Utf8(string.Join('|', r))) : Sm3.HashData(Utf8(string.Join('|', r))))), ("key", Hex));
        Assert.Equal(bare, seen.Number("keylessRows"));
        Assert.Equal(bare, seen.Number("mismatchedRows"));
        Assert.All(["INTEGRITY-01", "INTEGRITY-02", "INTEGRITY-03"], id => Assert.Equal(Verdict.NotSatisfied, seen.Judged("integrity-columns")[id]));
    }

    [Fact]
    public async Task One_row_that_does_not_agree_leaves_the_key_unproved()
    {
        var verdicts = (await SeenAsync(Records(100, r => Convert.ToHexString(HmacSm3.HashData(Key, Utf8(string.Join('|', r)))), altered: 90), ("key", Hex))).Judged("integrity-columns");
        Assert.All(["INTEGRITY-01", "INTEGRITY-02"], id => Assert.Equal(Verdict.NeedsReview, verdicts[id]));
        Assert.Equal(Verdict.NotSatisfied, verdicts["INTEGRITY-03"]);
    }

    [Fact]
    public async Task A_code_over_what_is_the_same_in_every_record_protects_none()
    {
        var table = Records(50, _ => Convert.ToHexString(HmacSm3.HashData(Key, "CNY"u8))).Replace("id,name", "cur,id,name", StringComparison.Ordinal);
        var seen = await SeenAsync(string.Join('\n', table.Split('\n').Select((l, i) => i == 0 || l.Length == 0 ? l : "CNY," + l)), ("key", Hex));
        Assert.Equal(1, seen.Number("distinctMessages"));
        Assert.All(["INTEGRITY-01", "INTEGRITY-02"], id => Assert.Equal(Verdict.NeedsReview, seen.Judged("integrity-columns")[id]));
    }

    [Fact]
    public async Task Without_the_key_nothing_is_claimed()
    {
        var seen = await SeenAsync(Records(50, r => Convert.ToBase64String(HmacSm3.HashData(Key, Utf8(string.Join('|', r))))));
        Assert.False(seen.Has("isKeyless"));
        Assert.True(seen.Number("combinationsTried") > 5000);
        Assert.Contains("不证明", seen.Everything, StringComparison.Ordinal);
        var verdicts = seen.Judged("integrity-columns");
        Assert.All(["INTEGRITY-01", "INTEGRITY-02", "INTEGRITY-03"], id => Assert.Equal(Verdict.NeedsReview, verdicts[id]));
    }

    public static TheoryData<string, string, bool> Recipes => new()
    {
        { "sha256-comma", "SHA-256(id‖name‖phone‖amount，以 , 分隔，UTF-8)", false },
        { "md5-gbk", "MD5(id‖name‖phone‖amount，直接相连，GBK)", false },
        { "sm3-pairs", "SM3(id‖name‖phone‖amount 的名=值按名排序，以 & 分隔，UTF-8)", false },
        { "sha1-json", "SHA-1(id‖name‖phone‖amount 的 JSON（紧凑、数值不带引号），UTF-8)", false },
        { "sha512-order", "SHA-512(amount‖id，以 | 分隔，UTF-8)", false },
        { "sm3-twice", "SM3(十六进制 SM3(phone，直接相连，UTF-8))", false },
        { "hmac-sha256", "HMAC-SHA-256(十六进制密钥, id‖name‖phone‖amount，以 ; 分隔，UTF-8)", true },
        { "prefix", "SM3(十六进制密钥 ‖ id‖name‖phone‖amount，直接相连，UTF-8)", true },
        { "sm4-cbcmac", "SM4-CBC-MAC（PKCS#7 填充）(十六进制密钥, id‖name‖phone‖amount，直接相连，UTF-8)", true },
        { "sm4-cmac", "SM4-CMAC(十六进制密钥, id‖name‖phone‖amount，直接相连，UTF-8)", true },
        { "aes-cmac", "AES-CMAC(十六进制密钥, phone，直接相连，UTF-8)", true },
    };

    [Theory]
    [MemberData(nameof(Recipes))]
    public async Task The_recipe_is_found(string how, string words, bool keyed)
    {
        var seen = await SeenAsync(Records(12, r => Convert.ToHexStringLower(how switch
        {
            "sha256-comma" => SHA256.HashData(Utf8(string.Join(',', r))),
            "md5-gbk" => MD5.HashData(TextEncodings.Gbk(string.Concat(r))!),
            "sm3-pairs" => Sm3.HashData(Utf8($"amount={r[3]}&id={r[0]}&name={r[1]}&phone={r[2]}")),
            "sha1-json" => SHA1.HashData(Utf8($"{{\"id\":{r[0]},\"name\":\"{r[1]}\",\"phone\":{r[2]},\"amount\":{r[3]}}}")),
            "sha512-order" => SHA512.HashData(Utf8($"{r[3]}|{r[0]}")),
            "sm3-twice" => Sm3.HashData(Utf8(Convert.ToHexStringLower(Sm3.HashData(Utf8(r[2]))))),
            "hmac-sha256" => HMACSHA256.HashData(Key, Utf8(string.Join(';', r))),
            "prefix" => Sm3.HashData([.. Key, .. Utf8(string.Concat(r))]),
            "sm4-cbcmac" => Sm4.EncryptCbc(Key, new byte[16], Utf8(string.Concat(r)))[^16..],
            "sm4-cmac" => Cmac(b => Sm4.EncryptBlock(Key, b), Utf8(string.Concat(r))),
            _ => Cmac(AesBlock, Utf8(r[2])),
        })), ("key", Hex));
        Assert.Equal(words, seen.Data.GetProperty("recipe").GetProperty("recipe").GetString());
        Assert.Equal(!keyed, seen.Flag("isKeyless"));
        Secret(seen);
    }

    /// <summary>RFC 4493 clause 4: the codes of AES-CMAC under the key of its examples.</summary>
    [Theory]
    [InlineData("", "bb1d6929e95937287fa37d129b756746")]
    [InlineData("6bc1bee22e409f96e93d7e117393172a", "070a16b46b4d4144f79bdd9dd04a287c")]
    [InlineData("6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411", "dfa66747de9ae63030ca32611497c827")]
    public void Cmac_gives_the_known_answers(string message, string code)
    {
        var cmac = CheckAlgorithms.Of(16, [new TestKey("十六进制", Convert.FromHexString("2b7e151628aed2a6abf7158809cf4f3c"))]).Single(a => a.Name == "AES-CMAC");
        Assert.Equal(code, Convert.ToHexStringLower(cmac.Compute(Convert.FromHexString(message))));
    }

    [Fact]
    public async Task The_tamper_file_differs_in_one_field_of_one_row()
    {
        var table = Records(50, r => Convert.ToHexString(HmacSm3.HashData(Key, Utf8(string.Join('|', r)))));
        var seen = await SeenAsync(table, ("key", Hex), ("tamperTrial", "yes"));
        var trial = Encoding.UTF8.GetString(seen.Evidence.Files.Single(f => f.Key.EndsWith("tamper-trial.csv", StringComparison.Ordinal)).Value).TrimStart('\uFEFF').Replace("\"", "", StringComparison.Ordinal).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var original = table.Split('\n').Take(trial.Length).ToList();
        Assert.Single(trial.Zip(original), p => p.First != p.Second);

        // Our own verification finds exactly that row.
        var again = await SeenAsync(string.Join('\n', trial), ("key", Hex));
        Assert.Equal(1, again.Number("mismatchedRows"));
        Assert.Contains("第 11 行", seen.Outcome.Observations[0].Evidence.Single(e => e.RelativePath.EndsWith(".csv", StringComparison.Ordinal)).Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tables_without_a_check_column_are_refused_by_what_they_have()
    {
        using var folder = new TemporaryFolder();
        var unable = await SampleRun.UnableAsync(Probe, SampleRun.Sample(CryptoSampleKind.Integrity, folder.Write("a.csv", "id,name\n1,x\n")));
        Assert.Equal(FailureKind.BadInput, unable.Kind);
        Assert.Contains("id、name", unable.Message, StringComparison.Ordinal);
        Assert.Contains("check", unable.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Many_columns_keep_the_search_bounded()
    {
        var text = new StringBuilder(string.Join(',', Enumerable.Range(0, 30).Select(i => $"c{i}")) + ",mac\n");
        var seeded = new SeededBytes(3);
        for (var i = 0; i < 5; i++)
        {
            text.AppendJoin(',', Enumerable.Range(0, 30).Select(_ => seeded.Below(1000).ToString(CultureInfo.InvariantCulture))).Append(',').Append(Convert.ToHexString(seeded.Take(32))).Append('\n');
        }

        var seen = await SeenAsync(text.ToString(), ("key", Hex));
        Assert.InRange(seen.Number("combinationsTried"), 100_000, 13_000_000);
    }

    private static async Task<SampleSeen> SeenAsync(string table, params IReadOnlyList<(string, string)> settings)
    {
        using var folder = new TemporaryFolder();
        return await SampleRun.SeenAsync(Probe, SampleRun.Sample(CryptoSampleKind.Integrity, folder.Write("records.csv", table), settings));
    }

    /// <param name="altered">Row whose amount is another one than the value was made of; 0 for none.</param>
    /// <param name="without">Row without a value; 0 for none.</param>
    private static string Records(int rows, Func<string[], string> check, int altered = 0, int without = 0)
    {
        var seeded = new SeededBytes(31);
        var text = new StringBuilder("id,name,phone,amount,mac\n");
        for (var i = 1; i <= rows; i++)
        {
            string[] record = [$"{i}", CitizenRecords.Name(seeded), CitizenRecords.Mobile(seeded), $"{seeded.Below(10_000)}.{seeded.Below(10)}5"];
            var value = check(record);
            record[2] = i == altered ? CitizenRecords.Mobile(seeded) : record[2];
            text.AppendJoin(',', record).Append(',').Append(i == without ? "" : value).Append('\n');
        }

        return text.ToString();
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] AesBlock(byte[] block)
    {
        using var aes = Aes.Create();
        aes.Key = Key;
        return aes.EncryptEcb(block, PaddingMode.None);
    }

    /// <summary>Written apart from the product's: block by block.</summary>
    private static byte[] Cmac(Func<byte[], byte[]> encrypt, byte[] data)
    {
        static byte[] Double(byte[] b)
        {
            var n = (new System.Numerics.BigInteger(b, isUnsigned: true, isBigEndian: true) << 1) ^ ((b[0] & 0x80) != 0 ? 0x87 : 0);
            var all = (n & ((System.Numerics.BigInteger.One << 128) - 1)).ToByteArray(isUnsigned: true, isBigEndian: true);
            return [.. new byte[16 - all.Length], .. all];
        }

        var k1 = Double(encrypt(new byte[16]));
        var blocks = Math.Max(1, (data.Length + 15) / 16);
        var whole = data.Length == 16 * blocks;
        byte[] padded = whole ? data : [.. data, 0x80, .. new byte[(16 * blocks) - data.Length - 1]];
        var mask = whole ? k1 : Double(k1);
        var state = new byte[16];
        for (var at = 0; at < padded.Length; at += 16)
        {
            state = encrypt([.. state.Select((s, i) => (byte)(s ^ padded[at + i] ^ (at + 16 == padded.Length ? mask[i] : 0)))]);
        }

        return state;
    }

    /// <summary>No name, number or key of a record leaves the probe, unless the owner asked for the tamper file.</summary>
    private static void Secret(SampleSeen seen)
    {
        Assert.DoesNotContain("\"13", seen.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Hex, seen.Everything, StringComparison.OrdinalIgnoreCase);
        var seeded = new SeededBytes(31);
        Assert.DoesNotContain(CitizenRecords.Name(seeded), seen.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(CitizenRecords.Mobile(seeded), seen.Everything, StringComparison.Ordinal);
    }
}
