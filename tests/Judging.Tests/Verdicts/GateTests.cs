using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

public sealed class GateTests
{
    private const string Report = "报告";
    private static readonly ProbeRecord Open = Sample.Saw(Sample.Portal, "{\"open\":true}");
    private static readonly ProbeRecord Closed = Sample.Saw(Sample.Portal, "{\"open\":false}");

    [Theory]
    [InlineData(Severity.Critical, FailOn.Critical, GateOutcome.Failed)]
    [InlineData(Severity.Major, FailOn.Critical, GateOutcome.Passed)]
    [InlineData(Severity.Major, FailOn.Major, GateOutcome.Failed)]
    [InlineData(Severity.Minor, FailOn.Major, GateOutcome.Passed)]
    [InlineData(Severity.Minor, FailOn.Minor, GateOutcome.Failed)]
    [InlineData(Severity.Info, FailOn.Minor, GateOutcome.Passed)]
    [InlineData(Severity.Minor, FailOn.Unverified, GateOutcome.Failed)]
    [InlineData(Severity.Info, FailOn.Unverified, GateOutcome.Passed)]
    public void A_finding_at_or_above_the_threshold_closes_the_gate(Severity severity, FailOn failOn, GateOutcome outcome) =>
        Assert.Equal(outcome, Judge.All(Sample.Input(Open) with { Requirements = [Sample.Requirement(severity: severity)], FailOn = failOn }).Gate.Outcome);

    [Theory]
    [InlineData(FailOn.Critical, GateOutcome.NeedsReview)]
    [InlineData(FailOn.Minor, GateOutcome.NeedsReview)]
    [InlineData(FailOn.Unverified, GateOutcome.Failed)]
    public void What_was_not_verified_holds_the_gate_open_for_review_or_closes_it(FailOn failOn, GateOutcome outcome)
    {
        var rules = new[] { Sample.Requirement(), Sample.Requirement("R-2") with { SatisfiedWhen = Sample.Test("other", FieldOperator.Equals, "1") } };
        Assert.Equal(outcome, Judge.All(Sample.Input(Closed) with { Requirements = rules, FailOn = failOn }).Gate.Outcome);
    }

    [Fact]
    public void A_question_only_people_can_answer_does_not_fail_the_gate_as_未核验()
    {
        var set = Judge.All(Sample.Input(Closed) with { Requirements = [Sample.Requirement(), Sample.Manual()], FailOn = FailOn.Unverified });
        Assert.Equal(GateOutcome.NeedsReview, set.Gate.Outcome);
    }

    [Fact]
    public void Nothing_verified_never_passes_even_where_nothing_applies()
    {
        Assert.Equal(GateOutcome.NeedsReview, Judge.All(Sample.Input() with { Requirements = [] }).Gate.Outcome);
        Assert.Equal(GateOutcome.NeedsReview, Judge.All(Sample.Input(Sample.Record(Sample.Portal, new NotNeeded("无")))).Gate.Outcome);
        Assert.Equal(GateOutcome.NeedsReview, Judge.All(Sample.Input() with { Candidate = Sample.Small with { Endpoints = [] } }).Gate.Outcome);
    }

    /// <summary>People's answers are no verification: with them alone, a candidate that names nothing would pass.</summary>
    [Fact]
    public void Answers_of_people_alone_never_open_the_gate()
    {
        var input = Sample.Input(Sample.Read(Sample.Paper())) with { Requirements = [Sample.Manual()], Candidate = Sample.Small with { Materials = [Sample.Paper()], Attestations = [Sample.Attestation(Verdict.Satisfied, "M-1") with { EvidenceIds = ["paper"] }] } };
        Assert.Equal(Verdict.Satisfied, Assert.Single(Judge.All(input).Judgements).Verdict);
        Assert.Equal(GateOutcome.NeedsReview, Judge.All(input).Gate.Outcome);
        Assert.Equal(GateOutcome.Passed, Judge.All(input with { Requirements = [Sample.Manual(), Sample.Requirement()], Records = [Closed, Sample.Read(Sample.Paper())] }).Gate.Outcome);
    }

    /// <summary>A register that somebody typed is consistent with itself and measures nothing.</summary>
    [Theory]
    [InlineData("{\"open\":false}", Verdict.Satisfied, GateOutcome.NeedsReview)]
    [InlineData("{\"open\":true}", Verdict.NotSatisfied, GateOutcome.Failed)]
    public void What_was_filled_in_by_hand_is_no_measurement(string data, Verdict verdict, GateOutcome outcome)
    {
        var input = Sample.Input(Sample.Saw(Sample.Portal, data)) with { Requirements = [Sample.Requirement() with { IsSelfReport = true }] };
        var set = Judge.All(input);
        Assert.Equal((verdict, VerdictReason.SelfReported, outcome), (set.Judgements[0].Verdict, set.Judgements[0].Reason, set.Gate.Outcome));
        Assert.Contains("自报", VerdictReason.SelfReported.Name(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Verdict.Satisfied)]
    [InlineData(Verdict.Partial)]
    public void A_word_about_a_document_that_is_not_there_does_not_let_the_gate_open(Verdict verdict)
    {
        var input = Sample.Input(Closed) with { Candidate = Sample.Small with { Attestations = [Sample.Attestation(verdict, $"C-1/{Report}")] }, Profile = Sample.Profile(Sample.Clause(materials: [Report])) };
        Assert.Equal(GateOutcome.NeedsReview, Judge.All(input).Gate.Outcome);
    }

    [Theory]
    [InlineData(Gate.Filing, Gate.Filing, true)]
    [InlineData(Gate.GoLive, Gate.Filing, false)]
    [InlineData(Gate.GoLive, Gate.GoLive, true)]
    [InlineData(Gate.Filing, Gate.Acceptance, true)]
    [InlineData(Gate.Acceptance, Gate.GoLive, false)]
    [InlineData(Gate.Acceptance, Gate.Acceptance, true)]
    [InlineData(Gate.Acceptance, Gate.Advisory, true)]
    [InlineData(Gate.Advisory, Gate.Acceptance, false)]
    [InlineData(Gate.Advisory, Gate.Advisory, false)]
    public void A_clause_counts_at_its_stage_and_later_and_an_advisory_one_never(Gate clause, Gate stage, bool counts)
    {
        var input = Sample.Input(Closed) with { Profile = Sample.Profile(Sample.Clause(clause, [Report])), Stage = stage };
        Assert.Equal(counts ? GateOutcome.NeedsReview : GateOutcome.Passed, Judge.All(input).Gate.Outcome);
        var rejected = input with { Candidate = Sample.Small with { Attestations = [Sample.Attestation(Verdict.NotSatisfied, $"C-1/{Report}")] } };
        Assert.Equal(counts ? GateOutcome.Failed : GateOutcome.Passed, Judge.All(rejected).Gate.Outcome);
    }

    [Theory]
    [InlineData(Verdict.Satisfied, GateOutcome.Passed)]
    [InlineData(Verdict.NotApplicable, GateOutcome.Passed)]
    [InlineData(Verdict.NotSatisfied, GateOutcome.Failed)]
    [InlineData(Verdict.Partial, GateOutcome.NeedsReview)]
    [InlineData(Verdict.NeedsReview, GateOutcome.NeedsReview)]
    public void A_material_that_a_person_did_not_find_in_order_does_not_let_the_gate_open(Verdict verdict, GateOutcome outcome)
    {
        var candidate = Sample.Small with { Attestations = [Sample.Attestation(verdict, $"C-1/{Report}")], Waivers = [Sample.Waiver()], Materials = [new Document { Id = "r", MaterialKind = Report, Path = "报告.pdf" }] };
        var read = Sample.Read(candidate.Materials[0]);
        var alone = Sample.Input(Closed, read) with { Candidate = candidate with { Waivers = [] }, Profile = Sample.Profile(Sample.Clause(materials: [Report])) };
        Assert.Equal(outcome, Judge.All(alone).Gate.Outcome);
        var besideWaived = Sample.Input(Open, read) with { Candidate = candidate, Profile = Sample.Profile(Sample.Clause(materials: [Report], pillars: [Pillar.Tls])) };
        Assert.Equal(outcome, Judge.All(besideWaived).Gate.Outcome);
    }

    [Fact]
    public void A_clause_that_is_not_met_for_waived_problems_alone_does_not_hold_the_gate()
    {
        var input = Sample.Input(Open) with { Candidate = Sample.Small with { Waivers = [Sample.Waiver()] }, Profile = Sample.Profile(Sample.Clause(pillars: [Pillar.Tls])) };
        Assert.Equal(GateOutcome.Passed, Judge.All(input).Gate.Outcome);
        Assert.Equal(Verdict.NotSatisfied, Judge.All(input).Clauses[0].Verdict);
    }

    [Fact]
    public void A_clause_not_met_through_a_minor_unwaived_problem_holds_the_gate_below_the_threshold()
    {
        var input = Sample.Input(Open) with { Requirements = [Sample.Requirement(severity: Severity.Minor)], Profile = Sample.Profile(Sample.Clause(pillars: [Pillar.Tls])) };
        Assert.Equal(GateOutcome.NeedsReview, Judge.All(input).Gate.Outcome);
    }
}
