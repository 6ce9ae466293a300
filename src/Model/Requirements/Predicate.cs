using System.Text.Json;

namespace SmartCity.SecurityCheck.Model;

/// <summary>
/// A condition over an observation. Truth is three-valued (Kleene): a missing field makes it Unknown. Nothing holds because a
/// value is absent or a list empty, however it is negated, unless the rule asks for that: <c>exists</c>, <c>isEmpty</c>,
/// <c>equals: null</c>, <c>allowEmpty</c>. Closed; no script, no arithmetic: if a rule wants to compute, the probe lacks a field.
/// </summary>
public abstract record Predicate
{
    private protected Predicate() { }
}

/// <summary>One field against one operand.</summary>
/// <param name="Field">Path such as <c>leaf.notAfter</c>; <c>.</c> is the element itself inside <see cref="Every"/>, <see cref="Some"/> and <see cref="Count"/>.</param>
/// <param name="Operator">How they are compared.</param>
/// <param name="Operand">A scalar or a list, as the operator wants it.</param>
/// <param name="AllowEmpty">An empty list answers (as vacuous truth) instead of being Unknown.</param>
public sealed record FieldTest(string Field, FieldOperator Operator, JsonElement Operand, bool AllowEmpty = false) : Predicate;

public sealed record AllOf(IReadOnlyList<Predicate> Parts) : Predicate;

public sealed record AnyOf(IReadOnlyList<Predicate> Parts) : Predicate;

public sealed record Not(Predicate Part) : Predicate;

/// <summary>Every element of the list <paramref name="Of"/>; over an empty list Unknown unless <paramref name="AllowEmpty"/>.</summary>
public sealed record Every(string Of, Predicate Holds, bool AllowEmpty = false) : Predicate;

/// <summary>At least one element of the list <paramref name="Of"/>; over an empty list its negation is Unknown unless <paramref name="AllowEmpty"/>.</summary>
public sealed record Some(string Of, Predicate Holds, bool AllowEmpty = false) : Predicate;

/// <summary>
/// The number of elements for which <paramref name="Holds"/> is true lies within [<paramref name="AtLeast"/>, <paramref name="AtMost"/>];
/// an empty list can be too short, but is within only where <paramref name="AllowEmpty"/> says so.
/// </summary>
public sealed record Count(string Of, Predicate? Holds, int? AtLeast, int? AtMost, bool AllowEmpty = false) : Predicate;

public enum FieldOperator
{
    Equals,
    NotEquals,
    In,
    NotIn,

    /// <summary>Every element of the field is among the operand's.</summary>
    AllIn,

    /// <summary>No element of the field is among the operand's.</summary>
    NoneOf,

    /// <summary>The field contains every element of the operand.</summary>
    Includes,
    AtLeast,
    AtMost,

    /// <summary>Instant earlier than the operand: a date (its first moment in Beijing time), or <c>now</c> (the run clock).</summary>
    Before,
    After,

    /// <summary>Day at most so many days from that of the run clock, in either direction; both are days of Beijing time.</summary>
    Within,

    /// <summary>Regular expression, matched without backtracking.</summary>
    Matches,

    /// <summary>Operand true: looked for and there; false: looked for and absent (null).</summary>
    Exists,
    IsEmpty,

    /// <summary>Dotted version against <c>"&gt;= 1.22"</c>-like operands.</summary>
    Version,
}
