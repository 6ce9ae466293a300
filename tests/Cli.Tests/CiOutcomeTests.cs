using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>What a pipeline lets pass that looks at changes alone.</summary>
public sealed class CiOutcomeTests
{
    private static readonly Judgement Good = new() { RequirementId = "R-01", TargetId = "endpoint:web", Verdict = Verdict.Satisfied, Reason = VerdictReason.Measured, Explanation = "" };

    [Fact]
    public void A_new_host_that_nobody_could_look_at_is_not_let_pass()
    {
        var unseen = Good with { TargetId = "host:new", Verdict = Verdict.NeedsReview, Reason = VerdictReason.ProbeUnable };
        Assert.Equal(2, ExitCode(Pack([Good]), Pack([Good, unseen])));
        Assert.Equal(0, ExitCode(Pack([Good]), Pack([Good, Good with { TargetId = "host:new" }])));
        Assert.Equal(1, ExitCode(Pack([Good]), Pack([Good, unseen], failOn: FailOn.Unverified)));
    }

    [Fact]
    public void Where_nothing_was_verified_nothing_passes()
    {
        var unseen = Good with { Verdict = Verdict.NeedsReview, Reason = VerdictReason.ProbeUnable };
        Assert.Equal(2, ExitCode(Pack([unseen]), Pack([unseen])));
        Assert.Equal(2, ExitCode(Pack([]), Pack([])));
    }

    /// <summary>What nobody could tell before either is let pass beside what was measured; what was known then is not.</summary>
    [Theory]
    [InlineData(VerdictReason.ProbeUnable)]
    [InlineData(VerdictReason.ManualOnly)]
    public void What_was_open_before_is_let_pass(VerdictReason reason)
    {
        var (other, open) = (Good with { RequirementId = "R-02" }, Good with { RequirementId = "R-02", Verdict = Verdict.NeedsReview, Reason = reason });
        Assert.Equal(0, ExitCode(Pack([Good, open]), Pack([Good, open])));
        Assert.Equal(0, ExitCode(Pack([Good, open]), Pack([Good, open], failOn: FailOn.Unverified)));
        Assert.Equal(2, ExitCode(Pack([Good, other]), Pack([Good, open])));
        Assert.Equal(2, ExitCode(Pack([Good, other]), Pack([Good])));
    }

    [Theory]
    [InlineData(Gate.Acceptance, GateOutcome.Failed, 1)]
    [InlineData(Gate.Acceptance, GateOutcome.NeedsReview, 2)]
    [InlineData(Gate.Advisory, GateOutcome.Passed, 0)]
    public void A_rejected_material_counts_where_the_gate_asks_for_it(Gate gate, GateOutcome outcome, int exitCode)
    {
        var (then, now) = (Pack([Good], Clause(gate), Verdict.Satisfied), Pack([Good], Clause(gate), Verdict.NotSatisfied, outcome));
        Assert.Equal(exitCode, ExitCode(then, now));
        Assert.Equal(0, ExitCode(now, now));
    }

    private static ClauseJudgement Clause(Gate gate) => new() { ClauseId = "c", Gate = gate, Verdict = Verdict.Satisfied, Explanation = "", Materials = [new("备案证明", MaterialState.Attested, ["a.pdf"], "a-1")] };

    private static int ExitCode(EvidencePack then, EvidencePack now) => CiOutcome.ExitCodeOf(now, PackComparison.Of(then, now, null), onlyNew: true);

    private static EvidencePack Pack(IReadOnlyList<Judgement> judgements, ClauseJudgement? clause = null, Verdict material = Verdict.Satisfied, GateOutcome outcome = GateOutcome.NeedsReview, FailOn failOn = FailOn.Critical) => new()
    {
        Run = new RunInformation
        {
            ToolVersion = "1", StartedAt = DateTimeOffset.UnixEpoch, FinishedAt = DateTimeOffset.UnixEpoch, Completion = Completion.Complete, Rulesets = [], Probes = [], OperatingSystem = "", Runtime = "", FailOn = failOn, Stage = Gate.Acceptance,
        },
        Candidate = new Candidate
        {
            Id = "portal", Name = "门户", Kind = SystemKind.Website, IsClassified = false,
            Attestations = [new Attestation { Id = "a-1", RequirementId = "c/备案证明", Verdict = material, By = "测试人员", Organisation = "测试单位", On = new DateOnly(2026, 1, 1) }],
        },
        Rules = new RulesUsed([], []),
        Requirements = [],
        Outcomes = [],
        Evidence = [],
        Judgement = new JudgementSet
        {
            JudgedAt = DateTimeOffset.UnixEpoch, Judgements = judgements, Requirements = [], Clauses = clause is null ? [] : [clause], Findings = [],
            Gate = new GateResult(outcome, failOn, Gate.Acceptance, 0, 0, ""),
        },
    };
}
