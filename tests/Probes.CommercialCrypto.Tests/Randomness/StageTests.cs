using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CommercialCrypto.Tests;

/// <summary>What is concluded of good and bad generators in each stage, and what the rules say of it.</summary>
public class StageTests
{
    private const int Periodic = 2500;

    [Fact]
    public async Task Twenty_good_samples_meet_the_periodic_stage()
    {
        using var files = new RandomFiles().Write("a.bin", RandomFiles.Good(7, 20 * Periodic));

        var seen = await files.SeenAsync("stage=periodic");

        Assert.Equal(("periodic", 20, 20, 20_000), (seen.Word("stage"), seen.Number("samples"), seen.Number("samplesAsked"), seen.Number("bitsPerSample")));
        Assert.True(seen.Flag("passCountsMet"));
        Assert.Null(seen.Flag("retryMet"));
        Assert.Null(seen.Flag("uniformityMet"));
        Assert.Equal(22, seen.GetProperty("items").GetArrayLength());
        Assert.All(seen.GetProperty("items").EnumerateArray(), i => Assert.Equal(19, i.Number("needed")));
        Assert.Equal(Verdict.Satisfied, RandomFiles.Judged("RANDOM-01", seen));
        Assert.Equal(Verdict.Satisfied, RandomFiles.Judged("RANDOM-02", seen));
        Assert.Equal(Verdict.Satisfied, RandomFiles.Judged("RANDOM-03", seen));
        Assert.Equal(Verdict.NotApplicable, RandomFiles.Judged("RANDOM-04", seen));
    }

    /// <summary>1 − (1 − p)^22 with p = P(Binomial(20, 0.01) > 1) = 0.016859…</summary>
    [Fact]
    public async Task How_often_a_perfect_generator_is_turned_away_is_told()
    {
        using var files = new RandomFiles().Write("a.bin", RandomFiles.Good(7, 20 * Periodic));

        var alarm = (await files.SeenAsync("stage=periodic")).GetProperty("falseAlarm");

        Assert.Equal(0.0169, alarm.GetProperty("oneItem").GetDouble());
        Assert.Equal(0.3120, alarm.GetProperty("anyItem").GetDouble(), 5e-4);
        Assert.Equal(0.0974, alarm.GetProperty("afterRetry").GetDouble(), 5e-4);
    }

    [Theory]
    [InlineData("zeros", "单比特频数检测")]
    [InlineData("biased", "单比特频数检测")]
    [InlineData("alternating", "游程总数检测")]
    [InlineData("counter", "扑克检测（m=8）")]
    public async Task A_bad_generator_is_refused_without_excuse_even_with_few_samples(string generator, string item)
    {
        using var files = new RandomFiles().Write("a.bin", Bad(generator, 12 * Periodic));

        var seen = await files.SeenAsync("stage=periodic", "format=binary");

        Assert.False(seen.Flag("enoughSamples"));
        Assert.False(seen.Flag("passCountsMet"));
        Assert.Contains(item, seen.Names("implausibleItems"));
        Assert.Equal(Verdict.NotSatisfied, RandomFiles.Judged("RANDOM-01", seen));
    }

    [Theory]
    [InlineData("full", 5)]
    [InlineData("periodic", 19)]
    public async Task Too_few_good_samples_conclude_nothing(string stage, int samples)
    {
        using var files = new RandomFiles().Write("a.bin", RandomFiles.Good(7, samples * Periodic));

        var seen = await files.SeenAsync($"stage={stage}", "bits=20000");

        Assert.True(seen.Lacks("passCountsMet") && seen.Lacks("allDistinct"));
        Assert.All((string[])["RANDOM-01", "RANDOM-03"], r => Assert.Equal(Verdict.NeedsReview, RandomFiles.Judged(r, seen)));
        Assert.Equal(Verdict.NotSatisfied, RandomFiles.Judged("RANDOM-02", seen));
        Assert.Equal(stage == "full" ? Verdict.NeedsReview : Verdict.NotApplicable, RandomFiles.Judged("RANDOM-04", seen));
    }

    [Fact]
    public async Task A_round_that_fails_a_little_may_be_repeated_once()
    {
        // Two samples with ones in 131 of 256 bits among eighteen good ones.
        byte[] first = [.. RandomFiles.Good(7, 18 * Periodic), .. Bad("slightly biased", 2 * Periodic)];
        using var alone = new RandomFiles().Write("a.bin", first);
        using var repeated = new RandomFiles().Write("a.bin", [.. first, .. RandomFiles.Good(9, 20 * Periodic)]);

        var once = await alone.SeenAsync("stage=periodic");
        var twice = await repeated.SeenAsync("stage=periodic");

        Assert.False(once.Flag("firstRoundMet"));
        Assert.Null(once.Flag("retryMet"));
        Assert.Empty(once.Names("implausibleItems"));
        Assert.Equal(Verdict.Partial, RandomFiles.Judged("RANDOM-01", once));
        Assert.False(twice.Flag("firstRoundMet"));
        Assert.True(twice.Flag("retryMet"));
        Assert.Equal(Verdict.Satisfied, RandomFiles.Judged("RANDOM-01", twice));
    }

    [Fact]
    public async Task Samples_that_repeat_each_other_are_found_though_no_test_sees_it()
    {
        var block = RandomFiles.Good(11, 10 * Periodic);
        using var files = new RandomFiles().Write("a.bin", [.. block, .. block]);

        var seen = await files.SeenAsync("stage=periodic");

        Assert.Empty(seen.Names("implausibleItems"));
        Assert.Equal(10, seen.Number("repeatedSamples"));
        Assert.Equal(Verdict.NotSatisfied, RandomFiles.Judged("RANDOM-03", seen));
    }

    /// <summary>Samples are all different where the piece that comes again does not fit their length.</summary>
    [Theory]
    [InlineData("piece again and again")]
    [InlineData("rotations")]
    [InlineData("one short piece, late")]
    public async Task What_comes_again_is_found_wherever_samples_are_cut(string how)
    {
        var good = RandomFiles.Good(13, 20 * Periodic);
        using var files = new RandomFiles().Write("a.bin", how switch
        {
            "piece again and again" => [.. Enumerable.Range(0, 20 * Periodic).Select(i => good[i % 13_001])],
            "rotations" => [.. Enumerable.Range(0, 20).SelectMany(s => Enumerable.Range(0, Periodic).Select(i => good[(i + (37 * s)) % Periodic]))],
            _ => [.. good[..49_000], .. good[777..808], .. good[49_031..]],
        });

        var seen = await files.SeenAsync("stage=periodic");

        Assert.True(seen.Flag("allDistinct"));
        Assert.True(seen.Number("repeatedWindows") > 0);
        Assert.Equal(Verdict.NotSatisfied, RandomFiles.Judged("RANDOM-03", seen));
    }

    [Theory]
    [InlineData(16, 2)]
    [InlineData(40, 4)]
    [InlineData(1280, 8)]
    public async Task One_output_is_tested_by_the_poker_test_of_its_length(int bytes, int pattern)
    {
        using var files = new RandomFiles().Write("a.bin", RandomFiles.Good(3, bytes));

        var seen = await files.SeenAsync("stage=single");

        Assert.Equal((8 * bytes, $"扑克检测（m={pattern}）"), (seen.Number("bitsPerSample"), seen.GetProperty("items")[0].Word("item")));
        Assert.True(seen.Flag("passCountsMet"));
    }

    [Fact]
    public async Task Fifteen_bytes_are_too_few_for_anything()
    {
        using var files = new RandomFiles().Write("a.bin", RandomFiles.Good(3, 15));

        Assert.Contains("128", await files.RefusedAsync("format=binary"), StringComparison.Ordinal);
    }

    /// <summary>The evidence holds what every count of the record is made from.</summary>
    [Fact]
    public async Task Every_count_can_be_made_again_from_the_evidence()
    {
        using var files = new RandomFiles().Write("a.bin", RandomFiles.Good(7, 20 * Periodic)).Write("=evil\".bin", RandomFiles.Good(8, 20 * Periodic));

        var seen = await files.SeenAsync("stage=full", "bits=20000");

        var rows = Encoding.UTF8.GetString(Assert.Single(files.Evidence.Files).Value).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(41, rows.Length);
        Assert.All(rows.Skip(1).Take(20), r => Assert.Contains(",\"'=evil\"\".bin\",", r, StringComparison.Ordinal));
        var columns = rows[0].Split(',');
        foreach (var item in seen.GetProperty("items").EnumerateArray())
        {
            var at = Array.IndexOf(columns, $"{item.Word("item")} P");
            Assert.Equal(item.Number("passed"), rows.Skip(1).Count(r => double.Parse(r.Split(',')[at]) >= 0.01));
        }
    }

    [Fact]
    public async Task All_fifteen_tests_are_made_of_a_million_bits()
    {
        using var files = new RandomFiles().Write("a.bin", RandomFiles.Good(3, 250_000));

        var seen = await files.SeenAsync();

        Assert.Equal(("full", 1_000_000, 2, 27), (seen.Word("stage"), seen.Number("bitsPerSample"), seen.Number("samples"), seen.GetProperty("items").GetArrayLength()));
        Assert.False(seen.Flag("stageGiven"));
        Assert.Empty(seen.Names("implausibleItems"));
    }

    private static byte[] Bad(string generator, int bytes)
    {
        var raw = RandomFiles.Good(5, bytes * 8);
        return generator switch
        {
            "zeros" => new byte[bytes],
            "biased" => [.. Enumerable.Range(0, bytes).Select(i => (byte)Enumerable.Range(0, 8).Sum(j => raw[(8 * i) + j] < 141 ? 1 << j : 0))],
            "slightly biased" => [.. Enumerable.Range(0, bytes).Select(i => (byte)Enumerable.Range(0, 8).Sum(j => raw[(8 * i) + j] < 131 ? 1 << j : 0))],
            "alternating" => [.. Enumerable.Repeat((byte)0x55, bytes)],
            _ => [.. Enumerable.Range(0, bytes / 4).SelectMany(i => BitConverter.GetBytes(i).Reverse())],
        };
    }
}
