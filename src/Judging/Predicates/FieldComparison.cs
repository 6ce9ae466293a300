using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>
/// The operators. A missing field, or one of a shape the operator cannot take, is Unknown. An absent (null) field has no
/// value: it equals only null, fails every ordering, and as a list it is empty.
/// </summary>
internal static class FieldComparison
{
    private const int TextCap = 1024 * 1024;
    private static readonly TimeSpan PatternLimit = TimeSpan.FromSeconds(10);
    private static readonly string[] ClockFormats = ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];
    private static readonly string[] InstantFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];
    private static readonly ConcurrentDictionary<string, Regex> Patterns = new(StringComparer.Ordinal);

    public static Truth Compare(FieldTest test, FieldValue field, DateTimeOffset now)
    {
        if (field.IsMissing)
        {
            return Truth.Unknown;
        }

        return test.Operator switch
        {
            FieldOperator.Equals => AreEqual(field.Value, test.Operand),
            FieldOperator.NotEquals => Kleene.Negate(AreEqual(field.Value, test.Operand)),
            FieldOperator.In => IsIn(field.Value, test.Operand),
            FieldOperator.NotIn => Kleene.Negate(IsIn(field.Value, test.Operand)),
            FieldOperator.AllIn => OverElements(field, test.AllowEmpty, e => Kleene.All(e.Select(v => IsIn(v, test.Operand)))),
            FieldOperator.NoneOf => OverElements(field, test.AllowEmpty, e => Kleene.Negate(Kleene.Any(e.Select(v => IsIn(v, test.Operand))))),
            FieldOperator.Includes => field.Elements is { } elements
                ? Kleene.All(test.Operand.EnumerateArray().Select(o => Kleene.Any(elements.Select(e => AreEqual(e, o)))))
                : Truth.Unknown,
            FieldOperator.AtLeast => Ordered(field, test.Operand, (a, b) => a >= b),
            FieldOperator.AtMost => Ordered(field, test.Operand, (a, b) => a <= b),
            FieldOperator.Before => Instant(field, v => v < Day(test.Operand, now)),
            FieldOperator.After => Instant(field, v => v > Day(test.Operand, now)),
            FieldOperator.Within => Instant(field, v => Math.Abs(BeijingTime.DayOf(v).DayNumber - BeijingTime.DayOf(now).DayNumber) <= test.Operand.GetInt32()),
            FieldOperator.Matches => Text(field, v => Matches(test.Operand.GetString()!, v)),
            FieldOperator.Exists => Kleene.Of(field.IsNull != test.Operand.GetBoolean()),
            FieldOperator.IsEmpty => IsEmpty(field, test.Operand.GetBoolean()),
            FieldOperator.Version => VersionRange.TryParse(test.Operand.GetString()!) is { } range ? range.Holds(field) : Truth.Unknown,
            _ => Truth.Unknown,
        };
    }

    /// <exception cref="ArgumentException">The pattern is wrong, or needs backtracking.</exception>
    public static Regex PatternOf(string pattern) =>
        Patterns.GetOrAdd(pattern, p => new Regex(p, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, PatternLimit));

    /// <summary>Unequal kinds (text against number) cannot be compared.</summary>
    private static Truth AreEqual(JsonElement a, JsonElement b)
    {
        if (a.ValueKind == JsonValueKind.Null || b.ValueKind == JsonValueKind.Null)
        {
            return Kleene.Of(a.ValueKind == b.ValueKind);
        }

        if (a.ValueKind is JsonValueKind.True or JsonValueKind.False && b.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return Kleene.Of(a.ValueKind == b.ValueKind);
        }

        return (a.ValueKind, b.ValueKind) switch
        {
            (JsonValueKind.String, JsonValueKind.String) => Kleene.Of(a.GetString() == b.GetString()),
            (JsonValueKind.Number, JsonValueKind.Number) => NumberOf(a) is { } x && NumberOf(b) is { } y ? Kleene.Of(x == y) : Truth.Unknown,
            _ => Truth.Unknown,
        };
    }

    private static Truth IsIn(JsonElement value, JsonElement list) => Kleene.Any(list.EnumerateArray().Select(o => AreEqual(value, o)));

    private static Truth OverElements(FieldValue field, bool allowEmpty, Func<IReadOnlyList<JsonElement>, Truth> holds) =>
        field.Elements is not { } elements || (elements.Count == 0 && !allowEmpty) ? Truth.Unknown : holds(elements);

    private static Truth Ordered(FieldValue field, JsonElement operand, Func<decimal, decimal, bool> holds)
    {
        if (field.IsNull)
        {
            return Truth.Fails;
        }

        return field.Value.ValueKind == JsonValueKind.Number && NumberOf(field.Value) is { } value && NumberOf(operand) is { } bound
            ? Kleene.Of(holds(value, bound))
            : Truth.Unknown;
    }

    private static Truth Instant(FieldValue field, Func<DateTimeOffset, bool> holds)
    {
        if (field.IsNull)
        {
            return Truth.Fails;
        }

        return field.Value.ValueKind == JsonValueKind.String && TryInstant(field.Value.GetString()!, out var instant) ? Kleene.Of(holds(instant)) : Truth.Unknown;
    }

    private static Truth Text(FieldValue field, Func<string, Truth> holds) => field.Value.ValueKind switch
    {
        JsonValueKind.Null => Truth.Fails,
        JsonValueKind.String => holds(field.Value.GetString()!),
        _ => Truth.Unknown,
    };

    private static Truth Matches(string pattern, string text)
    {
        try
        {
            return text.Length <= TextCap ? Kleene.Of(PatternOf(pattern).IsMatch(text)) : Truth.Unknown;
        }
        catch (RegexMatchTimeoutException)
        {
            return Truth.Unknown;
        }
    }

    private static Truth IsEmpty(FieldValue field, bool wanted)
    {
        if (field.Elements is { } elements)
        {
            return Kleene.Of((elements.Count == 0) == wanted);
        }

        return field.Value.ValueKind == JsonValueKind.String ? Kleene.Of((field.Value.GetString()!.Length == 0) == wanted) : Truth.Unknown;
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
