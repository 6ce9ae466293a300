using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>Evaluates predicates. Pure; every part is evaluated, so that a judgement can show all that was compared.</summary>
public static class PredicateEvaluation
{
    private const int ReadingCap = 60;
    private const int ShownCap = 400;

    public static Truth Evaluate(Predicate predicate, EvaluationScope scope) => Kleene.Said(Weigh(predicate, scope));

    private static Degree Weigh(Predicate predicate, EvaluationScope scope) => predicate switch
    {
        FieldTest test => Test(test, scope),
        AllOf all => Kleene.All([.. all.Parts.Select(p => Weigh(p, scope))]),
        AnyOf any => Kleene.Any([.. any.Parts.Select(p => Weigh(p, scope))]),
        Not not => Kleene.Negate(Weigh(not.Part, scope)),
        Every every => OverList(every.Of, every.Holds, scope, Kleene.All, every.AllowEmpty ? Degree.Holds : Degree.Unknown),
        Some some => OverList(some.Of, some.Holds, scope, Kleene.Any, some.AllowEmpty ? Degree.Fails : Degree.FailsByAbsence),
        Count count => OverList(count.Of, count.Holds, scope, d => InBounds(count, d), OfNone(count)),
        _ => Degree.Unknown,
    };

    private static Degree Test(FieldTest test, EvaluationScope scope)
    {
        var field = scope.Find(test.Field);
        if (scope.Readings is { Count: < ReadingCap } readings)
        {
            var label = LabelOf(test.Field, scope);
            readings.Add(new Reading(Name(test.Field, scope), PredicateWords.Expectation(test, label), IsAboutPresence(test) ? Presence(field) : Show(field, label)) { Label = Called(test.Field, scope) });
        }

        return FieldComparison.Compare(test, field, scope.Now);
    }

    private static Degree OverList(string of, Predicate? holds, EvaluationScope scope, Func<IReadOnlyList<Degree>, Degree> together, Degree whenEmpty)
    {
        if (Elements(of, holds, scope) is not { } degrees)
        {
            return Degree.Unknown;
        }

        return degrees.Count == 0 ? whenEmpty : together(degrees);
    }

    private static Degree InBounds(Count count, IReadOnlyList<Degree> degrees) => Kleene.All(
    [
        count.AtLeast is { } least ? Kleene.AtLeast(least, degrees) : Degree.Holds,
        count.AtMost is { } most ? Kleene.Negate(Kleene.AtLeast(most + 1, degrees)) : Degree.Holds,
    ]);

    /// <summary>None is too few, but not in itself few enough.</summary>
    private static Degree OfNone(Count count) => (InBounds(count, []), count.AllowEmpty) switch
    {
        (var sure, true) => sure,
        (Degree.Holds, _) => Degree.HoldsByAbsence,
        _ => Degree.FailsByAbsence,
    };

    /// <summary>Null where the list is missing or not a list.</summary>
    private static List<Degree>? Elements(string of, Predicate? holds, EvaluationScope scope)
    {
        var field = scope.Find(of);
        if (field.Elements is not { } elements)
        {
            scope.Readings?.Add(new Reading(Name(of, scope), "列表", Show(field)) { Label = Called(of, scope) });
            return null;
        }

        if (elements.Count == 0 || holds is null)
        {
            scope.Readings?.Add(new Reading(Name(of, scope), "列表", $"{elements.Count} 项") { Label = Called(of, scope) });
        }

        return
        [
            .. elements.Select((element, i) => holds is null
                ? Degree.Holds
                : Weigh(holds, scope with { Data = element, Within = $"{Name(of, scope)}[{i}]", WithinCalled = scope.Readings is null ? "" : Element(of, element, i, scope) })),
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

    /// <summary>A field as people call it, with the element of a list it was read from; null where it has no label.</summary>
    private static string? Called(string path, EvaluationScope scope)
    {
        if (path.StartsWith(EvaluationScope.CandidatePrefix, StringComparison.Ordinal))
        {
            return FieldWords.Called(CandidateFacts.Labels, path[EvaluationScope.CandidatePrefix.Length..]);
        }

        var name = Name(path, scope);
        var called = path == "." ? name : FieldWords.Called(scope.Labels, name);
        return called == name ? (path == "." && scope.WithinCalled.Length > 0 ? scope.WithinCalled : null)
            : scope.WithinCalled.Length > 0 ? $"{scope.WithinCalled} 的{called}" : called;
    }

    /// <summary>By the member without a label, which is what records are called by; else by its place.</summary>
    private static string Element(string of, JsonElement element, int i, EvaluationScope scope)
    {
        var path = Name(of, scope);
        var label = LabelOf(of, scope);
        var own = label?.Members.FirstOrDefault(m => m.Label.Length == 0)?.Field;
        return own is not null && element.ValueKind == JsonValueKind.Object && element.TryGetProperty(own, out var name) && name.ValueKind == JsonValueKind.String
            ? $"“{name.GetString()}”"
            : $"{(label is { Label.Length: > 0 } ? label.Label : path)}第 {i + 1} 项";
    }

    private static FieldLabel? LabelOf(string path, EvaluationScope scope) => FieldWords.Find(scope.Labels, Name(path, scope));

    private static bool IsAboutPresence(FieldTest test) => test.Operator is FieldOperator.Exists or FieldOperator.IsEmpty;

    /// <summary>Where only presence was asked, a whole record would bury the answer.</summary>
    private static string Presence(FieldValue field) => field.IsMissing || field.IsNull || field.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array)
        ? Show(field)
        : field.Elements is { } elements ? $"{elements.Count} 项" : "存在";

    private static string Show(FieldValue field, FieldLabel? label = null)
    {
        if (field.IsMissing)
        {
            return "未观测";
        }

        if (field.Value.ValueKind is JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null
            || (field.Value.ValueKind == JsonValueKind.String && label?.Words.ContainsKey(field.Value.GetString()!) == true))
        {
            return FieldWords.Say(field.Value, label, "；");
        }

        var text = JsonSerializer.Serialize(field.Value, ObservationJson.Compact);
        return text.Length > ShownCap ? string.Concat(text.AsSpan(0, ShownCap), "…") : text;
    }
}
