using System.Text;
using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>The shapes in which people hand in random bits, and what is mistaken for them.</summary>
public class SampleShapeTests
{
    /// <summary>Twenty samples of the periodic stage.</summary>
    private static readonly byte[] Bits = RandomFiles.Good(7, 20 * 2500);

    [Theory]
    [InlineData("binary")]
    [InlineData("hex")]
    [InlineData("hex in lines, upper case")]
    [InlineData("hex behind a byte order mark")]
    [InlineData("hex as a C array")]
    [InlineData("ascii01")]
    [InlineData("ascii01 in lines")]
    [InlineData("base64")]
    [InlineData("base64 in lines")]
    public async Task The_same_bits_give_the_same_values_however_they_are_written(string shape)
    {
        using var plain = new RandomFiles().Write("a.bin", Bits);
        using var files = new RandomFiles().Write("a", shape switch
        {
            "binary" => Bits,
            "hex" => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Bits)),
            "hex in lines, upper case" => Encoding.ASCII.GetBytes(string.Join("\r\n", Convert.ToHexString(Bits).Chunk(64).Select(c => new string(c)))),
            "hex behind a byte order mark" => [0xEF, 0xBB, 0xBF, .. Encoding.ASCII.GetBytes(Convert.ToHexString(Bits))],
            "hex as a C array" => Encoding.ASCII.GetBytes(string.Join(", ", Bits.Select(b => $"0x{b:x2}"))),
            "ascii01" => Encoding.ASCII.GetBytes(RandomFiles.Ascii01(Bits)),
            "ascii01 in lines" => Encoding.ASCII.GetBytes(string.Join('\n', RandomFiles.Ascii01(Bits).Chunk(20_000).Select(c => new string(c))) + "\n"),
            "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(Bits)),
            _ => Encoding.ASCII.GetBytes(Convert.ToBase64String(Bits, Base64FormattingOptions.InsertLineBreaks)),
        });

        var expected = await plain.SeenAsync("stage=periodic");
        var actual = await files.SeenAsync("stage=periodic");

        Assert.Equal(20, actual.Number("samples"));
        Assert.Equal(0, actual.Number("unusedBits"));
        Assert.Equal(expected.GetProperty("items").GetRawText(), actual.GetProperty("items").GetRawText());
        Assert.Equal(shape.Split(' ')[0], actual.Word("format"));
    }

    [Fact]
    public async Task The_order_of_the_bits_in_a_byte_is_a_setting()
    {
        using var turned = new RandomFiles().Write("a.bin", [.. Bits.Select(b => (byte)Enumerable.Range(0, 8).Sum(i => ((b >> i) & 1) << (7 - i)))]);
        using var plain = new RandomFiles().Write("a.bin", Bits);

        Assert.Equal(
            (await plain.SeenAsync("stage=periodic")).GetProperty("items").GetRawText(),
            (await turned.SeenAsync("stage=periodic", "bitOrder=lsb")).GetProperty("items").GetRawText());
    }

    [Theory]
    [InlineData("text", "看起来是普通文本")]
    [InlineData("Chinese text", "看起来是普通文本")]
    [InlineData("decimal numbers", "十进制")]
    [InlineData("UTF-16", "UTF-16")]
    [InlineData("zip", "ZIP")]
    [InlineData("gzip", "gzip")]
    [InlineData("pem", "看起来是普通文本")]
    [InlineData("empty", "空文件")]
    public async Task What_is_no_random_sample_is_told_by_its_look(string kind, string said)
    {
        using var files = new RandomFiles().Write("a", kind switch
        {
            "text" => Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("2026-11-26 login of user admin succeeded\n", 200))),
            "Chinese text" => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("这是一份采集说明，不是样本。\n", 200))),
            "decimal numbers" => Encoding.ASCII.GetBytes(string.Join("\n", Bits.Take(4000))),
            "UTF-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(Convert.ToHexString(Bits))],
            "zip" => [0x50, 0x4B, 3, 4, .. Bits],
            "gzip" => [0x1F, 0x8B, 8, .. Bits],
            "pem" => Encoding.ASCII.GetBytes($"-----BEGIN CERTIFICATE-----\n{Convert.ToBase64String(Bits, Base64FormattingOptions.InsertLineBreaks)}\n-----END CERTIFICATE-----\n"),
            _ => [],
        });

        Assert.Contains(said, await files.RefusedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_says_binary_is_believed()
    {
        using var files = new RandomFiles().Write("a", [0x50, 0x4B, 3, 4, .. Bits]);

        var seen = await files.SeenAsync("format=binary", "stage=periodic");

        Assert.Equal(20, seen.Number("samples"));
        Assert.Equal(32, seen.Number("unusedBits"));
    }

    [Fact]
    public async Task A_broken_digit_is_told_with_its_place_and_ends_the_file()
    {
        var text = Convert.ToHexString(Bits);
        using var early = new RandomFiles().Write("a.txt", text.Insert(70_000, "G"));
        using var late = new RandomFiles().Write("a.txt", text.Insert(90_000, "G"));

        Assert.Contains("第 70001 个字节", await Early(), StringComparison.Ordinal);
        Assert.Contains("第 90001 个字节（0x47）不是十六进制数字", (await late.SeenAsync("format=hex", "stage=periodic")).GetProperty("leftOut")[0].Word("why"), StringComparison.Ordinal);

        async Task<string> Early() => await early.RefusedAsync("format=hex", "stage=power-on");
    }

    [Fact]
    public async Task Files_of_a_folder_are_cut_each_for_itself_and_their_remainders_told()
    {
        using var files = new RandomFiles().Write("a.bin", Bits[..26_000]).Write("b/c.bin", Bits[26_000..]).Write("说明.txt", "采集说明：两个文件，每个若干样本，2026 年 11 月采集。");

        var seen = await files.SeenAsync("stage=periodic");

        Assert.Equal((19, 2, 8 * 2500), (seen.Number("samples"), seen.Number("files"), seen.Number("unusedBits")));
        Assert.Equal("说明.txt", seen.GetProperty("leftOut")[0].Word("name"));
        Assert.False(seen.Flag("joined"));
        Assert.False(seen.Flag("enoughSamples"));
    }

    [Fact]
    public async Task Files_too_short_for_a_sample_are_joined_and_that_is_told()
    {
        using var files = new RandomFiles();
        foreach (var (piece, number) in Bits.Chunk(1000).Select((c, i) => (c, i)))
        {
            files.Write($"{number:000}.bin", piece);
        }

        var seen = await files.SeenAsync("stage=periodic");

        Assert.Equal((20, 50), (seen.Number("samples"), seen.Number("files")));
        Assert.True(seen.Flag("joined"));
    }

    [Fact]
    public async Task Mutated_files_are_read_or_refused_and_never_break_the_probe()
    {
        byte[][] originals =
        [
            Bits[..2600], Encoding.ASCII.GetBytes(Convert.ToHexString(Bits[..2600])), Encoding.ASCII.GetBytes(RandomFiles.Ascii01(Bits[..2600])),
            Encoding.ASCII.GetBytes(Convert.ToBase64String(Bits[..2600])), [0xEF, 0xBB, 0xBF, .. Encoding.ASCII.GetBytes(string.Join(',', Bits[..2600].Select(b => $"0x{b:x2}")))],
        ];
        string[][] settings = [[], ["format=hex"], ["format=base64"], ["format=ascii01"], ["stage=single"], ["bits=20000", "bitOrder=lsb"]];
        var noise = new SeededBytes(4);
        for (var i = 0; i < 300; i++)
        {
            using var files = new RandomFiles().Write("a", noise.Mutate(originals[i % originals.Length]));
            var outcome = await files.OutcomeAsync(settings[noise.Below(settings.Length)]);

            Assert.True(outcome is Observed or Unable { Kind: FailureKind.BadInput }, $"{i} {outcome}");
            if (outcome is Observed observed)
            {
                var data = observed.Observations[0].Data;
                Assert.InRange(data.Number("samples"), 1, 10_000);
                Assert.NotEqual(Verdict.Satisfied, RandomFiles.Judged("RANDOM-02", WithoutSingle(data)));
            }
        }

        // One output is a whole single stage; every other stage lacks samples here.
        static JsonElement WithoutSingle(JsonElement data) => data.Word("stage") == "single" ? JsonSerializer.SerializeToElement(new { }) : data;
    }

    [Theory]
    [InlineData("bits=1000000", "stage=periodic", "矛盾")]
    [InlineData("bits=30000", "stage=full", "没有对应的检测参数")]
    [InlineData("bits=x", "stage=full", "不是数字")]
    [InlineData("bits=100000000", "stage=full", "不足一个样本")]
    public async Task Settings_that_cannot_be_are_told(string first, string second, string said)
    {
        using var files = new RandomFiles().Write("a.bin", Bits);

        Assert.Contains(said, await files.RefusedAsync(first, second), StringComparison.Ordinal);
    }
}
