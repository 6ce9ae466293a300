namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>What is kept of a way beside its steps is what going through them says.</summary>
public sealed class TaintStepTests
{
    private const int Ways = 40;
    private const int Joins = 2_000;

    private static readonly StepDoubt[] Doubts = [StepDoubt.None, StepDoubt.UnknownLibrary, StepDoubt.Rewritten, StepDoubt.Segment, StepDoubt.OnResolution, StepDoubt.Uncalled];

    [Theory]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(60)]
    public void Counts_of_a_joined_way_are_those_of_its_steps(int places)
    {
        var ways = new List<TaintStep?> { null };
        for (var i = 0; i < Joins; i++)
        {
            // Every pair comes up, the same again and again: few places make ways that begin where others end.
            var (one, other) = (ways[i * 7 % ways.Count], ways[i * 13 % ways.Count]);
            var joined = i % 3 == 0 ? TaintStep.Add(one, new CodePlace("A.java", i % places), new StepWords($"s{i % places}", Doubts[i % Doubts.Length])) : TaintStep.Concat(one, other);
            if (ways.Count < Ways)
            {
                ways.Add(joined);
            }
            else
            {
                ways[i % Ways] = joined;
            }

            if (joined is not null)
            {
                Check(joined);
            }
        }
    }

    [Fact]
    public void A_beginning_that_lies_where_the_way_before_it_ends_is_counted_once()
    {
        var place = new CodePlace("A.java", 7);
        var before = new TaintStep(place, new StepWords("a", StepDoubt.UnknownLibrary), null);
        var after = new TaintStep(new CodePlace("B.java", 1), new StepWords("c"), new TaintStep(place, new StepWords("b", StepDoubt.UnknownLibrary | StepDoubt.Rewritten), null));
        var joined = TaintStep.Concat(before, after)!;
        Assert.Equal((2, 1, 0), (joined.Length, joined.Unsure, joined.Guesses));
        Assert.Same(before, joined.Before);
        Assert.Same(before, joined.First);
    }

    private static void Check(TaintStep way)
    {
        var (length, guesses, unsure, first) = (0, 0, 0, way);
        for (var step = way; step is not null; step = step.Before)
        {
            length++;
            guesses += FlowDoubt.IsGuessed(step.Words.Doubt) ? 1 : 0;
            unsure += FlowDoubt.IsUnsure(step.Words.Doubt) ? 1 : 0;
            first = step;
        }

        Assert.Equal((length, guesses, unsure), (way.Length, way.Guesses, way.Unsure));
        Assert.Same(first, way.First);
    }
}
