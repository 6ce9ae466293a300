using FsCheck.Fluent;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

public sealed class VerdictCombinationTests
{
    private static readonly Verdict[] All = Enum.GetValues<Verdict>();

    /// <summary>Every mix of the five verdicts, each there or not: 32 of them.</summary>
    public static TheoryData<string> Mixes => new(Enumerable.Range(0, 1 << All.Length).Select(bits => string.Join(',', All.Where((_, i) => (bits >> i & 1) == 1).Select(v => v.Name()))));

    [Theory]
    [MemberData(nameof(Mixes))]
    public void Each_mix_of_verdicts_combines_as_the_specification_says(string mix)
    {
        var verdicts = mix.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(n => VerdictNames.ParseVerdict(n)!.Value).ToList();
        var counting = verdicts.Where(v => v != Verdict.NotApplicable).ToHashSet();
        var good = counting.Contains(Verdict.Satisfied) || counting.Contains(Verdict.Partial);
        var expected = 0 switch
        {
            _ when verdicts.Count == 0 => Verdict.NeedsReview,
            _ when counting.Count == 0 => Verdict.NotApplicable,
            _ when counting.Count == 1 => counting.Single(),
            _ when counting.Contains(Verdict.NotSatisfied) => good ? Verdict.Partial : Verdict.NotSatisfied,
            _ when counting.Contains(Verdict.NeedsReview) => Verdict.NeedsReview,
            _ => Verdict.Partial,
        };
        Assert.Equal(expected, VerdictCombination.Combine(verdicts));
    }

    [Fact]
    public void Order_and_repetition_do_not_matter_and_favourable_words_are_never_won_by_adding_a_problem()
    {
        var cases = from list in Gen.ArrayOf(Gen.Elements(All)) from shuffled in Gen.Shuffle(list) select (list, shuffled);
        Checking.Always(cases, c =>
        {
            var combined = VerdictCombination.Combine(c.list);
            Assert.Equal(combined, VerdictCombination.Combine(c.shuffled));
            Assert.Equal(combined, VerdictCombination.Combine(c.list.Concat(c.shuffled)));
            Assert.All([Verdict.Partial, Verdict.NotSatisfied, Verdict.NeedsReview], v => Assert.NotEqual(Verdict.Satisfied, VerdictCombination.Combine(c.list.Append(v))));
            Assert.Equal(combined == Verdict.Satisfied, c.list.Contains(Verdict.Satisfied) && c.list.All(v => v is Verdict.Satisfied or Verdict.NotApplicable));
            Assert.Equal(combined == Verdict.NotApplicable, c.list.Length > 0 && c.list.All(v => v is Verdict.NotApplicable));
        }, times: 2000);
    }
}
