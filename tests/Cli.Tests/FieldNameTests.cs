using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli.Tests;

/// <summary>What an evaluator reads of a judgement is in the evaluator's language.</summary>
public sealed class FieldNameTests
{
    [Fact]
    public void Every_field_a_rule_asks_for_has_a_name_for_people()
    {
        var kinds = KindCatalogue.Of(Product.Probes);
        var nameless =
            from rule in Product.LoadRulesets(null).Requirements
            where rule.Observes is not null
            from predicate in new[] { rule.AppliesWhen, rule.SatisfiedWhen, rule.PartialWhen }
            where predicate is not null
            from field in Fields(predicate, "")
            where FieldWords.Called(kinds[rule.Observes!].Labels, field) == field
            select $"{rule.Observes} {field}";

        Assert.True(!nameless.Any(), string.Join("\n", nameless.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)));
    }

    private static IEnumerable<string> Fields(Predicate predicate, string within) => predicate switch
    {
        FieldTest test => test.Field.StartsWith("candidate.", StringComparison.Ordinal) ? [] : [At(test.Field, within)],
        AllOf all => all.Parts.SelectMany(p => Fields(p, within)),
        AnyOf any => any.Parts.SelectMany(p => Fields(p, within)),
        Not not => Fields(not.Part, within),
        Every every => [At(every.Of, within), .. Fields(every.Holds, At(every.Of, within))],
        Some some => [At(some.Of, within), .. Fields(some.Holds, At(some.Of, within))],
        Count count => [At(count.Of, within), .. count.Holds is null ? [] : Fields(count.Holds, At(count.Of, within))],
        _ => [],
    };

    private static string At(string field, string within) => within.Length == 0 ? field : field == "." ? within : $"{within}.{field}";
}
