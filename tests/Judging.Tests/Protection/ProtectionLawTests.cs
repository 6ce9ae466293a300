using FsCheck;
using FsCheck.Fluent;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.TestKit;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>What no self-assessment of classified protection may do, whatever the system, the rules and the answers.</summary>
public sealed class ProtectionLawTests
{
    private static readonly Gen<int> Seeds = Gen.Choose(1, int.MaxValue - 1);

    [Fact]
    public void Erasing_observations_and_favourable_answers_never_raises_the_rate_nor_betters_an_item_a_risk_or_the_conclusion()
    {
        var (favourable, lost, lower) = (0, 0, 0);
        Checking.Always(from input in SomeProtection.Any from seed in Seeds select (input, seed), c =>
        {
            var before = Judge.All(c.input);
            var after = Judge.All(Fewer(c.input, c.seed));
            var (full, less) = (before.Protection!, after.Protection!);
            Assert.True(full.Rate is null || less.Rate!.Lower <= full.Rate.Lower, $"{full.Rate} became {less.Rate}");
            Assert.True(Rank(less.Conclusion) <= Rank(full.Conclusion), $"{full.Sentence} became {less.Sentence}");
            Assert.All(full.Items.Join(less.Items, x => x.Key, x => x.Key, (x, y) => (x, y)), p =>
            {
                Assert.False(p.y.Verdict is Verdict.Satisfied or Verdict.NotApplicable && p.y.Verdict != p.x.Verdict, $"{p.x.Key}: {p.x.Verdict} became {p.y.Verdict}");
                Assert.True(p.y.Range.Worst == Verdict.NotSatisfied || p.x.Range.Worst == p.y.Range.Worst || p.x.Range.Worst == Verdict.NotApplicable || p.y.Range.Worst == Verdict.Partial, $"{p.x.Key}: {p.x.Range} became {p.y.Range}");
            });
            Assert.All(full.HighRisks.Join(less.HighRisks, x => x.Code, x => x.Code, (x, y) => (x, y)), p =>
                Assert.False(p.y.Standing < HighRiskStanding.Open && p.x.Standing >= HighRiskStanding.Open, $"{p.x.Code}: {p.x.Standing} became {p.y.Standing}"));
            Assert.False(after.Clauses[0].Verdict == Verdict.Satisfied && before.Clauses[0].Verdict != Verdict.Satisfied);
            Assert.False(after.Gate.Outcome == GateOutcome.Passed && before.Gate.Outcome != GateOutcome.Passed);
            favourable += Rank(full.Conclusion) > 0 ? 1 : 0;
            lost += Rank(full.Conclusion) > 0 && Rank(less.Conclusion) == 0 ? 1 : 0;
            lower += full.Rate is not null && less.Rate!.Lower < full.Rate.Lower ? 1 : 0;
        }, times: 500);
        Assert.True(favourable > 15 && lost > 10 && lower > 100, $"{favourable} favourable, {lost} lost, {lower} lowered");
    }

    [Fact]
    public void The_order_of_objects_rules_records_and_answers_changes_nothing() =>
        Checking.Always(from input in SomeProtection.Any from seed in Seeds select (input, seed), c =>
        {
            var dice = new SeededBytes((ulong)c.seed);
            var said = c.input.Candidate.Protection;
            var sheet = said.Answers!;
            var shuffled = c.input with
            {
                Requirements = Shuffle(c.input.Requirements, dice),
                Records = Shuffle(c.input.Records, dice),
                Candidate = c.input.Candidate with
                {
                    Hosts = Shuffle(c.input.Candidate.Hosts, dice),
                    Protection = said with
                    {
                        Objects = Shuffle(said.Objects, dice),
                        Answers = sheet with { Documents = Shuffle(sheet.Documents, dice), Answers = Shuffle(sheet.Answers, dice), Cases = Shuffle(sheet.Cases, dice) },
                    },
                },
            };
            string Text(JudgeInput input) => System.Text.Json.JsonSerializer.Serialize(Judge.All(input).Protection! with { Notes = [] }, ObservationJson.Options);
            Assert.Equal(Text(c.input), Text(shuffled));
        }, times: 120);

    [Fact]
    public void A_measured_不符合_is_never_overruled_and_no_answer_without_a_paper_satisfies_anything() =>
        Checking.Always(SomeProtection.Any, input =>
        {
            var judged = Judge.All(input);
            foreach (var of in judged.Protection!.Items.SelectMany(i => i.Objects))
            {
                Assert.False(of.Range.Best == Verdict.Satisfied && of.Sources.Any(s => s is { Kind: SourceKind.Measured, Says: false }));
                Assert.False(of.Verdict == Verdict.NotApplicable && of.Sources.Any(s => s.Kind == SourceKind.Measured));
            }

            var sheet = input.Candidate.Protection.Answers!;
            T Bare<T>(T row)
                where T : SheetRow => row with { Evidence = [] };
            var bare = sheet with { Documents = [], Answers = [.. sheet.Answers.Select(Bare)], Cases = [.. sheet.Cases.Select(Bare)] };
            var poor = Judge.All(input with { Candidate = input.Candidate with { Protection = input.Candidate.Protection with { Answers = bare } } }).Protection!;
            Assert.All(poor.Items.Where(i => i.Verdict == Verdict.Satisfied).SelectMany(i => i.Objects), o => Assert.All(o.Sources.Where(s => s.Says is not null), s => Assert.Equal(SourceKind.Measured, s.Kind)));
            Assert.All(poor.Items, i => Assert.NotEqual(Verdict.NotApplicable, i.NotApplicableBecause is { } why && why.Contains("凭云平台", StringComparison.Ordinal) ? Verdict.NotApplicable : Verdict.Satisfied));
            Assert.All(poor.HighRisks.Where(r => r.Standing is HighRiskStanding.Mitigated), r => Assert.Fail(r.Code));
        }, times: 200);

    private static int Rank(AssessmentConclusion conclusion) => conclusion switch
    {
        AssessmentConclusion.Satisfied => 2,
        AssessmentConclusion.BasicallySatisfied => 1,
        _ => 0,
    };

    /// <summary>Whoever takes back a no that was said against a measured yes does not know less but something else; so adverse answers stay.</summary>
    private static JudgeInput Fewer(JudgeInput input, int seed)
    {
        var dice = new SeededBytes((ulong)seed + 7);
        bool Kept() => dice.Below(12) > 0;
        var erased = new Erasure(seed, oneIn: 8).Knowledge(input);
        var sheet = input.Candidate.Protection.Answers!;
        T Poorer<T>(T row)
            where T : SheetRow => Kept() ? row : row with { Evidence = [] };
        return input with
        {
            Records = erased.Records,
            Candidate = input.Candidate with
            {
                Protection = input.Candidate.Protection with
                {
                    Extensions = Kept() ? input.Candidate.Protection.Extensions : null,
                    AreObjectsComplete = input.Candidate.Protection.AreObjectsComplete && Kept(),
                    Answers = sheet with
                    {
                        Documents = [.. sheet.Documents.Where(_ => Kept())],
                        Answers = [.. sheet.Answers.Where(a => a.Verdict is Verdict.NotSatisfied or Verdict.Partial || Kept()).Select(a => a.Verdict is Verdict.NotSatisfied or Verdict.Partial ? a : Poorer(a))],
                        Cases = [.. sheet.Cases.Where(a => a.Claim == HighRiskClaim.Present || Kept()).Select(a => a.Claim == HighRiskClaim.Present ? a : Poorer(a))],
                    },
                },
            },
        };
    }

    private static List<T> Shuffle<T>(IReadOnlyList<T> list, SeededBytes dice) => [.. list.Select(x => (x, dice.Below(1_000_000))).OrderBy(p => p.Item2).Select(p => p.x)];
}
