using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging.Tests;

/// <summary>Random predicates of every form and operator over the record of <see cref="SomeData"/>; the types mostly fit, sometimes not.</summary>
internal static class SomePredicate
{
    private static readonly FieldOperator[] Scalar = [FieldOperator.Equals, FieldOperator.NotEquals, FieldOperator.In, FieldOperator.NotIn, FieldOperator.Exists];
    private static readonly FieldOperator[] Numeric = [.. Scalar, FieldOperator.AtLeast, FieldOperator.AtMost];
    private static readonly FieldOperator[] Textual = [.. Scalar, FieldOperator.Matches, FieldOperator.Version, FieldOperator.IsEmpty];
    private static readonly FieldOperator[] Dated = [FieldOperator.Before, FieldOperator.After, FieldOperator.Within, FieldOperator.Exists];
    private static readonly FieldOperator[] Listed = [FieldOperator.AllIn, FieldOperator.NoneOf, FieldOperator.Includes, FieldOperator.IsEmpty, FieldOperator.Exists];

    /// <summary>Built once: by depth, over the record and over an element of one of its lists.</summary>
    private static readonly (Gen<Predicate> Record, Gen<Predicate> Element)[] ByDepth = Build(4);

    public static Gen<Predicate> Any { get; } = Gen.Sized(size => ByDepth[Math.Min(size, ByDepth.Length - 1)].Record);

    /// <summary>Over the facts of the candidate.</summary>
    public static Gen<Predicate> OfCandidate { get; } = Gen.Elements<Predicate>(
        Sample.Test("candidate.protectionLevel", FieldOperator.In, "[3,4]"),
        Sample.Test("candidate.cryptoLevel", FieldOperator.AtLeast, "2"),
        Sample.Test("candidate.kind", FieldOperator.Equals, "\"government-service\""),
        new Not(Sample.Test("candidate.deployment", FieldOperator.Equals, "\"own-room\"")));

    /// <summary>The same without the words that ask for absence itself.</summary>
    public static Predicate AskingOfValuesAlone(Predicate predicate) => predicate switch
    {
        AllOf all => new AllOf([.. all.Parts.Select(AskingOfValuesAlone)]),
        AnyOf any => new AnyOf([.. any.Parts.Select(AskingOfValuesAlone)]),
        Not not => new Not(AskingOfValuesAlone(not.Part)),
        Every every => new Every(every.Of, AskingOfValuesAlone(every.Holds)),
        Some some => new Some(some.Of, AskingOfValuesAlone(some.Holds)),
        Count count => count with { Holds = count.Holds is null ? null : AskingOfValuesAlone(count.Holds), AllowEmpty = false },
        FieldTest { Operator: FieldOperator.Exists or FieldOperator.IsEmpty } test => Sample.Test(test.Field, FieldOperator.In, "[true,1,\"a\"]"),
        FieldTest { Operand.ValueKind: JsonValueKind.Null } test => test with { Operand = Sample.Json("\"b\""), AllowEmpty = false },
        FieldTest { Operand.ValueKind: JsonValueKind.Array } test => test with { Operand = Sample.Json(test.Operand.GetRawText().Replace("null", "\"c\"", StringComparison.Ordinal)), AllowEmpty = false },
        FieldTest test => test with { AllowEmpty = false },
        _ => predicate,
    };

    private static (Gen<Predicate> Record, Gen<Predicate> Element)[] Build(int depth)
    {
        var built = new List<(Gen<Predicate> Record, Gen<Predicate> Element)> { (Leaf(false), Leaf(true)) };
        while (built.Count <= depth)
        {
            var (record, element) = built[^1];
            built.Add((Around(record, element, false), Around(element, element, true)));
        }

        return [.. built];
    }

    private static Gen<Predicate> Around(Gen<Predicate> inner, Gen<Predicate> element, bool inElement)
    {
        var leaf = Leaf(inElement);
        var parts = Gen.Choose(1, 3).SelectMany(n => Gen.ArrayOf(inner, n));
        var list = inElement ? Gen.Elements("inner", "words") : Gen.Elements("rows", "rows", "deep.rows", "words");
        return Gen.Frequency(
            (3, leaf),
            (2, parts.Select(p => (Predicate)new AllOf(p))),
            (2, parts.Select(p => (Predicate)new AnyOf(p))),
            (2, inner.Select(p => (Predicate)new Not(p))),
            (2, from of in list from holds in element from empty in Gen.Elements(true, false) select (Predicate)new Every(of, holds, empty)),
            (2, from of in list from holds in element from empty in Gen.Elements(true, false) select (Predicate)new Some(of, holds, empty)),
            (2, from of in list
                from holds in Gen.Frequency((3, element.Select(p => (Predicate?)p)), (1, Gen.Constant((Predicate?)null)))
                from least in Gen.Elements<int?>(null, 0, 1, 2)
                from most in Gen.Elements<int?>(0, 1, 3)
                from empty in Gen.Elements(true, false)
                select (Predicate)new Count(of, holds, least, most, empty)));
    }

    private static Gen<Predicate> Leaf(bool inElement)
    {
        var top = new[] { ("flag", Scalar), ("size", Numeric), ("name", Textual), ("until", Dated), ("words", Listed), ("deep.size", Numeric), ("deep.words", Listed), ("candidate.protectionLevel", Numeric) };
        var inside = new[] { ("flag", Scalar), ("size", Numeric), ("inner", Listed), (".", Textual), ("deep.size", Numeric) };
        var fitting = from field in Gen.Elements(inElement ? inside : top)
                      from how in Gen.Elements(field.Item2)
                      from test in Test(field.Item1, how)
                      select test;
        var anything = from field in Gen.Elements(inElement ? inside : top)
                       from how in Gen.Elements(Enum.GetValues<FieldOperator>())
                       from test in Test(field.Item1, how)
                       select test;
        return Gen.Frequency((6, fitting), (1, anything));
    }

    private static Gen<Predicate> Test(string field, FieldOperator how) =>
        from operand in Operand(how)
        from empty in Gen.Elements(true, false)
        select (Predicate)new FieldTest(field, how, operand, empty);

    private static Gen<JsonElement> Operand(FieldOperator how) => (how switch
    {
        FieldOperator.Equals or FieldOperator.NotEquals => Gen.Elements("true", "false", "1", "2", "\"a\"", "null"),
        FieldOperator.In or FieldOperator.NotIn or FieldOperator.AllIn or FieldOperator.NoneOf or FieldOperator.Includes => Gen.Elements("[\"a\",\"b\"]", "[1,2]", "[true]", "[null,\"c\"]", "[\"a\",1,false]"),
        FieldOperator.AtLeast or FieldOperator.AtMost => Gen.Elements("0", "1", "2.5"),
        FieldOperator.Before or FieldOperator.After => Gen.Elements("\"now\"", "\"2026-01-01\"", "\"2027-01-01\""),
        FieldOperator.Within => Gen.Elements("0", "30", "400"),
        FieldOperator.Exists or FieldOperator.IsEmpty => Gen.Elements("true", "false"),
        FieldOperator.Version => Gen.Elements("\">= 1.2\"", "\"< 3\"", "\"== 2.0\""),
        _ => Gen.Elements("\"^a\"", "\"[0-9]\"", "\"b$\""),
    }).Select(Sample.Json);
}
