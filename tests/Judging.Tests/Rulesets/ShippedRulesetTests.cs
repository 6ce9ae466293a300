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

    /// <summary>An absent value fails a comparison, so its negation holds: a rule that negates must not be asked of what may be absent, or must ask for its presence first.</summary>
    [Fact]
    public void No_requirement_is_satisfied_by_negating_a_comparison_over_a_value_that_may_be_absent() => Assert.All(Rules.Requirements.Where(r => r.SatisfiedWhen is not null), r =>
    {
        var shape = Shipped.Kinds[r.Observes!].Schema.Root;
        foreach (var field in Negated(r.SatisfiedWhen!, negative: false, shape))
        {
            var absent = field.Split('.').Select((_, i) => string.Join('.', field.Split('.').Take(i + 1))).Where(p => RecordSchema.Find(shape, p)?.IsNullable == true);
            Assert.All(absent, p => Assert.True(AsksFor(r.AppliesWhen, p) || AsksFor(r.SatisfiedWhen, p), $"{r.Origin} {r.Id} negates over {field}, and {p} may be null"));
        }
    });

    private static IEnumerable<string> Negated(Predicate predicate, bool negative, FieldShape shape) => predicate switch
    {
        FieldTest { Operator: FieldOperator.Exists or FieldOperator.IsEmpty } => [],
        FieldTest { Operator: FieldOperator.NotEquals or FieldOperator.NotIn } test => negative ? [] : [test.Field],
        FieldTest test => negative ? [test.Field] : [],
        AllOf all => all.Parts.SelectMany(p => Negated(p, negative, shape)),
        AnyOf any => any.Parts.SelectMany(p => Negated(p, negative, shape)),
        Not not => Negated(not.Part, !negative, shape),
        _ => [],
    };

    private static bool AsksFor(Predicate? condition, string field) => condition switch
    {
        FieldTest { Operator: FieldOperator.Exists } test => test.Field == field && test.Operand.GetBoolean(),
        FieldTest { Operator: FieldOperator.Before or FieldOperator.After or FieldOperator.Within or FieldOperator.AtLeast or FieldOperator.AtMost or FieldOperator.Matches } test => test.Field == field,
        AllOf all => all.Parts.Any(p => AsksFor(p, field)),
        _ => false,
    };
}
