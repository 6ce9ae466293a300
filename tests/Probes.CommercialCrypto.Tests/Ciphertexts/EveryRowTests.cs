using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>What is said of a column is said of its every row.</summary>
public sealed class EveryRowTests
{
    private static void Look(NeighbourCells cells, TableRow row, byte[] plain)
    {
        cells.Add(row);
        cells.Compare(row, plain);
    }

    private static readonly CiphertextColumnsProbe Probe = new();
    private static readonly byte[] Key = new SeededBytes(99).Take(16);
    private static readonly string Hex = Convert.ToHexString(Key);

    [Theory]
    [InlineData("random")]
    [InlineData("aes")]
    [InlineData("ecb")]
    [InlineData("plain")]
    [InlineData("last")]
    public async Task One_row_that_the_key_does_not_open_leaves_the_column_unproved(string how)
    {
        var seen = await SeenAsync(CitizenRecords.Table(1000, 1, (s, i) =>
        {
            var plain = Encoding.UTF8.GetBytes(CitizenRecords.Letter(s));
            return (how == "last" ? i < 999 : i < 24) ? Cbc(s, plain) : how switch
            {
                "aes" => Aes128Cbc(s, plain),
                "ecb" => Convert.ToBase64String(Sm4.EncryptEcb(Key, plain)),
                "plain" => CitizenRecords.Mobile(s),
                _ => Convert.ToBase64String(s.Take(112)),
            };
        }), ("key", Hex));
        var verdicts = seen.Judged("ciphertext-columns");
        var found = Column(seen).GetProperty("decryption");

        Assert.Equal(how == "last" ? 999 : 24, found.GetProperty("openedRows").GetInt64());
        Assert.Equal(how == "last" ? 1 : 976, found.GetProperty("unopenedRows").GetInt64());
        Assert.Equal(how == "last" ? 1000 : 25, found.GetProperty("firstUnopened")[0].GetInt64());
        Assert.All(["CIPHER-02", "CIPHER-04", "CIPHER-06"], id => Assert.NotEqual(Verdict.Satisfied, verdicts[id]));
        Assert.Equal(Verdict.NeedsReview, verdicts["CIPHER-06"]);
        Assert.False(seen.Has("weakestStrengthBits"));
    }

    [Fact]
    public async Task All_rows_opened_are_counted_and_prove_the_column()
    {
        var seen = await SeenAsync(CitizenRecords.Table(500, 2, (s, _) => Cbc(s, Encoding.UTF8.GetBytes(CitizenRecords.Letter(s)))), ("key", Hex));
        var verdicts = seen.Judged("ciphertext-columns");
        Assert.Equal(500, Column(seen).GetProperty("decryption").GetProperty("openedRows").GetInt64());
        Assert.Equal(500, Column(seen).GetProperty("decryption").GetProperty("distinctPlaintexts").GetInt64());
        Assert.All(verdicts, v => Assert.Equal(Verdict.Satisfied, v.Value));
        Assert.Contains("SM4-CBC", Column(seen).GetProperty("decryptionWords").GetString(), StringComparison.Ordinal);
    }

    /// <summary>Who can count through the keys needs none.</summary>
    [Theory]
    [InlineData("text")]
    [InlineData("hex")]
    [InlineData("sm3")]
    public async Task A_key_that_can_be_guessed_proves_nothing(string how)
    {
        var word = Encoding.UTF8.GetBytes("luohudataluohu26");
        var key = how == "sm3" ? Sm3.HashData(word)[..16] : word;
        var seen = await SeenAsync(
            CitizenRecords.Table(100, 2, (s, _) => s.Take(16) is var iv ? Convert.ToBase64String([.. iv, .. Sm4.EncryptCbc(key, iv, Encoding.UTF8.GetBytes(CitizenRecords.Letter(s)))]) : ""),
            ("key", how == "hex" ? Convert.ToHexString(word) : Encoding.UTF8.GetString(word)));
        Assert.Equal(100, Column(seen).GetProperty("decryption").GetProperty("openedRows").GetInt64());
        Assert.Contains("可以猜出", Column(seen).GetProperty("decryption").GetProperty("combination").GetString(), StringComparison.Ordinal);
        Assert.All(["CIPHER-01", "CIPHER-02", "CIPHER-04", "CIPHER-06"], id => Assert.Equal((id, Verdict.NeedsReview), (id, seen.Judged("ciphertext-columns")[id])));
    }

    [Theory]
    [InlineData("luohudataluohu26luohudataluohu26", Verdict.NeedsReview)]
    [InlineData(null, Verdict.Satisfied)]
    public async Task A_number_of_sm2_that_can_be_guessed_proves_nothing_either(string? word, Verdict expected)
    {
        var d = word is null ? new SeededBytes(77).Take(32) : Encoding.ASCII.GetBytes(word);
        using var key = Sm2PrivateKey.ImportScalar(d);
        var table = CitizenRecords.Table(40, 8, (s, _) => Convert.ToBase64String(key.PublicKey.Encrypt(Encoding.UTF8.GetBytes(CitizenRecords.IdNumber(s)))));
        foreach (var given in new[] { Convert.ToHexString(d), Convert.ToBase64String(key.ExportPkcs8()) })
        {
            Assert.Equal(expected, (await SeenAsync(table, ("sm2Key", given))).Judged("ciphertext-columns")["CIPHER-06"]);
        }
    }

    /// <summary>What a cipher hides must not stand beside it, nor the key.</summary>
    [Theory]
    [InlineData("clear")]
    [InlineData("remark")]
    [InlineData("hex")]
    [InlineData("base64")]
    [InlineData("harmless")]
    public async Task The_clear_value_or_the_key_in_another_cell_of_the_row_is_noticed(string beside)
    {
        var seeded = new SeededBytes(12);
        var text = new StringBuilder("id,addr_enc,other\n");
        for (var i = 1; i <= 60; i++)
        {
            var letter = CitizenRecords.Letter(seeded);
            text.Append($"{i},{Cbc(seeded, Encoding.UTF8.GetBytes(letter))},{beside switch
            {
                "clear" => letter,
                "remark" => $"地址：{letter}（已核）",
                "hex" => Hex.ToLowerInvariant(),
                "base64" => Convert.ToBase64String(Key),
                _ => "已核实的记录",
            }}\n");
        }

        var seen = await SeenAsync(text.ToString(), ("key", Hex));
        var column = Column(seen);

        Assert.Equal(beside is "clear" or "remark" ? 60 : 0, column.GetProperty("clearBesideRows").GetInt64());
        Assert.Equal(beside is "hex" or "base64" ? 60 : 0, column.GetProperty("keyBesideRows").GetInt64());
        Assert.Equal(beside == "harmless" ? Verdict.Satisfied : Verdict.NotSatisfied, seen.Judged("ciphertext-columns")["CIPHER-01"]);
        if (beside != "harmless")
        {
            Assert.Equal("other", column.GetProperty("besideIn")[0].GetString());
        }
    }

    /// <summary>Disguises are looked for in so many rows and no more: of none behind them nobody knows.</summary>
    [Fact]
    public void That_nothing_stands_beside_is_said_only_where_every_row_was_seen_through()
    {
        const int limit = 100_000;
        var cells = new NeighbourCells(["addr_enc", "other"], 0, NeighbourCells.Texts(new Secret(Hex, "test")));
        Assert.False(cells.ClearRows.IsKnown);
        var plain = "某区某路十二号某室"u8.ToArray();
        for (var i = 1; i <= limit; i++)
        {
            Look(cells, new TableRow(i, ["x", "-"]), plain);
        }

        Assert.Equal((0L, 0L), (cells.KeyRows.Value, cells.ClearRows.Value));
        Look(cells, new TableRow(limit + 1, ["x", "-"]), plain);
        Assert.Equal((false, false), (cells.KeyRows.IsKnown, cells.ClearRows.IsKnown));
        Look(cells, new TableRow(limit + 2, ["x", $"{Hex} 某区某路十二号某室"]), plain);
        Assert.Equal((1L, 1L), (cells.KeyRows.Value, cells.ClearRows.Value));
        Assert.False(new NeighbourCells(["a", "b"], 0, NeighbourCells.Texts()).KeyRows.IsKnown);
    }

    [Fact]
    public void What_is_no_text_was_not_looked_for_beside_its_cipher()
    {
        var cells = new NeighbourCells(["a", "b"], 0, NeighbourCells.Texts());
        cells.Compare(new TableRow(1, ["x", "y"]), [0xFF, 0xFE, 0x80, 0xFF]);
        Assert.False(cells.ClearRows.IsKnown);
        cells.Compare(new TableRow(2, ["x", "y"]), "某区某路十二号某室"u8.ToArray());
        Assert.False(cells.ClearRows.IsKnown);
        cells.Compare(new TableRow(3, ["x", "某区某路十二号某室"]), "某区某路十二号某室"u8.ToArray());
        Assert.Equal(1, cells.ClearRows.Value);
    }

    /// <summary>In another spelling, in pieces, or as a digest that can be counted through.</summary>
    [Theory]
    [InlineData("base64", true)]
    [InlineData("base64 of base64", true)]
    [InlineData("hex", true)]
    [InlineData("url", true)]
    [InlineData("reversed", true)]
    [InlineData("spaced", true)]
    [InlineData("wide", true)]
    [InlineData("split", true)]
    [InlineData("shuffled", true)]
    [InlineData("sha256", true)]
    [InlineData("sm3", true)]
    [InlineData("md5 twice", true)]
    [InlineData("key halves", true)]
    [InlineData("key reversed", true)]
    [InlineData("hmac", false)]
    [InlineData("masked", false)]
    [InlineData("birthday", false)]
    public async Task A_disguise_beside_the_ciphertext_is_seen_through(string how, bool isSeen)
    {
        var seeded = new SeededBytes(12);
        var text = new StringBuilder("id,card_enc,x,y,z\n");
        for (var i = 1; i <= 60; i++)
        {
            var card = CitizenRecords.IdNumber(seeded);
            var utf8 = Encoding.UTF8.GetBytes(card);
            var beside = how switch
            {
                "base64" => Convert.ToBase64String(utf8),
                "base64 of base64" => Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToBase64String(utf8))),
                "hex" => Convert.ToHexStringLower(utf8),
                "url" => string.Concat(utf8.Select(b => $"%{b:X2}")),
                "reversed" => new string([.. card.Reverse()]),
                "spaced" => $"{card[..6]} {card[6..14]} {card[14..]}",
                "wide" => string.Concat(card.Select(c => (char)(c + 0xFEE0))),
                "split" => $"{card[..6]},{card[6..14]},{card[14..]}",
                "shuffled" => $"{card[6..14]},{card[14..]},{card[..6]}",
                "sha256" => Convert.ToHexStringLower(SHA256.HashData(utf8)),
                "sm3" => Convert.ToBase64String(Sm3.HashData(utf8)),
                "md5 twice" => Convert.ToHexString(MD5.HashData(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(MD5.HashData(utf8))))),
                "key halves" => $"{Hex[..16]},{Hex[16..]}",
                "key reversed" => new string([.. Hex.Reverse()]),
                "hmac" => Convert.ToHexStringLower(HmacSm3.HashData(Key, utf8)),
                "masked" => $"{card[..6]}********{card[14..]}",
                _ => $"{card[..6]},{card[6..14]}",
            };
            text.Append($"{i},{Cbc(seeded, utf8)},{beside}{new string(',', 2 - beside.Count(c => c == ','))}\n");
        }

        var seen = await SeenAsync(text.ToString(), ("key", Hex));
        Assert.Equal(isSeen && !how.StartsWith("key", StringComparison.Ordinal) ? 60 : 0, Column(seen).GetProperty("clearBesideRows").GetInt64());
        Assert.Equal(how.StartsWith("key", StringComparison.Ordinal) ? 60 : 0, Column(seen).GetProperty("keyBesideRows").GetInt64());
        Assert.Equal(isSeen ? Verdict.NotSatisfied : Verdict.Satisfied, seen.Judged("ciphertext-columns")["CIPHER-01"]);
    }

    /// <summary>Spellings that look like words hold ciphertexts as well, and text as well.</summary>
    [Theory]
    [InlineData("base32", Verdict.Satisfied)]
    [InlineData("jwe", Verdict.NeedsReview)]
    [InlineData("short base64", Verdict.NeedsReview)]
    [InlineData("base32 of text", Verdict.NotSatisfied)]
    [InlineData("jwe of text", Verdict.NotSatisfied)]
    [InlineData("short base64 of text", Verdict.NotSatisfied)]
    [InlineData("jws", Verdict.NotSatisfied)]
    [InlineData("words", Verdict.NotSatisfied)]
    public async Task Spellings_that_look_like_words_are_read(string how, Verdict expected)
    {
        static string Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);
        static string Base32(byte[] bytes)
        {
            var bits = string.Concat(bytes.Select(b => Convert.ToString(b, 2).PadLeft(8, '0')));
            var text = string.Concat(bits.Chunk(5).Select(c => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[Convert.ToInt32(new string(c).PadRight(5, '0'), 2)]));
            return text.PadRight((text.Length + 7) / 8 * 8, '=');
        }

        var seen = await SeenAsync(CitizenRecords.Table(60, 2, (s, i) => how switch
        {
            "base32" => Base32(Convert.FromBase64String(Cbc(s, Encoding.UTF8.GetBytes(CitizenRecords.Letter(s))))),
            "jwe" => $"{Url("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}"u8.ToArray())}..{Url(s.Take(12))}.{Url(s.Take(40))}.{Url(s.Take(16))}",
            "short base64" => Convert.ToBase64String(s.Take(12)),
            "base32 of text" => Base32(Encoding.UTF8.GetBytes(CitizenRecords.IdNumber(s))),
            "jwe of text" => $"{Url("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}"u8.ToArray())}..{Url(s.Take(12))}.{Url(Encoding.UTF8.GetBytes(CitizenRecords.Letter(s)))}.{Url(s.Take(16))}",
            "short base64 of text" => Convert.ToBase64String(Encoding.UTF8.GetBytes(CitizenRecords.Mobile(s) + "!")),
            "jws" => $"{Url("{\"alg\":\"HS256\"}"u8.ToArray())}.{Url(Encoding.UTF8.GetBytes(CitizenRecords.Letter(s)))}.{Url(s.Take(32))}",
            _ => $"GovernmentOffice{i:0000}",
        }), ("key", Hex));
        Assert.Equal(expected, seen.Judged("ciphertext-columns")["CIPHER-01"]);
    }

    [Fact]
    public async Task A_key_made_of_a_common_password_is_one_that_everybody_has()
    {
        var weak = MD5.HashData("123456"u8);
        var seen = await SeenAsync(CitizenRecords.Table(60, 2, (s, _) => s.Take(16) is var iv ? Convert.ToBase64String([.. iv, .. Sm4.EncryptCbc(weak, iv, Encoding.UTF8.GetBytes(CitizenRecords.Letter(s)))]) : ""), ("key", Convert.ToHexString(weak)));
        Assert.Equal(60, Column(seen).GetProperty("publicKeyRows").GetInt64());
        Assert.Equal(Verdict.NotSatisfied, seen.Judged("ciphertext-columns")["CIPHER-01"]);
    }

    [Fact]
    public async Task Rows_without_a_value_are_not_proved_by_the_others()
    {
        var seen = await SeenAsync(CitizenRecords.Table(60, 2, (s, i) => i % 6 == 5 ? "" : Cbc(s, Encoding.UTF8.GetBytes(CitizenRecords.Letter(s)))), ("key", Hex));
        Assert.Equal(10, Column(seen).GetProperty("emptyRows").GetInt64());
        Assert.Equal(Verdict.Partial, seen.Judged("ciphertext-columns")["CIPHER-06"]);
    }

    /// <summary>What comes out must be something: one text for everybody is a column made for the test.</summary>
    [Fact]
    public async Task One_and_the_same_text_in_every_row_proves_nothing()
    {
        var seen = await SeenAsync(CitizenRecords.Table(100, 2, (s, _) => Cbc(s, "这是一条演示用的内容"u8.ToArray())), ("key", Hex));
        Assert.Equal(1, Column(seen).GetProperty("decryption").GetProperty("distinctPlaintexts").GetInt64());
        Assert.Equal(Verdict.NeedsReview, seen.Judged("ciphertext-columns")["CIPHER-06"]);
    }

    [Fact]
    public async Task Random_bytes_under_the_right_key_are_not_taken_for_text()
    {
        var seen = await SeenAsync(CitizenRecords.Table(100, 2, (s, _) => Cbc(s, s.Take(40))), ("key", Hex));
        Assert.False(Column(seen).TryGetProperty("decryption", out _));
        Assert.Equal(Verdict.NeedsReview, seen.Judged("ciphertext-columns")["CIPHER-06"]);
    }

    [Theory]
    [InlineData("zero-iv")]
    [InlineData("key-iv")]
    [InlineData("few-ivs")]
    public async Task Vectors_that_are_fixed_outside_the_values_are_seen_by_the_key(string how)
    {
        var few = new SeededBytes(8).Take(64);
        var seen = await SeenAsync(CitizenRecords.Table(100, 3, (s, i) =>
        {
            var plain = Encoding.UTF8.GetBytes(CitizenRecords.Letter(s));
            return Convert.ToBase64String(how switch
            {
                "zero-iv" => Sm4.EncryptCbc(Key, new byte[16], plain),
                "key-iv" => Sm4.EncryptCbc(Key, Key, plain),
                _ => [.. few.AsSpan(i % 4 * 16, 16), .. Sm4.EncryptCbc(Key, few.AsSpan(i % 4 * 16, 16), plain)],
            });
        }), ("key", Hex));
        Assert.True(Column(seen).GetProperty("fixedPrefixBytes").GetInt32() < 8);
        Assert.Equal(Verdict.NotSatisfied, seen.Judged("ciphertext-columns")["CIPHER-04"]);
    }

    [Fact]
    public async Task A_beginning_that_differs_proves_no_vector_without_the_key()
    {
        var seen = await SeenAsync(CitizenRecords.Table(100, 3, (s, _) => Convert.ToBase64String(Sm4.EncryptCbc(Key, new byte[16], Encoding.UTF8.GetBytes(CitizenRecords.Letter(s))))));
        Assert.Equal(Verdict.NeedsReview, seen.Judged("ciphertext-columns")["CIPHER-04"]);
    }

    [Theory]
    [InlineData("00000000000000000000000000000000")]
    [InlineData("31323334353637383132333435363738")]
    [InlineData("0123456789ABCDEFFEDCBA9876543210")]
    public async Task Keys_that_everybody_has_protect_from_nobody(string hex)
    {
        var key = Convert.FromHexString(hex);
        var table = CitizenRecords.Table(50, 3, (s, _) => Convert.ToBase64String([.. s.Take(16) is var iv ? iv : [], .. Sm4.EncryptCbc(key, iv, Encoding.UTF8.GetBytes(CitizenRecords.Letter(s)))]));
        foreach (var seen in new[] { await SeenAsync(table), await SeenAsync(table, ("key", Hex)), await SeenAsync(table, ("key", hex)) })
        {
            Assert.Equal(50, Column(seen).GetProperty("publicKeyRows").GetInt64());
            Assert.Equal(Verdict.NotSatisfied, seen.Judged("ciphertext-columns")["CIPHER-01"]);
        }
    }

    public static TheoryData<string> Readable => ["utf16", "utf16be", "utf16-ascii", "control", "control-inside", "hex-utf16", "twice", "nul"];

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task Text_that_does_not_look_it_at_first_is_counted(string how)
    {
        var seen = await SeenAsync(CitizenRecords.Table(60, 3, (s, _) => how switch
        {
            "utf16" => Convert.ToBase64String(Encoding.Unicode.GetBytes(CitizenRecords.Letter(s))),
            "utf16be" => Convert.ToBase64String(Encoding.BigEndianUnicode.GetBytes(CitizenRecords.Letter(s))),
            "utf16-ascii" => Convert.ToBase64String(Encoding.Unicode.GetBytes(CitizenRecords.IdNumber(s))),
            "hex-utf16" => Convert.ToHexString(Encoding.Unicode.GetBytes(CitizenRecords.Mobile(s))),
            "control" => CitizenRecords.Name(s) + "\u0001" + CitizenRecords.Mobile(s),
            "control-inside" => Convert.ToBase64String(Encoding.UTF8.GetBytes(CitizenRecords.Letter(s) + "\u0001")),
            "nul" => Convert.ToBase64String([.. Encoding.UTF8.GetBytes(CitizenRecords.IdNumber(s)), 0]),
            _ => Convert.ToBase64String(Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(CitizenRecords.Letter(s))))),
        }));
        Assert.Equal(60, Column(seen).GetProperty("unprotectedRows").GetInt64());
        Assert.Equal(Verdict.NotSatisfied, seen.Judged("ciphertext-columns")["CIPHER-01"]);
    }

    [Fact]
    public async Task Values_too_short_to_tell_leave_the_question_open()
    {
        var seen = await SeenAsync(CitizenRecords.Table(60, 3, (s, i) => i % 3 == 0 ? Convert.ToHexString(Encoding.UTF8.GetBytes("张三")) : Convert.ToBase64String(s.Take(48))));
        Assert.False(Column(seen).TryGetProperty("unprotectedRows", out _));
        Assert.Equal(Verdict.NeedsReview, seen.Judged("ciphertext-columns")["CIPHER-01"]);
    }

    /// <summary>Eight random bytes are text once in about a thousand times: neither is that held against a column, nor is the column held for clean.</summary>
    [Fact]
    public async Task Chance_text_among_short_values_condemns_nobody()
    {
        var seen = await SeenAsync(CitizenRecords.Table(5000, 3, (s, _) => Convert.ToHexString(s.Take(8))));
        Assert.NotEqual(Verdict.NotSatisfied, seen.Judged("ciphertext-columns")["CIPHER-01"]);
        var none = await SeenAsync(CitizenRecords.Table(5000, 4, (s, _) => Convert.ToBase64String(s.Take(32))));
        Assert.Equal(0, Column(none).GetProperty("unprotectedRows").GetInt64());
    }

    /// <summary>A ciphertext whose base64 was written in hexadecimal is no text.</summary>
    [Fact]
    public async Task Encodings_around_ciphertext_are_taken_off()
    {
        var seen = await SeenAsync(CitizenRecords.Table(60, 3, (s, _) => Convert.ToHexString(Encoding.ASCII.GetBytes(Cbc(s, Encoding.UTF8.GetBytes(CitizenRecords.Letter(s)))))), ("key", Hex));
        Assert.Equal(0, Column(seen).GetProperty("unprotectedRows").GetInt64());
        Assert.Equal(Verdict.Satisfied, seen.Judged("ciphertext-columns")["CIPHER-06"]);
    }

    private static string Cbc(SeededBytes seeded, byte[] plain)
    {
        var iv = seeded.Take(16);
        return Convert.ToBase64String([.. iv, .. Sm4.EncryptCbc(Key, iv, plain)]);
    }

    private static string Aes128Cbc(SeededBytes seeded, byte[] plain)
    {
        using var aes = Aes.Create();
        aes.Key = Key;
        var iv = seeded.Take(16);
        return Convert.ToBase64String([.. iv, .. aes.EncryptCbc(plain, iv)]);
    }

    private static async Task<SampleSeen> SeenAsync(string table, params IReadOnlyList<(string, string)> settings)
    {
        using var folder = new TemporaryFolder();
        return await SampleRun.SeenAsync(Probe, SampleRun.Sample(CryptoSampleKind.Ciphertext, folder.Write("data.csv", table), settings));
    }

    private static JsonElement Column(SampleSeen seen) => Assert.Single(seen.Data.GetProperty("columns").EnumerateArray());
}
