using System.Text;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.Materials.Tests;

/// <summary>What only people can read they can close, with the file they read; what was measured and what nobody can open they cannot.</summary>
public sealed class AnsweredTests
{
    private const string Report = "密码应用安全性评估报告";
    private static readonly string[] All = ["MAT-01", "MAT-02", "MAT-03", "MAT-04", "MAT-05", "MAT-06"];

    [Fact]
    public async Task A_scan_is_closed_by_whoever_read_it_and_shows_it()
    {
        var scan = Pdfs.Of("", "");
        var closed = await Looking.AnsweredAsync("a.pdf", scan, Report, [.. All.Select(id => Word(id, "paper"))]);
        Assert.All(closed, j => Assert.Equal((j.Key, Verdict.Satisfied, VerdictReason.Attested), (j.Key, j.Value.Verdict, j.Value.Reason)));
        var bare = await Looking.AnsweredAsync("a.pdf", scan, Report, [.. All.Select(id => Word(id))]);
        Assert.All(bare, j => Assert.Equal((j.Key, Verdict.NeedsReview), (j.Key, j.Value.Verdict)));
    }

    /// <summary>Nobody answers for a page he was not asked to look at.</summary>
    [Fact]
    public async Task Of_a_folder_of_scans_every_one_is_named()
    {
        using var folder = new TestKit.TemporaryFolder();
        for (var i = 1; i <= 40; i++)
        {
            await File.WriteAllBytesAsync(Path.Combine(Directory.CreateDirectory(folder.File("scans")).FullName, $"第{i:00}页扫描件.pdf"), Pdfs.Of(""));
        }

        var document = new Document { Id = "paper", Path = folder.File("scans"), MaterialKind = Report, Subject = new PaperSubject(Papers.System, Papers.Owner, "V2.1") };
        var seen = (await Looking.RecordsAsync([document])).Select(r => r.Outcome).OfType<Observed>().SelectMany(o => o.Observations).Single(o => o.Kind == "materials.kind");
        Assert.Equal(40, seen.Data.GetProperty("unread").GetArrayLength());
        var judged = Judging.RequirementJudge.Judge(Looking.Rules.Single(r => r.Id == "MAT-02"), (document.TargetId, "材料"), new Observed([seen]), System.Text.Json.JsonSerializer.SerializeToElement(new { }), Looking.Now);
        Assert.Equal(VerdictReason.ManualOnly, judged.Reason);
        Assert.All(Enumerable.Range(1, 40), i => Assert.Contains($"第{i:00}页扫描件.pdf", judged.Explanation, StringComparison.Ordinal));
    }

    /// <summary>What is compared is all that was found, whatever is shown of it.</summary>
    [Fact]
    public async Task A_version_is_not_that_of_the_first_twenty_mentions()
    {
        var text = string.Join('\n', Enumerable.Range(0, 25).Select(i => $"系统版本：{new string('V', i + 1)}2.1").Append("系统版本：V1.0"));
        var judged = await Looking.AnsweredAsync($"{Report}.docx", Papers.Word($"{Report}\n{text}"), Report, []);
        Assert.Equal(Verdict.NeedsReview, judged["MAT-06"].Verdict);
    }

    /// <summary>All of it was read, and it does not say so in words that a machine knows.</summary>
    [Fact]
    public async Task A_report_in_words_of_its_own_is_closed_as_well()
    {
        var silent = Papers.Word($"密评结论\n{Papers.System}\n{Papers.Owner}\n密码应用 评估 有效期三年\n版本一");
        var closed = await Looking.AnsweredAsync("a.docx", silent, Report, [.. All.Select(id => Word(id, "paper"))]);
        Assert.All(new[] { "MAT-02", "MAT-04", "MAT-06" }, id => Assert.Equal((id, Verdict.Satisfied, VerdictReason.Attested), (id, closed[id].Verdict, closed[id].Reason)));
        Assert.Equal((Verdict.NotSatisfied, VerdictReason.Measured), (closed["MAT-05"].Verdict, closed["MAT-05"].Reason));
    }

    [Fact]
    public async Task Nobody_closes_what_nobody_can_open()
    {
        var locked = await Looking.AnsweredAsync("a.pdf", Pdfs.Locked(), Report, [.. All.Select(id => Word(id, "paper"))]);
        Assert.DoesNotContain(locked.Values, j => j.Verdict == Verdict.Satisfied);
        Assert.Equal(Verdict.NotSatisfied, locked["MAT-01"].Verdict);
    }

    /// <summary>Which unit it is for nobody said, so that nobody can have compared it.</summary>
    [Fact]
    public async Task Nobody_closes_what_was_not_asked()
    {
        var open = await Looking.AnsweredAsync("a.txt", Encoding.UTF8.GetBytes(Papers.Report(Report) + string.Concat(Enumerable.Repeat("本报告记录各项工作的过程与结论，供验收各方核对。参加人员逐条阅读了所列材料，对发现的问题提出处理建议。", 4))), Report, [Word("MAT-03", "paper")], subject: new PaperSubject(Papers.System, null, null));
        Assert.Equal((Verdict.NeedsReview, VerdictReason.FieldMissing), (open["MAT-03"].Verdict, open["MAT-03"].Reason));
    }

    private static Attestation Word(string requirement, params string[] evidence) => new()
    {
        Id = $"a-{requirement}", RequirementId = requirement, Verdict = Verdict.Satisfied, By = "某", Organisation = "某单位", On = new DateOnly(2026, 5, 20), EvidenceIds = evidence,
    };
}
