using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Probes.Materials.Tests;

/// <summary>A careless and a well-run town hand in their folders; the clauses are held against what was planted. Other pillars are not looked at here.</summary>
public sealed class TownTests
{
    private const string Crypto = "密码应用安全性评估报告";
    private const string Graded = "网络安全等级保护测评报告";
    private const string Code = "信息系统代码安全检测报告";
    private const string Trial = "试运行报告";

    private static readonly DateOnly Start = new(2026, 1, 5);

    [Fact]
    public async Task The_careless_town_of_luojiang_fails_for_what_was_planted()
    {
        var clauses = await ClausesAsync("luojiang-2025", Careless, new ProjectMilestones(Start, Start.AddDays(19), null, null));
        Assert.Equal((Verdict.NotSatisfied, MaterialState.Unfit), Of(clauses, "LJ-22-5", Crypto));
        Assert.Equal((Verdict.NotSatisfied, MaterialState.Unfit), Of(clauses, "LJ-22-7", Code));
        Assert.Equal((Verdict.NotSatisfied, MaterialState.Unfit), Of(clauses, "LJ-22-6", Graded));
        Assert.Equal((Verdict.NeedsReview, MaterialState.Missing), Of(clauses, "LJ-22-2", "数据共享情况证明"));
        Assert.DoesNotContain(clauses, c => c.Verdict == Verdict.Satisfied);
    }

    [Fact]
    public async Task The_well_run_town_of_luojiang_waits_for_people_and_fails_nothing()
    {
        var clauses = await ClausesAsync("luojiang-2025", WellRun, new ProjectMilestones(Start, Start.AddDays(40), null, null));
        Assert.All(new[] { ("LJ-22-5", Crypto), ("LJ-22-6", Graded), ("LJ-22-7", Code), ("LJ-22-4", Trial) }, m => Assert.Equal((Verdict.NeedsReview, MaterialState.Listed), Of(clauses, m.Item1, m.Item2)));
        Assert.DoesNotContain(clauses, c => c.Verdict is Verdict.NotSatisfied or Verdict.Satisfied);
    }

    [Theory]
    [InlineData(true, 40, Verdict.Satisfied, "共 41 天")]
    [InlineData(true, 19, Verdict.NotSatisfied, "满 1 个月要到 2026-02-04")]
    [InlineData(false, 40, Verdict.NeedsReview, "自报")]
    [InlineData(false, 19, Verdict.NotSatisfied, "共 20 天")]
    [InlineData(false, null, Verdict.NeedsReview, "没有给出试运行的起止日期")]
    [InlineData(false, 400, Verdict.NeedsReview, "还没有结束")]
    public async Task A_trial_counts_for_the_town_only_where_its_report_says_the_days(bool onPaper, int? days, Verdict verdict, string says)
    {
        var end = days is { } known ? Start.AddDays(known) : (DateOnly?)null;
        var papers = onPaper ? [(Trial, Papers.Ofd(Papers.Report(Trial) + $"\n试运行自{Start:yyyy年M月d日}至{end:yyyy年M月d日}止", 1))] : Array.Empty<(string, byte[])>();
        var clause = (await ClausesAsync("shangrao-2020", papers, new ProjectMilestones(onPaper ? null : Start, onPaper ? null : end, null, null))).Single(c => c.ClauseId == "SR-18-1");
        var period = Assert.Single(clause.Periods!);
        Assert.Equal(verdict, period.Verdict);
        Assert.Contains(says, period.Sentence, StringComparison.Ordinal);
        Assert.Equal(verdict == Verdict.NotSatisfied ? Verdict.NotSatisfied : Verdict.NeedsReview, clause.Verdict);
    }

    /// <summary>From the 5th a month ends on the 4th; from the 31st of January on the last of February.</summary>
    [Theory]
    [InlineData("2026-01-05", "2026-02-04", Verdict.Satisfied)]
    [InlineData("2026-01-05", "2026-02-03", Verdict.NotSatisfied)]
    [InlineData("2026-01-31", "2026-02-28", Verdict.Satisfied)]
    [InlineData("2026-01-31", "2026-02-27", Verdict.NotSatisfied)]
    [InlineData("2026-01-29", "2026-02-28", Verdict.Satisfied)]
    [InlineData("2026-01-28", "2026-02-27", Verdict.Satisfied)]
    [InlineData("2024-01-29", "2024-02-28", Verdict.Satisfied)]
    [InlineData("2024-01-30", "2024-02-28", Verdict.NotSatisfied)]
    [InlineData("2026-03-31", "2026-04-30", Verdict.Satisfied)]
    [InlineData("2026-03-31", "2026-04-29", Verdict.NotSatisfied)]
    public async Task A_month_of_trial_ends_where_months_end(string from, string to, Verdict verdict) =>
        Assert.Equal(verdict, (await TrialAsync($"试运行时间：{from}至{to}", ProjectMilestones.None)).Verdict);

    /// <summary>Days of a contract are no trial because the report's title stands above them or because somebody says they are.</summary>
    [Theory]
    [InlineData("合同工期2025年6月1日至2026年5月1日", "没有给出试运行的起止日期")]
    [InlineData("合同约定试运行期2025年6月1日至2026年5月1日", "没有给出试运行的起止日期")]
    [InlineData("试运行\n自2025年6月1日至2026年5月1日为合同工期", "没有给出试运行的起止日期")]
    [InlineData("第一阶段试运行期间：2026年1月5日至2026年2月14日\n第二阶段试运行期间：2026年3月1日至2026年3月9日", "几个不同的起止日期")]
    public async Task What_is_not_labelled_as_a_trial_is_a_question(string text, string says)
    {
        var open = await TrialAsync(text, ProjectMilestones.None);
        Assert.Equal(Verdict.NeedsReview, open.Verdict);
        Assert.Contains(says, open.Sentence, StringComparison.Ordinal);
        Assert.Equal(Verdict.NeedsReview, (await TrialAsync(text, new ProjectMilestones(new DateOnly(2025, 6, 1), new DateOnly(2026, 5, 1), null, null))).Verdict);
    }

    [Theory]
    [InlineData("验收申请报告", Papers.System, Verdict.Satisfied)]
    [InlineData("验收申请报告", "另一处的办公系统", Verdict.NeedsReview)]
    [InlineData("监理报告", Papers.System, Verdict.NeedsReview)]
    public async Task An_application_in_time_counts_where_a_fit_application_says_its_day(string kind, string system, Verdict verdict)
    {
        var text = $"{Papers.Report(kind, system: system)}\n验收\n本系统于2026年1月10日建成，现于2026年4月1日申请验收。";
        var clause = (await ClausesAsync("xx-county", [(kind, Papers.Ofd(text, 1))], new ProjectMilestones(null, null, new DateOnly(2026, 1, 10), new DateOnly(2026, 4, 1)))).Single(c => c.ClauseId == "XX-29-1");
        Assert.Equal(verdict, Assert.Single(clause.Periods!).Verdict);
    }

    [Theory]
    [InlineData("lanzhou-2021", "LZ-22-1", "2025-10-01", null, Verdict.NotSatisfied, "晚了 61 天")]
    [InlineData("lanzhou-2021", "LZ-22-1", "2026-03-01", null, Verdict.NeedsReview, "还有 92 天")]
    [InlineData("xx-county", "XX-29-1", "2025-10-01", "2026-04-01", Verdict.NeedsReview, "提前 0 天")]
    [InlineData("xx-county", "XX-29-1", null, null, Verdict.NeedsReview, "没有给出建成日期")]
    public async Task Half_a_year_for_applying_is_counted_from_the_days_given(string profile, string clauseId, string? completed, string? applied, Verdict verdict, string says)
    {
        var clause = (await ClausesAsync(profile, [], new ProjectMilestones(null, null, completed is null ? null : DateOnly.Parse(completed), applied is null ? null : DateOnly.Parse(applied)))).Single(c => c.ClauseId == clauseId);
        Assert.Equal(verdict, Assert.Single(clause.Periods!).Verdict);
        Assert.Contains(says, clause.Periods![0].Sentence, StringComparison.Ordinal);
    }

    /// <summary>A report that is years old closes the gate at any threshold through each clause that asks for it, and is one problem where it is a finding as well.</summary>
    [Theory]
    [InlineData(FailOn.Critical, "2024年3月1日", GateOutcome.Failed, 3)]
    [InlineData(FailOn.Major, "2024年3月1日", GateOutcome.Failed, 1)]
    [InlineData(FailOn.Critical, "2026年3月1日", GateOutcome.NeedsReview, 0)]
    public async Task A_paper_that_was_measured_unfit_closes_the_gate(FailOn threshold, string day, GateOutcome outcome, int blocking)
    {
        var gate = (await JudgedAsync("lanzhou-2021", [(Crypto, Papers.Ofd(Papers.Report(Crypto, day), 1))], ProjectMilestones.None, threshold)).Gate;
        Assert.Equal((outcome, blocking), (gate.Outcome, gate.Blocking));
    }

    /// <summary>What was measured of a paper outweighs a favourable word about it, and a waiver of it does not.</summary>
    [Fact]
    public async Task A_word_of_people_does_not_lift_an_expired_report()
    {
        var word = new Attestation { Id = "a-1", RequirementId = $"LJ-22-5/{Crypto}", Verdict = Verdict.Satisfied, By = "某", Organisation = "某单位", On = new DateOnly(2026, 5, 1) };
        Assert.Equal((Verdict.NotSatisfied, MaterialState.Unfit), Of(await ClausesAsync("luojiang-2025", Careless, ProjectMilestones.None, word), "LJ-22-5", Crypto));
        var withFile = word with { EvidenceIds = [new string('a', 64)] };
        Assert.Equal((Verdict.NotSatisfied, MaterialState.Unfit), Of(await ClausesAsync("luojiang-2025", Careless, ProjectMilestones.None, withFile), "LJ-22-5", Crypto));
        var withOther = word with { EvidenceIds = ["paper-3"] };
        Assert.Equal((Verdict.NotSatisfied, MaterialState.Unfit), Of(await ClausesAsync("luojiang-2025", [.. Careless, WellRun[^1]], ProjectMilestones.None, withOther), "LJ-22-5", Crypto));
        Assert.Equal(MaterialState.Attested, Of(await ClausesAsync("luojiang-2025", WellRun, ProjectMilestones.None, word), "LJ-22-5", Crypto).State);
    }

    /// <summary>Two scans: whoever read one of them says nothing of the other, and a file that came with the word may be of either.</summary>
    [Theory]
    [InlineData("paper-0", null, Verdict.Satisfied, Verdict.NeedsReview)]
    [InlineData("paper-1", "document:paper-0", Verdict.NeedsReview, Verdict.NeedsReview)]
    [InlineData("document:paper-0", "document:paper-0", Verdict.Satisfied, Verdict.NeedsReview)]
    [InlineData("attached", null, Verdict.Satisfied, Verdict.Satisfied)]
    public async Task A_paper_is_closed_with_itself_and_not_with_another(string evidence, string? target, Verdict first, Verdict second)
    {
        var word = new Attestation { Id = "a-1", RequirementId = "MAT-02", TargetId = target, Verdict = Verdict.Satisfied, By = "某", Organisation = "某单位", On = new DateOnly(2026, 5, 1), EvidenceIds = [evidence] };
        var judged = await JudgedAsync("luojiang-2025", [(Crypto, Pdfs.Of("", "")), (Graded, Pdfs.Of("", ""))], ProjectMilestones.None, FailOn.Major, word);
        Assert.Equal([first, second], judged.Judgements.Where(j => j.RequirementId == "MAT-02").OrderBy(j => j.TargetId, StringComparer.Ordinal).Select(j => j.Verdict));
    }

    private static IReadOnlyList<(string Kind, byte[] Bytes)> Careless =>
    [
        (Crypto, Papers.Ofd(Papers.Report(Crypto, "2024年3月1日"), 1)),
        (Graded, Papers.Ofd(Papers.Report(Graded, system: "另一处的办公系统"), 1)),
        (Code, Papers.Ofd(Papers.Report(Code, version: "V1.0"), 1)),
    ];

    private static IReadOnlyList<(string Kind, byte[] Bytes)> WellRun => [.. new[] { Crypto, Graded, Code, Trial }.Select(k => (k, Papers.Ofd(Papers.Report(k), 1)))];

    private static (Verdict Verdict, MaterialState State) Of(IReadOnlyList<ClauseJudgement> clauses, string clause, string material)
    {
        var judged = clauses.Single(c => c.ClauseId == clause);
        return (judged.Verdict, judged.Materials.Single(m => m.Material == material).State);
    }

    private static async Task<PeriodStatus> TrialAsync(string text, ProjectMilestones milestones) =>
        Assert.Single((await ClausesAsync("shangrao-2020", [(Trial, Papers.Ofd($"{Papers.Report(Trial)}\n{text}", 1))], milestones)).Single(c => c.ClauseId == "SR-18-1").Periods!);

    private static async Task<IReadOnlyList<ClauseJudgement>> ClausesAsync(string profile, IReadOnlyList<(string Kind, byte[] Bytes)> papers, ProjectMilestones milestones, params Attestation[] words) =>
        (await JudgedAsync(profile, papers, milestones, FailOn.Major, words)).Clauses;

    private static async Task<JudgementSet> JudgedAsync(string profile, IReadOnlyList<(string Kind, byte[] Bytes)> papers, ProjectMilestones milestones, FailOn failOn, params Attestation[] words)
    {
        using var folder = new TemporaryFolder();
        List<Document> documents = [.. papers.Select((p, i) => new Document { Id = $"paper-{i}", Path = folder.File($"{p.Kind}.ofd"), MaterialKind = p.Kind, Subject = new PaperSubject(Papers.System, Papers.Owner, "V2.1") })];
        foreach (var (document, bytes) in documents.Zip(papers.Select(p => p.Bytes)))
        {
            await File.WriteAllBytesAsync(document.Path, bytes);
        }

        var records = (await Looking.RecordsAsync(documents)).Concat(documents.Select(Looking.Hashed)).ToList();
        return Judge.All(new JudgeInput
        {
            Candidate = new Candidate { Id = "town", Name = Papers.System, OwnerUnit = Papers.Owner, Kind = SystemKind.GovernmentService, IsClassified = false, Materials = documents, Milestones = milestones, Attestations = words, Attached = [.. words.SelectMany(w => w.EvidenceIds).Where(e => !documents.Exists(d => d.Id == e || d.TargetId == e)).Select(Attached)] },
            Profile = Looking.Profile(profile), Requirements = Looking.Rules, Kinds = Looking.KindsOfObservations, Records = records, Now = Looking.Now, FailOn = failOn, Stage = Gate.Acceptance,
        });
    }

    private static AttachedDocument Attached(string hash) => new(new Document { Id = hash, MaterialKind = "附件", Path = $"statements/files/{hash}" }, 40960);
}
