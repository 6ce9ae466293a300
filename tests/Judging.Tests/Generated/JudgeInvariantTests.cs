using FsCheck.Fluent;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Judging.Tests;

public sealed class JudgeInvariantTests
{
    [Fact]
    public void There_is_one_judgement_for_every_requirement_and_target_seen_or_not() => Checking.Always(SomeInput.Any, input =>
    {
        var expected = input.Requirements.SelectMany(r => r switch
        {
            { Observes: "net.ports" } => input.Candidate.Endpoints.Select(e => (r.Id, e.TargetId)),
            { Observes: "host.accounts" } => input.Candidate.Hosts.Select(h => (r.Id, h.TargetId)),
            _ => [(r.Id, input.Candidate.Id)],
        });
        foreach (var records in new[] { input.Records, [] })
        {
            var set = Judge.All(input with { Records = records });
            Assert.Equal(expected.OrderBy(p => p.ToString(), StringComparer.Ordinal), set.Judgements.Select(j => (j.RequirementId, j.TargetId)).OrderBy(p => p.ToString(), StringComparer.Ordinal));
            Assert.Equal(set.Judgements.Count, set.Requirements.Sum(r => r.Satisfied + r.Partial + r.NotSatisfied + r.NotApplicable + r.NeedsReview));
            Assert.Equal(set.Judgements.Count(j => j.Verdict is Verdict.NotSatisfied or Verdict.Partial), set.Findings.Count(f => !f.Title.EndsWith("已到期", StringComparison.Ordinal)));
        }
    }, times: 500);

    [Fact]
    public void The_same_input_in_another_order_gives_the_same_bytes() =>
        Checking.Always(from input in SomeInput.Any from seed in Gen.Choose(1, 1_000_000) select (input, seed), c =>
        {
            var dice = new SeededBytes((ulong)c.seed);
            IReadOnlyList<T> Shuffled<T>(IReadOnlyList<T> list) => [.. list.Select(one => (one, Key: dice.Next())).OrderBy(p => p.Key).Select(p => p.one)];
            var candidate = c.input.Candidate with { Attestations = [Sample.Attestation(Verdict.Satisfied, "R-0", "a-1"), Sample.Attestation(Verdict.NotSatisfied, "R-1", "a-2"), Sample.Attestation(Verdict.Partial, "C-0/报告", "a-3"), Sample.Attestation(Verdict.Partial, "R-0", "a-4")] };
            var other = c.input with
            {
                Records = Shuffled([.. c.input.Records.Select(r => r.Outcome is Observed seen ? r with { Outcome = new Observed(Shuffled(seen.Observations)) } : r)]),
                Requirements = Shuffled(c.input.Requirements),
                Candidate = candidate with
                {
                    Waivers = Shuffled(candidate.Waivers),
                    Attestations = Shuffled(candidate.Attestations),
                    Endpoints = Shuffled(candidate.Endpoints),
                },
            };
            Assert.Equal(Sample.Bytes(Judge.All(c.input with { Candidate = candidate })), Sample.Bytes(Judge.All(other)));
        }, times: 500);

    [Fact]
    public void Several_observations_of_a_target_are_judged_as_the_worst_of_them_alone() => Checking.Always(SomeInput.Any, input =>
    {
        foreach (var record in input.Records.Where(r => r.Outcome is Observed { Observations.Count: > 1 }))
        {
            IEnumerable<Judgement> With(ProbeOutcome outcome) => Judge.All(input with { Records = [record with { Outcome = outcome }] }).Judgements.Where(j => j.TargetId == record.TargetId);
            var alone = ((Observed)record.Outcome).Observations.Select(o => With(new Observed([o])).ToList()).ToList();
            foreach (var (together, i) in With(record.Outcome).Select((j, i) => (j, i)))
            {
                Verdict[] order = [Verdict.NotSatisfied, Verdict.NeedsReview, Verdict.Partial, Verdict.Satisfied, Verdict.NotApplicable];
                Assert.Equal(order.First(v => alone.Exists(a => a[i].Verdict == v)), together.Verdict);
            }
        }
    }, times: 500);

    [Fact]
    public void A_gate_opens_only_where_something_was_verified_and_nothing_at_the_threshold_or_待人工_is_left() => Checking.Always(SomeInput.Any, input =>
    {
        var set = Judge.All(input);
        if (set.Gate.Outcome == GateOutcome.Passed)
        {
            Assert.Contains(set.Judgements, j => j is { Reason: VerdictReason.Measured, Verdict: Verdict.Satisfied or Verdict.Partial or Verdict.NotSatisfied });
            Assert.DoesNotContain(set.Judgements, j => j.Verdict == Verdict.NeedsReview);
            Assert.DoesNotContain(set.Clauses, c => c.Gate != Gate.Advisory && c.Gate <= input.Stage && c.Verdict == Verdict.NeedsReview);
            var threshold = input.FailOn switch { FailOn.Critical => Severity.Critical, FailOn.Major => Severity.Major, _ => Severity.Minor };
            Assert.DoesNotContain(set.Findings, f => f.WaiverId is null && f.Severity >= threshold);
            Assert.Equal((0, 0), (set.Gate.Blocking, set.Gate.Open));
        }

        Assert.Equal(set.Gate.Blocking > 0, set.Gate.Outcome == GateOutcome.Failed);
    }, times: 2000);

    [Fact]
    public void A_material_is_符合_or_不适用_only_where_a_document_was_handed_in_for_it() => Checking.Always(SomeInput.Any, input =>
    {
        var there = input.Candidate.Materials.Where(d => input.Records.Any(r => r.TargetId == d.TargetId && r.Outcome is Observed seen && seen.Observations[0].Data.GetProperty("legibleBytes").GetInt64() >= 1024)).ToList();
        var kinds = there.Select(d => d.MaterialKind).ToHashSet(StringComparer.Ordinal);
        var set = Judge.All(input);
        foreach (var material in set.Clauses.SelectMany(c => c.Materials))
        {
            var answer = input.Candidate.Attestations.FirstOrDefault(a => a.Id == material.AttestationId);
            var isSeen = kinds.Contains(material.Material) || answer?.EvidenceIds.Any(e => there.Exists(d => d.Id == e)) == true;
            Assert.Equal(material.State == MaterialState.AttestedUnseen, answer?.Verdict is Verdict.Satisfied or Verdict.Partial or Verdict.NotApplicable && !isSeen);
        }

        Assert.DoesNotContain(set.Clauses, c => c.Verdict is Verdict.Satisfied or Verdict.NotApplicable && c.Materials.Any(m => m.State != MaterialState.Attested));
        Assert.All(set.Clauses.SelectMany(c => c.Materials).Where(m => m.State == MaterialState.AttestedUnseen), m =>
            Assert.Contains(set.AttestationsOnRecord, a => a.Id == m.AttestationId));
    }, times: 2000);

    [Fact]
    public void A_judgement_says_符合_or_不适用_only_for_a_stated_reason() => Checking.Always(SomeInput.Any, input =>
    {
        var manual = input.Requirements.Where(r => r.IsManual).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        foreach (var judgement in Judge.All(input).Judgements)
        {
            var reasons = judgement.Verdict switch
            {
                _ when judgement.Reason == VerdictReason.Attested => manual.Contains(judgement.RequirementId) ? new[] { VerdictReason.Attested } : [],
                Verdict.NotSatisfied => [VerdictReason.Measured, VerdictReason.AttestedUnseen],
                Verdict.Satisfied or Verdict.Partial => [VerdictReason.Measured],
                Verdict.NotApplicable => [VerdictReason.ConditionNotMet],
                _ => [VerdictReason.ProbeUnable, VerdictReason.FieldMissing, VerdictReason.ManualOnly],
            };
            Assert.Contains(judgement.Reason, reasons);
            Assert.NotEmpty(judgement.Explanation);
        }
    }, times: 1000);
}
