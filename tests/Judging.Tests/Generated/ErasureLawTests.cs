using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>The law: knowing less never produces 符合 or 不适用 and never opens a gate.</summary>
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
    public void With_answers_of_people_what_turns_favourable_by_erasure_carries_the_answers_id_and_reason()
    {
        var answer = from verdict in Gen.Elements(Enum.GetValues<Verdict>()) from rule in Gen.Elements("R-0", "R-1") select Sample.Attestation(verdict, rule);
        var lifted = 0;
        Checking.Always(from input in SomeInput.Any from seed in Seeds from said in answer select (input, seed, said), c =>
        {
            var input = c.input with { Candidate = c.input.Candidate with { Attestations = [c.said] } };
            var pairs = Judge.All(input).Judgements.Zip(Judge.All(new Erasure(c.seed).Knowledge(input)).Judgements);
            foreach (var (full, less) in pairs.Where(p => p.Second.Verdict is Verdict.Satisfied or Verdict.NotApplicable && p.First.Verdict != p.Second.Verdict))
            {
                Assert.Equal((VerdictReason.Attested, c.said.Id), (less.Reason, less.AttestationId));
                lifted++;
            }
        }, times: 3000);
        Assert.True(lifted > 50, $"only {lifted}");
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
