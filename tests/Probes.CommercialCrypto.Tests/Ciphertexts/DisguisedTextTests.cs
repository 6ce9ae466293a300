using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>Columns that look like ciphertext and hide nothing, and columns of which nobody can tell.</summary>
public sealed class DisguisedTextTests
{
    private static readonly CiphertextColumnsProbe Probe = new();
    private static readonly byte[] Pad = new SeededBytes(77).Take(64);

    public static TheoryData<string, string> Disguises => new()
    {
        { "reversed base64", "倒序" }, { "rotated base64", "移位" }, { "caesar of base64", "移位" }, { "swapped case", "大小写" }, { "own alphabet", "" },
        { "base32", "" }, { "reversed bytes", "夹有" }, { "nibbles", "半字节" }, { "xor constant pad", "固定" }, { "xor iv in front", "前 16 字节" },
        { "xor halves", "前一半" }, { "add", "加减" }, { "iv before text", "夹有" }, { "salted base64", "夹有" }, { "half masked", "倒序" }, { "short xor", "异或" },
        { "deflate", "" }, { "mysql compress", "" }, { "zstd magic", "" }, { "brotli", "" }, { "double base64", "" }, { "gzip cut off", "" }, { "names under a pad", "固定" },
        { "sm3 of pins", "杂凑" }, { "md5 of births", "杂凑" }, { "sha256 of masked mobiles", "杂凑" }, { "sm3 of masked ids", "杂凑" }, { "md5 of the cell beside", "杂凑" },
    };

    [Theory]
    [MemberData(nameof(Disguises))]
    public async Task What_anybody_can_undo_is_no_ciphertext(string how, string words)
    {
        var seeded = new SeededBytes(31);
        var text = new StringBuilder("id,masked,data_enc\n");
        for (var i = 0; i < 60; i++)
        {
            var (masked, value) = Row(how, seeded, i);
            text.Append($"{i + 1},{masked},{value}\n");
        }

        var seen = await SeenAsync(text.ToString());
        Assert.Equal(Verdict.NotSatisfied, seen.Judged("ciphertext-columns")["CIPHER-01"]);
        Assert.Contains(words, Column(seen).GetProperty("note").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("政务服务", seen.Everything, StringComparison.Ordinal);
    }

    /// <summary>Whatever was tried without success proves nothing; only a key that opens every row does.</summary>
    [Theory]
    [InlineData("random", null)]
    [InlineData("hmac", null)]
    [InlineData("sm4", null)]
    [InlineData("sm4", "key")]
    public async Task A_column_is_ciphertext_where_a_key_opened_it(string how, string? given)
    {
        var key = new SeededBytes(5).Take(16);
        var table = CitizenRecords.Table(80, 9, (s, _) => Convert.ToBase64String(how switch
        {
            "random" => s.Take(32),
            "hmac" => HmacSm3.HashData(key, Encoding.UTF8.GetBytes(CitizenRecords.Mobile(s))),
            _ => s.Take(16) is var iv ? [.. iv, .. Sm4.EncryptCbc(key, iv, Encoding.UTF8.GetBytes(CitizenRecords.IdNumber(s)))] : [],
        }));
        var seen = await SeenAsync(table, given is null ? [] : [("key", Convert.ToHexString(key))]);
        Assert.Equal(given is null ? Verdict.NeedsReview : Verdict.Satisfied, seen.Judged("ciphertext-columns")["CIPHER-01"]);
        Assert.Equal(0, Column(seen).GetProperty("unprotectedRows").GetInt64());
    }

    /// <summary>Everything that undoes is asked of random data as well: chance must not accuse.</summary>
    [Fact]
    public async Task Random_values_of_every_length_are_accused_of_nothing()
    {
        foreach (var length in new[] { 8, 16, 20, 24, 32, 48, 64, 100, 256 })
        {
            var seen = await SeenAsync(CitizenRecords.Table(700, (ulong)length, (s, _) => Convert.ToBase64String(s.Take(length))));
            var column = Column(seen);
            Assert.Empty(column.GetProperty("masks").EnumerateArray());
            Assert.True(!column.TryGetProperty("unprotectedRows", out var rows) || rows.GetInt64() == 0, $"{length}: {column.GetProperty("note")}");
        }
    }

    [Fact]
    public void Random_bytes_do_not_unpack()
    {
        var seeded = new SeededBytes(3);
        for (var i = 0; i < 60_000; i++)
        {
            var bytes = seeded.Take(8 + seeded.Below(120));
            Assert.False(PackedData.Is(bytes), Convert.ToHexString(bytes));
        }
    }

    private static (string Masked, string Value) Row(string how, SeededBytes s, int i)
    {
        var (letter, mobile, id) = (Encoding.UTF8.GetBytes(CitizenRecords.Letter(s)), CitizenRecords.Mobile(s), CitizenRecords.IdNumber(s));
        var text = Convert.ToBase64String(Encoding.UTF8.GetBytes(id + CitizenRecords.Name(s))).TrimEnd('=');
        byte[] Xor(byte[] plain, byte[] pad) => [.. plain.Select((b, n) => (byte)(b ^ pad[n % pad.Length]))];
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        string Mapped(Func<char, char> map) => string.Concat(text.Select(map));
        char Rot(char c, int by) => char.IsAsciiLetterUpper(c) ? (char)('A' + ((c - 'A' + by) % 26)) : char.IsAsciiLetterLower(c) ? (char)('a' + ((c - 'a' + by) % 26)) : c;
        string B64(byte[] bytes) => Convert.ToBase64String(bytes);
        var random = s.Take(16);
        return how switch
        {
            "reversed base64" => ("", new string([.. text.Reverse()])),
            "half masked" => ("", i % 2 == 0 ? B64(s.Take(48)) : new string([.. text.Reverse()])),
            "rotated base64" => ("", Mapped(c => Rot(c, 13))),
            "caesar of base64" => ("", Mapped(c => alphabet[(alphabet.IndexOf(c, StringComparison.Ordinal) + 7) % 64])),
            "swapped case" => ("", Mapped(c => char.IsAsciiLetterUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c))),
            "own alphabet" => ("", Mapped(c => "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[alphabet.IndexOf(c, StringComparison.Ordinal)])),
            "base32" => ("", Base32(Encoding.UTF8.GetBytes(id + CitizenRecords.Name(s)))),
            "reversed bytes" => ("", B64([.. letter.Reverse()])),
            "nibbles" => ("", B64([.. letter.Select(b => (byte)((b << 4) | (b >> 4)))])),
            "xor constant pad" => ("", B64(Xor(Encoding.ASCII.GetBytes(mobile), Pad))),
            "names under a pad" => ("", Convert.ToHexString(Xor(Encoding.UTF8.GetBytes(CitizenRecords.Name(s)), Pad))),
            "short xor" => ("", Convert.ToHexString(Xor(Encoding.ASCII.GetBytes(mobile), [0x9C]))),
            "xor iv in front" => ("", B64([.. random, .. Xor(letter, random)])),
            "xor halves" => ("", s.Take(letter.Length) is var pad ? B64([.. pad, .. Xor(letter, pad)]) : ""),
            "add" => ("", B64([.. letter.Select(b => (byte)(b + 77))])),
            "iv before text" => ("", B64([.. random, .. letter])),
            "salted base64" => ("", $"{"xyz"[i % 3]}{alphabet[i % 26]}{text}"),
            "deflate" => ("", B64(Packed(letter, m => new DeflateStream(m, CompressionLevel.Optimal, leaveOpen: true)))),
            "brotli" => ("", B64(Packed(letter, m => new BrotliStream(m, CompressionLevel.Optimal, leaveOpen: true)))),
            "mysql compress" => ("", B64([(byte)letter.Length, 0, 0, 0, .. Packed(letter, m => new ZLibStream(m, CompressionLevel.Optimal, leaveOpen: true))])),
            "gzip cut off" => ("", B64(Packed(letter, m => new GZipStream(m, CompressionLevel.Optimal, leaveOpen: true))[..^20])),
            "zstd magic" => ("", B64([0x28, 0xB5, 0x2F, 0xFD, .. s.Take(40)])),
            "double base64" => ("", B64(Encoding.ASCII.GetBytes(B64(letter)))),
            "sm3 of pins" => ("", Convert.ToHexStringLower(Sm3.HashData(Encoding.ASCII.GetBytes($"{s.Below(1_000_000):000000}")))),
#pragma warning disable CA5351 // what careless systems do
            "md5 of births" => ("", Convert.ToHexString(MD5.HashData(Encoding.ASCII.GetBytes($"{id[6..10]}-{id[10..12]}-{id[12..14]}")))),
            "md5 of the cell beside" => ($"user{i}@mail.example.cn", Convert.ToHexString(MD5.HashData(Encoding.ASCII.GetBytes($"user{i}@mail.example.cn")))),
#pragma warning restore CA5351
            "sha256 of masked mobiles" => ($"{mobile[..3]}****{mobile[7..]}", Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(mobile)))),
            _ => ($"{id[..6]}********{id[14..]}", Convert.ToHexString(Sm3.HashData(Encoding.ASCII.GetBytes(id)))),
        };
    }

    private static byte[] Packed(byte[] plain, Func<Stream, Stream> pack)
    {
        using var memory = new MemoryStream();
        using (var packing = pack(memory))
        {
            packing.Write(plain);
        }

        return memory.ToArray();
    }

    private static string Base32(byte[] bytes)
    {
        var (text, bits, held) = (new StringBuilder(), 0, 0);
        foreach (var b in bytes)
        {
            held = (held << 8) | b;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                text.Append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(held >> (bits - 5)) & 31]);
            }

            held &= (1 << bits) - 1;
        }

        return (bits > 0 ? text.Append("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"[(held << (5 - bits)) & 31]) : text).ToString();
    }

    private static async Task<SampleSeen> SeenAsync(string table, params IReadOnlyList<(string, string)> settings)
    {
        using var folder = new TemporaryFolder();
        return await SampleRun.SeenAsync(Probe, SampleRun.Sample(CryptoSampleKind.Ciphertext, folder.Write("data.csv", table), settings));
    }

    private static JsonElement Column(SampleSeen seen) => Assert.Single(seen.Data.GetProperty("columns").EnumerateArray());
}
