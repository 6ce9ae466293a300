using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

public sealed class ShippedRulesetTests
{
    private static readonly RulesetFolder Rules = RulesetFolder.Load(Shipped.Folder, Shipped.Kinds);

    [Fact]
    public void Every_example_of_every_requirement_is_judged_as_it_says()
    {
        var results = ExampleVerification.Verify(Rules.Requirements);
        Assert.True(results.Count > 60, $"{results.Count}");
        Assert.All(results, r => Assert.True(r.IsAsExpected, $"{r.Example.Origin} {r.Requirement.Id}: {r.Example.Expected.Name()} expected, {r.Actual.Name()} judged"));
    }

    [Fact]
    public void Every_requirement_of_channels_and_cryptography_says_why_it_matters_in_words_of_its_own()
    {
        var all = Rules.Requirements.Where(r => r.Pillar is Pillar.Tls or Pillar.CommercialCrypto).ToList();
        Assert.True(all.Count(r => r.Pillar == Pillar.Tls) > 60, $"{all.Count}");
        Assert.All(all, r => Assert.True(r.Why is { Length: > 15 }, $"{r.Id} 没有 why"));
        Assert.Equal(all.Count, all.Select(r => r.Why).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void Every_requirement_says_what_it_makes_of_an_empty_observation()
    {
        var empty = Sample.Json("{}");
        Assert.All(Rules.Requirements.Where(r => !r.IsManual), r =>
        {
            var target = (Sample.Portal, "门户");
            var record = new Observed([Sample.Observation(Sample.Portal, empty.GetRawText(), r.Observes!)]);
            Assert.Equal(Verdict.NeedsReview, RequirementJudge.Judge(r, target, record, EvaluationScope.FactsOf(Sample.Candidate), Sample.Now).Verdict);
        });
    }

    [Fact]
    public void Erasing_fields_of_an_example_never_makes_it_符合_or_不适用()
    {
        foreach (var (requirement, example) in Rules.Requirements.SelectMany(r => r.Examples.Select(e => (r, e))))
        {
            for (var seed = 1; seed < 40; seed++)
            {
                var less = requirement with { Examples = [example with { Data = new Erasure(seed).Fields(example.Data) }] };
                var actual = Assert.Single(ExampleVerification.Verify([less])).Actual;
                Assert.True(actual == example.Expected || actual is not (Verdict.Satisfied or Verdict.NotApplicable), $"{example.Origin}: {actual.Name()}");
            }
        }
    }
}
