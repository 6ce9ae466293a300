using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// The operators. A missing field, or one of a shape the operator cannot take, is Unknown. An absent (null) field has no
/// value: it equals only null, fails every other comparison by absence, and as a list it is empty.
/// </summary>
internal static class FieldComparison
{
    private const int TextCap = 1024 * 1024;
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(10);
    private static readonly string[] ClockFormats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];
    private static readonly string[] InstantFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    public static Degree Compare(FieldTest test, FieldValue field, DateTimeOffset now)
    {
        if (field.IsMissing)
        {
            return Degree.Unknown;
        }

        return test.Operator switch
        {
            FieldOperator.Equals => AreEqual(field.Value, test.Operand),
            FieldOperator.NotEquals => Kleene.Negate(AreEqual(field.Value, test.Operand)),
            FieldOperator.In => IsIn(field.Value, test.Operand),
            FieldOperator.NotIn => Kleene.Negate(IsIn(field.Value, test.Operand)),
            FieldOperator.AllIn => OverElements(field, test.AllowEmpty, e => Kleene.All(e.Select(v => IsIn(v, test.Operand)))),
            FieldOperator.NoneOf => OverElements(field, test.AllowEmpty, e => Kleene.Negate(Kleene.Any(e.Select(v => IsIn(v, test.Operand))))),
            FieldOperator.Includes => Includes(field, test.Operand, test.AllowEmpty),
            FieldOperator.AtLeast => Ordered(field, test.Operand, (a, b) => a >= b),
            FieldOperator.AtMost => Ordered(field, test.Operand, (a, b) => a <= b),
            FieldOperator.Before => Instant(field, v => v < Day(test.Operand, now)),
            FieldOperator.After => Instant(field, v => v > Day(test.Operand, now)),
            FieldOperator.Within => Instant(field, v => Math.Abs(BeijingTime.DayOf(v).DayNumber - BeijingTime.DayOf(now).DayNumber) <= test.Operand.GetInt32()),
            FieldOperator.Matches => Text(field, v => Matches(test.Operand.GetString()!, v)),
            FieldOperator.Exists => Kleene.Of(field.IsNull != test.Operand.GetBoolean()),
            FieldOperator.IsEmpty => IsEmpty(field, test.Operand.GetBoolean()),
            FieldOperator.Version => VersionRange.TryParse(test.Operand.GetString()!) is { } range ? range.Holds(field) : Degree.Unknown,
            _ => Degree.Unknown,
        };
    }

    /// <exception cref="ArgumentException">The pattern is wrong, or needs backtracking.</exception>
    public static Regex PatternOf(string pattern) =>
        Patterns.GetOrAdd(pattern, p => new Regex(p, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternLimit));

    /// <summary>Unequal kinds (text against number) cannot be compared. Who expects null asks for absence, and has an answer.</summary>
    private static Degree AreEqual(JsonElement value, JsonElement expected)
    {
        if (expected.ValueKind == JsonValueKind.Null)
        {
            return Kleene.Of(value.ValueKind == JsonValueKind.Null);
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return Degree.FailsByAbsence;
        }

        return (value.ValueKind, expected.ValueKind) switch
        {
            (JsonValueKind.True or JsonValueKind.False, JsonValueKind.True or JsonValueKind.False) => Kleene.Of(value.ValueKind == expected.ValueKind),
            (JsonValueKind.String, JsonValueKind.String) => Kleene.Of(value.GetString() == expected.GetString()),
            (JsonValueKind.Number, JsonValueKind.Number) => NumberOf(value) is { } x && NumberOf(expected) is { } y ? Kleene.Of(x == y) : Degree.Unknown,
            _ => Degree.Unknown,
        };
    }

    private static Degree IsIn(JsonElement value, JsonElement list) => Kleene.Any(list.EnumerateArray().Select(o => AreEqual(value, o)));

    private static Degree OverElements(FieldValue field, bool allowEmpty, Func<IReadOnlyList<JsonElement>, Degree> holds) =>
        field.Elements is not { } elements || (elements.Count == 0 && !allowEmpty) ? Degree.Unknown : holds(elements);

    private static Degree Includes(FieldValue field, JsonElement wanted, bool allowEmpty)
    {
        if (field.Elements is not { } elements)
        {
            return Degree.Unknown;
        }

        return elements.Count == 0 && !allowEmpty
            ? Degree.FailsByAbsence
            : Kleene.All(wanted.EnumerateArray().Select(o => Kleene.Any(elements.Select(e => AreEqual(e, o)))));
    }

    private static Degree Ordered(FieldValue field, JsonElement operand, Func<decimal, decimal, bool> holds)
    {
        if (field.IsNull)
        {
            return Degree.FailsByAbsence;
        }

        return field.Value.ValueKind == JsonValueKind.Number && NumberOf(field.Value) is { } value && NumberOf(operand) is { } bound
            ? Kleene.Of(holds(value, bound))
            : Degree.Unknown;
    }

    private static Degree Instant(FieldValue field, Func<DateTimeOffset, bool> holds)
    {
        if (field.IsNull)
        {
            return Degree.FailsByAbsence;
        }

        return field.Value.ValueKind == JsonValueKind.String && TryInstant(field.Value.GetString()!, out var instant) ? Kleene.Of(holds(instant)) : Degree.Unknown;
    }

    private static Degree Text(FieldValue field, Func<string, Degree> holds) => field.Value.ValueKind switch
    {
        JsonValueKind.Null => Degree.FailsByAbsence,
        JsonValueKind.String => holds(field.Value.GetString()!),
        _ => Degree.Unknown,
    };

    private static Degree Matches(string pattern, string text)
    {
        try
        {
            return text.Length <= TextCap ? Kleene.Of(PatternOf(pattern).IsMatch(text)) : Degree.Unknown;
        }
        catch (RegexMatchTimeoutException)
        {
            return Degree.Unknown;
        }
    }

    private static Degree IsEmpty(FieldValue field, bool wanted)
    {
        if (field.Elements is { } elements)
        {
            return Kleene.Of((elements.Count == 0) == wanted);
        }

        return field.Value.ValueKind == JsonValueKind.String ? Kleene.Of((field.Value.GetString()!.Length == 0) == wanted) : Degree.Unknown;
    }

    /// <summary>ISO 8601 alone: looser readings (<c>10:30</c>, <c>May 1</c>) would take the rest from the clock of the machine. Without a zone it is Beijing time.</summary>
    internal static bool TryInstant(string text, out DateTimeOffset instant)
    {
        if (DateTime.TryParseExact(text, ClockFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            instant = BeijingTime.InstantOf(clock).GetValueOrDefault();
            return BeijingTime.InstantOf(clock) is not null;
        }

        return DateTimeOffset.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant);
    }

    private static DateTimeOffset Day(JsonElement operand, DateTimeOffset now) =>
        operand.GetString() is { } text && text != "now" && TryInstant(text, out var day) ? day : now;

    private static decimal? NumberOf(JsonElement value) => value.TryGetDecimal(out var number) ? number : null;
}
