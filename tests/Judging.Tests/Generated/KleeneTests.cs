using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

public sealed class KleeneTests
{
    private static readonly Gen<(Predicate A, Predicate B, JsonElement Data)> Cases =
        from a in SomePredicate.Any from b in SomePredicate.Any from data in SomeData.Any select (a, b, data);

    [Fact]
    public void De_Morgan_double_negation_and_the_bounds_of_and_and_or_hold_for_any_predicates() => Checking.Always(Cases, c =>
    {
        var scope = new EvaluationScope(c.Data, EvaluationScope.FactsOf(Sample.Candidate), Sample.Now);
        Truth Of(Predicate predicate) => PredicateEvaluation.Evaluate(predicate, scope);
        var (a, b) = (Of(c.A), Of(c.B));

        Assert.Equal(a, Of(new Not(new Not(c.A))));
        Assert.Equal(Of(new Not(new AllOf([c.A, c.B]))), Of(new AnyOf([new Not(c.A), new Not(c.B)])));
        Assert.Equal(Of(new Not(new AnyOf([c.A, c.B]))), Of(new AllOf([new Not(c.A), new Not(c.B)])));
        Assert.Equal(Of(new AllOf([c.A, c.B])), Of(new AllOf([c.B, c.A])));
        Assert.Equal(a, Of(new AllOf([c.A])));
        Assert.Equal(a, Of(new AnyOf([c.A, c.A])));
        Assert.Equal(a, Of(new AnyOf([c.A, new AllOf([c.A, c.B])])));
        Assert.Equal(Minimum(a, b), Of(new AllOf([c.A, c.B])));
        Assert.Equal(Maximum(a, b), Of(new AnyOf([c.A, c.B])));
    }, times: 4000);

    [Theory]
    [InlineData("[]", Truth.Unknown, Truth.Fails)]
    [InlineData("[{\"x\":1},{\"x\":1}]", Truth.Holds, Truth.Holds)]
    [InlineData("[{\"x\":1},{}]", Truth.Unknown, Truth.Holds)]
    [InlineData("[{\"x\":2},{}]", Truth.Fails, Truth.Unknown)]
    [InlineData("[{\"x\":2}]", Truth.Fails, Truth.Fails)]
    [InlineData("[null]", Truth.Fails, Truth.Fails)]
    [InlineData("[3]", Truth.Unknown, Truth.Unknown)]
    [InlineData("null", Truth.Unknown, Truth.Fails)]
    [InlineData("\"text\"", Truth.Unknown, Truth.Unknown)]
    [InlineData("{\"x\":1}", Truth.Unknown, Truth.Unknown)]
    public void Every_and_some_take_the_whole_list_and_leave_open_what_an_element_does_not_say(string list, Truth every, Truth some)
    {
        var one = Sample.Test("x", FieldOperator.Equals, "1");
        Assert.Equal(every, Evaluate(new Every("rows", one), list));
        Assert.Equal(some, Evaluate(new Some("rows", one), list));
    }

    [Theory]
    [InlineData("[]", 0, 0, Truth.Unknown)]
    [InlineData("[]", null, 0, Truth.Unknown)]
    [InlineData("[]", 0, null, Truth.Unknown)]
    [InlineData("[{\"x\":2}]", null, 0, Truth.Holds)]
    [InlineData("[{\"x\":null}]", null, 0, Truth.Unknown)]
    [InlineData("[{\"x\":null}]", 1, null, Truth.Fails)]
    [InlineData("[]", 1, null, Truth.Fails)]
    [InlineData("[{\"x\":1},{\"x\":1}]", 2, 2, Truth.Holds)]
    [InlineData("[{\"x\":1},{}]", 1, null, Truth.Holds)]
    [InlineData("[{\"x\":1},{}]", 2, null, Truth.Unknown)]
    [InlineData("[{\"x\":1},{}]", 3, null, Truth.Fails)]
    [InlineData("[{\"x\":1},{}]", null, 1, Truth.Unknown)]
    [InlineData("[{\"x\":1},{}]", null, 0, Truth.Fails)]
    [InlineData("[{\"x\":2},{}]", null, 1, Truth.Holds)]
    [InlineData("3", null, 5, Truth.Unknown)]
    public void Count_is_certain_only_where_the_open_elements_cannot_change_it(string list, int? least, int? most, Truth expected) =>
        Assert.Equal(expected, Evaluate(new Count("rows", Sample.Test("x", FieldOperator.Equals, "1"), least, most), list));

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    public void Nothing_is_proven_by_an_empty_list_unless_the_rule_says_so(string list)
    {
        var one = Sample.Test("x", FieldOperator.Equals, "1");
        foreach (var allowed in new[] { true, false })
        {
            var expected = allowed ? Truth.Holds : Truth.Unknown;
            Assert.Equal(expected, Evaluate(new Every("rows", one, allowed), list));
            Assert.Equal(expected, Evaluate(new Not(new Some("rows", one, allowed)), list));
            Assert.Equal(expected, Evaluate(new Count("rows", one, null, 0, allowed), list));
            Assert.Equal(expected, Evaluate(new Not(new Count("rows", null, 1, null, allowed)), list));
        }
    }

    /// <summary>The law behind it: an absent value and an empty list support nothing, so that what holds beside them holds without them.</summary>
    [Fact]
    public void What_holds_where_values_are_absent_and_lists_empty_holds_whatever_stands_there()
    {
        var cases = from predicate in SomePredicate.Any from data in SomeData.Any from seed in Gen.Choose(1, int.MaxValue - 1) select (SomePredicate.AskingOfValuesAlone(predicate), data, seed);
        var facts = EvaluationScope.FactsOf(Sample.Candidate);
        var (held, refuted) = (0, 0);
        Checking.Always(cases, c =>
        {
            Truth On(JsonElement data) => PredicateEvaluation.Evaluate(c.Item1, new EvaluationScope(data, facts, Sample.Now));
            var (full, emptied) = (On(c.data), On(new Erasure(c.seed).Values(c.data)));
            Assert.True(emptied != Truth.Holds || full == Truth.Holds, $"{PredicateWords.Say(c.Item1)} over {c.data}: {full} became {emptied}");
            held += emptied == Truth.Holds ? 1 : 0;
            refuted += full == Truth.Holds && emptied == Truth.Fails ? 1 : 0;
        }, times: 10_000);
        Assert.True(held > 200 && refuted > 50, $"{held} held, {refuted} refuted");
    }

    private static Truth Evaluate(Predicate predicate, string list) =>
        PredicateEvaluation.Evaluate(predicate, new EvaluationScope(Sample.Json($"{{\"rows\":{list}}}"), Sample.Json("{}"), Sample.Now));

    private static Truth Minimum(Truth a, Truth b) => Rank(a) < Rank(b) ? a : b;

    private static Truth Maximum(Truth a, Truth b) => Rank(a) > Rank(b) ? a : b;

    private static int Rank(Truth truth) => truth switch { Truth.Fails => 0, Truth.Unknown => 1, _ => 2 };
}
