using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>The law: knowing less never produces 符合 or 不适用 and never opens a gate, whatever people attested beforehand.</summary>
public sealed class ErasureLawTests
{
    private static readonly Gen<int> Seeds = Gen.Choose(1, int.MaxValue - 1);

    [Fact]
    public void Erasing_fields_turns_truth_into_unknown_or_leaves_it()
    {
        var cases = from predicate in SomePredicate.Any from data in SomeData.Any from seed in Seeds select (predicate, data, seed);
        var seen = new Dictionary<(Truth, Truth), int>();
        Checking.Always(cases, c =>
        {
            var facts = EvaluationScope.FactsOf(Sample.Candidate);
            var full = PredicateEvaluation.Evaluate(c.predicate, new EvaluationScope(c.data, facts, Sample.Now));
            var less = PredicateEvaluation.Evaluate(c.predicate, new EvaluationScope(new Erasure(c.seed).Fields(c.data), new Erasure(c.seed).Fields(facts), Sample.Now));
            Assert.True(less == Truth.Unknown || less == full, $"{PredicateWords.Say(c.predicate)} over {c.data}: {full} became {less}");
            seen[(full, less)] = seen.GetValueOrDefault((full, less)) + 1;
        }, times: 10_000);
        Assert.All([(Truth.Holds, Truth.Unknown), (Truth.Fails, Truth.Unknown), (Truth.Holds, Truth.Holds), (Truth.Fails, Truth.Fails)], e => Assert.True(seen.GetValueOrDefault(e) > 200, $"{e}: {seen.GetValueOrDefault(e)}"));
    }

    [Fact]
    public void No_data_at_all_leaves_every_predicate_over_the_observation_unknown_or_as_it_is_with_any_data()
    {
        var cases = from predicate in SomePredicate.Any from data in SomeData.Any select (predicate, data);
        Checking.Always(cases, c =>
        {
            var facts = EvaluationScope.FactsOf(Sample.Candidate);
            var none = PredicateEvaluation.Evaluate(c.predicate, new EvaluationScope(null, facts, Sample.Now));
            Assert.True(none == Truth.Unknown || none == PredicateEvaluation.Evaluate(c.predicate, new EvaluationScope(c.data, facts, Sample.Now)));
        }, times: 5000);
    }

    [Fact]
    public void Erasing_knowledge_never_produces_a_favourable_verdict_anywhere_and_never_opens_the_gate()
    {
        var opened = 0;
        var verdicts = new Dictionary<Verdict, int>();
        Checking.Always(from input in SomeInput.Any from seed in Seeds select (input, seed), c =>
        {
            var full = Judge.All(c.input);
            var less = Judge.All(new Erasure(c.seed, oneIn: 8).Knowledge(c.input));
            Assert.Equal(full.Judgements.Select(j => (j.RequirementId, j.TargetId)), less.Judgements.Select(j => (j.RequirementId, j.TargetId)));
            Unearned(full.Judgements.Select(j => j.Verdict), less.Judgements.Select(j => j.Verdict));
            Unearned(full.Requirements.Select(j => j.Verdict), less.Requirements.Select(j => j.Verdict));
            Unearned(full.Clauses.Select(j => j.Verdict), less.Clauses.Select(j => j.Verdict));
            Unearned(full.Clauses.SelectMany(j => j.Pillars).Select(p => p.Verdict), less.Clauses.SelectMany(j => j.Pillars).Select(p => p.Verdict), full.Clauses.Count == less.Clauses.Count && full.Clauses.Sum(x => x.Pillars.Count) == less.Clauses.Sum(x => x.Pillars.Count));
            Assert.False(less.Gate.Outcome == GateOutcome.Passed && full.Gate.Outcome != GateOutcome.Passed, Describe(c.input, full, less));
            opened += full.Gate.Outcome == GateOutcome.Passed ? 1 : 0;
            full.Judgements.ToList().ForEach(j => verdicts[j.Verdict] = verdicts.GetValueOrDefault(j.Verdict) + 1);
        }, times: 4000);
        Assert.True(opened > 100, $"only {opened} gates open");
        Assert.All(Enum.GetValues<Verdict>(), v => Assert.True(verdicts.GetValueOrDefault(v) > 100, $"{v}: {verdicts.GetValueOrDefault(v)}"));
    }

    [Fact]
    public void An_answer_to_what_a_probe_should_have_seen_never_makes_it_better_and_never_opens_the_gate()
    {
        var (kept, lowered) = (0, 0);
        Checking.Always(SomeInput.Any, input =>
        {
            var automatic = input.Requirements.Where(r => !r.IsManual).Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
            var silent = input.Candidate with { Attestations = [.. input.Candidate.Attestations.Where(a => !automatic.Contains(a.RequirementId))] };
            var (said, unsaid) = (Judge.All(input), Judge.All(input with { Candidate = silent }));
            foreach (var (with, without) in said.Judgements.Zip(unsaid.Judgements).Where(p => automatic.Contains(p.First.RequirementId)))
            {
                Assert.True(with.Verdict == without.Verdict || (with.Verdict, without.Verdict) == (Verdict.NotSatisfied, Verdict.NeedsReview), $"{without.Verdict} became {with.Verdict}");
                Assert.True(with.Verdict == without.Verdict ? with.Reason == without.Reason : with.Reason == VerdictReason.AttestedUnseen);
                kept += with.AttestationId is not null && with.Verdict == Verdict.NeedsReview ? 1 : 0;
                lowered += with.Reason == VerdictReason.AttestedUnseen ? 1 : 0;
            }

            Assert.False(said.Gate.Outcome == GateOutcome.Passed && unsaid.Gate.Outcome != GateOutcome.Passed, Describe(input, unsaid, said));
            Assert.False(said.Gate.Outcome != GateOutcome.Failed && unsaid.Gate.Outcome == GateOutcome.Failed, Describe(input, unsaid, said));
        }, times: 3000);
        Assert.True(kept > 50 && lowered > 50, $"{kept} kept, {lowered} lowered");
    }

    private static void Unearned(IEnumerable<Verdict> full, IEnumerable<Verdict> less, bool comparable = true)
    {
        if (!comparable)
        {
            return;
        }

        Assert.All(full.Zip(less), pair => Assert.False(
            pair.Second is Verdict.Satisfied or Verdict.NotApplicable && pair.First != pair.Second, $"{pair.First} became {pair.Second}"));
    }

    private static string Describe(JudgeInput input, JudgementSet full, JudgementSet less) =>
        $"{full.Gate.Sentence} → {less.Gate.Sentence} {JsonSerializer.Serialize(input.Candidate.Waivers, ObservationJson.Compact)} {string.Join(' ', full.Clauses.Zip(less.Clauses, (a, b) => $"{a.Gate}:{a.Verdict}→{b.Verdict}"))}";
}
