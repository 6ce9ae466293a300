using System.Security.Cryptography;
using System.Text;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Materials.Tests;

/// <summary>Papers as they are handed in, good and bad, and what the rules make of them.</summary>
public sealed class PaperTests
{
    private const string Report = "密码应用安全性评估报告";

    [Fact]
    public void Every_example_is_judged_as_it_says() =>
        Assert.Empty(ExampleVerification.Verify(Looking.Rules).Where(r => !r.IsAsExpected).Select(r => $"{r.Requirement.Id} {r.Example.Origin}: {r.Example.Expected} / {r.Actual}"));

    [Fact]
    public void Every_paper_that_a_measure_names_is_a_kind()
    {
        var faults = new FaultList();
        var profiles = Directory.GetFiles(Path.Combine(Looking.RepositoryRoot, "rulesets", "profiles"), "*.yaml").Select(f => new ProfileReader(faults).Read(Path.GetFileName(f), File.ReadAllBytes(f))!);
        Assert.Empty(profiles.SelectMany(p => p.Clauses).SelectMany(c => c.Materials).Except(Looking.Kinds.Kinds.Select(k => k.Name)));
    }

    [Fact]
    public async Task A_good_report_in_Word_is_what_it_says_but_for_its_signature()
    {
        var verdicts = await Looking.JudgeAsync($"{Report}.docx", Papers.Word(Papers.Report(Report)), Report);
        Assert.All(new[] { "MAT-01", "MAT-02", "MAT-03", "MAT-04", "MAT-06" }, id => Assert.Equal(Verdict.Satisfied, verdicts[id]));
        Assert.Equal(Verdict.NotSatisfied, verdicts["MAT-05"]);
    }

    [Theory]
    [InlineData("2024年12月1日", "V2.1", Papers.System, "MAT-04")]
    [InlineData("二〇二四年十二月一日", "V2.1", Papers.System, "MAT-04")]
    [InlineData("2027-01-05", "V2.1", Papers.System, "MAT-04")]
    [InlineData("2026-03-01", "V1.0", Papers.System, "MAT-06")]
    [InlineData("2026-03-01", "V2.1", "另一处的办公系统", "MAT-03")]
    public async Task A_report_that_is_old_of_tomorrow_or_of_something_else_falls_short(string day, string version, string system, string requirement)
    {
        var verdicts = await Looking.JudgeAsync($"{Report}.ofd", Papers.Ofd(Papers.Report(Report, day, version, system)), Report);
        Assert.Equal(Verdict.NotSatisfied, verdicts[requirement]);
        Assert.Equal(1, verdicts.Values.Count(v => v == Verdict.NotSatisfied) - (verdicts["MAT-05"] == Verdict.NotSatisfied ? 1 : 0));
    }

    [Fact]
    public async Task A_signature_that_is_there_and_not_verified_is_a_question() =>
        Assert.Equal(Verdict.NeedsReview, (await Looking.JudgeAsync("a.ofd", Papers.Ofd(Papers.Report(Report), signatures: 1), Report))["MAT-05"]);

    [Fact]
    public async Task The_stated_day_speaks_against_and_never_for()
    {
        var silent = Papers.Word($"{Report}\n密码应用 评估\n{Papers.System}");
        Assert.Equal(Verdict.NeedsReview, (await Looking.JudgeAsync("a.docx", silent, Report, new DateOnly(2026, 5, 1)))["MAT-04"]);
        Assert.Equal(Verdict.NotSatisfied, (await Looking.JudgeAsync("a.docx", silent, Report, new DateOnly(2024, 5, 1)))["MAT-04"]);
        Assert.Equal(Verdict.NotSatisfied, (await Looking.JudgeAsync("a.docx", Papers.Word(Papers.Report(Report)), Report, new DateOnly(2024, 5, 1)))["MAT-04"]);
    }

    [Fact]
    public async Task A_paper_of_another_kind_is_named() =>
        Assert.Equal(Verdict.NotSatisfied, (await Looking.JudgeAsync($"{Report}.docx", Papers.Word("监理总结报告\n" + Papers.System), Report))["MAT-02"]);

    private static byte[] Noise { get; } = [.. Enumerable.Range(0, 40).SelectMany(i => SHA256.HashData([(byte)i]))];

    public static TheoryData<string, byte[], bool> Unreadable => new()
    {
        { "扫描.png", [0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2, 3, 4], false },
        { "扫描.jpg", [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3, 4], false },
        { "旧.doc", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, 0, 0], false },
        { "密.docx", [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1, .. Encoding.Unicode.GetBytes("EncryptedPackage"), .. Noise], true },
        { "坏.pdf", Encoding.ASCII.GetBytes("%PDF-1.7\n1 0 obj <</Type /Catalog"), true },
        { "坏.docx", [(byte)'P', (byte)'K', 3, 4, 0, 0, 0, 0, 0, 0], true },
        { "空文字.docx", Papers.Word(""), false },
        { "别的.zip", Papers.Zip([("a.txt", "a")]), false },
        { "实体.docx", Papers.Zip([("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>"), ("word/noise", Convert.ToBase64String(Noise))]), true },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task What_cannot_be_read_is_a_question_and_never_passes(string name, byte[] bytes, bool isShut)
    {
        var verdicts = await Looking.JudgeAsync(name, bytes, Report);
        Assert.Equal(isShut ? Verdict.NotSatisfied : Verdict.NeedsReview, verdicts["MAT-01"]);
        Assert.DoesNotContain(Verdict.Satisfied, verdicts.Values);
    }

    /// <summary>It says how large it is, and that is more than is read: no fault of the file can be shown. One that is not what it says is broken.</summary>
    [Fact]
    public async Task A_part_that_unpacks_without_end_is_not_read_and_one_that_lies_of_its_size_is_broken()
    {
        var bomb = Papers.Word(new string('a', 40 * 1024 * 1024));
        var verdicts = await Looking.JudgeAsync("bomb.docx", bomb, Report);
        Assert.Equal(Verdict.NeedsReview, verdicts["MAT-01"]);
        Assert.DoesNotContain(Verdict.Satisfied, verdicts.Values);
        Assert.Equal(Verdict.NotSatisfied, (await Looking.JudgeAsync("lie.docx", Papers.Saying(bomb, "word/document.xml", 1000), Report))["MAT-01"]);
    }

    [Fact]
    public async Task Torn_and_twisted_files_end_in_an_answer()
    {
        foreach (var whole in new[] { Papers.Word(Papers.Report(Report)), Papers.Ofd(Papers.Report(Report)) })
        {
            for (var i = 7; i < whole.Length; i += 97)
            {
                var twisted = (byte[])whole.Clone();
                twisted[i] ^= 0x55;
                Assert.Equal(6, (await Looking.FactsAsync("a.bin", twisted, Report)).Count);
                Assert.Equal(6, (await Looking.FactsAsync("a.bin", whole[..i], Report)).Count);
            }
        }
    }

    [Theory]
    [InlineData("2026年3月1日", "2026-03-01")]
    [InlineData("2026-03-01", "2026-03-01")]
    [InlineData("2026/3/1", "2026-03-01")]
    [InlineData("2026.12.31", "2026-12-31")]
    [InlineData("二〇二六年三月一日", "2026-03-01")]
    [InlineData("二○二六年十二月二十三日", "2026-12-23")]
    [InlineData("二零二六年十月三十日", "2026-10-30")]
    [InlineData("2026年2月30日", null)]
    [InlineData("2026年13月1日", null)]
    [InlineData("12026-03-01", null)]
    [InlineData("版本2026.1", null)]
    public void Days_are_read_as_people_write_them(string text, string? day) =>
        Assert.Equal(day, WrittenDates.In(PlainText.Of($"日期：{text}止")).Select(d => $"{d.Day:yyyy-MM-dd}").SingleOrDefault());

    [Fact]
    public void Radicals_and_full_width_letters_are_plain_text() => Assert.Equal("密码应用V2.1日", PlainText.Of("密码 应⽤　Ｖ２．１⽇"));
}
