using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Evaluates predicates. Pure; every part is evaluated, so that a judgement can show all that was compared.</summary>
public static class PredicateEvaluation
{
    private const int ReadingCap = 60;
    private const int ShownCap = 400;

    public static Truth Evaluate(Predicate predicate, EvaluationScope scope) => predicate switch
    {
        FieldTest test => Test(test, scope),
        AllOf all => Kleene.All([.. all.Parts.Select(p => Evaluate(p, scope))]),
        AnyOf any => Kleene.Any([.. any.Parts.Select(p => Evaluate(p, scope))]),
        Not not => Kleene.Negate(Evaluate(not.Part, scope)),
        Every every => EveryElement(every, scope),
        Some some => SomeElement(some, scope),
        Count count => CountElements(count, scope),
        _ => Truth.Unknown,
    };

    private static Truth Test(FieldTest test, EvaluationScope scope)
    {
        var field = scope.Find(test.Field);
        if (scope.Readings is { Count: < ReadingCap } readings)
        {
            readings.Add(new Reading(Name(test.Field, scope), PredicateWords.Expectation(test), IsAboutPresence(test) ? Presence(field) : Show(field)));
        }

        return FieldComparison.Compare(test, field, scope.Now);
    }

    private static Truth EveryElement(Every every, EvaluationScope scope)
    {
        if (Elements(every.Of, every.Holds, scope) is not { } truths)
        {
            return Truth.Unknown;
        }

        return truths.Count == 0 && !every.AllowEmpty ? Truth.Unknown : Kleene.All(truths);
    }

    private static Truth SomeElement(Some some, EvaluationScope scope) =>
        Elements(some.Of, some.Holds, scope) is { } truths ? Kleene.Any(truths) : Truth.Unknown;

    private static Truth CountElements(Count count, EvaluationScope scope)
    {
        if (Elements(count.Of, count.Holds, scope) is not { } truths)
        {
            return Truth.Unknown;
        }

        var certain = truths.Count(t => t == Truth.Holds);
        var possible = certain + truths.Count(t => t == Truth.Unknown);
        var enough = count.AtLeast is { } least ? Bound(certain >= least, possible < least) : Truth.Holds;
        var few = count.AtMost is { } most ? Bound(possible <= most, certain > most) : Truth.Holds;
        return Kleene.All([enough, few]);
    }

    private static Truth Bound(bool surely, bool surelyNot)
    {
        if (surely)
        {
            return Truth.Holds;
        }

        return surelyNot ? Truth.Fails : Truth.Unknown;
    }

    /// <summary>Null where the list is missing or not a list.</summary>
    private static List<Truth>? Elements(string of, Predicate? holds, EvaluationScope scope)
    {
        var field = scope.Find(of);
        if (field.Elements is not { } elements)
        {
            scope.Readings?.Add(new Reading(Name(of, scope), "列表", Show(field)));
            return null;
        }

        if (elements.Count == 0 || holds is null)
        {
            scope.Readings?.Add(new Reading(Name(of, scope), "列表", $"{elements.Count} 项"));
        }

        return
        [
            .. elements.Select((element, i) => holds is null
                ? Truth.Holds
                : Evaluate(holds, scope with { Data = element, Within = $"{Name(of, scope)}[{i}]" })),
        ];
    }

    private static string Name(string path, EvaluationScope scope)
    {
        if (scope.Within.Length == 0 || path.StartsWith(EvaluationScope.CandidatePrefix, StringComparison.Ordinal))
        {
            return path;
        }

        return path == "." ? scope.Within : $"{scope.Within}.{path}";
    }

    private static bool IsAboutPresence(FieldTest test) => test.Operator is FieldOperator.Exists or FieldOperator.IsEmpty;

    /// <summary>Where only presence was asked, a whole record would bury the answer.</summary>
    private static string Presence(FieldValue field) => field.IsMissing || field.IsNull || field.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)
        ? Show(field)
        : field.Elements is { } elements ? $"{elements.Count} 项" : "存在";

    private static string Show(FieldValue field)
    {
        if (field.IsMissing)
        {
            return "未观测";
        }

        var text = JsonSerializer.Serialize(field.Value, ObservationJson.Compact);
        return text.Length > ShownCap ? string.Concat(text.AsSpan(0, ShownCap), "…") : text;
    }
}
