using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

public sealed class ProtectionAssessmentTests
{
    private static readonly StandardLibrary Library = CryptoRules.Library;

    private static readonly Attachment Paper = new("a.pdf", new('0', 64)) { State = AttachmentState.Present };

    private static readonly Candidate Bare = Sample.Small with { Deployment = Deployment.OwnRoom, Protection = new ProtectionStatements { Extensions = [], AreObjectsComplete = true } };

    [Fact]
    public void The_2021_formula_gives_its_known_results_to_the_digit()
    {
        var results = LegacyScore.Verify(Library);
        Assert.Contains(results, r => r.Example.Want == 98.578m);
        Assert.All(results, r => Assert.True(r.Example.Want == r.Actual, $"{r.Example.Origin}: {r.Example.Want} wanted, {r.Actual} computed"));
    }

    [Theory]
    [InlineData(100, 95, 95, 0, 0, AssessmentConclusion.Satisfied)]
    [InlineData(100, 91, 91, 1, 0, AssessmentConclusion.Undecided)]
    [InlineData(100, 91, 91, 0, 1, AssessmentConclusion.Undecided)]
    [InlineData(100, 90, 90, 0, 0, AssessmentConclusion.Undecided)]
    [InlineData(100, 89, 89, 7, 3, AssessmentConclusion.BasicallySatisfied)]
    [InlineData(100, 61, 89, 0, 0, AssessmentConclusion.BasicallySatisfied)]
    [InlineData(100, 61, 90, 0, 0, AssessmentConclusion.Undecided)]
    [InlineData(100, 60, 60, 0, 0, AssessmentConclusion.Undecided)]
    [InlineData(100, 59, 61, 0, 0, AssessmentConclusion.Undecided)]
    [InlineData(100, 10, 59, 0, 0, AssessmentConclusion.NotSatisfied)]
    [InlineData(211, 190, 190, 0, 0, AssessmentConclusion.Satisfied)]
    [InlineData(211, 189, 189, 0, 0, AssessmentConclusion.BasicallySatisfied)]
    public void The_2025_rule_and_its_gaps(int applicable, int satisfied, int possible, int confirmed, int open, AssessmentConclusion expected)
    {
        var total = new ItemCounts("", "合计", satisfied, 0, applicable - possible, possible - satisfied, 0, possible);
        var (conclusion, sentence) = ProtectionConclusion.Of(Library.Conclusions[0], ProtectionConclusion.Rate(total), total, (confirmed, open), []);
        Assert.Equal(expected, conclusion);
        Assert.Contains($"适用 {applicable} 条", sentence, StringComparison.Ordinal);
        Assert.Equal(expected == AssessmentConclusion.NotSatisfied ? expected : AssessmentConclusion.Undecided, ProtectionConclusion.Of(Library.Conclusions[0], ProtectionConclusion.Rate(total), total, (confirmed, open), ["没有实测"]).Conclusion);
    }

    [Theory]
    [InlineData(1, 55)]
    [InlineData(2, 135)]
    [InlineData(3, 211)]
    [InlineData(4, 228)]
    public void An_own_room_system_is_asked_every_general_item_of_its_level(int level, int items)
    {
        var assessed = Assess(Bare with { ProtectionLevel = level });
        Assert.Equal(items, assessed.Items.Count);
        Assert.All(assessed.Items, i => Assert.Equal(Verdict.NeedsReview, i.Verdict));
        Assert.Equal(items, assessed.Plan.ByDocument);
    }

    [Fact]
    public void A_lower_A_grade_spares_the_items_that_follow_it_and_says_so()
    {
        var assessed = Assess(Bare with { Protection = Bare.Protection with { InformationLevel = 3, ServiceLevel = 2 } });
        Assert.DoesNotContain(assessed.Items, i => i.Key is "PES-PO-c" or "CES-BK-c");
        Assert.Contains(assessed.Notes, n => n.Contains("CES-BK-c", StringComparison.Ordinal) && n.Contains("随 A 定为 2 级", StringComparison.Ordinal));
    }

    [Fact]
    public void In_a_government_cloud_the_room_is_the_providers_only_with_its_proof()
    {
        var cloud = Bare with { Deployment = Deployment.GovernmentCloud };
        var without = Assess(cloud);
        Assert.Equal(211 + 46, without.Items.Count);
        Assert.All(without.Items.Where(i => i.GroupId == "PES" && i.Extension is null), i => Assert.Equal(Verdict.NeedsReview, i.Verdict));
        var with = Assess(With(cloud, new AnswerSheet { System = "", Documents = [new SheetDocument { Id = "p", Kind = "cloud-proof", File = Paper, IssuedOn = Sample.Today.AddMonths(-3) }] }));
        Assert.All(with.Items.Where(i => i.GroupId == "PES" && i.Extension is null), i => Assert.Equal((Verdict.NotApplicable, true), (i.Verdict, i.NotApplicableBecause!.Contains("云服务方", StringComparison.Ordinal))));
        Assert.All(with.Items.Where(i => i.Verdict == Verdict.NotApplicable), i => Assert.NotEmpty(i.NotApplicableBecause!));
        Assert.True(with.Total.Applicable < without.Total.Applicable);
    }

    [Theory]
    [InlineData(AssetKind.Database, "CES-IP-c", true)]
    [InlineData(AssetKind.Database, "CES-IA-a", false)]
    [InlineData(AssetKind.Data, "CES-IA-a", true)]
    public void An_item_that_no_listed_object_is_asked_is_不适用_only_where_the_list_is_whole(AssetKind kind, string item, bool isSpared)
    {
        var one = Bare with { Protection = Bare.Protection with { Objects = [new ProtectionObject("o", "对象", kind, [])] } };
        Assert.Equal(isSpared ? Verdict.NotApplicable : Verdict.NeedsReview, Assess(one).Items.Single(i => i.Key == item).Verdict);
        Assert.Equal(Verdict.NeedsReview, Assess(one with { Protection = one.Protection with { AreObjectsComplete = false } }).Items.Single(i => i.Key == item).Verdict);
    }

    [Fact]
    public void Answers_count_with_a_name_a_day_and_a_paper_and_the_worst_object_stands_first()
    {
        var two = Bare with { Protection = Bare.Protection with { Objects = [new("a", "甲", AssetKind.Application, []), new("b", "乙", AssetKind.Application, [])] } };
        ItemAnswer Said(string of, Verdict verdict) => new() { Item = "CES-IA-a", Object = of, Verdict = verdict, By = "回答人", Organisation = "单位", On = Sample.Today, Evidence = [Paper] };
        ItemJudgement Judged(params ItemAnswer[] answers) => Assess(With(two, new AnswerSheet { System = "", Answers = answers })).Items.Single(i => i.Key == "CES-IA-a");
        Assert.Equal(Verdict.Satisfied, Judged(Said("a", Verdict.Satisfied), Said("b", Verdict.Satisfied)).Verdict);
        var mixed = Judged(Said("a", Verdict.Satisfied), Said("b", Verdict.NotSatisfied));
        Assert.Equal((Verdict.Partial, "b"), (mixed.Verdict, mixed.Objects[0].ObjectId));
        Assert.Equal(Verdict.NeedsReview, Judged(Said("a", Verdict.Satisfied)).Verdict);
        foreach (var bad in new[]
        {
            Said("b", Verdict.Satisfied) with { Evidence = [] },
            Said("b", Verdict.Satisfied) with { By = null },
            Said("b", Verdict.Satisfied) with { On = Sample.Today.AddDays(1) },
            Said("b", Verdict.Satisfied) with { On = Sample.Today.AddMonths(-13) },
            Said("b", Verdict.Satisfied) with { Evidence = [Paper with { State = AttachmentState.Changed }] },
            Said("b", Verdict.Satisfied) with { Evidence = [Paper, Paper with { State = AttachmentState.Missing }] },
            Said("b", Verdict.Satisfied) with { Evidence = [], Documents = ["nowhere"] },
            Said("b", Verdict.NotApplicable),
        })
        {
            var judged = Judged(Said("a", Verdict.Satisfied), bad);
            Assert.Equal((Verdict.NeedsReview, "b"), (judged.Verdict, judged.Objects[0].ObjectId));
            Assert.Contains(judged.Objects[0].Sources, s => s.Kind == SourceKind.OnRecord && s.Sentence.Contains("不计", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("training", -3, null, true)]
    [InlineData("training", -13, null, false)]
    [InlineData("policy", -40, null, true)]
    [InlineData("policy", -40, -1, false)]
    [InlineData("unheard-of", -1, null, false)]
    public void A_document_answers_many_items_while_it_is_in_force(string kind, int issued, int? expires, bool counts)
    {
        var document = new SheetDocument { Id = "d", Kind = kind, File = Paper, IssuedOn = Sample.Today.AddMonths(issued), ExpiresOn = expires is { } days ? Sample.Today.AddDays(days) : null };
        string[] items = ["HRS-TN-a", "HRS-TN-b", "PSS-RU-a"];
        var sheet = new AnswerSheet { System = "", Documents = [document], Answers = [.. items.Select(i => new ItemAnswer { Item = i, Verdict = Verdict.Satisfied, By = "回答人", Organisation = "单位", On = Sample.Today, Documents = ["d"] })] };
        Assert.All(Assess(With(Bare, sheet)).Items.Where(i => items.Contains(i.Key)), i => Assert.Equal(counts ? Verdict.Satisfied : Verdict.NeedsReview, i.Verdict));
    }

    [Fact]
    public void A_measured_trigger_is_a_candidate_until_its_questions_are_answered()
    {
        var host = Bare with { Hosts = [new Host { Id = "db", Address = "127.0.0.1" }] };
        var rule = Sample.Requirement() with
        {
            Observes = "host.accounts",
            Pillar = Pillar.ClassifiedProtection,
            Basis = [new Basis("GB/T 22239-2019", "8.1.4.1 a)", BasisConfidence.Unchecked) { Claim = new ControlClaim { Controls = ["CES-IA-a"], Triggers = ["6.4.1.1"] } }],
        };
        CaseAnswer Said(HighRiskClaim claim, string? mitigation = null, bool isProven = true) => new() { Cases = ["6.4.1.1"], Claim = claim, Mitigation = mitigation, By = "回答人", Organisation = "单位", On = Sample.Today, Evidence = isProven ? [Paper] : [] };
        HighRiskState Judged(string data, params CaseAnswer[] answers) => Assess(With(host, new AnswerSheet { System = "", Cases = answers }), rule, Sample.Saw("host:db", data, "host.accounts")).HighRisks.Single(r => r.Code == "6.4.1.1");
        const string open = """{"open":true}""";
        Assert.Equal(HighRiskStanding.Suspected, Judged(open).Standing);
        Assert.Equal(HighRiskStanding.Confirmed, Judged(open, Said(HighRiskClaim.Present)).Standing);
        Assert.Equal(HighRiskStanding.Mitigated, Judged(open, Said(HighRiskClaim.Mitigated, "two-factor")).Standing);
        Assert.Equal(HighRiskStanding.Suspected, Judged(open, Said(HighRiskClaim.Mitigated, "two-factor", isProven: false)).Standing);
        Assert.Equal(HighRiskStanding.Suspected, Judged(open, Said(HighRiskClaim.Mitigated, "waf")).Standing);
        Assert.Equal(HighRiskStanding.Suspected, Judged(open, Said(HighRiskClaim.Absent)).Standing);
        Assert.Equal(HighRiskStanding.Open, Judged("{}", Said(HighRiskClaim.Absent)).Standing);
        Assert.Equal(HighRiskStanding.Excluded, Judged("""{"open":false}""", Said(HighRiskClaim.Absent)).Standing);
        Assert.Equal("A-18", Judged(open).MajorHazard);
    }

    [Fact]
    public void A_database_is_spoken_of_by_its_own_checks_and_its_host_by_those_it_is_not_asked()
    {
        var listed = Bare with
        {
            Hosts = [new Host { Id = "db", Address = "127.0.0.1" }],
            Protection = Bare.Protection with { Objects = [new("os", "主机", AssetKind.Server, ["host:db"]), new("pg", "数据库", AssetKind.Database, ["host:db"])] },
        };
        Requirement Rule(string item) => Sample.Requirement() with
        {
            Observes = "classified-protection.postgresql",
            Pillar = Pillar.ClassifiedProtection,
            Basis = [new Basis("GB/T 22239-2019", "8.1.4", BasisConfidence.Unchecked) { Claim = new ControlClaim { Controls = [item] } }],
        };
        ItemJudgement Judged(string item) => Assess(listed, Rule(item), Sample.Saw("host:db", """{"open":true}""", "classified-protection.postgresql")).Items.Single(i => i.Key == item);
        Assert.Equal(["pg"], Judged("CES-IA-a").Objects.Where(o => o.Sources.Count > 0).Select(o => o.ObjectId));
        Assert.Equal(["os"], Judged("CES-IP-c").Objects.Where(o => o.Sources.Count > 0).Select(o => o.ObjectId));
    }

    [Fact]
    public void A_host_of_which_more_than_half_was_not_read_is_取证不足_and_forbids_a_favourable_conclusion()
    {
        Assert.True(new TargetCoverage("host:a", 4, 3).IsThin);
        Assert.False(new TargetCoverage("host:a", 4, 2).IsThin);
        Assert.True(new TargetCoverage("host:a", 0, 0).IsThin);
        var assessed = Assess(Bare with { Hosts = [new Host { Id = "db", Address = "127.0.0.1" }] });
        Assert.Contains("取证不足", assessed.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void The_plan_says_how_many_items_are_missing_and_puts_high_risks_and_cheap_steps_first()
    {
        var answered = new AnswerQuestions(Library, Bare).Blank(Sample.Today);
        var sheet = answered with
        {
            Answers = [.. answered.Answers.Select((a, i) => i < 150 ? a with { Verdict = Verdict.Satisfied, By = "回答人", Organisation = "单位", On = Sample.Today, Evidence = [Paper] } : i < 155 ? a with { Verdict = Verdict.NotSatisfied, By = "回答人", Organisation = "单位", On = Sample.Today } : a)],
        };
        var assessed = Assess(With(Bare, sheet));
        Assert.Equal(211, assessed.Total.Applicable);
        Assert.Equal(150, assessed.Total.Satisfied);
        Assert.Equal(190 - 150, assessed.Plan.Missing);
        Assert.Equal(211 - 150, assessed.Plan.ByConfiguration + assessed.Plan.ByDocument + assessed.Plan.ByWorks);
        Assert.Equal(assessed.Plan.Steps.OrderByDescending(s => s.HighRisk).ThenBy(s => s.Effort).Select(s => s.Id), assessed.Plan.Steps.Select(s => s.Id));
        Assert.All(assessed.Items.Where(i => i.Verdict != Verdict.Satisfied), i => Assert.Contains(assessed.Plan.Steps, s => s.Items.Contains(i.Key)));
    }

    private static Candidate With(Candidate candidate, AnswerSheet sheet) => candidate with { Protection = candidate.Protection with { Answers = sheet } };

    private static ProtectionAssessment Assess(Candidate candidate, Requirement? rule = null, params ProbeRecord[] records) => Judge.All(Sample.Input(records) with
    {
        Candidate = candidate,
        Requirements = rule is null ? [] : [rule],
        Library = Library,
        Kinds = new[] { "net.ports", "host.accounts", "classified-protection.postgresql" }.ToDictionary(k => k, k => new ObservationKind(k, k == "net.ports" ? "endpoint" : "host", new RecordSchema(new System.Text.Json.Nodes.JsonObject())), StringComparer.Ordinal),
    }).Protection!;
}
