using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>豁免 and 人工确认: what people may say beside what was measured.</summary>
public sealed class AnswerTests
{
    private static readonly ProbeRecord Open = Sample.Saw(Sample.Portal, "{\"open\":true}");
    private static readonly ProbeRecord Closed = Sample.Saw(Sample.Portal, "{\"open\":false}");

    [Fact]
    public void A_waiver_leaves_the_verdict_and_lifts_the_finding_off_the_gate()
    {
        var set = Judged(Sample.Small with { Waivers = [Sample.Waiver()] }, Open);
        Assert.Equal((Verdict.NotSatisfied, "w-1"), (set.Judgements[0].Verdict, set.Judgements[0].WaiverId));
        Assert.Equal("w-1", Assert.Single(set.Findings).WaiverId);
        Assert.Equal("w-1", Assert.Single(set.WaiversInEffect).Id);
        Assert.Equal(GateOutcome.Passed, set.Gate.Outcome);
        Assert.Empty(set.Remarks);
    }

    [Fact]
    public void A_waiver_holds_on_its_last_day_and_is_a_finding_the_day_after()
    {
        var set = Judged(Sample.Small with { Waivers = [Sample.Waiver() with { ExpiresOn = Sample.Today.AddDays(-1) }] }, Open);
        Assert.Null(set.Judgements[0].WaiverId);
        Assert.Equal(2, set.Findings.Count);
        Assert.All(set.Findings, f => Assert.Null(f.WaiverId));
        Assert.Contains(set.Findings, f => f.Title.StartsWith("豁免 ", StringComparison.Ordinal) && f.Title.EndsWith(" 已到期", StringComparison.Ordinal));
        Assert.Contains("w-1", Assert.Single(set.Remarks), StringComparison.Ordinal);
        Assert.Equal((GateOutcome.Failed, 2), (set.Gate.Outcome, set.Gate.Blocking));
        Assert.Empty(set.WaiversInEffect);
    }

    [Fact]
    public void An_expired_waiver_of_a_problem_that_is_gone_is_still_a_finding() =>
        Assert.Equal(GateOutcome.Failed, Judged(Sample.Small with { Waivers = [Sample.Waiver() with { ExpiresOn = Sample.Today.AddDays(-1) }] }, Closed).Gate.Outcome);

    [Theory]
    [InlineData("R-1", "endpoint:api")]
    [InlineData("R-9", null)]
    [InlineData("r-1", null)]
    public void A_waiver_without_its_problem_is_remarked_and_covers_nothing(string requirement, string? target)
    {
        var set = Judged(Sample.Small with { Waivers = [Sample.Waiver(requirement: requirement) with { TargetId = target }] }, Open);
        Assert.Contains("w-1", Assert.Single(set.Remarks), StringComparison.Ordinal);
        Assert.Equal(GateOutcome.Failed, set.Gate.Outcome);
    }

    [Fact]
    public void A_waiver_does_not_cover_what_was_not_seen()
    {
        var set = Judged(Sample.Small with { Waivers = [Sample.Waiver()] });
        Assert.Null(set.Judgements[0].WaiverId);
        Assert.Equal(GateOutcome.NeedsReview, set.Gate.Outcome);
    }

    /// <summary>A reader who counts the findings and gets another number is told what else closes the gate.</summary>
    [Fact]
    public void What_closes_the_gate_besides_findings_is_named()
    {
        var gate = Judge.All(Sample.Input() with { Candidate = Sample.Small, Requirements = [Sample.Requirement()], FailOn = FailOn.Unverified }).Gate;
        Assert.Equal((GateOutcome.Failed, 1), (gate.Outcome, gate.Blocking));
        Assert.Contains("有 1 个必须先整改的问题（未核验 1 项）", gate.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_waiver_for_one_target_leaves_the_others()
    {
        var both = Sample.Candidate with { Hosts = [], Waivers = [Sample.Waiver() with { TargetId = Sample.Api }] };
        var set = Judged(both, Open, Sample.Saw(Sample.Api, "{\"open\":true}"));
        Assert.Equal([(Sample.Api, "w-1"), (Sample.Portal, null)], set.Judgements.Select(j => (j.TargetId, j.WaiverId)));
        Assert.Equal((GateOutcome.Failed, 1), (set.Gate.Outcome, set.Gate.Blocking));
    }

    [Theory]
    [InlineData(Verdict.Satisfied)]
    [InlineData(Verdict.Partial)]
    [InlineData(Verdict.NotSatisfied)]
    [InlineData(Verdict.NotApplicable)]
    public void An_answer_settles_what_only_people_can_see_and_says_whose_it_is(Verdict verdict)
    {
        var set = Asked(Sample.Attestation(verdict, "M-1"));
        var judged = Assert.Single(set.Judgements);
        Assert.Equal((verdict, VerdictReason.Attested, "a-1"), (judged.Verdict, judged.Reason, judged.AttestationId));
        Assert.All(["李四", "测评中心", "2026-06-01", verdict.Name(), "只能人工判断"], said => Assert.Contains(said, judged.Explanation, StringComparison.Ordinal));
        Assert.Single(set.AttestationsInEffect);
        Assert.Equal(verdict is Verdict.Partial or Verdict.NotSatisfied ? 1 : 0, set.Findings.Count);
    }

    [Theory]
    [InlineData("{\"open\":true}", Verdict.NotSatisfied)]
    [InlineData("{\"open\":true,\"filtered\":true}", Verdict.Partial)]
    [InlineData("{\"open\":false}", Verdict.Satisfied)]
    public void An_answer_never_changes_what_was_measured(string data, Verdict measured)
    {
        var candidate = Sample.Small with { Attestations = [Sample.Attestation(measured == Verdict.Satisfied ? Verdict.NotSatisfied : Verdict.Satisfied)] };
        var requirement = Sample.Requirement() with { PartialWhen = Sample.Test("filtered", FieldOperator.Exists, "true") };
        requirement = measured == Verdict.NotSatisfied ? requirement with { PartialWhen = null } : requirement;
        var set = Judge.All(Sample.Input(Sample.Saw(Sample.Portal, data)) with { Candidate = candidate, Requirements = [requirement] });
        Assert.Equal((measured, VerdictReason.Measured, null), (set.Judgements[0].Verdict, set.Judgements[0].Reason, set.Judgements[0].AttestationId));
        Assert.Contains("a-1", Assert.Single(set.Remarks), StringComparison.Ordinal);
        Assert.Empty(set.AttestationsInEffect);
    }

    [Fact]
    public void An_answer_that_is_itself_待人工_settles_nothing_and_hides_no_未核验()
    {
        var candidate = Sample.Small with { Attestations = [Sample.Attestation(Verdict.NeedsReview)] };
        var set = Judge.All(Sample.Input() with { Candidate = candidate, FailOn = FailOn.Unverified });
        Assert.Equal(VerdictReason.ProbeUnable, set.Judgements[0].Reason);
        Assert.Equal(GateOutcome.Failed, set.Gate.Outcome);
        Assert.Contains("a-1", Assert.Single(set.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_answers_that_contradict_each_other_the_worst_counts_whatever_their_ids()
    {
        var good = Sample.Attestation(Verdict.Satisfied, "M-1", "a-1");
        var absent = Sample.Attestation(Verdict.NotApplicable, "M-1", "a-2");
        var part = Sample.Attestation(Verdict.Partial, "M-1", "a-3");
        var bad = Sample.Attestation(Verdict.NotSatisfied, "M-1", "a-4");
        Assert.Equal(Verdict.NotSatisfied, Asked(good, absent, part, bad).Judgements[0].Verdict);
        Assert.Equal(Verdict.Partial, Asked(good, absent, part).Judgements[0].Verdict);
        Assert.Equal(Verdict.Satisfied, Asked(good, absent).Judgements[0].Verdict);
    }

    [Theory]
    [InlineData(Verdict.Satisfied, "nothing")]
    [InlineData(Verdict.Satisfied, "field")]
    [InlineData(Verdict.Satisfied, "unable")]
    [InlineData(Verdict.Partial, "nothing")]
    [InlineData(Verdict.Partial, "field")]
    [InlineData(Verdict.NotApplicable, "field")]
    [InlineData(Verdict.NotApplicable, "unable")]
    public void An_answer_does_not_stand_in_for_a_probe_and_is_kept_beside_the_judgement(Verdict verdict, string missing)
    {
        ProbeRecord[] records = missing switch
        {
            "nothing" => [],
            "field" => [Sample.Saw(Sample.Portal, "{}")],
            _ => [Sample.Record(Sample.Portal, new Unable(FailureKind.TimedOut, "超时"))],
        };
        var without = Judged(Sample.Small, records);
        var set = Judged(Sample.Small with { Attestations = [Sample.Attestation(verdict) with { Statement = "已看过配置" }] }, records);
        var judged = Assert.Single(set.Judgements);
        Assert.Equal((Verdict.NeedsReview, without.Judgements[0].Reason, "a-1"), (judged.Verdict, judged.Reason, judged.AttestationId));
        Assert.StartsWith(without.Judgements[0].Explanation, judged.Explanation, StringComparison.Ordinal);
        Assert.All(["李四", "测评中心", "2026-06-01", verdict.Name(), "已看过配置", "只作记录"], said => Assert.Contains(said, judged.Explanation, StringComparison.Ordinal));
        Assert.Equal(without.Gate, set.Gate);
        Assert.Equal("a-1", Assert.Single(set.AttestationsOnRecord).Id);
        Assert.Empty(set.AttestationsInEffect);
        Assert.Contains("a-1", Assert.Single(set.Remarks), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FailOn.Critical, GateOutcome.NeedsReview)]
    [InlineData(FailOn.Minor, GateOutcome.Failed)]
    [InlineData(FailOn.Unverified, GateOutcome.Failed)]
    public void A_不符合_is_taken_at_its_word_even_unseen_and_leaves_it_未核验(FailOn failOn, GateOutcome outcome)
    {
        var input = Sample.Input() with
        {
            Candidate = Sample.Small with { Attestations = [Sample.Attestation(Verdict.NotSatisfied), Sample.Attestation(Verdict.Satisfied, id: "a-0")] },
            Requirements = [Sample.Requirement(severity: Severity.Minor)],
            FailOn = failOn,
        };
        var set = Judge.All(input);
        Assert.Equal((Verdict.NotSatisfied, VerdictReason.AttestedUnseen, "a-1"), (set.Judgements[0].Verdict, set.Judgements[0].Reason, set.Judgements[0].AttestationId));
        Assert.Equal((outcome, outcome == GateOutcome.Failed ? 1 : 0), (set.Gate.Outcome, set.Gate.Blocking));
        Assert.Contains("未核验", set.Gate.Sentence, StringComparison.Ordinal);
        Assert.Single(set.Findings);
        Assert.Equal(["a-1"], set.AttestationsInEffect.Select(a => a.Id));

        var waived = Judge.All(input with { Candidate = input.Candidate with { Waivers = [Sample.Waiver()] } });
        Assert.Equal(failOn == FailOn.Unverified ? GateOutcome.Failed : GateOutcome.NeedsReview, waived.Gate.Outcome);
    }

    [Fact]
    public void Whether_a_question_to_people_applies_is_not_for_them_to_answer()
    {
        var graded = Sample.Manual() with { AppliesWhen = Sample.Test("candidate.cryptoLevel", FieldOperator.AtLeast, "3") };
        var input = Sample.Input(Sample.Read(Sample.Paper())) with { Requirements = [graded], Candidate = Sample.Small with { Materials = [Sample.Paper()], Attestations = [Sample.Attestation(Verdict.Satisfied, "M-1") with { EvidenceIds = ["paper"] }] } };
        Assert.Equal((Verdict.NeedsReview, VerdictReason.FieldMissing), (Judge.All(input).Judgements[0].Verdict, Judge.All(input).Judgements[0].Reason));
        Assert.Equal(Verdict.Satisfied, Judge.All(input with { Candidate = input.Candidate with { CryptoLevel = 3 } }).Judgements[0].Verdict);
    }

    [Fact]
    public void An_answer_for_all_targets_is_kept_where_one_of_them_was_not_seen()
    {
        var candidate = Sample.Candidate with { Hosts = [], Attestations = [Sample.Attestation(Verdict.Satisfied)] };
        var set = Judged(candidate, Open);
        Assert.Equal([(Sample.Api, Verdict.NeedsReview, "a-1"), (Sample.Portal, Verdict.NotSatisfied, null)], set.Judgements.Select(j => (j.TargetId, j.Verdict, j.AttestationId)));
        Assert.Equal(2, set.Remarks.Count);
        Assert.Single(set.AttestationsOnRecord);
    }

    [Theory]
    [InlineData("R-1", null, 1)]
    [InlineData("R-9", null, 0)]
    [InlineData("R-1", "endpoint:api", 0)]
    [InlineData("C-9/报告", null, 0)]
    public void An_answer_dated_in_the_future_or_about_nothing_here_has_no_effect_and_is_remarked(string requirement, string? target, int daysAhead)
    {
        var answer = Sample.Attestation(Verdict.Satisfied, requirement) with { TargetId = target, On = Sample.Today.AddDays(daysAhead) };
        var set = Judged(Sample.Small with { Attestations = [answer] });
        Assert.Equal(Verdict.NeedsReview, set.Judgements[0].Verdict);
        Assert.Contains("a-1", Assert.Single(set.Remarks), StringComparison.Ordinal);
        Assert.Empty(set.AttestationsInEffect);
    }

    /// <summary>Half past midnight of the next day in Beijing, while it is still the same day in UTC.</summary>
    [Fact]
    public void What_is_said_until_or_since_a_day_is_held_against_the_day_in_Beijing()
    {
        const string Report = "报告";
        var night = new DateTimeOffset(2026, 6, 1, 16, 30, 0, TimeSpan.Zero);
        var report = new Document { Id = "report", MaterialKind = Report, Path = "报告.pdf" };
        var input = Sample.Input(Open, Sample.Read(report)) with
        {
            Now = night,
            Requirements = [Sample.Requirement(), Sample.Manual()],
            Profile = Sample.Profile(Sample.Clause(materials: [Report])),
            Candidate = Sample.Small with
            {
                Materials = [report],
                Waivers = [Sample.Waiver() with { ExpiresOn = new DateOnly(2026, 6, 1) }],
                Attestations =
                [
                    Sample.Attestation(Verdict.Satisfied, "M-1") with { On = new DateOnly(2026, 6, 2), EvidenceIds = ["report"] },
                    Sample.Attestation(Verdict.Satisfied, $"C-1/{Report}", "a-2") with { On = new DateOnly(2026, 6, 2) },
                ],
            },
        };
        var set = Judge.All(input);
        Assert.Empty(set.WaiversInEffect);
        Assert.Equal(["a-1", "a-2"], set.AttestationsInEffect.Select(a => a.Id));
        Assert.Equal(MaterialState.Attested, set.Clauses[0].Materials[0].State);
        Assert.Single(Judge.All(input with { Now = night.AddHours(-1) }).WaiversInEffect);
    }

    /// <summary>A waiver counts, and the report asks whether it still should; an answer of more than a year ago speaks of another system.</summary>
    [Fact]
    public void Answers_of_more_than_a_year_ago_count_no_more_and_waivers_for_as_long_are_remarked_upon()
    {
        var lasting = Judged(Sample.Small with { Waivers = [Sample.Waiver() with { ExpiresOn = DateOnly.MaxValue }] }, Open);
        Assert.Equal("w-1", Assert.Single(lasting.Judgements).WaiverId);
        Assert.Contains("9999-12-31", Assert.Single(lasting.Remarks), StringComparison.Ordinal);
        var old = Asked(Sample.Attestation(Verdict.Satisfied, "M-1") with { On = DateOnly.MinValue });
        Assert.Equal(Verdict.NeedsReview, Assert.Single(old.Judgements).Verdict);
        Assert.Equal(Verdict.NotSatisfied, Assert.Single(Asked(Sample.Attestation(Verdict.NotSatisfied, "M-1") with { On = DateOnly.MinValue }).Judgements).Verdict);
        Assert.Contains("0001-01-01", Assert.Single(old.Remarks), StringComparison.Ordinal);
        Assert.Empty(Judged(Sample.Small with { Waivers = [Sample.Waiver() with { ExpiresOn = Sample.Today.AddYears(1) }] }, Open).Remarks);
        Assert.Empty(Asked(Sample.Attestation(Verdict.Satisfied, "M-1") with { On = Sample.Today.AddYears(-1) }).Remarks);
    }

    /// <summary>Of catalogues that differ the strictest holds in each question, and need not be the same one.</summary>
    [Theory]
    [InlineData(-7, 4096, false)]
    [InlineData(-5, 2047, false)]
    [InlineData(-5, 2048, true)]
    public void The_strictest_catalogue_bounds_age_and_size_each_for_itself(int months, long bytes, bool counts)
    {
        var scoring = CryptoRules.Library.Scorings[0];
        var set = Judge.All(Sample.Input(Sample.ReadOf(Sample.Paper(), bytes)) with
        {
            Requirements = [Sample.Manual()],
            Library = CryptoRules.Library with { Scorings = [scoring with { Evidence = scoring.Evidence with { FewestBytes = 2048, ValidMonths = 12 } }, scoring with { Evidence = scoring.Evidence with { FewestBytes = 1024, ValidMonths = 6 } }] },
            Candidate = Sample.Small with { Materials = [Sample.Paper()], Attestations = [Sample.Attestation(Verdict.Satisfied, "M-1") with { EvidenceIds = ["paper"], On = Sample.Today.AddMonths(months) }] },
        });
        Assert.Equal(counts ? Verdict.Satisfied : Verdict.NeedsReview, Assert.Single(set.Judgements).Verdict);
    }

    private static JudgementSet Asked(params Attestation[] answers) =>
        Judge.All(Sample.Input(Sample.Read(Sample.Paper())) with { Requirements = [Sample.Manual()], Candidate = Sample.Small with { Materials = [Sample.Paper()], Attestations = [.. answers.Select(a => a with { EvidenceIds = ["paper"] })] } });

    /// <summary>A word without a document, or with one that is none, leaves the question open; a no needs none.</summary>
    [Theory]
    [InlineData(null, 0, Verdict.NeedsReview)]
    [InlineData("nowhere", 40960, Verdict.NeedsReview)]
    [InlineData("paper", 0, Verdict.NeedsReview)]
    [InlineData("paper", 1023, Verdict.NeedsReview)]
    [InlineData("paper", 1024, Verdict.Satisfied)]
    [InlineData("document:paper", 1024, Verdict.Satisfied)]
    public void An_answer_needs_a_document_that_was_read_and_is_one(string? named, long bytes, Verdict expected)
    {
        JudgementSet Said(Verdict verdict) => Judge.All(Sample.Input(bytes == 0 ? [] : [Sample.ReadOf(Sample.Paper(), bytes)]) with
        {
            Requirements = [Sample.Manual()],
            Candidate = Sample.Small with { Materials = [Sample.Paper()], Attestations = [Sample.Attestation(verdict, "M-1") with { EvidenceIds = named is null ? [] : [named] }] },
        });
        foreach (var verdict in new[] { Verdict.Satisfied, Verdict.Partial, Verdict.NotApplicable })
        {
            var set = Said(verdict);
            Assert.Equal(expected == Verdict.Satisfied ? verdict : expected, Assert.Single(set.Judgements).Verdict);
            Assert.Equal(expected == Verdict.Satisfied, set.AttestationsInEffect.Count == 1);
            Assert.Equal(expected != Verdict.Satisfied, set.Remarks.Any(r => r.Contains("没有附上证据文件", StringComparison.Ordinal)));
        }

        Assert.Equal(Verdict.NotSatisfied, Assert.Single(Said(Verdict.NotSatisfied).Judgements).Verdict);
    }

    private static JudgementSet Judged(Candidate candidate, params ProbeRecord[] records) => Judge.All(Sample.Input(records) with { Candidate = candidate });
}
