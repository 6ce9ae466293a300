using System.Text.Json;
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

    /// <summary>What was measured of a paper outweighs a favourable word about it, and a waiver of it does not.</summary>
    [Fact]
    public async Task A_word_of_people_does_not_lift_an_expired_report()
    {
        var word = new Attestation { Id = "a-1", RequirementId = $"LJ-22-5/{Crypto}", Verdict = Verdict.Satisfied, By = "某", Organisation = "某单位", On = new DateOnly(2026, 5, 1) };
        Assert.Equal((Verdict.NotSatisfied, MaterialState.Unfit), Of(await ClausesAsync("luojiang-2025", Careless, ProjectMilestones.None, word), "LJ-22-5", Crypto));
        var withFile = word with { EvidenceIds = [new string('a', 64)] };
        Assert.Equal((Verdict.NotSatisfied, MaterialState.Unfit), Of(await ClausesAsync("luojiang-2025", Careless, ProjectMilestones.None, withFile), "LJ-22-5", Crypto));
        Assert.Equal(MaterialState.Attested, Of(await ClausesAsync("luojiang-2025", WellRun, ProjectMilestones.None, word), "LJ-22-5", Crypto).State);
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

    private static async Task<IReadOnlyList<ClauseJudgement>> ClausesAsync(string profile, IReadOnlyList<(string Kind, byte[] Bytes)> papers, ProjectMilestones milestones, params Attestation[] words)
    {
        using var folder = new TemporaryFolder();
        List<Document> documents = [.. papers.Select((p, i) => new Document { Id = $"paper-{i}", Path = folder.File($"{p.Kind}.ofd"), MaterialKind = p.Kind, Subject = new PaperSubject(Papers.System, Papers.Owner, "V2.1") })];
        foreach (var (document, bytes) in documents.Zip(papers.Select(p => p.Bytes)))
        {
            await File.WriteAllBytesAsync(document.Path, bytes);
        }

        var records = (await Looking.RecordsAsync(documents)).Concat(documents.Select(Hashed)).ToList();
        return Judge.All(new JudgeInput
        {
            Candidate = new Candidate { Id = "town", Name = Papers.System, OwnerUnit = Papers.Owner, Kind = SystemKind.GovernmentService, IsClassified = false, Materials = documents, Milestones = milestones, Attestations = words, Attached = [.. words.SelectMany(w => w.EvidenceIds).Select(Attached)] },
            Profile = Looking.Profile(profile), Requirements = Looking.Rules, Kinds = Looking.KindsOfObservations, Records = records, Now = Looking.Now, FailOn = FailOn.Major, Stage = Gate.Acceptance,
        }).Clauses;
    }

    private static AttachedDocument Attached(string hash) => new(new Document { Id = hash, MaterialKind = "附件", Path = $"statements/files/{hash}" }, 40960);

    /// <summary>The probe that reads documents as evidence is another room's; this is what it would say.</summary>
    private static ProbeRecord Hashed(Document document) => new()
    {
        ProbeId = "crypto.evidence-documents", ProbeVersion = "1", TargetId = document.TargetId, StartedAt = Looking.Now, Elapsed = TimeSpan.Zero,
        Outcome = new Observed([new Observation { Kind = "crypto.evidence-documents", ProbeId = "crypto.evidence-documents", ProbeVersion = "1", TargetId = document.TargetId, Data = JsonElement.Parse("{\"sha256\":\"00\",\"bytes\":40960,\"legibleBytes\":40960}"), Evidence = [], ObservedAt = Looking.Now }]),
    };
}
