using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>What a person says counts for the better only with a document that was handed in and read; against it, it opens a question.</summary>
public sealed class AnswerEvidenceTests
{
    private const string Closed = "{\"open\":false,\"size\":128}";

    private static readonly Document Plan = Sample.Paper();
    private static readonly Document Letter = Sample.Paper("letter", "说明");

    [Theory]
    [InlineData("paper", true, 1)]
    [InlineData("document:paper", true, 1)]
    [InlineData("paper", false, 0)]
    [InlineData("密码模块认证证书.pdf", true, 0)]
    [InlineData(null, true, 0)]
    public void An_answer_of_yes_raises_the_lower_bound_only_with_a_document_that_was_read(string? evidence, bool isRead, double lower)
    {
        var yes = Signed(new CryptoAnswer { Id = "a", Controls = ["NET-3"], Object = Sample.Portal, D = true, A = true, K = true, By = "", Organisation = "", On = default }, evidence);
        var management = Signed(new CryptoAnswer { Id = "m", Controls = ["POL-1"], Verdict = Verdict.Satisfied, By = "", Organisation = "", On = default }, evidence);
        var assessed = Assess(new CryptoStatements { Answers = [yes, management] }, isRead);
        Assert.Equal(new ScoreRange((decimal)lower, 1), Of(assessed, "NET-3").Score);
        Assert.Equal(new ScoreRange((decimal)lower, 1), Of(assessed, "POL-1").Score);
        Assert.Equal(lower == 0, Of(assessed, "NET-3").Objects[0].Aspects.All(a => a.Holds is null));
        Assert.Equal(lower == 0, assessed.Notes.Any(n => n.Contains("a 没有附上", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(1023, 0)]
    [InlineData(1024, 1)]
    public void A_file_too_small_to_say_anything_is_no_document(long bytes, double lower)
    {
        var policy = Signed(new CryptoAnswer { Id = "m", Controls = ["POL-1"], Verdict = Verdict.Satisfied, By = "", Organisation = "", On = default }, "paper");
        var absent = Signed(new HighRiskAnswer { Id = "h", Items = ["5.2"], Claim = HighRiskClaim.Absent, By = "", Organisation = "", On = default }, "paper");
        var input = Input(new CryptoStatements { Answers = [policy], HighRisks = [absent] });
        var assessed = Judge.All(input with { Records = [input.Records[0], Sample.ReadOf(Plan, bytes)] }).Assessments.Single();
        Assert.Equal(new ScoreRange((decimal)lower, 1), Of(assessed, "POL-1").Score);
        Assert.Equal(lower == 0 ? HighRiskStanding.Open : HighRiskStanding.Excluded, Risk(assessed, "5.2"));
        Assert.Equal(lower == 0, assessed.Notes.Any(n => n.Contains($"paper（{bytes} 字节） 里认得出是文件内容的不足 1024 字节", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("1900-01-01", 0)]
    [InlineData("2025-05-31", 0)]
    [InlineData("2025-06-01", 1)]
    [InlineData("2026-06-01", 1)]
    [InlineData("2026-06-02", 0)]
    public void An_answer_of_long_ago_or_of_tomorrow_is_none(string on, double lower)
    {
        var dated = DateOnly.ParseExact(on, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var policy = Signed(new CryptoAnswer { Id = "m", Controls = ["POL-1"], Verdict = Verdict.Satisfied, By = "", Organisation = "", On = default }, "paper") with { On = dated };
        var absent = Signed(new HighRiskAnswer { Id = "h", Items = ["5.2"], Claim = HighRiskClaim.Absent, By = "", Organisation = "", On = default }, "paper") with { On = dated };
        var assessed = Assess(new CryptoStatements { Answers = [policy], HighRisks = [absent] });
        Assert.Equal(new ScoreRange((decimal)lower, 1), Of(assessed, "POL-1").Score);
        Assert.Equal(lower == 0 ? HighRiskStanding.Open : HighRiskStanding.Excluded, Risk(assessed, "5.2"));
        Assert.Equal(lower == 0, assessed.Notes.Any(n => n.Contains($"m 的日期 {on}", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_no_without_a_document_lowers_the_upper_bound_and_confirms_no_high_risk()
    {
        var no = new CryptoAnswer { Id = "a", Controls = ["APP-5"], D = false, By = "", Organisation = "", On = default };
        var policy = new CryptoAnswer { Id = "p", Controls = ["POL-1"], Verdict = Verdict.NotSatisfied, By = "", Organisation = "", On = default };
        var bare = Assess(new CryptoStatements { Answers = [Signed(no, null), Signed(policy, null)] });
        Assert.Equal((ScoreRange.Exactly(0), ScoreRange.Exactly(0)), (Of(bare, "APP-5").Score, Of(bare, "POL-1").Score));
        Assert.Equal((HighRiskStanding.Suspected, HighRiskStanding.Suspected), (Risk(bare, "9.3"), Risk(bare, "10.1")));
        var backed = Assess(new CryptoStatements { Answers = [Signed(no, "paper"), Signed(policy, "paper")] });
        Assert.Equal((HighRiskStanding.Confirmed, HighRiskStanding.Confirmed), (Risk(backed, "9.3"), Risk(backed, "10.1")));
    }

    [Theory]
    [InlineData(HighRiskClaim.Absent, null, HighRiskStanding.Open)]
    [InlineData(HighRiskClaim.Absent, "paper", HighRiskStanding.Excluded)]
    [InlineData(HighRiskClaim.Present, null, HighRiskStanding.Suspected)]
    [InlineData(HighRiskClaim.Present, "paper", HighRiskStanding.Confirmed)]
    [InlineData(HighRiskClaim.Mitigated, null, HighRiskStanding.Open)]
    [InlineData(HighRiskClaim.Mitigated, "paper", HighRiskStanding.Mitigated)]
    public void An_item_of_the_board_is_decided_only_with_a_document(HighRiskClaim claim, string? evidence, HighRiskStanding expected)
    {
        var code = claim == HighRiskClaim.Mitigated ? "8.1" : "5.2";
        var said = Signed(new HighRiskAnswer { Id = "h", Items = [code], Claim = claim, Mitigation = claim == HighRiskClaim.Mitigated ? "m1" : null, By = "", Organisation = "", On = default }, evidence);
        Assert.Equal(expected, Risk(Assess(new CryptoStatements { HighRisks = [said] }), code));
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("paper", 0.5)]
    public void Coverage_counts_only_with_a_document(string? evidence, double lower)
    {
        var yes = Signed(new CryptoAnswer { Id = "a", Controls = ["NET-3"], Object = Sample.Portal, D = true, A = true, K = true, By = "", Organisation = "", On = default }, "paper");
        var no = Signed(new CryptoAnswer { Id = "b", Controls = ["APP-4"], D = false, By = "", Organisation = "", On = default }, "paper");
        var covers = Signed(new CoverageAnswer { Id = "c", From = "NET-3", To = "APP-4", CoversAll = true, By = "", Organisation = "", On = default }, evidence);
        Assert.Equal(new ScoreRange((decimal)lower, 0.5m), Of(Assess(new CryptoStatements { Answers = [yes, no], Coverage = [covers] }), "APP-4").Score);
    }

    [Theory]
    [InlineData(null, 0.5, 0.5)]
    [InlineData("paper", 0.6, 0.6)]
    public void The_level_of_a_module_counts_for_the_better_only_with_a_document(string? evidence, double lower, double upper)
    {
        var said = new CryptoAnswer { Id = "a", Controls = ["NET-3"], Object = Sample.Portal, D = true, A = true, K = false, By = "", Organisation = "", On = default };
        var level = new CryptoAnswer { Id = "b", Controls = ["DEV-1"], ModuleLevel = 1, D = true, A = true, K = false, By = "", Organisation = "", On = default };
        Assert.Equal(new ScoreRange(0.5m, 0.6m), Of(Assess(new CryptoStatements { Answers = [Signed(said, "paper")] }), "NET-3").Score);
        var scored = Of(Assess(new CryptoStatements { Answers = [Signed(level, evidence)] }), "DEV-1").Score;
        Assert.Equal(evidence is null ? new ScoreRange(0, 0.6m) : new ScoreRange((decimal)lower, (decimal)upper), scored);
    }

    [Theory]
    [InlineData("PHY-1", Deployment.OwnRoom, "letter", ControlApplicability.Undecided)]
    [InlineData("PHY-1", Deployment.Mixed, "letter", ControlApplicability.Undecided)]
    [InlineData("PHY-1", null, "letter", ControlApplicability.Undecided)]
    [InlineData("PHY-1", Deployment.OwnRoom, null, ControlApplicability.Undecided)]
    [InlineData("PHY-1", Deployment.OwnRoom, "paper", ControlApplicability.NotApplicable)]
    [InlineData("PHY-1", Deployment.GovernmentCloud, "letter", ControlApplicability.Undecided)]
    [InlineData("PHY-1", Deployment.GovernmentCloud, "paper", ControlApplicability.NotApplicable)]
    [InlineData("PHY-2", Deployment.OwnRoom, "letter", ControlApplicability.Undecided, 2)]
    [InlineData("PHY-2", Deployment.OwnRoom, "paper", ControlApplicability.NotApplicable, 2)]
    [InlineData("PHY-2", Deployment.GovernmentCloud, "letter", ControlApplicability.NotApplicable, 2)]
    [InlineData("PHY-1", Deployment.GovernmentCloud, null, ControlApplicability.Undecided)]
    [InlineData("APP-8", Deployment.OwnRoom, "letter", ControlApplicability.Undecided)]
    [InlineData("APP-8", Deployment.OwnRoom, "paper", ControlApplicability.NotApplicable)]
    [InlineData("NET-5", Deployment.OwnRoom, "letter", ControlApplicability.NotApplicable)]
    [InlineData("NET-5", Deployment.OwnRoom, null, ControlApplicability.Undecided)]
    public void What_does_not_apply_is_believed_with_the_plan_that_argues_it(string key, Deployment? deployment, string? evidence, ControlApplicability expected, int level = 3)
    {
        var choice = Signed(new ApplicabilityChoice { Id = "x", Controls = [key], Applies = false, Statement = "没有机房", By = "", Organisation = "", On = default }, evidence);
        var input = Input(new CryptoStatements { Applicability = [choice] }, deployment: deployment);
        var assessed = Judge.All(input with { Candidate = input.Candidate with { CryptoLevel = level } }).Assessments.Single();
        Assert.Equal(expected, Of(assessed, key).Applicability);
    }

    [Fact]
    public void An_attested_requirement_counts_for_a_unit_only_with_a_document()
    {
        var manual = Sample.Manual() with { Pillar = Pillar.CommercialCrypto, Basis = [new Basis("GB/T 39786-2021", "8.5", BasisConfidence.Unchecked) { Claim = new ControlClaim { Controls = ["POL-1"] } }] };
        var input = Input(new CryptoStatements { Answers = [Signed(new CryptoAnswer { Id = "p", Controls = ["POL-1"], Verdict = Verdict.Satisfied, By = "", Organisation = "", On = default }, "paper")] });
        Verdict With(params string[] evidence) => Of(
            Judge.All(input with
            {
                Requirements = [.. input.Requirements, manual],
                Candidate = input.Candidate with { Attestations = [Sample.Attestation(Verdict.Satisfied, manual.Id) with { EvidenceIds = evidence }] },
            }).Assessments.Single(),
            "POL-1").Verdict;
        Assert.Equal((Verdict.NeedsReview, Verdict.Satisfied), (With(), With("paper")));
    }

    [Fact]
    public void A_measured_suspicion_is_not_excluded_by_an_answer()
    {
        var absent = Signed(new HighRiskAnswer { Id = "h", Items = ["5.3"], Claim = HighRiskClaim.Absent, By = "", Organisation = "", On = default }, "paper");
        var input = Input(new CryptoStatements { HighRisks = [absent] }, claim: new ControlClaim { Controls = [], Suspects = ["5.3"] });
        Assert.Equal(HighRiskStanding.Excluded, Risk(Judge.All(input).Assessments.Single(), "5.3"));
        var seen = input with { Records = [Sample.Saw(Sample.Portal, "{\"open\":true}"), .. input.Records.Skip(1)] };
        Assert.Equal(HighRiskStanding.Suspected, Risk(Judge.All(seen).Assessments.Single(), "5.3"));
        var unseen = input with { Records = [.. input.Records.Skip(1)] };
        Assert.Equal(HighRiskStanding.Open, Risk(Judge.All(unseen).Assessments.Single(), "5.3"));
    }

    [Fact]
    public void Answers_alone_conclude_nothing()
    {
        var claim = new ControlClaim { Controls = ["NET-3"], Aspects = [Aspect.D], Proves = [Aspect.D] };
        var samples = new CryptoStatements { Objects = [new CryptoObject("samples", "样本", SomeAssessment.Sampled, [Sample.Portal])] };
        var measured = Answered(Input(samples, claim: claim with { Controls = ["NET-3", .. SomeAssessment.Sampled] }));
        Assert.Equal(AssessmentConclusion.Satisfied, Judge.All(measured).Assessments.Single().Conclusion);
        var once = Judge.All(Answered(Input(new CryptoStatements(), claim: claim))).Assessments.Single();
        Assert.Equal((100m, AssessmentConclusion.Undecided), (once.Total!.Lower, once.Conclusion));
        Assert.Contains("实测不足，不下结论", once.Sentence, StringComparison.Ordinal);
        var alone = Judge.All(Answered(Input(new CryptoStatements()))).Assessments.Single();
        Assert.Equal((100m, AssessmentConclusion.Undecided), (alone.Total!.Lower, alone.Conclusion));
        Assert.Contains("没有任何一项由实测得出", alone.Sentence, StringComparison.Ordinal);
    }

    /// <summary>Every question answered well, with the document.</summary>
    private static JudgeInput Answered(JudgeInput input)
    {
        var asked = Judge.All(input).Assessments.Single();
        var answers = asked.Controls.SelectMany(c => c.Objects.Select(o => (Control: c, Of: o))).Select((q, i) => Signed(
            new CryptoAnswer
            {
                Id = $"a-{i}",
                Controls = [q.Control.Key],
                Object = q.Of.ObjectId.Length == 0 ? null : q.Of.ObjectId,
                D = q.Of.Aspects.Count > 0 ? true : null,
                A = q.Of.Aspects.Count > 0 ? true : null,
                K = q.Of.Aspects.Count > 0 ? true : null,
                Verdict = q.Of.Aspects.Count > 0 ? null : Verdict.Satisfied,
                By = "", Organisation = "", On = default,
            },
            "paper"));
        var may = Signed(new ApplicabilityChoice { Id = "x", Controls = ["NET-5"], Applies = true, By = "", Organisation = "", On = default }, "paper");
        var absent = Signed(new HighRiskAnswer { Id = "h", Items = [.. asked.HighRisks.Select(h => h.Code)], Claim = HighRiskClaim.Absent, By = "", Organisation = "", On = default }, "paper");
        return input with { Candidate = input.Candidate with { Crypto = input.Candidate.Crypto with { Answers = [.. answers], Applicability = [may], HighRisks = [absent] } } };
    }

    private static T Signed<T>(T statement, string? evidence)
        where T : SignedStatement => statement with { By = "李四", Organisation = "测评中心", On = Sample.Today, Evidence = evidence is null ? [] : [evidence] };

    private static ControlJudgement Of(Assessment assessed, string key) => assessed.Controls.Single(c => c.Key == key);

    private static HighRiskStanding Risk(Assessment assessed, string code) => assessed.HighRisks.Single(h => h.Code == code).Standing;

    private static Assessment Assess(CryptoStatements said, bool isRead = true) => Judge.All(Input(said, isRead)).Assessments.Single();

    private static JudgeInput Input(CryptoStatements said, bool isRead = true, Deployment? deployment = null, ControlClaim? claim = null) =>
        Sample.Input([Sample.Saw(Sample.Portal, Closed), .. isRead ? [Sample.Read(Plan), Sample.Read(Letter)] : Array.Empty<ProbeRecord>()]) with
        {
            Candidate = Sample.Small with { CryptoLevel = 3, Deployment = deployment, Materials = [Plan, Letter], Crypto = said },
            Library = CryptoRules.Library,
            Requirements = [Sample.Requirement() with { Pillar = Pillar.CommercialCrypto, Basis = [new Basis("GB/T 39786-2021", "8.2", BasisConfidence.Unchecked) { Claim = claim }] }],
        };
}
