using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

public sealed class CiphertextColumnsTests
{
    private static readonly CiphertextColumnsProbe Probe = new();
    private static readonly byte[] Key = new SeededBytes(99).Take(16);
    private static readonly byte[] LongKey = new SeededBytes(98).Take(24);
    private static readonly string Hex = Convert.ToHexString(Key);

    [Fact]
    public async Task A_well_run_column_is_proved_by_its_test_key()
    {
        var seen = await SeenAsync(CitizenRecords.Table(300, 1, (s, _) => Gcm(s, CitizenRecords.Letter(s))), ("key", Hex));
        var verdicts = seen.Judged("ciphertext-columns");

        Assert.All(["CIPHER-01", "CIPHER-03", "CIPHER-04", "CIPHER-05", "CIPHER-06"], id => Assert.Equal(Verdict.Satisfied, verdicts[id]));
        Assert.Equal("SM4-GCM，12 字节随机数在前、校验码在后，密钥为十六进制", Column(seen).GetProperty("decryption").GetProperty("combination").GetString());
        Secret(seen);
    }

    [Fact]
    public async Task A_careless_column_of_ecb_under_a_foreign_cipher_is_seen_through()
    {
        using var aes = Aes.Create();
        aes.Key = Key;
        var seen = await SeenAsync(CitizenRecords.Table(300, 2, (s, i) => Convert.ToHexString(aes.EncryptEcb(Encoding.UTF8.GetBytes(i % 10 == 0 ? "同一份内容同一份内容" : CitizenRecords.Letter(s)), PaddingMode.PKCS7))), ("key", Hex));
        var verdicts = seen.Judged("ciphertext-columns");

        Assert.Equal(30, Column(seen).GetProperty("equalRows").GetInt64());
        Assert.True(Column(seen).GetProperty("ecbRows").GetInt64() > 200);
        Assert.All(["CIPHER-02", "CIPHER-03"], id => Assert.Equal(Verdict.NotSatisfied, verdicts[id]));
        Assert.Equal(Verdict.Partial, verdicts["CIPHER-06"]);
        Assert.Contains("AES-128-ECB", Column(seen).GetProperty("decryption").GetProperty("combination").GetString(), StringComparison.Ordinal);
        Secret(seen);
    }

    public static TheoryData<string, string> Unprotected => new()
    {
        { "id", "idNumber" }, { "mobile", "mobile" }, { "name", "name" }, { "json", "markup" }, { "base64", "chinese" }, { "gbk", "chinese" }, { "gzip", "compressed" },
        { "xor", "simpleMask" }, { "shift", "simpleMask" }, { "reverse", "simpleMask" }, { "hexmobile", "mobile" },
    };

    [Theory]
    [MemberData(nameof(Unprotected))]
    public async Task What_needs_no_key_is_counted_as_unprotected(string how, string expected)
    {
        var seen = await SeenAsync(CitizenRecords.Table(60, 3, (s, _) => how switch
        {
            "id" => CitizenRecords.IdNumber(s),
            "mobile" => CitizenRecords.Mobile(s),
            "name" => CitizenRecords.Name(s),
            "json" => $"{{\"n\":\"{CitizenRecords.Name(s)}\"}}",
            "base64" => Convert.ToBase64String(Encoding.UTF8.GetBytes(CitizenRecords.Letter(s))),
            "gbk" => Convert.ToBase64String(TextEncodings.Gbk(CitizenRecords.Name(s) + "的住所地址登记在案")!),
            "gzip" => Convert.ToBase64String(Gzip(Encoding.UTF8.GetBytes(CitizenRecords.Letter(s)))),
            "xor" => Convert.ToBase64String([.. Encoding.UTF8.GetBytes(CitizenRecords.Letter(s)).Select(b => (byte)(b ^ 0x5A))]),
            "shift" => string.Concat(CitizenRecords.Mobile(s).Select(c => (char)('0' + ((c - '0' + 3) % 10)))),
            "reverse" => new string([.. CitizenRecords.IdNumber(s).Reverse()]),
            _ => Convert.ToHexString(Encoding.ASCII.GetBytes(CitizenRecords.Mobile(s))),
        }));
        Assert.Equal(60, Column(seen).GetProperty("unprotectedRows").GetInt64());
        Assert.Equal(Verdict.NotSatisfied, seen.Judged("ciphertext-columns")["CIPHER-01"]);
        Assert.Contains($"\"{expected}\"", Column(seen).GetRawText(), StringComparison.Ordinal);
        Secret(seen);
    }

    public static TheoryData<string, string> Combinations => new()
    {
        { "sm4-cbc-iv", "SM4-CBC，初始向量在前，PKCS#7 填充" },
        { "sm4-cbc-fixed", "SM4-CBC，所给初始向量，PKCS#7 填充" },
        { "sm4-ecb", "SM4-ECB，PKCS#7 填充" },
        { "sm4-ecb-zeros", "SM4-ECB，补零或无填充" },
        { "sm4-ctr", "SM4-CTR，初始计数在前" },
        { "aes-cbc-keyiv", "AES-128-CBC，密钥作初始向量，PKCS#7 填充" },
        { "aes-gcm", "AES-128-GCM，12 字节随机数在前、校验码在后" },
    };

    [Theory]
    [MemberData(nameof(Combinations))]
    public async Task The_combination_of_cipher_mode_and_layout_is_found(string how, string words)
    {
        var iv = new SeededBytes(4).Take(16);
        using var aes = Aes.Create();
        aes.Key = Key;
        var seen = await SeenAsync(CitizenRecords.Table(40, 5, (s, _) =>
        {
            var (plain, random) = (Encoding.UTF8.GetBytes(CitizenRecords.IdNumber(s) + CitizenRecords.Name(s)), s.Take(16));
            return Convert.ToBase64String(how switch
            {
                "sm4-cbc-iv" => [.. random, .. Sm4.EncryptCbc(Key, random, plain)],
                "sm4-cbc-fixed" => Sm4.EncryptCbc(Key, iv, plain),
                "sm4-ecb" => Sm4.EncryptEcb(Key, plain),
                "sm4-ecb-zeros" => Sm4.EncryptEcb(Key, [.. plain, .. new byte[32 - plain.Length]])[..32],
                "sm4-ctr" => [.. random, .. Sm4.TransformCtr(Key, random, plain)],
                "aes-cbc-keyiv" => aes.EncryptCbc(plain, Key),
                _ => AesGcmSealed(random[..12], plain),
            });
        }), ("key", Hex), ("iv", Convert.ToHexString(iv)));
        Assert.StartsWith(words, Column(seen).GetProperty("decryption").GetProperty("combination").GetString(), StringComparison.Ordinal);
        Secret(seen);
    }

    [Fact]
    public async Task A_wrong_key_opens_nothing_and_says_how_much_was_tried()
    {
        var seen = await SeenAsync(CitizenRecords.Table(40, 5, (s, _) => Convert.ToBase64String(Sm4.EncryptEcb(Key, Encoding.UTF8.GetBytes(CitizenRecords.IdNumber(s))))), ("key", Convert.ToHexString(new SeededBytes(1).Take(16))));
        Assert.False(Column(seen).GetProperty("decryptionMatched").GetBoolean());
        Assert.True(Column(seen).GetProperty("combinationsTried").GetInt32() > 20);
        Assert.Equal(Verdict.NeedsReview, seen.Judged("ciphertext-columns")["CIPHER-06"]);
    }

    [Fact]
    public async Task Conversions_of_passwords_to_keys_are_tried()
    {
        const string password = "a-passphrase-of-the-team";
        using var aes = Aes.Create();
        aes.Key = SHA1.HashData(SHA1.HashData(Encoding.UTF8.GetBytes(password)))[..16];
        var seen = await SeenAsync(CitizenRecords.Table(20, 6, (s, _) => Convert.ToHexString(aes.EncryptEcb(Encoding.UTF8.GetBytes(CitizenRecords.Mobile(s)), PaddingMode.PKCS7))), ("key", password));
        Assert.Equal("AES-128-ECB，单分组（与全零初始向量的 CBC 分不开），PKCS#7 填充，密钥为SHA1PRNG(口令)", Column(seen).GetProperty("decryption").GetProperty("combination").GetString());
    }

    [Fact]
    public async Task Old_ciphers_are_named_as_what_they_are()
    {
        using var triple = TripleDES.Create();
        triple.Key = LongKey;
        var seen = await SeenAsync(CitizenRecords.Table(20, 6, (s, _) => Convert.ToHexString(triple.EncryptEcb(Encoding.UTF8.GetBytes(CitizenRecords.Mobile(s)), PaddingMode.PKCS7))), ("key", Convert.ToHexString(LongKey)));
        Assert.Equal("3DES", Column(seen).GetProperty("decryption").GetProperty("algorithm").GetString());
        Assert.Equal(112, seen.Number("weakestStrengthBits"));
        Assert.Equal(Verdict.NotSatisfied, seen.Judged("ciphertext-columns")["CIPHER-06"]);
    }

    [Theory]
    [InlineData("der", "C1‖C3‖C2")]
    [InlineData("raw", "C1‖C3‖C2")]
    [InlineData("old", "C1‖C2‖C3")]
    [InlineData("bare", "C1‖C3‖C2")]
    public async Task Sm2_ciphertexts_are_known_by_their_point_and_opened_by_their_key(string form, string order)
    {
        using var key = Sm2PrivateKey.Generate();
        var table = CitizenRecords.Table(24, 8, (s, _) =>
        {
            var plain = Encoding.UTF8.GetBytes(CitizenRecords.IdNumber(s));
            var raw = key.PublicKey.EncryptRaw(plain);
            return Convert.ToBase64String(form switch { "der" => key.PublicKey.Encrypt(plain), "raw" => raw, "old" => [.. raw[..65], .. raw[97..], .. raw[65..97]], _ => raw[1..] });
        });
        var shapes = await SeenAsync(table);
        Assert.Equal(24, Column(shapes).GetProperty("sm2Rows").GetInt64());
        Assert.Equal(Verdict.NeedsReview, shapes.Judged("ciphertext-columns")["CIPHER-06"]);

        var opened = await SeenAsync(table, ("sm2Key", Convert.ToBase64String(key.ExportPkcs8())));
        Assert.Equal($"SM2，{order}，所给私钥", Column(opened).GetProperty("decryption").GetProperty("combination").GetString());
        Assert.Equal(Verdict.Satisfied, opened.Judged("ciphertext-columns")["CIPHER-06"]);
    }

    [Fact]
    public async Task A_fixed_initialisation_vector_shows_as_a_common_beginning()
    {
        var iv = new SeededBytes(4).Take(16);
        var seen = await SeenAsync(CitizenRecords.Table(200, 5, (s, _) => Convert.ToBase64String([.. iv, .. Sm4.EncryptCbc(Key, iv, Encoding.UTF8.GetBytes(CitizenRecords.IdNumber(s)))])));
        Assert.Equal(16, Column(seen).GetProperty("fixedPrefixBytes").GetInt32());
        Assert.True(Column(seen).GetProperty("bytes").GetProperty("looksUniform").GetBoolean());
        Assert.Equal(0, Column(seen).GetProperty("ecbRows").GetInt64());
        Assert.Equal(Verdict.NotSatisfied, seen.Judged("ciphertext-columns")["CIPHER-04"]);
    }

    /// <summary>The stated power is kept: a bias of the size that is said to be seen is seen, and true randomness passes.</summary>
    [Fact]
    public void The_power_of_the_byte_test_is_what_it_says()
    {
        var (seen, falseAlarms) = (0, 0);
        const int runs = 200, bytes = 4096;
        for (var run = 0; run < runs; run++)
        {
            var (biased, fair, seeded) = (new ByteTally(), new ByteTally(), new SeededBytes((ulong)run + 1));
            var deficit = 128.0 / (bytes * 2 * Math.Log(2));
            var tilt = Math.Sqrt(deficit * 2 * Math.Log(2)); // half of the values more often, half less, by this share
            biased.Add([.. seeded.Take(bytes).Select(b => (b & 1) == 0 && seeded.Below(1_000_000) < tilt * 1_000_000 ? (byte)(b | 1) : b)]);
            fair.Add(seeded.Take(bytes));
            seen += biased.Distribution(0)!.LooksUniform ? 0 : 1;
            falseAlarms += fair.Distribution(0)!.LooksUniform ? 0 : 1;
        }

        Assert.InRange(seen, (int)(0.88 * runs), runs);
        Assert.InRange(falseAlarms, 0, 4);
    }

    [Fact]
    public async Task Few_values_leave_what_they_cannot_show_missing()
    {
        var seen = await SeenAsync(CitizenRecords.Table(3, 5, (s, _) => Convert.ToBase64String(s.Take(16))));
        Assert.All(["ecbRows", "fixedPrefixBytes", "bytes", "decryptionMatched"], f => Assert.False(Column(seen).TryGetProperty(f, out _)));
        var verdicts = seen.Judged("ciphertext-columns");
        Assert.All(["CIPHER-02", "CIPHER-04", "CIPHER-05", "CIPHER-06"], id => Assert.Equal(Verdict.NeedsReview, verdicts[id]));
    }

    [Fact]
    public async Task Files_that_are_no_tables_are_values_of_their_own()
    {
        using var folder = new TemporaryFolder();
        var seeded = new SeededBytes(12);
        for (var i = 0; i < 10; i++)
        {
            await File.WriteAllBytesAsync(folder.File($"{i}.bin"), seeded.Take(4096));
        }

        var seen = await SampleRun.SeenAsync(Probe, SampleRun.Sample(CryptoSampleKind.Ciphertext, folder.Path));
        Assert.Equal(10, Column(seen).GetProperty("rows").GetInt64());
        Assert.True(Column(seen).GetProperty("bytes").GetProperty("looksUniform").GetBoolean());
    }

    /// <summary>Seen once among a million random values.</summary>
    [Fact]
    public void A_zlib_header_that_wants_a_dictionary_is_no_compressed_data() =>
        Assert.Equal(ValueNature.BlockLike, ValueReadings.Read([0x78, 0xBB, .. new SeededBytes(1).Take(30)]).Nature);

    [Fact]
    public void Mutated_values_are_always_something()
    {
        var seeded = new SeededBytes(21);
        using var key = Sm2PrivateKey.Generate();
        byte[][] values = [Gzip(seeded.Take(80)), key.PublicKey.Encrypt(seeded.Take(20)), Encoding.UTF8.GetBytes("ENC(Zm9vYmFy)"), seeded.Take(48)];
        for (var i = 0; i < 10_000; i++)
        {
            var mutant = seeded.Mutate(values[i % values.Length]);
            Assert.True(Enum.IsDefined(ValueReadings.Read(mutant).Nature));
            Assert.True(Enum.IsDefined(ValueReadings.Read(Encoding.Latin1.GetString(mutant)).Nature));
        }
    }

    private static async Task<SampleSeen> SeenAsync(string table, params IReadOnlyList<(string, string)> settings)
    {
        using var folder = new TemporaryFolder();
        return await SampleRun.SeenAsync(Probe, SampleRun.Sample(CryptoSampleKind.Ciphertext, folder.Write("data.csv", table), settings));
    }

    private static JsonElement Column(SampleSeen seen) => Assert.Single(seen.Data.GetProperty("columns").EnumerateArray());

    private static string Gcm(SeededBytes seeded, string plain)
    {
        var nonce = seeded.Take(12);
        var locked = Sm4.EncryptGcm(Key, nonce, Encoding.UTF8.GetBytes(plain));
        return Convert.ToBase64String([.. nonce, .. locked.Ciphertext, .. locked.Tag]);
    }

    private static byte[] AesGcmSealed(byte[] nonce, byte[] plain)
    {
        using var gcm = new AesGcm(Key, 16);
        var (locked, tag) = (new byte[plain.Length], new byte[16]);
        gcm.Encrypt(nonce, plain, locked, tag);
        return [.. nonce, .. locked, .. tag];
    }

    private static byte[] Gzip(byte[] plain)
    {
        using var memory = new MemoryStream();
        using (var gzip = new GZipStream(memory, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(plain);
        }

        return memory.ToArray();
    }

    /// <summary>No plaintext, no ciphertext, no key.</summary>
    private static void Secret(SampleSeen seen)
    {
        Assert.DoesNotContain("110101", seen.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("政务服务", seen.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Hex, seen.Everything, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("==", seen.Everything, StringComparison.Ordinal);
    }
}
