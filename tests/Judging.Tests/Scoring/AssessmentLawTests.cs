using FsCheck;
using FsCheck.Fluent;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>What no assessment may do, whatever the system, the rules and the statements.</summary>
public sealed class AssessmentLawTests
{
    private static readonly Gen<int> Seeds = Gen.Choose(1, int.MaxValue - 1);

    [Fact]
    public void Erasing_observations_and_statements_never_raises_the_lower_bound_nor_betters_the_conclusion_nor_opens_the_gate()
    {
        var (passing, lower, erased) = (0, 0, 0);
        Checking.Always(from input in SomeAssessment.Any from seed in Seeds select (input, seed), c =>
        {
            var full = Judge.All(c.input);
            var less = Judge.All(Fewer(new Erasure(c.seed, oneIn: 8).Knowledge(c.input), c.seed));
            var (before, after) = (full.Assessments.Single(), less.Assessments.Single());
            if (after.Total is { } left)
            {
                Assert.True(before.Total is null || left.Lower <= before.Total.Lower, $"{before.Total} became {left}");
                lower += before.Total is not null && left.Lower < before.Total.Lower ? 1 : 0;
            }

            Assert.True(Rank(after) <= Rank(before), $"{before.Sentence} became {after.Sentence}");
            Assert.All(before.Controls.Join(after.Controls, x => x.Key, x => x.Key, (x, y) => (x, y)), p =>
                Assert.False(p.y.Verdict == Verdict.Satisfied && p.x.Verdict != Verdict.Satisfied, $"{p.x.Key}: {p.x.Verdict} became {p.y.Verdict}"));
            Assert.All(before.HighRisks.Join(after.HighRisks, x => x.Code, x => x.Code, (x, y) => (x, y)), p =>
                Assert.False(p.y.Standing < HighRiskStanding.Open && p.x.Standing >= HighRiskStanding.Open, $"{p.x.Code}: {p.x.Standing} became {p.y.Standing}"));
            Assert.False(less.Clauses[0].Verdict == Verdict.Satisfied && full.Clauses[0].Verdict != Verdict.Satisfied);
            Assert.False(less.Gate.Outcome == GateOutcome.Passed && full.Gate.Outcome != GateOutcome.Passed);
            passing += Rank(before) > 0 ? 1 : 0;
            erased += Rank(before) > 0 && Rank(after) == 0 ? 1 : 0;
        }, times: 1200);
        Assert.True(passing > 40 && erased > 30 && lower > 200, $"{passing} passing, {erased} of them lost, {lower} lowered");
    }

    [Fact]
    public void Every_completion_of_what_is_unknown_lies_within_the_bounds()
    {
        var narrowed = 0;
        Checking.Always(from input in SomeAssessment.Any from seed in Seeds select (input, seed), c =>
        {
            var open = Judge.All(c.input).Assessments.Single();
            var done = Judge.All(Completion.Of(c.input, open, c.seed)).Assessments.Single();
            Assert.True(done.Total is null || open.Total is null || (open.Total.Lower <= done.Total.Lower && done.Total.Upper <= open.Total.Upper), $"{open.Total} became {done.Total}");
            foreach (var (before, after) in open.Controls.Zip(done.Controls).Where(p => p.Second.Applicability == ControlApplicability.Applies))
            {
                Assert.True(before.Score.Lower <= after.Score.Lower && after.Score.Upper <= before.Score.Upper, $"{before.Key}: {before.Score} became {after.Score}");
            }

            narrowed += open.Total is { IsExact: false } && done.Total is { } now && now.Upper - now.Lower < open.Total.Upper - open.Total.Lower ? 1 : 0;
        }, times: 800);
        Assert.True(narrowed > 300, $"{narrowed}");
    }

    [Fact]
    public void A_yes_instead_of_a_no_never_lowers_a_bound()
    {
        Checking.Always(from input in SomeAssessment.Any from seed in Seeds select (input, seed), c =>
        {
            var dice = new SeededBytes((ulong)c.seed);
            var worse = c.input.Candidate.Crypto.Answers.Select(a => dice.Below(4) > 0 ? a : a with { D = No(a.D), A = No(a.A), K = No(a.K) }).ToList();
            var full = Judge.All(c.input).Assessments.Single().Total;
            var less = Judge.All(c.input with { Candidate = c.input.Candidate with { Crypto = c.input.Candidate.Crypto with { Answers = worse } } }).Assessments.Single().Total;
            Assert.True(full is null || (less!.Lower <= full.Lower && less.Upper <= full.Upper), $"{full} became {less}");
        }, times: 500);

        static bool? No(bool? answer) => answer is null ? null : false;
    }

    [Fact]
    public void The_order_of_objects_rules_records_and_statements_changes_nothing() =>
        Checking.Always(from input in SomeAssessment.Any from seed in Seeds select (input, seed), c =>
        {
            var dice = new SeededBytes((ulong)c.seed);
            var crypto = c.input.Candidate.Crypto;
            var shuffled = c.input with
            {
                Requirements = Shuffle(c.input.Requirements, dice),
                Records = Shuffle(c.input.Records, dice),
                Candidate = c.input.Candidate with
                {
                    Crypto = crypto with
                    {
                        Objects = Shuffle(crypto.Objects, dice), Answers = Shuffle(crypto.Answers, dice), Applicability = Shuffle(crypto.Applicability, dice),
                        Coverage = Shuffle(crypto.Coverage, dice), HighRisks = Shuffle(crypto.HighRisks, dice),
                    },
                },
            };
            var (one, other) = (Judge.All(c.input).Assessments.Single(), Judge.All(shuffled).Assessments.Single());
            Assert.Equal((one.Total, one.UntestedShare, one.Conclusion, one.Sentence), (other.Total, other.UntestedShare, other.Conclusion, other.Sentence));
            Assert.Equal(one.Controls.Select(x => (x.Key, x.Verdict, x.Score)), other.Controls.Select(x => (x.Key, x.Verdict, x.Score)));
            Assert.Equal(one.HighRisks.Select(x => (x.Code, x.Standing)), other.HighRisks.Select(x => (x.Code, x.Standing)));
        }, times: 300);

    [Fact]
    public void The_self_checks_hold_on_every_assessment() =>
        Checking.Always(SomeAssessment.Any, input => Assert.All(Judge.All(input).Assessments.Single().Checks, k => Assert.True(k.Holds, k.Says)), times: 500);

    /// <summary>How good a conclusion is to whoever wants to pass.</summary>
    private static int Rank(Assessment assessment) => assessment.Conclusion switch
    {
        AssessmentConclusion.Satisfied => 2,
        AssessmentConclusion.BasicallySatisfied => 1,
        _ => 0,
    };

    /// <summary>A no that a person said against a measured yes counts; whoever takes it back leaves the measured yes. That is not less knowledge but other knowledge.</summary>
    private static bool IsAdverse(CryptoAnswer answer) => answer.D == false || answer.A == false || answer.K == false || answer.Verdict is Verdict.NotSatisfied or Verdict.Partial || answer.Points.Count > 0;

    private static JudgeInput Fewer(JudgeInput input, int seed)
    {
        var dice = new SeededBytes((ulong)seed + 7);
        var crypto = input.Candidate.Crypto;
        bool Kept<T>(T _) => dice.Below(10) > 0;
        return input with
        {
            Candidate = input.Candidate with
            {
                Crypto = crypto with
                {
                    Answers = [.. crypto.Answers.Where(a => IsAdverse(a) || Kept(a)).Select(a => a with
                    {
                        D = a.D == false || Kept(a) ? a.D : null, A = a.A == false || Kept(a) ? a.A : null, K = a.K == false || Kept(a) ? a.K : null,
                        Verdict = a.Verdict is Verdict.NotSatisfied or Verdict.Partial || Kept(a) ? a.Verdict : null,
                        Evidence = IsAdverse(a) || Kept(a) ? a.Evidence : [],
                        StrengthBits = Kept(a) ? a.StrengthBits : null, ModuleLevel = Kept(a) ? a.ModuleLevel : null,
                    })],
                    Applicability = [.. crypto.Applicability.Where(Kept)],
                    Coverage = [.. crypto.Coverage.Where(Kept)],
                    HighRisks = [.. crypto.HighRisks.Where(Kept)],
                },
            },
        };
    }

    private static List<T> Shuffle<T>(IReadOnlyList<T> items, SeededBytes dice)
    {
        var left = items.ToList();
        var order = new List<T>();
        while (left.Count > 0)
        {
            var i = dice.Below(left.Count);
            order.Add(left[i]);
            left.RemoveAt(i);
        }

        return order;
    }
}
