using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>One small system, question by question: who decides D, A and K, what they are worth, and what the board makes of it.</summary>
public sealed class AssessmentTests
{
    private const string Open = "{\"open\":true,\"size\":56}";
    private const string Closed = "{\"open\":false,\"size\":128}";

    private static readonly ControlClaim Algorithm = new() { Controls = ["NET-3", "DEV-2"], Aspects = [Aspect.A], Proves = [Aspect.A], StrengthField = "size" };

    [Fact]
    public void Without_a_level_nothing_is_scored_and_nothing_concluded()
    {
        var set = Judge.All(Input(Sample.Small));
        var none = Assert.Single(set.Assessments);
        Assert.Equal((AssessmentConclusion.Undecided, null, 1m), (none.Conclusion, none.Total, none.UntestedShare));
        Assert.Equal(Verdict.NeedsReview, set.Clauses[0].Pillars[0].Verdict);
    }

    [Fact]
    public void Without_any_answer_the_score_is_anything_and_the_conclusion_open()
    {
        var assessed = Assess(new CryptoStatements(), Closed);
        Assert.Equal((0m, 100m), (assessed.Total!.Lower, assessed.Total.Upper));
        Assert.Equal((AssessmentConclusion.Undecided, 1m), (assessed.Conclusion, assessed.UntestedShare));
        Assert.All(assessed.HighRisks.Where(h => h.Code != "7.3"), h => Assert.Equal(HighRiskStanding.Open, h.Standing));
        Assert.Equal(60m, assessed.Threshold);
        Assert.NotEmpty(assessed.ThresholdSource);
    }

    [Theory]
    [InlineData(Closed, null, null, null, "A+ 0 1")]
    [InlineData(Closed, true, null, null, "A+ 0.5 1")]
    [InlineData(Closed, true, null, true, "A+ 1 1")]
    [InlineData(Closed, true, null, false, "A+ 0.5 0.6")]
    [InlineData(Closed, true, false, true, "A- 0.1 0.5")]
    [InlineData(Open, true, null, true, "A- 0.1 0.1")]
    [InlineData(Open, true, true, true, "A- 0.1 0.1")]
    [InlineData(Open, true, null, null, "A- 0.05 0.1")]
    [InlineData("{}", true, true, true, "A? 0.1 1")]
    [InlineData("{}", true, false, true, "A- 0.1 0.5")]
    public void What_a_probe_sees_and_a_person_says_of_one_channel(string data, bool? d, bool? a, bool? k, string expected)
    {
        var assessed = Assess(new CryptoStatements { Answers = [Answer("NET-3", Sample.Portal) with { D = d, A = a, K = k }] }, data);
        var of = Assert.Single(assessed.Controls.Single(c => c.Key == "NET-3").Objects);
        var mark = of.Aspects.Single(x => x.Aspect == Aspect.A).Holds switch { true => "+", false => "-", _ => "?" };
        Assert.Equal(expected, FormattableString.Invariant($"A{mark} {of.Score.Lower:0.##} {of.Score.Upper:0.##}"));
    }

    [Fact]
    public void An_answer_beside_a_probe_that_saw_nothing_is_only_kept()
    {
        var assessed = Assess(new CryptoStatements { Answers = [Answer("NET-3", Sample.Portal) with { A = true }] }, "{}");
        var a = assessed.Controls.Single(c => c.Key == "NET-3").Objects[0].Aspects.Single(x => x.Aspect == Aspect.A);
        Assert.Null(a.Holds);
        Assert.Equal([SourceKind.Measured, SourceKind.OnRecord], a.Sources.Select(s => s.Kind));
        Assert.Contains("测评中心 李四", a.Sources[1].Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_management_endpoint_is_a_channel_of_its_own_unit()
    {
        var managed = Sample.Small with { CryptoLevel = 3, Endpoints = [Sample.Small.Endpoints[0] with { Purpose = EndpointPurpose.Management }] };
        var assessed = Judge.All(Input(managed, Open)).Assessments.Single();
        Assert.Equal(["（没有登记测评对象）"], assessed.Controls.Single(c => c.Key == "NET-3").Objects.Select(o => o.Title));
        Assert.False(assessed.Controls.Single(c => c.Key == "DEV-2").Objects.Single().Aspects.Single(x => x.Aspect == Aspect.A).Holds);
    }

    [Fact]
    public void A_clear_http_endpoint_is_a_channel_without_cryptography_and_a_high_risk()
    {
        var plain = Sample.Small with { CryptoLevel = 3, Endpoints = [Sample.Small.Endpoints[0] with { Protocol = EndpointProtocol.Http }] };
        var assessed = Judge.All(Input(plain, Closed)).Assessments.Single();
        Assert.Equal(ScoreRange.Exactly(0), assessed.Controls.Single(c => c.Key == "NET-3").Objects.Single().Score);
        Assert.Equal(HighRiskStanding.Confirmed, Risk(assessed, "7.2").Standing);
        Assert.Equal(AssessmentConclusion.NotSatisfied, assessed.Conclusion);
    }

    [Fact]
    public void A_declared_object_takes_its_targets_and_its_worst_one_counts()
    {
        var two = Sample.Candidate with { CryptoLevel = 3, Hosts = [], Crypto = new CryptoStatements { Objects = [new CryptoObject("channels", "两个入口", ["NET-3"], [Sample.Portal, Sample.Api])] } };
        var assessed = Judge.All(Input(two, Closed, Open)).Assessments.Single();
        var of = Assert.Single(assessed.Controls.Single(c => c.Key == "NET-3").Objects);
        Assert.Equal(("channels", false), (of.ObjectId, of.Aspects.Single(x => x.Aspect == Aspect.A).Holds));
        Assert.Equal(new[] { Sample.Api, Sample.Portal }.Order(StringComparer.Ordinal), assessed.Controls.Single(c => c.Key == "NET-2").Objects.Select(o => o.ObjectId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nobody_takes_a_clear_endpoint_out_of_its_unit_by_assigning_it_to_another_one()
    {
        var plain = Sample.Small with
        {
            CryptoLevel = 3,
            Endpoints = [Sample.Small.Endpoints[0] with { Protocol = EndpointProtocol.Http }],
            Crypto = new CryptoStatements { Objects = [new CryptoObject("elsewhere", "别处的对象", ["APP-8"], [Sample.Portal])] },
        };
        var assessed = Judge.All(Input(plain, Closed)).Assessments.Single();
        Assert.Equal(ScoreRange.Exactly(0), assessed.Controls.Single(c => c.Key == "NET-3").Objects.Single().Score);
        Assert.Equal(HighRiskStanding.Confirmed, Risk(assessed, "7.2").Standing);
    }

    [Theory]
    [InlineData(Modal.May, "NET-5", ControlApplicability.NotApplicable)]
    [InlineData(Modal.Should, "APP-8", ControlApplicability.NotApplicable)]
    [InlineData(Modal.Shall, "APP-1", ControlApplicability.Undecided)]
    [InlineData(Modal.Shall, "NET-3", ControlApplicability.Applies)]
    public void Who_may_say_that_a_unit_does_not_apply(Modal modal, string key, ControlApplicability expected)
    {
        var choice = SomeAssessment.Signed(new ApplicabilityChoice { Id = "x", Controls = [key], Applies = false, Statement = "没有此类对象", By = "", Organisation = "", On = default });
        var control = Assess(new CryptoStatements { Applicability = [choice] }, Closed).Controls.Single(c => c.Key == key);
        Assert.Equal((modal, expected), (control.Modal, control.Applicability));
        Assert.Contains("没有此类对象", control.ApplicabilityNote, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true, 0.5, 0.5)]
    [InlineData(null, 0, 0.5)]
    [InlineData(false, 0, 0)]
    public void A_channel_stands_in_for_the_application_only_where_a_person_confirmed_it(bool? covers, double lower, double upper)
    {
        var coverage = covers is { } all ? new[] { SomeAssessment.Signed(new CoverageAnswer { Id = "c", From = "NET-3", To = "APP-4", CoversAll = all, By = "", Organisation = "", On = default }) } : [];
        var answers = new[] { Answer("NET-3", Sample.Portal) with { D = true, K = true }, Answer("APP-4", null) with { D = false } };
        var control = Assess(new CryptoStatements { Coverage = coverage, Answers = answers }, Closed).Controls.Single(c => c.Key == "APP-4");
        Assert.Equal(new ScoreRange((decimal)lower, (decimal)upper), control.Score);
    }

    [Fact]
    public void A_group_in_which_nothing_applies_leaves_no_total()
    {
        var catalogue = CryptoRules.Library.Catalogues.Single(c => c.Standard == "GB/T 39786-2021");
        var lax = CryptoRules.Library with
        {
            Catalogues = [catalogue with { Controls = [.. catalogue.Controls.Where(c => c.GroupId is not ("POL" or "PER" or "BLD" or "EMG"))] }],
        };
        var assessed = Judge.All(Input(Sample.Small with { CryptoLevel = 3 }, Closed) with { Library = lax }).Assessments.Single();
        Assert.Null(assessed.Total);
        Assert.Equal(AssessmentConclusion.Undecided, assessed.Conclusion);
        Assert.Contains("0/0", string.Join("\n", assessed.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wholly_answered_system_passes_and_one_open_item_of_the_board_holds_it()
    {
        var good = Good();
        var assessed = Judge.All(Input(good, Closed)).Assessments.Single();
        Assert.Equal((100m, 100m, AssessmentConclusion.Satisfied), (assessed.Total!.Lower, assessed.Total.Upper, assessed.Conclusion));
        Assert.Equal(Verdict.Satisfied, Judge.All(Input(good, Closed)).Clauses[0].Pillars[0].Verdict);
        var held = good with { Crypto = good.Crypto with { HighRisks = [.. good.Crypto.HighRisks.Where(h => !h.Items.Contains("9.3"))] } };
        Assert.Equal(AssessmentConclusion.Undecided, Judge.All(Input(held, Closed)).Assessments.Single().Conclusion);
        Assert.Equal(Verdict.NeedsReview, Judge.All(Input(held, Closed)).Clauses[0].Pillars[0].Verdict);
    }

    [Fact]
    public void Answers_alone_carry_no_good_conclusion_whatever_their_score()
    {
        var good = Good();
        var told = Input(good, Closed);
        told = told with { Requirements = [.. told.Requirements.Where(r => r.Id != "R-samples")] };
        var assessed = Judge.All(told).Assessments.Single();
        Assert.Equal((100m, AssessmentConclusion.Undecided), (assessed.Total!.Lower, assessed.Conclusion));
        var grounds = assessed.Grounds!;
        Assert.Equal(0, assessed.UntestedShare);
        Assert.Equal(1, grounds.Measured + grounds.Answered + grounds.Untested);
        Assert.True(grounds.Answered > 0.9m && grounds.MeasurableMeasured < grounds.Floor, $"{grounds}");
        Assert.Contains("实测不足，不下结论", assessed.Sentence, StringComparison.Ordinal);
        Assert.Contains($"{grounds.AnswersAlone.Count} 个只凭人工答复", assessed.Sentence, StringComparison.Ordinal);
        Assert.Contains("APP-5", grounds.AnswersAlone);
        var warning = Assert.Single(assessed.Warnings);
        Assert.StartsWith("paper（密码应用方案）一份文件是", warning, StringComparison.Ordinal);
        Assert.Contains("9.3", warning, StringComparison.Ordinal);

        var seen = Judge.All(Input(good, Closed)).Assessments.Single();
        Assert.DoesNotContain("APP-5", seen.Grounds!.AnswersAlone);
        Assert.True(seen.Grounds.Measured > grounds.Measured && seen.Grounds.MeasurableMeasured >= seen.Grounds.Floor, $"{seen.Grounds}");
        Assert.Contains("个只凭人工答复", seen.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_proven_trigger_cannot_be_excluded_and_fails_the_leg_and_the_gate()
    {
        var set = Judge.All(Input(Good(), Open));
        var risk = Risk(set.Assessments.Single(), "5.1");
        Assert.Equal(HighRiskStanding.Confirmed, risk.Standing);
        Assert.Contains(risk.Reasons, r => r is { Kind: SourceKind.OnRecord, Id: "h" });
        Assert.Equal(
            (AssessmentConclusion.NotSatisfied, Verdict.NotSatisfied, Verdict.NotSatisfied, GateOutcome.Failed),
            (set.Assessments.Single().Conclusion, set.Clauses[0].Pillars[0].Verdict, set.Clauses[0].Verdict, set.Gate.Outcome));
    }

    /// <summary>A clause that asks for a passed assessment is not met in part by good channels beside a failed one.</summary>
    [Fact]
    public void A_failed_assessment_fails_the_clause_whatever_else_is_well()
    {
        var input = Input(Good(), Open);
        var set = Judge.All(input with
        {
            Profile = Sample.Profile(Sample.Clause(pillars: [Pillar.CommercialCrypto, Pillar.Tls])),
            Requirements = [.. input.Requirements, Sample.Requirement("R-tls") with { SatisfiedWhen = Sample.Test("open", FieldOperator.Equals, "true") }],
        });

        Assert.Equal([Verdict.NotSatisfied, Verdict.Satisfied], set.Clauses[0].Pillars.Select(p => p.Verdict));
        Assert.Equal(Verdict.NotSatisfied, set.Clauses[0].Verdict);
    }

    [Fact]
    public void The_channel_and_the_application_may_not_excuse_each_other()
    {
        var both = With(Good(), "NET-3", a => a with { D = false });
        both = With(both, "APP-4", a => a with { D = false });
        both = both with { Crypto = both.Crypto with { HighRisks = [.. Without(both, "7.2", "9.2"), Mitigated("7.2"), Mitigated("9.2")] } };
        var assessed = Judge.All(Input(both, Closed)).Assessments.Single();
        Assert.Equal((HighRiskStanding.Confirmed, HighRiskStanding.Confirmed), (Risk(assessed, "7.2").Standing, Risk(assessed, "9.2").Standing));

        var one = With(Good(), "NET-3", a => a with { D = false });
        one = one with { Crypto = one.Crypto with { HighRisks = [.. Without(one, "7.2"), Mitigated("7.2")] } };
        Assert.Equal(HighRiskStanding.Mitigated, Risk(Judge.All(Input(one, Closed)).Assessments.Single(), "7.2").Standing);
    }

    private static IEnumerable<HighRiskAnswer> Without(Candidate candidate, params string[] codes) =>
        candidate.Crypto.HighRisks.Select(h => h with { Items = [.. h.Items.Except(codes)] });

    private static Candidate With(Candidate candidate, string key, Func<CryptoAnswer, CryptoAnswer> change) =>
        candidate with { Crypto = candidate.Crypto with { Answers = [.. candidate.Crypto.Answers.Select(a => a.Controls[0] == key ? change(a) : a)] } };

    private static HighRiskAnswer Mitigated(string code) =>
        SomeAssessment.Signed(new HighRiskAnswer { Id = $"m-{code}", Items = [code], Claim = HighRiskClaim.Mitigated, Mitigation = "m1", By = "", Organisation = "", On = default });

    /// <summary>Everything answered yes at level 3, and measured where a sample can be.</summary>
    private static Candidate Good()
    {
        var level = Sample.Small with { CryptoLevel = 3, Crypto = new CryptoStatements { Objects = [new CryptoObject("samples", "样本", SomeAssessment.Sampled, [Sample.Portal])] } };
        var asked = Judge.All(Input(level, Closed)).Assessments.Single();
        var answers = asked.Controls.SelectMany(c => c.Objects.Select(o => Answer(c.Key, o.ObjectId.Length == 0 ? null : o.ObjectId) with
        {
            D = o.Aspects.Count > 0 ? true : null, A = o.Aspects.Count > 0 ? true : null, K = o.Aspects.Count > 0 ? true : null,
            Verdict = o.Aspects.Count > 0 ? null : Verdict.Satisfied,
        })).Select((a, i) => a with { Id = $"a-{i}" });
        var may = SomeAssessment.Signed(new ApplicabilityChoice { Id = "x", Controls = ["NET-5"], Applies = true, By = "", Organisation = "", On = default });
        var absent = SomeAssessment.Signed(new HighRiskAnswer { Id = "h", Items = [.. asked.HighRisks.Select(h => h.Code)], Claim = HighRiskClaim.Absent, By = "", Organisation = "", On = default });
        return level with { Crypto = level.Crypto with { Answers = [.. answers], Applicability = [may], HighRisks = [absent] } };
    }

    private static HighRiskState Risk(Assessment assessed, string code) => assessed.HighRisks.Single(h => h.Code == code);

    private static CryptoAnswer Answer(string key, string? of) =>
        SomeAssessment.Signed(new CryptoAnswer { Id = "a", Controls = [key], Object = of, By = "", Organisation = "", On = default });

    private static Assessment Assess(CryptoStatements said, string data) =>
        Judge.All(Input(Sample.Small with { CryptoLevel = 3, Crypto = said }, data)).Assessments.Single();

    private static JudgeInput Input(Candidate candidate, string data = Closed, string? second = null) => Sample.Input(
        [Sample.Saw(Sample.Portal, data), Sample.Read(Sample.Paper()), .. second is null ? Array.Empty<ProbeRecord>() : [Sample.Saw(Sample.Api, second)]]) with
    {
        Candidate = candidate with { Materials = [Sample.Paper()] },
        Library = CryptoRules.Library,
        Profile = Sample.Profile(Sample.Clause(pillars: [Pillar.CommercialCrypto])),
        Requirements =
        [
            Sample.Requirement() with
            {
                Pillar = Pillar.CommercialCrypto,
                Basis = [new Basis("GB/T 39786-2021", "8.2", BasisConfidence.Unchecked) { Claim = Algorithm with { Triggers = ["5.1"] } }],
            },
            Sample.Requirement("R-samples") with
            {
                Pillar = Pillar.CommercialCrypto,
                Basis = [new Basis("GB/T 39786-2021", "8.4", BasisConfidence.Unchecked) { Claim = new ControlClaim { Controls = SomeAssessment.Sampled, Aspects = [Aspect.D], Proves = [Aspect.D] } }],
            },
        ],
    };
}
